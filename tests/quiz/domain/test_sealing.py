"""The seal: every entry has its fate, and nothing is sealed that the entries no longer give."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.errors import Faults, NotAllowed
from accounts.models import AuditEntry
from quiz.domain.awards import propose_awards
from quiz.domain.duplicates import decide_different, keep_earliest
from quiz.domain.extensions import restore_attempt, void_attempt
from quiz.domain.leaves import iterate_leaves
from quiz.domain.releases import submit_for_signature
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.sealing import seal_round, unseal_round
from quiz.engine.merkle import root
from quiz.enums import RoundState
from quiz.errors import AlreadyReleased, DuplicatesWaiting, RoundNotReady, TiesRemain
from quiz.models import Attempt, DuplicateCase, Entrant, Round, Seal
from quiz.rules.document import Criterion, PredictionRules
from tests.factories import OpenContest, make_open_contest, make_person, make_rules
from tests.results_factory import Entry, Person, close, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def seal(made: OpenContest) -> Seal:
    return seal_round(round=made.round, user=made.organiser, now=NOW)


def closed(people: list[Person], **rules) -> tuple[OpenContest, list[Entrant]]:
    """A closed, ranked and awarded round of these people."""
    made = make_open_contest(rules=make_rules(**rules))
    entrants = make_entrants(made, people)
    close(made)
    propose_awards(round=made.round, user=made.organiser)
    return made, entrants


def some(*seconds: int) -> list[Person]:
    return [Person(birth_date=None, entries=[Entry(seconds=s)]) for s in seconds]


def test_every_attempt_is_accounted_for():
    people = [
        Person(birth_date=None, entries=[Entry(wrong=1), Entry()]),
        Person(birth_date=None, entries=[Entry(voided=True)]),
        Person(birth_date=None, entries=[Entry(blank=1)]),
        Person(identity="một", registered=5, entries=[Entry(), Entry()]),
        Person(identity="một", entries=[Entry(wrong=2)]),
    ]
    made, _entrants = closed(people, entry={"require_all_answered": True})
    keep_earliest(cases=DuplicateCase.objects.all(), user=made.organiser, now=NOW)
    mark_and_rank(round=made.round)
    propose_awards(round=made.round, user=made.organiser)
    sealed = seal(made)
    assert sealed.counts == {
        "counted": 2,
        "superseded": 1,
        "unranked": 1,
        "voided": 1,
        "duplicate": 2,
    }
    assert sealed.size == Attempt.objects.filter(round=made.round).count() == 7
    assert (sealed.sealed_by, sealed.sealed_at) == (made.organiser, NOW)
    made.round.refresh_from_db()
    assert made.round.state == RoundState.SEALED


def test_the_root_is_that_of_all_leaves_by_secret():
    made, _entrants = closed(some(1, 2, 3))
    leaves = [(bytes(a.secret), leaf) for a, _v, leaf in iterate_leaves(round=made.round)]
    assert leaves == sorted(leaves)
    assert seal(made).root == root([leaf for _secret, leaf in leaves]).hex()


def test_the_true_value_is_fixed_after_duplicates():
    kinds = ("score", "prediction_error", "decision")
    made, _entrants = closed(
        [
            Person(identity="một", registered=1, entries=[Entry(prediction=Decimal(1))]),
            Person(identity="một", registered=2, entries=[Entry(prediction=Decimal(2))]),
            Person(birth_date=None, entries=[Entry(wrong=1, prediction=Decimal(3))]),
        ],
        entry={"prediction": PredictionRules(who="took_part")},
        result={"chain": [Criterion(kind=kind) for kind in kinds]},
    )
    keep_earliest(cases=DuplicateCase.objects.all(), user=made.organiser, now=NOW)
    mark_and_rank(round=made.round)
    propose_awards(round=made.round, user=made.organiser)
    assert seal(made).actual_values == {
        "nguoi-dan": {
            "value": "2",
            "persons": 2,
            "entries": 2,
            "persons_all_correct": 1,
            "entries_all_correct": 1,
        }
    }


def test_what_waits_for_a_person_is_not_sealed_over():
    made, _entrants = closed([Person(identity="một"), Person(identity="một"), *some(7)])
    with pytest.raises(DuplicatesWaiting):
        seal(made)
    decide_different(case=DuplicateCase.objects.get(), user=made.organiser, now=NOW)
    seal(made)


def test_a_tie_for_a_prize_is_not_sealed_over():
    made, _entrants = closed(some(1, 1))
    with pytest.raises(TiesRemain) as refused:
        seal(made)
    assert refused.value.details == {"ties": [{"group": "nguoi-dan", "rank": 1}]}


def test_awards_have_to_be_given_first():
    made = make_open_contest()
    make_entrants(made, some(1))
    close(made)
    with pytest.raises(RoundNotReady):
        seal(made)


def test_a_winner_voided_after_the_awards_is_noticed():
    made, [winner, second] = closed(some(1, 2))
    attempt = Attempt.objects.get(entrant=winner)
    void_attempt(attempt=attempt, reason="Thi hộ", user=made.organiser)
    with pytest.raises(RoundNotReady):
        seal(made)
    propose_awards(round=made.round, user=made.organiser)
    with pytest.raises(RoundNotReady):  # the ranking is older than the voiding
        seal(made)
    mark_and_rank(round=made.round)
    propose_awards(round=made.round, user=made.organiser)
    seal(made)
    assert [award.entrant for award in made.round.awards.all()] == [second]


def test_an_attempt_restored_has_to_be_marked():
    made, _entrants = closed([*some(2), Person(birth_date=None, entries=[Entry(voided=True)])])
    attempt = Attempt.objects.get(voided_at__isnull=False)
    restore_attempt(attempt=attempt, reason="Đã xác minh", user=made.organiser)
    with pytest.raises(RoundNotReady):
        seal(made)


def test_unsealed_with_a_reason_and_sealed_again_it_has_the_same_root():
    made, _entrants = closed(some(1, 2))
    first = seal(made).root
    with pytest.raises(Faults):
        unseal_round(round=made.round, user=made.organiser, reason=" ")
    unseal_round(round=made.round, user=made.organiser, reason="Thêm biên bản")
    made.round.refresh_from_db()
    assert made.round.state == RoundState.CLOSED
    assert AuditEntry.objects.get(act="unseal_round").details == {
        "root": first,
        "reason": "Thêm biên bản",
    }
    assert seal(made).root == first


def test_a_seal_stays_shut_while_its_release_waits_and_after():
    made = make_open_contest()
    make_entrants(made, some(1))
    close_and_seal(made)
    submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())
    with pytest.raises(RoundNotReady):
        unseal_round(round=made.round, user=made.organiser, reason="Sửa")
    Round.objects.filter(pk=made.round.pk).update(state=RoundState.RELEASED)
    with pytest.raises(AlreadyReleased):
        unseal_round(round=made.round, user=made.organiser, reason="Sửa")


def test_an_empty_round_is_sealed_empty():
    made, _none = closed([])
    assert (seal(made).size, seal_count(made)) == (0, 1)


def seal_count(made: OpenContest) -> int:
    return Seal.objects.filter(round=made.round).count()


def test_only_who_runs_the_contest():
    made, _entrants = closed([Person(birth_date=date(1990, 1, 1))])
    with pytest.raises(NotAllowed):
        seal_round(round=made.round, user=make_person(), now=NOW)
    seal(made)
    with pytest.raises(NotAllowed):
        unseal_round(round=made.round, user=make_person(), reason="Sửa")
