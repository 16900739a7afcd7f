"""Quiz lessons: drawn from practice banks, keys after the answer, scored as contests are."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from accounts.errors import Faults, NotAllowed
from quiz.domain.key_openings import people_who_know
from quiz.domain.practice_banks import BankInContest, practice_versions, set_for_practice
from quiz.enums import RoundState
from quiz.models import ItemBank, ItemVersion, KeyOpening, Round
from tests.factories import make_bank, make_contest
from tests.factories import make_person as person_with
from tests.people import make_person, make_unit
from tests.training.courses import add_lesson, enrol, make_course
from training.domain.lesson_checks import rule_faults
from training.domain.lessons import LessonInput, change_lesson
from training.domain.quiz_errors import BadAnswer, NoOpenTry, NoTriesLeft, QuizNotReady
from training.domain.quiz_papers import shown_items
from training.domain.quizzes import answer_item, quiz_shortages, start_try
from training.enums import LessonKind
from training.models import Enrolment, Lesson, LessonProgress, QuizTry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def bank() -> ItemBank:
    unit = make_unit("on-tap")
    author, reviewer = person_with("author", unit=unit), person_with("reviewer", unit=unit)
    made = make_bank(unit=unit, author=author, reviewer=reviewer)
    made.author = author
    set_for_practice(bank=made, practice=True, user=author, now=NOW)
    return made


@pytest.fixture
def lesson(bank) -> Lesson:
    course = make_course(bank.unit, bank.author, published_at=NOW)
    return add_lesson(
        course,
        kind=LessonKind.QUIZ,
        completion={"all": [{"kind": "quiz", "percent": 75, "retries": 1}]},
        settings={"bank": bank.pk, "paper": {"blueprint": [{"count": 4}]}, "instant": True},
    )


@pytest.fixture
def enrolment(bank, lesson) -> Enrolment:
    return enrol(lesson.module.course, make_person("hoc-vien", unit=bank.unit, totp=False))


def right_places(each: QuizTry, slot: int) -> list[int]:
    version, order = each.paper[slot]
    key = ItemVersion.objects.get(pk=version).key_mask
    return [place for place, option in enumerate(order) if key >> option & 1]


def answer_all(enrolment: Enrolment, lesson: Lesson, *, wrong: int = 0) -> QuizTry:
    begun = start_try(enrolment=enrolment, lesson=lesson, now=NOW)
    for slot, (_version, order) in enumerate(begun.paper):
        right = right_places(begun, slot)
        spoilt = [place for place in range(len(order)) if place not in right][:1]
        begun = answer_item(
            enrolment=enrolment,
            lesson=lesson,
            slot=slot,
            places=spoilt if slot < wrong else right,
            now=NOW,
        )
    return begun


def test_the_score_of_the_best_try_decides(enrolment, lesson) -> None:
    failed = answer_all(enrolment, lesson, wrong=2)
    assert (failed.score, failed.ended_at) == (Decimal("50.00"), NOW)
    progress = LessonProgress.objects.get(enrolment=enrolment, lesson=lesson)
    assert (progress.state["score"], progress.completed_at) == (50, None)
    passed = answer_all(enrolment, lesson, wrong=1)
    assert passed.score == Decimal("75.00")
    progress.refresh_from_db()
    assert progress.completed_at == NOW
    enrolment.refresh_from_db()
    assert enrolment.completed_at == NOW
    with pytest.raises(NoTriesLeft):
        start_try(enrolment=enrolment, lesson=lesson, now=NOW)


def test_a_key_is_nowhere_before_its_item_is_answered(enrolment, lesson) -> None:
    begun = start_try(enrolment=enrolment, lesson=lesson, now=NOW)
    before = shown_items(begun)
    assert not any(option.right for item in before for option in item.options)
    assert {(item.told, item.rationale, tuple(item.citations)) for item in before} == {
        (False, "", ())
    }
    right = right_places(begun, 0)
    answered = answer_item(enrolment=enrolment, lesson=lesson, slot=0, places=right, now=NOW)
    first, *others = shown_items(answered)
    assert (first.told, first.right) == (True, True)
    assert [option.place for option in first.options if option.right] == right
    assert not any(option.right for item in others for option in item.options)


def test_without_instant_feedback_keys_wait_for_the_last_answer(enrolment, lesson) -> None:
    lesson.settings |= {"instant": False}
    lesson.save()
    begun = start_try(enrolment=enrolment, lesson=lesson, now=NOW)
    halfway = answer_item(enrolment=enrolment, lesson=lesson, slot=0, places=[0], now=NOW)
    halfway.lesson = lesson
    assert not any(item.told for item in shown_items(halfway))
    for slot in range(1, len(begun.paper)):
        halfway = answer_item(enrolment=enrolment, lesson=lesson, slot=slot, places=[0], now=NOW)
    assert all(item.told for item in shown_items(halfway))


def test_the_first_answer_stays_and_an_open_paper_is_gone_on_with(enrolment, lesson) -> None:
    begun = start_try(enrolment=enrolment, lesson=lesson, now=NOW)
    assert start_try(enrolment=enrolment, lesson=lesson, now=NOW).pk == begun.pk
    first = answer_item(enrolment=enrolment, lesson=lesson, slot=0, places=[0], now=NOW)
    second = answer_item(enrolment=enrolment, lesson=lesson, slot=0, places=[1], now=NOW)
    assert first.answers == second.answers


@pytest.mark.parametrize(("slot", "places"), [(0, []), (0, [9]), (0, [0, 1]), (99, [0]), (-1, [0])])
def test_what_is_no_answer_is_refused(enrolment, lesson, slot, places) -> None:
    with pytest.raises(NoOpenTry):
        answer_item(enrolment=enrolment, lesson=lesson, slot=slot, places=places, now=NOW)
    start_try(enrolment=enrolment, lesson=lesson, now=NOW)
    with pytest.raises(BadAnswer):
        answer_item(enrolment=enrolment, lesson=lesson, slot=slot, places=places, now=NOW)


def test_who_learns_is_no_knower_of_keys_since_these_are_public(bank, enrolment, lesson) -> None:
    known = [knower.user.pk for knower in people_who_know(bank=bank)]
    answer_all(enrolment, lesson)
    assert [knower.user.pk for knower in people_who_know(bank=bank)] == known
    assert not KeyOpening.objects.filter(user=enrolment.person).exists()


def test_a_bank_that_a_contest_asks_is_not_practised_until_its_rounds_are_over() -> None:
    made = make_contest()
    bank, author = made.banks[0], made.organiser
    with pytest.raises(BankInContest):
        set_for_practice(bank=bank, practice=True, user=author, now=NOW)
    Round.objects.update(state=RoundState.CLOSED)
    set_for_practice(bank=bank, practice=True, user=author, now=NOW)
    assert len(practice_versions(bank, on=TODAY)) == bank.items.count()
    # A contest takes the practice bank: from then on nothing of it is drawn for learning.
    Round.objects.update(state=RoundState.DRAFT)
    assert practice_versions(bank, on=TODAY) == []


def test_only_who_writes_items_opens_a_bank_and_it_can_be_closed(bank) -> None:
    stranger = make_person("nguoi-la", unit=make_unit("xa"))
    with pytest.raises(NotAllowed):
        set_for_practice(bank=bank, practice=False, user=stranger, now=NOW)
    set_for_practice(bank=bank, practice=False, user=bank.author, now=NOW)
    assert bank.practice_since is None


def test_a_quiz_of_a_bank_taken_back_says_what_is_missing(bank, enrolment, lesson) -> None:
    assert quiz_shortages(lesson, on=TODAY) == []
    ItemBank.objects.update(practice_since=None)
    assert len(quiz_shortages(lesson, on=TODAY)) == 1
    with pytest.raises(QuizNotReady):
        start_try(enrolment=enrolment, lesson=lesson, now=NOW)


def test_settings_of_no_practice_bank_or_without_items_are_refused(bank, lesson) -> None:
    ItemBank.objects.update(practice_since=None)
    empty = {"bank": bank.pk, "paper": {"blueprint": []}}
    given = LessonInput(title="Bài", completion=lesson.completion, settings=empty)
    with pytest.raises(Faults) as refused:
        change_lesson(lesson=lesson, given=given, user=person_with("organiser", unit=bank.unit))
    assert [fault.code for fault in refused.value.faults] == ["quiz_bank", "quiz_settings"]
    assert not list(rule_faults(LessonKind.QUIZ, lesson.completion))
