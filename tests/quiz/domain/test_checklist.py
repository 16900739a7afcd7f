"""The checklist says what is done, what comes next and what is missing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from quiz.domain.appeals import withdraw_appeal
from quiz.domain.awards import propose_awards
from quiz.domain.checklist import Step, contest_steps, next_step
from quiz.domain.contests import add_round, create_contest
from quiz.domain.corrections import open_correction
from quiz.domain.duplicates import cases_by_effect, keep_earliest
from quiz.domain.finality import make_official
from quiz.domain.releases import (
    approve_release,
    enter_decision,
    return_release,
    submit_for_signature,
)
from quiz.domain.round_closing import close_round, mark_and_rank
from quiz.domain.sealing import seal_round
from quiz.domain.ties import decide_tie, tied_attempts
from quiz.models import EntrantReport
from quiz.rules.document import PredictionRules
from quiz.rules.presets import PRESETS
from tests.factories import (
    HOUR,
    OpenContest,
    make_contest,
    make_open_contest,
    make_person,
    make_rules,
)
from tests.quiz.domain.appeals import appeal, released
from tests.results_factory import Entry, Person, make_entrants

pytestmark = pytest.mark.django_db
SET_UP = ["info", "groups", "rules", "items", "rounds", "publish"]
ROUND = [
    "freeze",
    "open",
    "close",
    "duplicates",
    "voids",
    "appeals",
    "corrections",
    "rank",
    "ties",
    "seal",
    "submit",
    "decision",
    "release",
    "download",
    "official",
]


def states(steps: list[Step]) -> dict[str, str]:
    return {step.code: step.state for step in steps}


def after(steps: list[Step], code: str) -> Step:
    found = next_step(steps)
    assert found is not None
    assert found.code == code
    return found


def test_a_new_contest_first_needs_a_bank():
    organiser = make_person(Role.ORGANISER, unit=make_contest().unit)
    contest = create_contest(
        unit=organiser.unit,
        title="Mới",
        body_name="Ban Tổ chức",
        user=organiser,
        document=PRESETS["vcnet"].document,
    )
    steps = contest_steps(contest=contest, now=timezone.now())
    assert states(steps) == {
        "info": "done",
        "groups": "current",
        "rules": "done",
        "items": "todo",
        "rounds": "todo",
        "publish": "todo",
    }
    step = after(steps, "groups")
    assert step.missing == (
        "“Cán bộ, công chức, viên chức và Nhân dân” chưa chọn ngân hàng câu hỏi.",
    )
    assert (step.route, step.kwargs) == ("w-contest-settings", {"pk": contest.pk})


def test_a_bank_too_small_is_told_with_its_numbers():
    made = make_contest(drafts=[])
    step = after(contest_steps(contest=made.contest, now=timezone.now()), "items")
    assert len(step.missing) == 1
    assert "cần 5 câu nhưng ngân hàng chỉ có 0 câu dùng được." in step.missing[0]


def test_nothing_of_a_round_can_be_done_before_the_set_up_is():
    made = make_contest(drafts=[])
    steps = contest_steps(contest=made.contest, now=timezone.now())
    assert {s.state for s in steps if s.round} == {"blocked"}


def test_a_ready_round_is_frozen_next():
    made = make_contest()
    steps = contest_steps(contest=made.contest, now=timezone.now())
    assert [step.code for step in steps] == SET_UP + ROUND
    step = after(steps, "freeze")
    assert (step.route, step.kwargs, step.missing) == (
        "w-round",
        {"pk": made.contest.pk, "round_pk": made.round.pk},
        (),
    )
    assert {s.state for s in steps if s.code in ROUND[1:]} == {"blocked"}


def test_what_keeps_a_round_from_being_frozen_is_told():
    made = make_contest(opens_in=-2 * HOUR, closes_in=-HOUR)
    step = after(contest_steps(contest=made.contest, now=timezone.now()), "freeze")
    assert step.missing == (
        "Vòng 1: thời điểm đóng vòng đã qua. Đặt lại giờ mở và giờ đóng của vòng.",
    )


def test_a_frozen_round_waits_for_its_hours():
    made = make_open_contest(opens_in=HOUR, closes_in=2 * HOUR)
    before = contest_steps(contest=made.contest, now=timezone.now())
    assert after(before, "open").state == "waiting"
    during = contest_steps(contest=made.contest, now=made.round.opens_at)
    assert after(during, "close").state == "waiting"
    over = contest_steps(contest=made.contest, now=made.round.closes_at + timedelta(minutes=1))
    assert after(over, "close").state == "current"


def test_the_next_round_is_prepared_while_this_one_runs():
    made = make_open_contest()
    added = add_round(
        contest=made.contest,
        opens_at=made.round.closes_at,
        closes_at=made.round.closes_at + HOUR,
        user=made.organiser,
    )
    step = after(contest_steps(contest=made.contest, now=timezone.now()), "freeze")
    assert step.round == added


def closed(people: list[Person]) -> OpenContest:
    made = make_open_contest(opens_in=-4 * HOUR)
    make_entrants(made, people)
    over = made.round.closes_at + timedelta(minutes=1)
    close_round(round=made.round, user=made.organiser, now=over)
    made.round.refresh_from_db()
    return made


def now_of(made: OpenContest) -> list[Step]:
    return contest_steps(contest=made.contest, now=made.round.closes_at + HOUR)


def test_duplicates_come_before_the_ranking():
    twins = [Person(identity="một", registered=at) for at in (1, 2)]
    other = Person(full_name="Khác", identity="hai", birth_date=None, entries=[Entry(seconds=90)])
    made = closed([*twins, other])
    step = after(now_of(made), "duplicates")
    assert step.missing == ("Còn 1 trường hợp nghi trùng chưa quyết định.",)
    assert (step.route, step.kwargs) == ("w-duplicates", {"pk": made.contest.pk})
    keep_earliest(
        cases=cases_by_effect(contest=made.contest), user=made.organiser, now=timezone.now()
    )
    after(now_of(made), "rank")


def test_reports_and_begun_corrections_come_before_the_ranking():
    made = closed([Person()])
    report = EntrantReport.objects.create(
        contest=made.contest, text="Không phải tôi", reported_at=timezone.now()
    )
    step = after(now_of(made), "voids")
    assert (step.missing, step.kwargs) == (
        ("Còn 1 báo mạo danh chờ xử lý.",),
        {"pk": made.contest.pk},
    )
    EntrantReport.objects.filter(pk=report.pk).update(handled_at=timezone.now())
    open_correction(
        round=made.round, reason="Câu 3 sai đáp án", user=made.organiser, now=timezone.now()
    )
    assert after(now_of(made), "corrections").missing == ("Có đính chính chưa áp dụng.",)


def test_a_predicted_figure_is_a_step_of_its_own():
    rules = make_rules(entry={"prediction": PredictionRules()})
    made = make_open_contest(rules=rules, opens_in=-4 * HOUR)
    over = made.round.closes_at + timedelta(minutes=1)
    close_round(round=made.round, user=made.organiser, now=over)
    made.round.refresh_from_db()
    codes = [step.code for step in now_of(made) if step.round]
    assert codes[codes.index("rank") : codes.index("seal")] == ["rank", "values", "ties"]


def test_from_the_ranking_to_the_release():
    people = [
        Person(full_name=name, identity=name, birth_date=None, entries=[Entry(seconds=seconds)])
        for name, seconds in (("Một", 100), ("Hai", 100), ("Ba", 130))
    ]
    made = closed(people)
    after(now_of(made), "rank")
    propose_awards(round=made.round, user=made.organiser)
    assert after(now_of(made), "ties").missing == (
        "nguoi-dan: 2 người cùng hạng 1 ở ranh giới giải.",
    )
    tied = tied_attempts(round=made.round, group=made.groups[0], rank=1)
    decide_tie(
        round=made.round, group=made.groups[0], order=tied, minutes="01/BB", user=made.organiser
    )
    mark_and_rank(round=made.round)
    after(now_of(made), "rank")
    propose_awards(round=made.round, user=made.organiser)
    after(now_of(made), "seal")
    seal_round(round=made.round, user=made.organiser, now=timezone.now())
    after(now_of(made), "submit")
    made.round.refresh_from_db()
    draft = submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())
    assert after(now_of(made), "decision").missing == (
        "Chờ lãnh đạo ký; ký xong thì nhập số và ngày quyết định.",
    )
    enter_decision(
        release=draft,
        user=made.organiser,
        decision_number="12/QĐ-BTC",
        decision_date=timezone.localdate(),
    )
    assert after(now_of(made), "release").missing == ("Chờ người thứ hai duyệt.",)
    return_release(release=draft, user=made.reviewer, reason="Sai tên đơn vị")
    assert after(now_of(made), "submit").missing == ("Bản trình bị trả lại: Sai tên đơn vị",)
    again = submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())
    approve_release(
        release=again,
        user=made.reviewer,
        decision_number="12/QĐ-BTC",
        decision_date=timezone.localdate(),
        now=timezone.now(),
    )
    after(now_of(made), "download")


def test_complaints_are_answered_before_the_result_is_published():
    made = closed([Person()])
    filed = appeal(made)
    step = after(now_of(made), "appeals")
    assert step.missing == ("Còn 1 khiếu nại chưa trả lời.",)
    assert (step.route, step.kwargs) == ("w-appeals", {"pk": made.contest.pk})
    withdraw_appeal(appeal=filed.appeal, now=timezone.now())
    after(now_of(made), "rank")


def official(made: OpenContest, days: int) -> Step:
    now = timezone.now() + timedelta(days=days)
    steps = contest_steps(contest=made.contest, now=now)
    return next(step for step in steps if step.code == "official")


def test_a_release_becomes_official_when_the_time_for_complaints_is_over(monkeypatch):
    monkeypatch.setattr("quiz.domain.checklist_after_close._downloaded", lambda _round: True)
    made = make_open_contest()
    release = released(made)
    made.round.refresh_from_db()
    last = timezone.localdate() + timedelta(days=3)
    waited = official(made, 0)
    assert waited.missing == (f"Khiếu nại được nhận đến hết ngày {last:%d/%m/%Y}.",)
    assert (waited.state, waited.route) == ("waiting", "w-results")
    filed = appeal(made)
    asked = official(made, 4)
    assert asked.missing == ("Còn 1 khiếu nại chưa trả lời.",)
    assert (asked.state, asked.route) == ("current", "w-appeals")
    withdraw_appeal(appeal=filed.appeal, now=timezone.now())
    assert (official(made, 4).missing, official(made, 4).route) == ((), "w-results")
    make_official(release=release, user=made.organiser, now=timezone.now() + timedelta(days=4))
    assert official(made, 4).state == "done"


def test_a_round_without_entries_goes_straight_to_the_seal():
    after(now_of(closed([])), "seal")
