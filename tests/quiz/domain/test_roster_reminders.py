"""Reminding the missing: the text to copy, one letter each, a deadline of the unit's own."""

from datetime import timedelta

import pytest
from django.core import mail

from accounts.dates import show_moment
from accounts.domain.jobs import run_job
from accounts.domain.sending import SendingFailed
from accounts.enums import JobState
from accounts.errors import Faults
from accounts.models import User
from quiz.domain import roster_reminders
from quiz.domain.roster_deadlines import deadline_of, set_deadline
from quiz.domain.roster_duty import last_midnight, missing_people
from quiz.domain.roster_reminders import queue_letters, reminder_text
from quiz.errors import TooLate
from quiz.models import RosterReminder
from tests.factories import database_now
from tests.quiz.rosters import ListedContest, make_listed_contest

pytestmark = pytest.mark.django_db
LINK = "https://thi.example.vn/cuoc-thi/a/"


def text_of(listed: ListedContest, first: int = 100) -> list[str]:
    sight = listed.sight()
    missing = missing_people(sight=sight)
    text = reminder_text(sight=sight, missing=missing[:first], total=len(missing), link=LINK)
    return text.splitlines()


def closing(listed: ListedContest) -> list[str]:
    return [
        f"Vòng thi đóng lúc {show_moment(listed.made.round.closes_at)}.",
        f"Vào thi: {LINK}",
        "Khi đăng ký, ghi đúng mã cán bộ và ngày sinh để được ghi nhận.",
    ]


def test_the_text_names_contest_missing_deadline_and_link():
    listed = make_listed_contest()
    listed.enter("CB1")
    due = listed.made.round.closes_at - timedelta(minutes=5)
    set_deadline(sight=listed.sight(), due_at=due, user=listed.lead)
    title = f"{listed.made.contest.title} – {listed.made.round.name}"
    assert text_of(listed) == [
        title,
        "Xã An còn 2 người chưa dự thi:",
        "1. Phạm Chi",
        "2. Lê Thị Bình",
        "",
        f"Hạn của đơn vị: {show_moment(due)}.",
        *closing(listed),
    ]
    assert text_of(listed, first=1)[2:4] == ["1. Phạm Chi", "… và 1 người khác."]


def test_while_counts_are_kept_the_text_tells_what_midnight_knew():
    listed = make_listed_contest(secret=True)
    midnight = last_midnight(database_now())
    listed.enter("CB1", at=midnight + timedelta(minutes=1))
    assert text_of(listed)[1:5] == [
        f"Xã An còn 2 người chưa dự thi (tính đến {show_moment(midnight)}):",
        "1. Lê Thị Bình",
        "2. Trần Văn An",
        "",
    ]


def test_the_units_deadline_lies_inside_the_round_and_can_be_taken_back():
    listed = make_listed_contest()
    sight, round = listed.sight(), listed.made.round
    for wrong in (round.opens_at, round.closes_at + timedelta(minutes=1)):
        with pytest.raises(Faults):
            set_deadline(sight=sight, due_at=wrong, user=listed.lead)
    set_deadline(sight=sight, due_at=round.closes_at, user=listed.lead)
    assert deadline_of(sight=sight) == round.closes_at
    set_deadline(sight=sight, due_at=None, user=listed.lead)
    assert deadline_of(sight=sight) is None


def post_letters(listed: ListedContest):
    now = database_now()
    job = queue_letters(sight=listed.sight(), user=listed.lead, now=now, link=LINK, next="")
    return run_job(job_id=job.pk)


def with_addresses(*codes: str) -> None:
    for code in codes:
        User.objects.create_user(code, full_name=code, email=f"{code}@example.vn".lower())


def test_each_of_the_missing_with_an_address_gets_one_letter_a_day():
    listed = make_listed_contest()
    with_addresses("CB1", "CB2", "CB4")  # entered, missing, exempt
    listed.enter("CB1")
    assert post_letters(listed).result == {
        "sent": 1,
        "failed": 0,
        "already": 0,
        "without": 1,
        "message": "Đã gửi 1 thư nhắc. 1 người chưa có địa chỉ thư.",
    }
    assert [letter.to for letter in mail.outbox] == [["cb2@example.vn"]]
    assert mail.outbox[0].body.splitlines()[2:] == [
        "Bạn có tên trong danh sách phải dự thi của Xã An và chưa dự thi.",
        *closing(listed),
    ]
    assert post_letters(listed).result["already"] == 1
    RosterReminder.objects.update(day=database_now().date() - timedelta(days=2))
    assert post_letters(listed).result["sent"] == 1
    assert len(mail.outbox) == 2


def test_a_letter_that_could_not_go_may_be_tried_again(monkeypatch):
    listed = make_listed_contest()
    with_addresses("CB1")

    def fail(**_letter):
        raise SendingFailed

    monkeypatch.setattr(roster_reminders, "send_letter", fail)
    assert post_letters(listed).result["failed"] == 1
    assert RosterReminder.objects.count() == 0


def test_nobody_is_reminded_of_a_closed_round_or_by_who_may_not_see_it():
    listed = make_listed_contest()
    listed.made.round.closes_at = database_now()
    with pytest.raises(TooLate):
        post_letters(listed)
    listed.made.round.refresh_from_db()
    listed.made.round.contest = listed.made.contest
    now, sight = database_now(), listed.sight()
    job = queue_letters(sight=sight, user=listed.lead, now=now, link=LINK, next="")
    listed.lead.memberships.all().delete()
    assert run_job(job_id=job.pk).state == JobState.FAILED
    assert mail.outbox == []
