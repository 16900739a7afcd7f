"""No two tables of clauses can be subtracted to what fewer than ten people answered.

Whoever sees a unit sees those below it, any period and yesterday's table: all of them together.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from django.db import IntegrityError, transaction

from quiz.domain.banks import create_bank
from quiz.domain.items import add_items
from quiz.models import ItemVersion
from tests.factories import make_draft
from tests.people import make_person
from tests.training.courses import add_lesson, enrol
from tests.training.enrolment_world import make_course, make_province
from training.domain.weak_clauses import FEWEST, count_clauses, gather_clauses
from training.models import ClauseBatch, Enrolment, QuizTry

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 3, 2, 3, tzinfo=UTC)
DAYS = 6
# Plain counts would tell of three, four and nine of them by subtraction.
PEOPLE = {"top": 13, "commune": 24, "sibling": 9}


@pytest.fixture
def world():
    made = make_province()
    bank = create_bank(name="Ngân hàng", unit=made.top, user=made.organiser)
    drafts = [make_draft(501, citation="Điều 5 Nghị định 118/2025/NĐ-CP")]
    add_items(bank=bank, drafts=drafts, author=made.organiser)
    lesson = add_lesson(made.course, "Kiểm tra", kind="quiz")
    for name, count in PEOPLE.items():
        for number in range(count):
            unit = getattr(made, name)
            person = make_person(f"{name}-{number}", unit=unit, totp=False)
            answer(enrol(made.course, person), lesson, number)
    return made


def answer(enrolment: Enrolment, lesson, number: int) -> None:
    """On one day after another, every third one right."""
    version = ItemVersion.objects.latest("pk")
    at = BEGIN + timedelta(days=number % DAYS, minutes=number)
    QuizTry.objects.create(
        enrolment=enrolment,
        lesson=lesson,
        ordinal=1,
        seed=b"s",
        draw_version=1,
        paper=[[version.pk, [0, 1, 2, 3]]],
        answers=[version.key_mask if number % 3 else 0],
        began_at=at,
        ended_at=at,
        score=100,
    )


def tables(world) -> dict[tuple[str, int, int], tuple[int, int]]:
    """(answers, right) of each unit and each period of whole days."""
    found = {}
    for name in PEOPLE:
        for first, last in combinations(range(-1, DAYS), 2):
            days = [(BEGIN + timedelta(days=day)).date() for day in (first + 1, last)]
            counts = count_clauses(unit=getattr(world, name), first=days[0], last=days[1])
            sums = [(each.answers, each.right) for each in counts]
            found[name, first, last] = sums[0] if sums else (0, 0)
    return found


def shut(whole: tuple[int, int], part: tuple[int, int]) -> bool:
    """What is left when the part is taken away is of nobody, or of ten people or more."""
    return whole == part or whole[0] - part[0] >= FEWEST


def test_periods_units_and_yesterday_differ_by_ten_people_or_by_nobody(world):
    seen = []
    for day in range(1, DAYS + 2):
        gather_clauses(now=BEGIN + timedelta(days=day))
        seen.append(tables(world))
    for yesterday, today in pairwise(seen):
        assert all(shut(today[key], yesterday[key]) for key in today)
    for day in seen:
        for (unit, first, last), part in day.items():
            wider = [day[unit, a, b] for a in range(-1, first + 1) for b in range(last, DAYS)]
            assert all(shut(whole, part) for whole in wider)
        for period in combinations(range(-1, DAYS), 2):
            top, one, other = (day[name, *period] for name in PEOPLE)
            both = (one[0] + other[0], one[1] + other[1])
            assert all(shut(top, part) for part in (one, other, both))
    whole = seen[-1]["top", -1, DAYS - 1]
    assert whole[0] == 30  # ten of the province's own, twenty of the commune; nine stay unheard


def test_whoever_moves_studies_again_or_is_erased_leaves_the_sums_as_they_were(world):
    gather_clauses(now=BEGIN + timedelta(days=DAYS + 1))
    before = tables(world)
    person = Enrolment.objects.filter(unit=world.commune).first().person
    person.unit = world.sibling
    person.save()
    again = make_course(world.top, world.organiser, "khoa-sau")
    answer(enrol(again, person), add_lesson(again, kind="quiz"), 1)
    QuizTry.objects.filter(enrolment__person__username="commune-3").delete()
    gather_clauses(now=BEGIN + timedelta(days=DAYS + 2))
    assert tables(world) == before


def test_a_ten_is_stored_once(world):
    assert gather_clauses(now=BEGIN + timedelta(days=DAYS + 1)) == 3
    assert gather_clauses(now=BEGIN + timedelta(days=DAYS + 1)) == 0
    ten = ClauseBatch.objects.values("unit_id", "document_id", "clause", "number").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClauseBatch.objects.create(**ten, answers=10, right=1, full_on=date(2026, 3, 2))
