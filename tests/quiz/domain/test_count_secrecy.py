"""Who can see a figure can't win by it."""

import pytest

from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry
from quiz.domain.awards import propose_awards
from quiz.domain.count_secrecy import (
    check_may_see_counts,
    counts_are_secret,
    may_see_counts,
    open_counts,
)
from quiz.domain.sealing import seal_round
from quiz.errors import CountsSecret
from quiz.models import CountOpening
from quiz.rules.document import Criterion, PredictionRules
from tests.factories import OpenContest, make_open_contest, make_person, make_rules, make_unit
from tests.results_factory import Person, close, make_entrants

pytestmark = pytest.mark.django_db


def predicting(who: str = "took_part") -> OpenContest:
    kinds = ("score", "prediction_error", "decision")
    return make_open_contest(
        rules=make_rules(
            entry={"prediction": PredictionRules(who=who)},
            result={"chain": [Criterion(kind=kind) for kind in kinds]},
        )
    )


@pytest.mark.parametrize(
    ("who", "secret"),
    [("took_part", True), ("percent_all_correct", True), ("all_correct", False)],
)
def test_participation_is_secret_while_it_decides(who, secret):
    assert counts_are_secret(contest=predicting(who).contest) is secret


def test_nothing_is_secret_where_nothing_is_predicted():
    made = make_open_contest()
    assert may_see_counts(user=made.organiser, contest=made.contest)


def test_opening_is_recorded_once_and_shows_the_counts():
    made = predicting()
    with pytest.raises(CountsSecret):
        check_may_see_counts(user=made.organiser, contest=made.contest)
    for _time in range(2):
        open_counts(user=made.organiser, contest=made.contest)
    check_may_see_counts(user=made.organiser, contest=made.contest)
    assert not may_see_counts(user=made.reviewer, contest=made.contest)
    assert CountOpening.objects.count() == 1
    assert AuditEntry.objects.filter(act="open_counts").count() == 1


def test_after_the_seal_the_counts_are_open():
    made = predicting()
    make_entrants(made, [Person()])
    close(made)
    assert not may_see_counts(user=made.organiser, contest=made.contest)
    propose_awards(round=made.round, user=made.organiser)
    seal_round(round=made.round, user=made.organiser, now=made.round.closes_at)
    assert may_see_counts(user=made.organiser, contest=made.contest)


def test_the_counts_of_others_stay_theirs():
    made = predicting()
    stranger = make_person(Role.ORGANISER, unit=make_unit())
    assert not may_see_counts(user=stranger, contest=made.contest)
    for act in (open_counts, check_may_see_counts):
        with pytest.raises(NotAllowed):
            act(user=stranger, contest=made.contest)
