"""A round closes once, after the last deadline, with every attempt ended, marked and ranked."""

from datetime import timedelta

import pytest

from accounts.errors import NotAllowed
from quiz.domain.round_closing import close_round, last_deadline, mark_and_rank
from quiz.domain.rule_sets import rules_of_round
from quiz.enums import AttemptState, ClosedBy, RoundState
from quiz.errors import RoundNotReady, RoundSealed
from quiz.models import Attempt, Grade, Round, Standing
from tests.factories import make_open_contest, make_person, make_rules
from tests.results_factory import Entry, Person, after_the_close, close, make_entrants

pytestmark = pytest.mark.django_db

GRACE = timedelta(seconds=5)
SECOND = timedelta(seconds=1)


def test_closing_ends_marks_and_ranks_and_finds_duplicates():
    made = make_open_contest()
    people = [
        Person(identity="một", birth_date=None),
        Person(identity="một", birth_date=None, entries=[Entry(state=AttemptState.OPEN)]),
    ]
    _submitted, running = make_entrants(made, people)
    assert close(made) == 1
    assert (made.round.state, made.round.closed_at) == (RoundState.CLOSED, after_the_close(made))
    ended = Attempt.objects.get(entrant=running)
    assert (ended.state, ended.closed_by, ended.ended_at) == (
        AttemptState.CLOSED,
        ClosedBy.DEADLINE,
        ended.deadline_at,
    )
    assert (Grade.objects.count(), Standing.objects.count()) == (2, 2)


def test_not_before_the_grace_after_the_last_deadline():
    made = make_open_contest()
    end = made.round.closes_at + GRACE
    assert last_deadline(round=made.round, rules=rules_of_round(round=made.round)) == end
    with pytest.raises(RoundNotReady):
        close_round(round=made.round, user=made.organiser, now=end - SECOND)
    close_round(round=made.round, user=made.organiser, now=end)


def test_a_late_start_keeps_its_whole_limit_where_the_rules_say_so():
    made = make_open_contest(rules=make_rules(entry={"at_close": "last_start"}))
    rules = rules_of_round(round=made.round)
    limit = timedelta(minutes=15)
    assert last_deadline(round=made.round, rules=rules) == made.round.closes_at + limit + GRACE


def test_an_extended_attempt_is_waited_for():
    made = make_open_contest()
    [entrant] = make_entrants(made, [Person(entries=[Entry(state=AttemptState.OPEN)])])
    later = made.round.closes_at + timedelta(hours=2)
    Attempt.objects.filter(entrant=entrant).update(deadline_at=later)
    with pytest.raises(RoundNotReady):
        close_round(round=made.round, user=made.organiser, now=later)
    close_round(round=made.round, user=made.organiser, now=later + GRACE + SECOND)


def test_a_round_closes_once_and_by_its_organiser():
    made = make_open_contest()
    with pytest.raises(NotAllowed):
        close(made, user=make_person())
    close(made)
    with pytest.raises(RoundNotReady):
        close(made)


def test_an_empty_round_closes():
    made = make_open_contest()
    assert close(made) == 0
    assert Standing.objects.count() == 0


def test_a_sealed_round_is_not_ranked_again():
    made = make_open_contest()
    Round.objects.filter(pk=made.round.pk).update(state=RoundState.SEALED)
    with pytest.raises(RoundSealed):
        mark_and_rank(round=made.round)
