"""The ranking statement against the engine's ranking, which says the same in Python."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quiz.domain.ranking import rank_round, ranking_parameters, ranking_statement
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.ties import decide_tie
from quiz.engine import ranking as engine
from quiz.errors import RoundNotReady
from quiz.models import Attempt, Grade, Standing
from quiz.rules.document import Criterion, PredictionRules
from quiz.rules.schema import PRECISIONS
from tests.factories import OpenContest, make_open_contest, make_rules
from tests.results_factory import Entry, Person, attempts_of, close, make_entrants

pytestmark = pytest.mark.django_db

KINDS = tuple(engine.NATURAL_DIRECTION)
GROUPS = ("a", "b")


@dataclass(frozen=True)
class Facts:
    """What the ranking reads of one attempt, from small ranges so that ties abound."""

    correct: int
    total: int
    omitted: bool
    marks: Decimal
    seconds: int
    ms: int
    prediction: Decimal | None
    voided: bool
    lot: int | None
    decision: int | None
    limit: int = 900


@dataclass(frozen=True)
class Someone:
    group: str
    registered: int
    born: date | None
    duplicate: bool
    attempts: list[Facts]


small = st.integers(0, 3)
place = st.none() | st.integers(1, 3)
facts = st.builds(
    Facts,
    correct=small,
    total=st.just(3),
    omitted=st.sampled_from([False, False, True]),
    marks=st.sampled_from([Decimal(n) for n in ("0", "0.45", "0.49", "1", "1.5")]),
    seconds=st.integers(0, 90),
    ms=st.sampled_from([0, 1, 999]),
    prediction=st.none() | st.sampled_from([Decimal(n) / 8 for n in range(5)]),
    voided=st.sampled_from([False, False, False, True]),
    lot=place,
    decision=place,
    limit=st.sampled_from([100, 900, 1801]),
)
someone = st.builds(
    Someone,
    group=st.sampled_from(GROUPS),
    registered=st.integers(0, 100_000),
    born=st.none() | st.sampled_from([date(1990, 1, 1), date(1990, 1, 3), date(1990, 4, 1)]),
    duplicate=st.sampled_from([False, False, False, True]),
    attempts=st.lists(facts, min_size=1, max_size=3),
)
criterion = st.sampled_from(KINDS).flatmap(
    lambda kind: st.builds(
        Criterion,
        kind=st.just(kind),
        direction=st.sampled_from([None, None, "asc", "desc"]),
        precision=st.sampled_from(["second", *PRECISIONS.get(kind, ())]),
    )
)
chain = st.lists(criterion, min_size=1, max_size=5, unique_by=lambda c: c.kind).filter(
    lambda criteria: {c.kind for c in criteria} != {"all_correct"}
)


@pytest.fixture
def made() -> OpenContest:
    return make_open_contest(rules=make_rules(groups=GROUPS))


class Population:
    """Stored entrants and, beside them, the engine's view of the same."""

    def __init__(self, made: OpenContest, people: list[Someone]) -> None:
        self.round = made.round
        self.entrants = make_entrants(
            made,
            [
                Person(
                    group=person.group,
                    registered=person.registered,
                    birth_date=person.born,
                    entries=[
                        Entry(
                            seconds=one.seconds + one.ms / 1000,
                            prediction=one.prediction,
                            limit=one.limit,
                            voided=one.voided,
                        )
                        for one in person.attempts
                    ],
                )
                for person in people
            ],
        )
        for entrant, person in zip(self.entrants, people, strict=True):
            if person.duplicate:
                entrant.duplicate_of = entrant
                entrant.save(update_fields=["duplicate_of"])
        self.people = people
        self.rows = self._rows()
        self._store_grades()

    def _rows(self) -> dict[int, tuple[Someone, Facts, Attempt]]:
        people = dict(zip([e.pk for e in self.entrants], self.people, strict=True))
        found = Attempt.objects.filter(entrant__in=self.entrants)
        return {
            row.pk: (person, person.attempts[row.ordinal - 1], row)
            for row in found
            for person in [people[row.entrant_id]]
        }

    def _store_grades(self) -> None:
        Grade.objects.bulk_create(
            Grade(
                attempt_id=pk,
                round=self.round,
                score=one.marks,
                correct=one.correct,
                answered=one.total - one.omitted,
                total=one.total,
            )
            for pk, (_person, one, _row) in self.rows.items()
            if not one.voided
        )

    def places(self, name: str) -> dict[int, int]:
        found = {pk: getattr(one, name) for pk, (_p, one, _row) in self.rows.items()}
        return {pk: given for pk, given in found.items() if given is not None}

    def candidates(self) -> Iterator[tuple[engine.Candidate, Facts]]:
        valid = {
            pk: row for pk, row in self.rows.items() if not row[0].duplicate and not row[1].voided
        }
        for pk, (person, one, row) in valid.items():
            used = sum(other.entrant_id == row.entrant_id for _p, _f, other in valid.values())
            entrant = next(e for e in self.entrants if e.pk == row.entrant_id)
            yield (
                engine.Candidate(
                    entrant_id=row.entrant_id,
                    attempt_id=pk,
                    group=person.group,
                    score=one.marks,
                    correct=one.correct,
                    total=one.total,
                    all_correct=one.correct == one.total,
                    prediction=one.prediction,
                    duration_ms=one.seconds * 1000 + one.ms,
                    ended_at=round(row.ended_at.timestamp() * 1000),
                    attempts_used=used,
                    registered_at=round(entrant.registered_at.timestamp() * 1000),
                    birth_date=person.born,
                    limit_ms=one.limit * 1000,
                    lot=one.lot,
                    decision=one.decision,
                ),
                one,
            )


def ranked_by_engine(population, rules, actual: Decimal) -> set[tuple[int, int, int, bool]]:
    candidates = [
        candidate
        for candidate, one in population.candidates()
        if not (rules.entry.require_all_answered and one.omitted)
    ]
    counted = engine.choose_counted(
        candidates,
        counted=rules.result.counted_attempt,
        chain=rules.result.chain,
        actual=actual,
    )
    return {
        (row.candidate.entrant_id, row.candidate.attempt_id, row.rank, row.tied)
        for group in GROUPS
        for row in engine.rank([c for c in counted if c.group == group], rules.result.chain, actual)
    }


def ranked_by_statement(population, rules, values) -> set[tuple[int, int, int, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            ranking_statement(rules),
            ranking_parameters(
                round_id=population.round.pk,
                values=values,
                lot=population.places("lot"),
                decision=population.places("decision"),
            ),
        )
    found = Standing.objects.filter(round=population.round)
    return set(found.values_list("entrant_id", "attempt_id", "rank", "tied"))


def compare(made: OpenContest, people: list[Someone], rules, actual: Decimal) -> None:
    """Store the people, rank them both ways, and leave nothing behind."""
    with transaction.atomic():
        population = Population(made, people)
        expected = ranked_by_engine(population, rules, actual)
        values = {group.pk: actual for group in made.groups}
        found = ranked_by_statement(population, rules, values)
        transaction.set_rollback(True)
    assert found == expected


@settings(
    max_examples=150,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    people=st.lists(someone, min_size=1, max_size=9),
    criteria=chain,
    counted=st.sampled_from(["best", "first", "last"]),
    all_answered=st.booleans(),
    actual=st.sampled_from([Decimal(0), Decimal("1.5"), Decimal(7)]),
)
def test_the_statement_ranks_as_the_engine_does(
    made, people, criteria, counted, all_answered, actual
):
    rules = make_rules(
        groups=GROUPS,
        entry={"require_all_answered": all_answered, "attempts_per_round": 3},
        result={"chain": criteria, "counted_attempt": counted},
    )
    compare(made, people, rules, actual)


def test_of_attempts_that_the_chain_finds_equal_the_earliest_counts(made):
    first = Facts(
        correct=0,
        total=3,
        omitted=False,
        marks=Decimal(0),
        seconds=0,
        ms=0,
        prediction=None,
        voided=False,
        lot=None,
        decision=None,
    )
    better = replace(first, marks=Decimal(1), lot=1, decision=1)
    person = Someone(GROUPS[0], 0, None, duplicate=False, attempts=[first, better])
    rules = make_rules(
        groups=GROUPS,
        entry={"attempts_per_round": 3},
        result={"chain": [Criterion(kind="attempts_used")], "counted_attempt": "best"},
    )
    compare(made, [person], rules, Decimal(0))


@settings(
    max_examples=50,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(people=st.lists(someone, min_size=1, max_size=9), criteria=chain)
def test_the_short_statement_for_one_attempt_ranks_alike(made, people, criteria):
    people = [replace(person, attempts=person.attempts[:1]) for person in people]
    rules = make_rules(groups=GROUPS, entry={"attempts_per_round": 1}, result={"chain": criteria})
    compare(made, people, rules, Decimal(1))


def standings(made: OpenContest) -> list[tuple[int, int, bool]]:
    found = Standing.objects.filter(round=made.round).order_by("rank", "attempt_id")
    return list(found.values_list("rank", "attempt_id", "tied"))


def test_closing_ranks_by_score_then_time_to_the_second():
    made = make_open_contest()
    people = [
        Person(entries=[Entry(wrong=1, seconds=60)]),
        Person(entries=[Entry(seconds=100.4)]),
        Person(entries=[Entry(seconds=100.9)]),
        Person(entries=[Entry(seconds=99)]),
    ]
    one, two, three, four = attempts_of(*make_entrants(made, people))
    close(made)
    assert standings(made) == [(1, four, False), (2, two, True), (2, three, True), (4, one, False)]


def test_the_nearest_prediction_of_how_many_answer_all_correctly_wins():
    kinds = ("score", "prediction_error", "duration", "decision")
    made = make_open_contest(
        rules=make_rules(
            entry={"prediction": PredictionRules(who="all_correct")},
            result={"chain": [Criterion(kind=kind) for kind in kinds]},
        )
    )
    people = [
        Person(entries=[Entry(prediction=Decimal(5))]),
        Person(entries=[Entry(prediction=Decimal(2))]),
        Person(entries=[Entry()]),
        Person(entries=[Entry(wrong=1, prediction=Decimal(3))]),
    ]
    one, two, three, four = attempts_of(*make_entrants(made, people))
    close(made)
    assert standings(made) == [
        (1, two, False),
        (2, one, False),
        (3, three, False),
        (4, four, False),
    ]
    errors = dict(Standing.objects.values_list("attempt_id", "prediction_error"))
    assert errors == {one: 2, two: 1, three: None, four: 0}


def test_time_used_is_never_longer_than_the_deadline():
    made = make_open_contest()
    [entrant] = make_entrants(made, [Person(entries=[Entry(seconds=901.5)])])
    close(made)
    found = Standing.objects.get(entrant=entrant)
    assert found.duration_ms == 900_000
    assert found.ended_at == Attempt.objects.get(entrant=entrant).started_at + timedelta(minutes=15)


def test_a_decided_tie_is_kept_when_ranked_again():
    made = make_open_contest()
    one, two, three = attempts_of(*make_entrants(made, [Person(), Person(), Person()]))
    close(made)
    assert standings(made) == [(1, one, True), (1, two, True), (1, three, True)]
    decide_tie(
        round=made.round,
        group=made.groups[0],
        order=[three, one, two],
        minutes="BB 01",
        user=made.organiser,
    )
    mark_and_rank(round=made.round)
    assert standings(made) == [(1, three, False), (2, one, False), (3, two, False)]


def test_all_correct_leaves_the_others_out():
    kinds = ("all_correct", "duration", "decision")
    made = make_open_contest(
        rules=make_rules(result={"chain": [Criterion(kind=kind) for kind in kinds]})
    )
    people = [Person(entries=[Entry(wrong=n, seconds=30 - n)]) for n in range(3)]
    first, *_others = attempts_of(*make_entrants(made, people))
    close(made)
    assert standings(made) == [(1, first, False)]


def test_ranking_twice_gives_the_same_once():
    made = make_open_contest()
    make_entrants(made, [Person(entries=[Entry(seconds=n)]) for n in range(1, 6)])
    close(made)
    before = standings(made)
    assert rank_round(round=made.round) == 5
    assert standings(made) == before


def test_an_open_round_is_not_ranked():
    made = make_open_contest()
    with pytest.raises(RoundNotReady):
        mark_and_rank(round=made.round)
    assert not list(itertools.islice(Standing.objects.all(), 1))
