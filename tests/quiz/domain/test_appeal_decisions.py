"""An appeal is answered with a reason, by two where the result changes; then results are final."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain.audit import chain_audit
from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from accounts.models import AuditEntry
from quiz.domain.appeal_decisions import (
    answer_appeal,
    confirm_appeal,
    examine_appeal,
    return_appeal,
)
from quiz.domain.appeal_errors import (
    AppealDecided,
    NothingProposed,
    SecondPersonDecides,
    StillPreliminary,
)
from quiz.domain.appeal_messages import tell_appellants
from quiz.domain.appeal_reading import appeals_of, told_answer, told_state
from quiz.domain.finality import describe_finality, finality_of, make_official, payment_warning
from quiz.models import Appeal, Entrant
from tests.factories import OpenContest, make_attempt, make_open_contest, make_person, register
from tests.quiz.domain.appeals import appeal, released

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def made() -> OpenContest:
    return make_open_contest()


def answered(made: OpenContest, row: Appeal, **fields) -> None:
    given = {"accept": True, "answer": "Đã kiểm tra nhật ký.", "changes_result": True}
    answer_appeal(appeal=row, user=made.organiser, now=NOW(), **given | fields)


def test_who_accepts_a_change_of_the_result_does_not_decide_it(made):
    row = appeal(made).appeal
    examine_appeal(appeal=row, user=made.organiser, now=NOW())
    answered(made, row)
    assert (row.state, told_state(row), told_answer(row)) == ("proposed", "Đang xem xét", "")
    with pytest.raises(SecondPersonDecides):
        confirm_appeal(appeal=row, user=made.organiser, now=NOW())
    with pytest.raises(NotAllowed):
        confirm_appeal(appeal=row, user=make_person(Role.EXPORTER, unit=made.unit), now=NOW())
    confirm_appeal(appeal=row, user=made.reviewer, now=NOW())
    assert (row.state, told_answer(row)) == ("accepted", "Đã kiểm tra nhật ký.")
    assert (row.answered_by, row.decided_by) == (made.organiser, made.reviewer)
    with pytest.raises(NothingProposed):
        confirm_appeal(appeal=row, user=made.reviewer, now=NOW())
    chain_audit()
    acts = AuditEntry.objects.filter(subject_id=row.pk, subject_kind="quiz.appeal").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == [
        *("file_appeal", "examine_appeal", "propose_appeal", "accept_appeal")
    ]


def test_the_database_itself_keeps_two_people_apart(made):
    row = appeal(made).appeal
    answered(made, row)
    for wrong in (
        {"decided_by": made.organiser, "decided_at": NOW()},
        {"decided_by": made.reviewer},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appeal.objects.filter(pk=row.pk).update(state="accepted", **wrong)


def test_the_second_person_sends_a_proposal_back_with_a_reason(made):
    row = appeal(made).appeal
    answered(made, row)
    with pytest.raises(Faults):
        return_appeal(appeal=row, reason=" ", user=made.reviewer)
    with pytest.raises(SecondPersonDecides):
        return_appeal(appeal=row, reason="Xem lại", user=made.organiser)
    return_appeal(appeal=row, reason="Chưa đối chiếu biên nhận", user=made.reviewer)
    assert (row.state, row.returned_because) == ("examining", "Chưa đối chiếu biên nhận")
    answered(made, row, accept=False)
    assert (row.state, row.decided_by, row.returned_because) == ("rejected", made.organiser, "")


def test_an_answer_needs_a_reason_a_right_and_comes_once(made):
    row = appeal(made).appeal
    with pytest.raises(Faults):
        answered(made, row, answer=" \n")
    with pytest.raises(NotAllowed):
        answer_appeal(
            appeal=row,
            accept=False,
            answer="Không",
            changes_result=False,
            user=make_person(Role.AUDITOR, unit=made.unit),
            now=NOW(),
        )
    answered(made, row, changes_result=False)
    assert (row.state, row.decided_by) == ("accepted", made.organiser)
    with pytest.raises(AppealDecided):
        answered(made, row, accept=False)
    with pytest.raises(AppealDecided):
        examine_appeal(appeal=row, user=made.organiser, now=NOW())


def test_those_that_wait_come_first_the_oldest_of_them_ahead(made):
    rows = [appeal(made, kind=kind).appeal for kind in ("technical", "impersonation", "technical")]
    answered(made, rows[0], accept=False)
    assert list(appeals_of(contest=made.contest)) == [rows[1], rows[2], rows[0]]
    assert list(appeals_of(contest=made.contest, state="waiting", kind="technical")) == [rows[2]]
    assert list(appeals_of(contest=made.contest, state="rejected")) == [rows[0]]


def test_whoever_gave_an_address_is_told_once_and_without_the_answer(made):
    who = register(made)
    Entrant.objects.update(phone=b"", email="lan@coquan.vn")
    row = appeal(made, code=who.code).appeal
    appeal(made)
    answered(made, row, accept=False, answer="Bài nộp lúc 10:01")
    assert tell_appellants(now=NOW()) == 1
    assert tell_appellants(now=NOW()) == 0
    [letter] = mail.outbox
    assert letter.to == ["lan@coquan.vn"]
    assert row.number in letter.body
    assert "10:01" not in letter.body


def test_results_are_preliminary_until_time_and_appeals_are_over_and_a_person_says_so(made):
    who = register(made)
    make_attempt(made, who=who)
    assert "sơ bộ" in payment_warning(round=made.round, now=NOW())
    release = released(made)
    act = {"release": release, "user": made.organiser}
    last = finality_of(round=made.round, now=NOW()).last_day
    assert f"{last:%d/%m/%Y}" in payment_warning(round=made.round, now=NOW())
    with pytest.raises(StillPreliminary, match=f"{last:%d/%m/%Y}"):
        make_official(**act, now=NOW())
    row = appeal(made, kind="mark", code=who.code).appeal
    later = NOW() + timedelta(days=5)
    with pytest.raises(StillPreliminary, match="1 khiếu nại"):
        make_official(**act, now=later)
    answered(made, row, accept=False)
    assert "chờ xác nhận" in describe_finality(finality_of(round=made.round, now=later))
    with pytest.raises(NotAllowed):
        make_official(release=release, user=make_person(unit=made.unit), now=later)
    make_official(**act, now=later)
    make_official(release=release, user=made.reviewer, now=later)  # said already
    assert (release.official_at, release.official_by) == (later, made.organiser)
    assert "chính thức" in describe_finality(finality_of(round=made.round, now=later))
    assert payment_warning(round=made.round, now=later) == ""


def test_a_release_that_another_is_to_replace_does_not_become_official(made):
    make_attempt(made)
    release = released(made, days_ago=10)
    newer = release
    newer.pk, newer.number, newer.state = None, 2, "submitted"
    newer.save()
    with pytest.raises(StillPreliminary, match="mới hơn"):
        make_official(release=made.round.releases.get(number=1), user=made.organiser, now=NOW())
