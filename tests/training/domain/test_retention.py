"""What training keeps of a person goes with their account, and is in the copy of their own data."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db.models import Model

from accounts.domain.erasure import erase_person
from accounts.domain.own_account import own_account_data
from accounts.domain.retention import STORES, expire
from accounts.models import User
from quiz.models import Item
from tests.factories import make_bank
from tests.factories import make_person as person_with
from tests.people import make_person, make_unit
from tests.training.courses import add_lesson, enrol, make_course
from training.enums import ReminderWay
from training.models import (
    Bulletin,
    BulletinLetter,
    Credit,
    Enrolment,
    EnrolmentReminder,
    Feedback,
    FeedbackGiven,
    PracticeCard,
    StudyDay,
    StudyTally,
)

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
# Columns that say who did something in office; that stays under the number of an erased account.
IN_OFFICE = {
    *("added_by", "answered_by", "assigned_by", "author", "confirmed_by", "decided_by"),
    *("enrolled_by", "entered_by", "exempted_by", "invited_by", "kept_by", "made_by"),
    *("published_by", "revoked_by", "set_by", "ticked_by", "written_by"),
}
# Rows that stay, as figures of courses and classes; words in them have a store that empties them.
STAYS = {"training.attendance", "training.classinvitee", "training.enrolment"}


def models_about_people() -> dict[str, type[Model]]:
    """Models of training with a column that points at the person a row speaks of."""
    return {
        model._meta.label_lower: model
        for model in apps.get_app_config("training").get_models()
        for field in model._meta.concrete_fields
        if field.related_model is User and field.name not in IN_OFFICE
    }


def test_every_row_about_a_person_lies_in_a_store_or_is_named_as_staying():
    stored = {label for store in STORES.values() for label in store.fields}
    assert set(models_about_people()) - stored == {"training.classinvitee"}
    assert set(models_about_people()) - stored <= STAYS


@pytest.fixture
def learner(db) -> User:
    unit = make_unit("don-vi")
    organiser = person_with("organiser", unit=unit)
    reviewer = person_with("reviewer", unit=unit)
    make_bank(unit=unit, author=organiser, reviewer=reviewer)
    learner = make_person("hoc-vien", unit=unit, totp=False)
    plant_rows(learner, organiser)
    return learner


def plant_rows(learner: User, organiser: User) -> None:
    course = make_course(learner.unit, organiser)
    enrolment = enrol(course, learner, NOW)
    lesson = add_lesson(course)
    StudyDay.objects.create(enrolment=enrolment, lesson=lesson, day=NOW.date(), seconds=60)
    StudyTally.objects.create(person=learner)
    EnrolmentReminder.objects.create(
        person=learner, day=NOW.date(), sent_at=NOW, way=ReminderWay.LETTER, courses=1
    )
    PracticeCard.objects.create(
        person=learner,
        item=Item.objects.order_by("pk")[0],
        memory={"stability": 1},
        due_at=NOW,
        asked=3,
        right=2,
        changed_at=NOW,
    )
    FeedbackGiven.objects.create(feedback=Feedback.objects.create(course=course), person=learner)
    issue = Bulletin.objects.create(
        unit=learner.unit, slug="so-1", year=2026, number=1, title="Số 1", made_by=organiser
    )
    BulletinLetter.objects.create(bulletin=issue, person=learner, sent_at=NOW)
    Credit.objects.create(
        person=learner,
        title="Kỹ năng số",
        issuer="Trường Chính trị",
        number="12",
        taken_on=NOW.date(),
        minutes=90,
        entered_by=organiser,
        entered_at=NOW,
    )


def about(person: User) -> dict[str, int]:
    return {
        label: model._default_manager.filter(person=person).count()
        for label, model in models_about_people().items()
    }


def test_nothing_about_an_erased_person_remains(learner):
    planted = about(learner)
    assert {label for label, count in planted.items() if not count} == {
        "training.attendance",
        "training.classinvitee",
    }
    erase_person(person=learner, user=None)
    for store in STORES.values():
        expire(store=store, now=NOW)
    left = {label for label, count in about(learner).items() if count}
    assert left == {"training.enrolment"}
    assert {
        code for code, store in STORES.items() if store.due and store.due(NOW).exists()
    } == set()


def test_rows_of_another_person_stay(learner):
    other = make_person("nguoi-khac", unit=learner.unit, totp=False)
    erase_person(person=other, user=None)
    before = about(learner)
    for store in STORES.values():
        expire(store=store, now=NOW)
    assert about(learner) == before


def test_the_own_copy_tells_of_courses_practice_and_letters(learner):
    Enrolment.objects.update(completed_at=NOW)
    rows = dict(own_account_data(learner))
    stem = Item.objects.order_by("pk")[0].current.stem
    assert rows[f"Thẻ ôn luyện: {stem[:80]}"] == (
        "hỏi 3 lần, đúng 2 lần, hỏi lại lúc 10:00 01/12/2026"
    )
    assert rows["Khoá học: Một cửa"] == ("ghi danh 10:00 01/12/2026; hoàn thành 10:00 01/12/2026")
    assert (rows["Lần nhắc học"], rows["Thư bản tin đã gửi"]) == ("1", "1")
    assert rows["Phiếu đánh giá đã gửi"] == "1"
