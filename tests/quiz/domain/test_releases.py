"""From the seal to the signed decision: one person submits, another publishes."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import path
from django.utils import timezone

from accounts.domain.approvals import ApprovalClosed, SubjectChanged, WrongCode
from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from quiz.domain.minors import record_guardian_consent
from quiz.domain.release_approvals import (
    ask_release_approval,
    decide_release_by_link,
    release_behind,
)
from quiz.domain.release_documents import published_winners, release_digest
from quiz.domain.releases import (
    approve_release,
    current_release,
    return_release,
    submit_for_signature,
)
from quiz.enums import ReleaseState, RoundState
from quiz.errors import AlreadyReleased, MinorWithoutConsent, RoundNotReady, SecondPersonNeeded
from quiz.models import Entrant, Release, Round
from quiz.rules.document import Criterion, PredictionRules
from tests.factories import OpenContest, make_open_contest, make_person, make_rules, make_unit
from tests.results_factory import Entry, Person, close_and_seal, make_entrants

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
SIGNED = {"decision_number": "123/QĐ-UBND", "decision_date": date(2026, 11, 23), "now": NOW}

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
# The page behind the link has its own tests; here only its address matters.
urlpatterns = [path("duyet/<token>/", lambda request, token: None, name="approve-release")]


def sealed(people: list[Person] | None = None, **rules) -> OpenContest:
    made = make_open_contest(rules=make_rules(**rules))
    make_entrants(made, people or [Person()])
    close_and_seal(made)
    return made


def submit(made: OpenContest) -> Release:
    return submit_for_signature(round=made.round, user=made.organiser, now=NOW)


def state_of(made: OpenContest) -> str:
    return Round.objects.get(pk=made.round.pk).state


def test_what_is_submitted_is_what_is_published():
    kinds = ("score", "prediction_error", "duration", "decision")
    made = sealed(
        [
            Person(entries=[Entry(seconds=61, prediction=Decimal(1))], registered=3),
            Person(full_name="Lê Ví Dụ", entries=[Entry(wrong=1)]),
        ],
        entry={"prediction": PredictionRules(who="all_correct")},
        result={"chain": [Criterion(kind=kind) for kind in kinds], "reserves": 1},
    )
    release = submit(made)
    assert (release.number, release.previous, release.state) == (1, None, ReleaseState.SUBMITTED)
    document = release.document
    assert document["winners"] == [
        {
            "group": "nguoi-dan",
            "place": 1,
            "prize": "Giải Nhất",
            "money": 1_000_000,
            "name": "Nguyễn Thị Thử Nghiệm",
            "unit": "",
            "correct": 5,
            "total": 5,
            "prediction": "1",
            "duration_ms": 61_000,
        }
    ]
    seal = made.round.seal
    assert (document["root"], document["size"], document["counts"]) == (seal.root, 2, seal.counts)
    assert release.digest == release_digest(document)
    assert current_release(round=made.round) is None
    approve_release(release=release, user=made.reviewer, **SIGNED)
    release.refresh_from_db()
    assert (release.state, release.approved_by, release.released_at) == (
        ReleaseState.RELEASED,
        made.reviewer,
        NOW,
    )
    assert current_release(round=made.round) == release
    assert state_of(made) == RoundState.RELEASED


def test_who_submitted_does_not_publish():
    made = sealed()
    release = submit(made)
    with pytest.raises(SecondPersonNeeded):
        approve_release(release=release, user=made.organiser, **SIGNED)
    with pytest.raises(NotAllowed):
        approve_release(
            release=release, user=make_person(Role.ORGANISER, unit=make_unit()), **SIGNED
        )
    assert state_of(made) == RoundState.SEALED


@pytest.mark.parametrize("missing", [{"decision_number": " "}, {"decision_date": None}])
def test_no_decision_no_publication(missing):
    made = sealed()
    release = submit(made)
    with pytest.raises(Faults):
        approve_release(release=release, user=made.reviewer, **SIGNED | missing)
    assert current_release(round=made.round) is None


def test_returned_with_a_reason_and_submitted_again():
    made = sealed()
    first = submit(made)
    with pytest.raises(RoundNotReady):
        submit(made)
    with pytest.raises(Faults):
        return_release(release=first, user=made.reviewer, reason="")
    with pytest.raises(NotAllowed):
        return_release(release=first, user=make_person(), reason="Sai")
    return_release(release=first, user=made.reviewer, reason="Sai tên đơn vị")
    assert (first.state, first.returned_because) == (ReleaseState.RETURNED, "Sai tên đơn vị")
    with pytest.raises(RoundNotReady):
        approve_release(release=first, user=made.reviewer, **SIGNED)
    second = submit(made)
    assert (second.number, second.previous) == (2, None)
    approve_release(release=second, user=made.reviewer, **SIGNED)
    with pytest.raises(AlreadyReleased):
        submit(made)


def test_only_a_sealed_round_of_ones_own_is_submitted():
    made = make_open_contest()
    with pytest.raises(RoundNotReady):
        submit(made)
    with pytest.raises(NotAllowed):
        submit_for_signature(round=made.round, user=make_person(), now=NOW)


def child(made_days: int = 0) -> Person:
    """Someone who turns 16 so many days after today."""
    today = timezone.localdate()
    return Person(
        full_name="Trần Bé Ví Dụ",
        birth_date=date(today.year - 16, today.month, min(today.day, 28)) + timedelta(made_days),
    )


def test_a_child_is_named_by_initials():
    made = sealed([child(40)])
    assert [row["name"] for row in submit(made).document["winners"]] == ["T. B. V. D."]


def test_at_sixteen_one_is_named():
    made = sealed([child(-1)])
    assert [row["name"] for row in published_winners(round=made.round)] == ["Trần Bé Ví Dụ"]


def test_where_the_rules_want_consent_a_child_without_it_stops_the_release():
    made = sealed([child(40)], result={"minor_names": "consent"})
    winner = Entrant.objects.get()
    with pytest.raises(MinorWithoutConsent) as refused:
        submit(made)
    assert refused.value.details == {"entrants": [winner.pk]}
    record_guardian_consent(entrant=winner, guardian="Trần Phụ Huynh", user=made.organiser, now=NOW)
    assert [row["name"] for row in submit(made).document["winners"]] == ["Trần Bé Ví Dụ"]


def test_a_consent_given_after_the_draft_needs_a_new_draft():
    made = sealed([child(40)])
    release = submit(made)
    record_guardian_consent(
        entrant=Entrant.objects.get(), guardian="Trần Phụ Huynh", user=made.organiser, now=NOW
    )
    with pytest.raises(RoundNotReady):
        approve_release(release=release, user=made.reviewer, **SIGNED)
    assert state_of(made) == RoundState.SEALED


def ask(made: OpenContest, release: Release) -> tuple[str, str]:
    """(token, code) of a link for the reviewer."""
    asked = ask_release_approval(
        release=release, approver=made.reviewer, user=made.organiser, now=NOW
    )
    return asked.link.rstrip("/").rpartition("/")[2], asked.code


def test_published_by_a_personal_link():
    made = sealed()
    release = submit(made)
    token, code = ask(made, release)
    shown, approval = release_behind(token=token, now=NOW)
    assert (shown, approval.approver) == (release, made.reviewer)
    with pytest.raises(WrongCode):
        decide_release_by_link(token=token, code="x", approved=True, **SIGNED)
    with pytest.raises(Faults):
        decide_release_by_link(token=token, code=code, approved=True, now=NOW)
    assert state_of(made) == RoundState.SEALED
    done = decide_release_by_link(token=token, code=code, approved=True, **SIGNED)
    assert (done.state, done.approved_by) == (ReleaseState.RELEASED, made.reviewer)
    with pytest.raises(ApprovalClosed):
        decide_release_by_link(token=token, code=code, approved=True, **SIGNED)


def test_sent_back_by_a_personal_link():
    made = sealed()
    token, code = ask(made, submit(made))
    done = decide_release_by_link(
        token=token, code=code, approved=False, reason="Thiếu biên bản", now=NOW
    )
    assert (done.state, done.returned_because) == (ReleaseState.RETURNED, "Thiếu biên bản")


def test_the_link_is_for_what_was_shown():
    made = sealed()
    release = submit(made)
    token, code = ask(made, release)
    Release.objects.filter(pk=release.pk).update(digest="0" * 64)
    with pytest.raises(SubjectChanged):
        decide_release_by_link(token=token, code=code, approved=True, **SIGNED)


def test_who_is_asked_may_publish():
    made = sealed()
    release = submit(made)

    def ask_person(approver, user=made.organiser):
        ask_release_approval(release=release, approver=approver, user=user, now=NOW)

    with pytest.raises(SecondPersonNeeded):
        ask_person(made.organiser)
    with pytest.raises(NotAllowed):
        ask_person(make_person())
    with pytest.raises(NotAllowed):
        ask_person(made.reviewer, user=make_person())
    return_release(release=release, user=made.reviewer, reason="Sai")
    with pytest.raises(RoundNotReady):
        ask_person(made.reviewer)
