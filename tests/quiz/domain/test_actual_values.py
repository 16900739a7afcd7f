"""The prediction's true value: which figure, over what, once duplicates and voids are settled."""

from decimal import Decimal

import pytest

from quiz.domain.actual_values import ActualValue, actual_values, explain_value, value_of
from quiz.domain.round_closing import mark_and_rank
from quiz.enums import RoundState
from quiz.models import Attempt, Entrant, Grade, Round
from quiz.queries.counting import Tally, tally
from quiz.rules.document import Criterion, PredictionRules
from tests.factories import OpenContest, make_open_contest, make_rules
from tests.results_factory import Entry, Person, close, make_entrants

COUNTED = Tally(persons=6, entries=9, persons_all_correct=4, entries_all_correct=5)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"who": "took_part"}, "6"),
        ({"who": "all_correct"}, "4"),
        ({"who": "took_part", "count": "entries"}, "9"),
        ({"who": "all_correct", "count": "entries"}, "5"),
        ({"who": "percent_all_correct"}, "67"),
        ({"who": "percent_all_correct", "decimals": 2}, "66.67"),
        ({"who": "percent_all_correct", "count": "entries", "decimals": 3}, "55.556"),
    ],
)
def test_the_figure_the_rules_name(fields, expected):
    assert str(value_of(COUNTED, PredictionRules(**fields))) == expected


def test_half_a_percent_is_rounded_up_and_nobody_is_none():
    rule = PredictionRules(who="percent_all_correct")
    assert value_of(Tally(8, 8, 1, 1), rule) == 13
    assert value_of(Tally(0, 0, 0, 0), rule) == 0


def predicting(**fields) -> OpenContest:
    chain = [Criterion(kind=kind) for kind in ("score", "prediction_error", "decision")]
    return make_open_contest(
        rules=make_rules(
            groups=("dan", "can-bo"),
            entry={"prediction": PredictionRules(**fields)},
            result={"chain": chain},
        )
    )


@pytest.mark.django_db
def test_persons_and_entries_by_group_round_and_contest():
    made = predicting()
    people = [
        Person(group="dan", birth_date=None, entries=[Entry(), Entry(wrong=1)]),
        Person(group="dan", birth_date=None, entries=[Entry(wrong=1), Entry(voided=True)]),
        Person(group="can-bo", birth_date=None),
        Person(group="dan", birth_date=None),
        Person(group="dan", birth_date=None),
    ]
    *_counted, duplicate, earlier = make_entrants(made, people)
    fields = {"opens_at": made.round.opens_at, "closes_at": made.round.closes_at}
    before, after = (
        Round.objects.create(contest=made.contest, number=number, name="Vòng", **fields)
        for number in (0, 7)
    )
    moved = Attempt.objects.filter(entrant=earlier)
    moved.update(round=before)
    close(made)
    Entrant.objects.filter(pk=duplicate.pk).update(duplicate_of=earlier)
    [attempt] = moved
    Grade.objects.create(attempt=attempt, round=before, score=5, correct=5, answered=5, total=5)
    dan, _officers = made.groups
    assert tally(round_id=made.round.pk, scope="round") == Tally(3, 4, 2, 2)
    assert tally(round_id=made.round.pk, scope="group", group_id=dan.pk) == Tally(2, 3, 1, 1)
    assert tally(round_id=made.round.pk, scope="contest") == Tally(4, 5, 3, 3)
    moved.update(round=after)
    assert tally(round_id=made.round.pk, scope="contest") == Tally(3, 4, 2, 2)


@pytest.mark.django_db
def test_each_group_is_measured_against_its_value():
    made = predicting(who="took_part", scope="group")
    make_entrants(made, [Person(group="dan", birth_date=None) for _ in range(3)])
    make_entrants(made, [Person(group="can-bo", birth_date=None)])
    close(made)
    dan, officers = made.groups
    found = actual_values(round=made.round)
    assert {group: str(actual.value) for group, actual in found.items()} == {
        dan.pk: "3",
        officers.pk: "1",
    }


@pytest.mark.django_db
def test_no_prediction_no_value():
    made = make_open_contest()
    make_entrants(made, [Person()])
    close(made)
    assert actual_values(round=made.round) == {}
    assert made.round.state == RoundState.CLOSED
    assert mark_and_rank(round=made.round) == 1


def test_the_value_is_explained_for_the_minutes():
    persons = explain_value(ActualValue(Decimal(4), COUNTED), PredictionRules())
    assert persons == (
        "Sau khi xử lý bài trùng và bài huỷ: 6 người dự thi, trong đó 4 người trả lời đúng tất cả; "
        "giá trị thực là 4."
    )
    entries = explain_value(ActualValue(Decimal(5), COUNTED), PredictionRules(count="entries"))
    assert entries == (
        "Sau khi xử lý bài trùng và bài huỷ: 9 lượt thi, trong đó 5 lượt trả lời đúng tất cả; "
        "giá trị thực là 5."
    )
