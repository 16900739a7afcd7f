"""The form at the end: once a person, told by tens, and nothing that leads back to anybody."""

from datetime import timedelta

import pytest
from django.apps import apps

from tests.people import make_person
from tests.training.enrolment_world import NOW, make_province
from training.domain.classes import create_class
from training.domain.enrolments import enrol_self
from training.domain.feedback_errors import FeedbackDone, FeedbackEarly, FeedbackIncomplete
from training.domain.feedbacks import STATEMENTS, give_feedback, has_given, read_feedback
from training.models import (
    Attendance,
    Enrolment,
    Feedback,
    FeedbackGiven,
    FeedbackRemark,
    FeedbackSum,
)

pytestmark = pytest.mark.django_db
AGREE = dict.fromkeys(STATEMENTS, 5)


@pytest.fixture
def world():
    return make_province()


def graduate(world, name):
    person = make_person(name, unit=world.commune, totp=False)
    held = enrol_self(user=person, course=world.course, now=NOW)
    Enrolment.objects.filter(pk=held.pk).update(completed_at=NOW)
    return person


def give(world, person, levels=AGREE, remark=""):
    give_feedback(subject=world.course, levels=levels, remark=remark, user=person)


def test_answers_are_told_in_whole_tens_and_only_then(world):
    people = [graduate(world, f"nguoi-{number}") for number in range(19)]
    for number, person in enumerate(people[:9]):
        give(world, person, dict.fromkeys(STATEMENTS, 1 + number % 5), f"Góp ý {number}")
    assert read_feedback(subject=world.course) is None
    give(world, people[9])
    told = read_feedback(subject=world.course)
    assert (told.answers, len(told.remarks)) == (10, 9)
    assert [count for _words, count in told.statements[0].counts] == [2, 2, 2, 2, 2]
    assert told.statements[0].percent == 40
    for person in people[10:]:
        give(world, person, remark="Sau này")
        assert read_feedback(subject=world.course) == told


def test_each_person_answers_once_and_only_at_the_end(world):
    person = graduate(world, "xong")
    with pytest.raises(FeedbackEarly):
        give(world, world.an)
    with pytest.raises(FeedbackIncomplete):
        give(world, person, {"content": 5})
    give(world, person)
    with pytest.raises(FeedbackDone):
        give(world, person)
    assert has_given(subject=world.course, user=person)
    assert Feedback.objects.get().answers == 1


def test_who_came_to_a_class_may_judge_it(world):
    made = create_class(
        unit=world.top, course=None, user=world.organiser, now=NOW, title="Lớp", place="P1"
    )
    session = made.sessions.create(begins_at=NOW, ends_at=NOW + timedelta(hours=1))
    with pytest.raises(FeedbackEarly):
        give_feedback(subject=made, levels=AGREE, remark="", user=world.an)
    Attendance.objects.create(session=session, person=world.an, in_at=NOW, in_way="code")
    give_feedback(subject=made, levels=AGREE, remark="", user=world.an)
    assert (Feedback.objects.get().answers, read_feedback(subject=made)) == (1, None)


def test_nothing_stored_ties_an_answer_to_a_person_or_a_moment(world):
    give(world, graduate(world, "xong"), remark="Hay")
    for model in (FeedbackSum, FeedbackRemark, Feedback):
        kinds = {field.get_internal_type() for field in model._meta.concrete_fields}
        assert not kinds & {"DateTimeField", "DateField"}
        to = {field.related_model for field in model._meta.concrete_fields}
        assert apps.get_model("accounts.user") not in to
    names = {field.name for field in FeedbackGiven._meta.concrete_fields}
    assert names == {"id", "feedback", "person"}
