"""Marking: every closed, valid attempt by the frozen key, all of a round or nothing."""

from decimal import Decimal

import pytest

from quiz.domain.grading import grade_round
from quiz.enums import AttemptState, ItemKind
from quiz.models import Attempt, Grade, Pool
from tests.factories import make_attempt, make_draft, make_open_contest, make_rules
from tests.results_factory import Entry, Person, attempts_of, close, make_entrants

pytestmark = pytest.mark.django_db


def marks_of(*attempts: int) -> list[tuple[Decimal, int, int, int]]:
    found = Grade.objects.in_bulk(attempts)
    return [
        (found[pk].score, found[pk].correct, found[pk].answered, found[pk].total) for pk in attempts
    ]


def test_marks_are_points_times_right_answers():
    made = make_open_contest(rules=make_rules(entry={"points_per_item": Decimal("2.5")}))
    people = [
        Person(entries=[Entry(wrong=0)]),
        Person(entries=[Entry(wrong=2)]),
        Person(entries=[Entry(wrong=1, blank=3)]),
    ]
    entrants = make_entrants(made, people)
    assert grade_round(round=made.round) == 3
    assert marks_of(*attempts_of(*entrants)) == [
        (Decimal("12.50"), 5, 5, 5),
        (Decimal("7.50"), 3, 5, 5),
        (Decimal("2.50"), 1, 2, 5),
    ]


def test_an_entry_made_through_the_real_doors_is_marked():
    made = make_open_contest()
    attempt = make_attempt(made, wrong=1)
    assert grade_round(round=made.round) == 1
    assert marks_of(attempt.pk) == [(Decimal("4.00"), 4, 5, 5)]


def test_partial_marks_of_multiple_choice():
    drafts = [make_draft(n, kind=ItemKind.MULTIPLE, key=frozenset({0, 1})) for n in range(1, 6)]
    made = make_open_contest(rules=make_rules(entry={"multiple_marking": "partial"}), drafts=drafts)
    [entrant] = make_entrants(made, [Person()])
    [pk] = attempts_of(entrant)
    attempt = Attempt.objects.get(pk=pk)
    key = Pool.objects.get(pk=attempt.pool_id).key.masks
    assert {mask.bit_count() for mask in key} == {2}
    answers = list(attempt.answers)
    answers[0] &= -answers[0]  # one of two right options
    answers[1] = 15  # everything ticked
    Attempt.objects.filter(pk=pk).update(answers=answers)
    grade_round(round=made.round)
    assert marks_of(pk) == [(Decimal("3.50"), 3, 5, 5)]


def test_open_and_voided_attempts_are_not_marked():
    made = make_open_contest()
    entrants = make_entrants(
        made,
        [
            Person(entries=[Entry(state=AttemptState.OPEN)]),
            Person(entries=[Entry(voided=True)]),
            Person(entries=[Entry(state=AttemptState.CLOSED)]),
        ],
    )
    assert grade_round(round=made.round) == 1
    assert list(Grade.objects.values_list("attempt_id", flat=True)) == attempts_of(entrants[2])


def test_marking_again_replaces_the_marks():
    made = make_open_contest()
    [entrant] = make_entrants(made, [Person()])
    close(made)
    [pk] = attempts_of(entrant)
    Attempt.objects.filter(pk=pk).update(answers=[0, 0, 0, 0, 0])
    assert grade_round(round=made.round) == 1
    assert marks_of(pk) == [(Decimal("0.00"), 0, 0, 5)]


def test_progress_is_told_in_chunks(monkeypatch):
    monkeypatch.setattr("quiz.domain.grading.CHUNK", 2)
    made = make_open_contest()
    make_entrants(made, [Person() for _ in range(5)])
    told: list[int] = []
    grade_round(round=made.round, progress=told.append)
    assert told == [2, 4, 5]
