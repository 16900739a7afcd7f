"""Practice: public items asked again when they are due, told with their reason, ranking nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from quiz.domain.practice_banks import set_for_practice
from quiz.models import Citation, ItemBank, ItemVersion, LegalDocument
from tests.factories import make_bank
from tests.factories import make_person as person_with
from tests.people import make_person, make_unit
from tests.training.courses import add_lesson, make_course
from training.domain.practice import (
    answer_practice,
    next_item,
    practice_topics,
    practice_version,
    suggested_lessons,
)
from training.domain.quiz_errors import BadAnswer
from training.models import LessonCitation, PracticeCard

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)


@pytest.fixture
def bank() -> ItemBank:
    unit = make_unit("on-tap")
    author, reviewer = person_with("author", unit=unit), person_with("reviewer", unit=unit)
    made = make_bank(unit=unit, author=author, reviewer=reviewer)
    made.author = author
    set_for_practice(bank=made, practice=True, user=author, now=NOW)
    return made


@pytest.fixture
def learner(bank):
    return make_person("hoc-vien", unit=bank.unit, totp=False)


def key_of(version: ItemVersion) -> list[int]:
    return [at for at in range(len(version.options)) if version.key_mask >> at & 1]


def wrong_for(version: ItemVersion) -> list[int]:
    return [next(at for at in range(len(version.options)) if not version.key_mask >> at & 1)]


def answer(person, version: ItemVersion, places: list[int], now: datetime = NOW):
    return answer_practice(person=person, version=version, places=places, now=now)


def test_new_items_come_first_then_what_is_due(bank, learner) -> None:
    count = practice_topics(person=learner, now=NOW)[0].items
    asked = set()
    for _ in range(count):
        version = next_item(person=learner, topic=None, now=NOW)
        assert version.item_id not in asked
        asked.add(version.item_id)
        answer(learner, version, key_of(version))
    assert len(asked) == count
    later = NOW + timedelta(days=400)
    topic = practice_topics(person=learner, now=later)[0]
    assert (topic.due, topic.known) == (count, 0)
    first = PracticeCard.objects.filter(person=learner).order_by("due_at", "pk").first()
    assert next_item(person=learner, topic=topic.pk, now=later).item_id == first.item_id


def test_a_wrong_answer_is_told_with_the_key_and_comes_back_soon(bank, learner) -> None:
    version = next_item(person=learner, topic=None, now=NOW)
    told = answer(learner, version, wrong_for(version))
    assert (told.right, told.rationale) == (False, version.rationale)
    assert [option.place for option in told.options if option.right] == key_of(version)
    card = PracticeCard.objects.get()
    assert (card.asked, card.right) == (1, 0)
    assert card.due_at <= NOW + timedelta(hours=1)


def test_without_an_account_nothing_is_kept(bank) -> None:
    nobody = AnonymousUser()
    version = next_item(person=nobody, topic=None, now=NOW)
    assert answer(nobody, version, key_of(version)).right
    assert PracticeCard.objects.count() == 0


@pytest.mark.parametrize("places", [[], [9], [0, 1], [-1]])
def test_what_is_no_answer_is_refused_and_kept_nowhere(bank, learner, places) -> None:
    version = next_item(person=learner, topic=None, now=NOW)
    with pytest.raises(BadAnswer):
        answer(learner, version, places)
    assert PracticeCard.objects.count() == 0


def test_a_bank_taken_back_is_practised_no_more(bank, learner) -> None:
    version = next_item(person=learner, topic=None, now=NOW)
    set_for_practice(bank=bank, practice=False, user=bank.author, now=NOW)
    assert practice_topics(person=learner, now=NOW) == []
    assert next_item(person=learner, topic=None, now=NOW) is None
    assert practice_version(pk=version.pk, now=NOW) is None


def test_lessons_that_rest_on_what_was_answered_wrong_are_suggested(bank, learner) -> None:
    document = LegalDocument.objects.create(number="118/2025/NĐ-CP")
    version = next_item(person=learner, topic=None, now=NOW)
    Citation.objects.create(version=version, document=document)
    course = make_course(bank.unit, bank.author, published_at=NOW)
    lesson, _other = add_lesson(course, "Một cửa"), add_lesson(course, "Khác")
    LessonCitation.objects.create(lesson=lesson, document=document)
    assert suggested_lessons(person=learner, now=NOW) == []
    answer(learner, version, wrong_for(version))
    assert suggested_lessons(person=learner, now=NOW) == [lesson]
    elsewhere = make_person("nguoi-la", unit=make_unit("noi-khac"), totp=False)
    answer(elsewhere, version, wrong_for(version))
    assert suggested_lessons(person=elsewhere, now=NOW) == []
