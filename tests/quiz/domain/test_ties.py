"""Ties are settled by lot or decision, each only where the rules say so, and can be taken back."""

import pytest

from accounts.errors import Faults, NotAllowed
from accounts.models import AuditEntry
from quiz.domain.leaves import iterate_leaves
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.ties import decide_tie, draw_lot, tied_digest, withdraw_tie_decision
from quiz.engine.canonical import H
from quiz.errors import RoundNotReady
from quiz.models import Standing, TieDecision
from quiz.rules.document import Criterion
from tests.factories import OpenContest, make_open_contest, make_person, make_rules
from tests.results_factory import Entry, Person, attempts_of, close, make_entrants

pytestmark = pytest.mark.django_db

SOURCE = "Xổ số miền Bắc mở thưởng ngày 23/11/2026, giải Đặc biệt"


def tied_contest(last: str, people: int = 4) -> tuple[OpenContest, list[int]]:
    """Entrants alike in score and time; the chain ends in `last`."""
    chain = [Criterion(kind=kind) for kind in ("score", last)]
    made = make_open_contest(rules=make_rules(result={"chain": chain}))
    entrants = make_entrants(made, [Person(birth_date=None) for _ in range(people)])
    close(made)
    return made, attempts_of(*entrants)


def ranks(made: OpenContest) -> list[tuple[int, int]]:
    mark_and_rank(round=made.round)
    found = Standing.objects.filter(round=made.round).order_by("rank", "attempt_id")
    return list(found.values_list("rank", "attempt_id"))


def decide(made: OpenContest, order: list[int], **fields) -> TieDecision:
    return decide_tie(
        **{
            "round": made.round,
            "group": made.groups[0],
            "order": order,
            "minutes": "Biên bản 03",
            "user": made.organiser,
        }
        | fields
    )


def draw(made: OpenContest, **fields) -> TieDecision:
    return draw_lot(
        **{
            "round": made.round,
            "group": made.groups[0],
            "rank": 1,
            "source": SOURCE,
            "seed": "73915",
            "minutes": "Biên bản 04",
            "user": made.organiser,
        }
        | fields
    )


def codes(refused: pytest.ExceptionInfo[Faults]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


def test_the_lot_is_the_order_of_the_hashes():
    made, attempts = tied_contest("lot")
    leaves = {attempt.pk: leaf for attempt, _v, leaf in iterate_leaves(round=made.round)}
    expected = sorted(attempts, key=lambda pk: H("lot", b"73915" + leaves[pk]))
    drawn = draw(made)
    assert (drawn.order, drawn.source, drawn.seed) == (expected, SOURCE, "73915")
    assert ranks(made) == list(enumerate(expected, start=1))


def test_the_tied_set_is_named_before_the_lot():
    made, attempts = tied_contest("lot")
    digest = tied_digest(round=made.round, attempts=attempts)
    assert digest == tied_digest(round=made.round, attempts=attempts[::-1])
    assert digest != tied_digest(round=made.round, attempts=attempts[1:])
    assert len(digest) == 64


def test_a_decision_on_some_leaves_the_others_tied_behind():
    made, [one, two, three, four] = tied_contest("decision")
    decide(made, [three])
    assert ranks(made) == [(1, three), (2, one), (2, two), (2, four)]
    decide(made, [four, one])
    assert ranks(made) == [(1, three), (2, four), (3, one), (4, two)]


def test_a_decision_can_be_taken_back():
    made, [one, two] = tied_contest("decision", people=2)
    decided = decide(made, [two, one])
    assert ranks(made) == [(1, two), (2, one)]
    withdraw_tie_decision(made=decided, reason="Nhập nhầm", user=made.organiser)
    assert ranks(made) == [(1, one), (1, two)]
    told = AuditEntry.objects.filter(act="withdraw_tie_decision").get()
    assert (told.details["attempts"], told.details["reason"]) == ([two, one], "Nhập nhầm")


def test_the_way_is_the_rules_way():
    made, attempts = tied_contest("lot")
    with pytest.raises(Faults) as refused:
        decide(made, attempts)
    assert codes(refused) == ["not_in_rules"]
    made, _attempts = tied_contest("decision")
    with pytest.raises(Faults) as refused:
        draw(made)
    assert codes(refused) == ["not_in_rules"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"seed": " "}, "no_seed"),
        ({"source": ""}, "no_seed"),
        ({"minutes": ""}, "no_minutes"),
        ({"rank": 2}, "not_tied"),
    ],
)
def test_a_lot_needs_source_seed_minutes_and_a_tie(fields, code):
    made, _attempts = tied_contest("lot")
    with pytest.raises(Faults) as refused:
        draw(made, **fields)
    assert codes(refused) == [code]


def test_only_people_tied_with_each_other_are_ordered():
    chain = [Criterion(kind="score"), Criterion(kind="decision")]
    made = make_open_contest(rules=make_rules(result={"chain": chain}))
    people = [Person(birth_date=None, entries=[Entry(wrong=w)]) for w in (0, 0, 1, 1, 2)]
    one, two, three, _four, alone = attempts_of(*make_entrants(made, people))
    close(made)
    for order in ([], [one, one], [one, three], [one, alone], [alone], [one, two, 10**9]):
        with pytest.raises(Faults) as refused:
            decide(made, order)
        assert codes(refused) == ["not_tied"]


def test_an_open_round_and_strangers():
    made = make_open_contest()
    make_entrants(made, [Person(), Person()])
    with pytest.raises(RoundNotReady):
        decide(made, [1])
    with pytest.raises(NotAllowed):
        decide(made, [1], user=make_person())
