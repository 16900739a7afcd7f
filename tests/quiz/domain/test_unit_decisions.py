"""What the rules leave to the board about collective prizes, decided with minutes and a reason."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.errors import Faults, NotAllowed
from accounts.models import AuditEntry
from quiz.domain.unit_decisions import (
    board_word,
    decide_unit_tie,
    give_points,
    may_decide,
    withdraw_unit_decision,
)
from quiz.domain.unit_results import unit_results
from quiz.enums import ReleaseState, RoundState
from quiz.errors import RoundNotReady
from quiz.models import Release, Round
from quiz.rules.unit_prizes import UnitPrizeRules
from tests.factories import make_person
from tests.quiz.domain.test_unit_results import make_round, table
from tests.quiz.rosters import ListedContest

pytestmark = pytest.mark.django_db
PRIZES = [
    {"code": "nhat", "name": "Giải Nhất tập thể", "count": 1},
    {"code": "nhi", "name": "Giải Nhì tập thể", "count": 1},
]
# Both units of the fixture have everybody of their list: equal to the last decimal.
EQUAL = {"components": [{"kind": "completion", "weight": 100}], "ties": ["board"], "prizes": PRIZES}
POINTS = {
    "components": [
        {"kind": "completion", "weight": 80},
        {"kind": "points", "weight": 20, "name": "Công tác tuyên truyền"},
    ],
    "prizes": PRIZES,
}
TOLD: dict[str, Any] = {"minutes": "03/BB-BTC", "reason": "Đơn vị có nhiều hình thức tuyên truyền"}


@pytest.fixture
def equal() -> ListedContest:
    return make_round(UnitPrizeRules.model_validate(EQUAL))


@pytest.fixture
def pointed() -> ListedContest:
    return make_round(UnitPrizeRules.model_validate(POINTS))


def round_of(listed: ListedContest) -> Round:
    return Round.objects.select_related("contest").get(pk=listed.made.round.pk)


def decide(listed: ListedContest, order: list[int], **fields: Any):
    told = {**TOLD, "user": listed.made.organiser, "tied": [listed.here.pk, listed.below.pk]}
    return decide_unit_tie(round=round_of(listed), order=order, **(told | fields))


def point(listed: ListedContest, *texts: str, **fields: Any):
    told = {**TOLD, "user": listed.made.organiser}
    typed = dict(zip((listed.here.pk, listed.below.pk), texts, strict=True))
    return give_points(round=round_of(listed), typed=typed, **(told | fields))


def test_equal_units_wait_for_the_board_and_its_order_gives_the_prizes(equal) -> None:
    assert [row[1:3] + row[-1:] for row in table(equal)] == [
        ("Xã An", 1, None),
        ("Phòng An", 1, None),
    ]
    [bloc] = unit_results(round=round_of(equal))[1]
    assert [[unit.name for unit in tie] for tie in bloc.open_ties] == [["Xã An", "Phòng An"]]
    decide(equal, [equal.below.pk])
    assert [row[1:3] + row[-1:] for row in table(equal)] == [
        ("Phòng An", 1, "Giải Nhất tập thể"),
        ("Xã An", 2, "Giải Nhì tập thể"),
    ]
    told = AuditEntry.objects.get(act="unit_tie")
    assert told.details["minutes"] == TOLD["minutes"]


def test_a_later_order_comes_behind_an_earlier_one(equal) -> None:
    decide(equal, [equal.below.pk])
    decide(equal, [equal.here.pk, equal.below.pk])
    assert board_word(round=round_of(equal)).preferred == {equal.below.pk: 2, equal.here.pk: 1}


def test_no_unit_has_a_prize_before_the_board_gave_its_points(pointed) -> None:
    assert {row[-1] for row in table(pointed)} == {None}
    point(pointed, "87,5", "60")
    assert [row[1:] for row in table(pointed)] == [
        ("Xã An", 1, 2, [100, 87.5], 97.5, "Giải Nhất tập thể"),
        ("Phòng An", 2, 1, [100, 60], 92, "Giải Nhì tập thể"),
    ]


def test_points_given_anew_replace_those_before(pointed) -> None:
    point(pointed, "90", "60")
    point(pointed, "50", "60")
    assert [row[1] for row in table(pointed)] == ["Phòng An", "Xã An"]


@pytest.mark.parametrize("text", ["", "nhiều", "101", "-1", "60,555", "NaN", "1e9"])
def test_points_are_numbers_from_0_to_100(pointed, text) -> None:
    with pytest.raises(Faults) as refused:
        point(pointed, "60", text)
    assert [fault.code for fault in refused.value.faults] == ["points_unreadable"]
    assert not round_of(pointed).unit_decisions.exists()


def test_an_order_names_units_that_are_equal_each_once(equal) -> None:
    for order in ([], [equal.here.pk] * 2, [0]):
        with pytest.raises(Faults):
            decide(equal, order)


@pytest.mark.parametrize(("missing", "code"), [("minutes", "no_minutes"), ("reason", "no_reason")])
def test_minutes_and_a_reason_are_asked_for(equal, missing, code) -> None:
    with pytest.raises(Faults) as refused:
        decide(equal, [equal.here.pk], **{missing: " "})
    assert [fault.code for fault in refused.value.faults] == [code]


def test_the_board_speaks_between_the_seal_and_the_signature(equal) -> None:
    round = round_of(equal)
    Round.objects.filter(pk=round.pk).update(state=RoundState.CLOSED)
    with pytest.raises(RoundNotReady):
        decide(equal, [equal.here.pk])
    Round.objects.filter(pk=round.pk).update(state=RoundState.SEALED)
    made = decide(equal, [equal.here.pk])
    assert may_decide(round=round_of(equal))
    Release.objects.create(
        round=round,
        contest=round.contest,
        number=1,
        state=ReleaseState.SUBMITTED,
        document={},
        digest="0" * 64,
        submitted_by=equal.made.organiser,
        submitted_at=timezone.now(),
    )
    with pytest.raises(RoundNotReady):
        withdraw_unit_decision(made=made, reason="Nhầm", user=equal.made.organiser)


def test_a_decision_is_taken_back_with_a_reason_that_the_diary_keeps(equal) -> None:
    made = decide(equal, [equal.here.pk])
    with pytest.raises(Faults):
        withdraw_unit_decision(made=made, reason=" ", user=equal.made.organiser)
    withdraw_unit_decision(made=made, reason="Ghi nhầm đơn vị", user=equal.made.organiser)
    assert {row[2] for row in table(equal)} == {1}
    told = AuditEntry.objects.get(act="withdraw_unit_decision")
    assert told.details["reason"] == "Ghi nhầm đơn vị"


def test_whoever_does_not_run_the_contest_decides_nothing(equal) -> None:
    with pytest.raises(NotAllowed):
        decide(equal, [equal.here.pk], user=make_person(unit=equal.made.unit))
