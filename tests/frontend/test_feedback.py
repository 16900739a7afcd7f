"""The form at the end and its results: once, by who finished; told to who holds the course."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.frontend.contest_pages import text_of
from tests.people import make_person
from tests.training.enrolment_world import NOW, make_province
from training.domain.enrolments import enrol_self
from training.domain.feedbacks import STATEMENTS, give_feedback
from training.models import CourseModule, Enrolment, GainPair, Lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    made = make_province()
    enrol_self(user=made.an, course=made.course, now=NOW)
    return made


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def test_a_learner_answers_once_after_completing(world):
    client, url = browser(world.an), reverse("course-feedback", args=[world.course.pk])
    answers = dict.fromkeys(STATEMENTS, "4")
    assert client.post(url, answers).status_code == 403
    Enrolment.objects.update(completed_at=NOW)
    assert client.post(url, answers | {"content": "9"}).status_code == 422
    assert "Cảm ơn" in text_of(client.post(url, answers | {"remark": "Hay"}, follow=True))
    assert client.post(url, answers).status_code == 409
    assert browser(world.binh).get(url).status_code == 404


def test_results_are_told_by_tens_to_who_holds_the_course_and_not_below(world):
    url = reverse("w-course-feedback", args=[world.course.pk])
    for number in range(10):
        person = make_person(f"n{number}", unit=world.commune, totp=False)
        held = enrol_self(user=person, course=world.course, now=NOW)
        Enrolment.objects.filter(pk=held.pk).update(completed_at=NOW)
        assert "Chưa đủ 10 phiếu" in text_of(browser(world.organiser).get(url))
        levels = dict.fromkeys(STATEMENTS, 5)
        give_feedback(subject=world.course, levels=levels, remark="", user=person)
    assert "10 phiếu" in text_of(browser(world.organiser).get(url))
    assert browser(world.lead_an).get(url).status_code == 404


def test_two_quizzes_of_the_course_are_chosen_to_compare(world):
    module = CourseModule.objects.create(course=world.course, position=1, title="Phần")
    first, second = (
        Lesson.objects.create(module=module, position=n, title=f"Kiểm tra {n}", kind="quiz")
        for n in (1, 2)
    )
    client, url = browser(world.organiser), reverse("w-gain-pair", args=[world.course.pk])
    assert client.post(url, {"before": first.pk, "after": first.pk}).status_code == 422
    assert client.post(url, {"before": first.pk, "after": second.pk}).status_code == 302
    assert GainPair.objects.get().after == second
    page = client.get(reverse("w-course-feedback", args=[world.course.pk]))
    assert "Chưa đủ 10 người" in text_of(page)
