"""Classes in a room: the screen's code opens the door, the list is ticked, printed, exported."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.frontend.contest_pages import text_of
from tests.training.enrolment_world import make_province
from training.models import Attendance, TrainingClass

pytestmark = pytest.mark.django_db


def browser(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def world():
    return make_province()


@pytest.fixture
def session(world):
    """Planned through the pages, as an organiser does; it lasts now."""
    client, now = browser(world.organiser), timezone.now()
    form = {"unit": "tinh", "course": str(world.course.pk), "title": "Tiếp dân", "place": "Phòng 1"}
    client.post(reverse("w-class-new"), form | {"capacity": "0"})
    made = TrainingClass.objects.get()
    day = timezone.localdate() + timedelta(days=1)
    form = {"day": day.isoformat(), "begins": "08:00", "ends": "11:00"}
    assert client.post(reverse("w-class-session", args=[made.pk]), form).status_code == 302
    url = reverse("w-class-invite", args=[made.pk])
    assert client.post(url, {"people": "an\nbinh"}).status_code == 302
    held = made.sessions.get()
    hour = timedelta(hours=1)
    made.sessions.update(begins_at=now - hour, ends_at=now + hour)
    return held


def shown(world, session, direction="in"):
    url = reverse("w-class-code", args=[session.pk]) + f"?luc={direction}"
    return browser(world.organiser).get(url)


def test_the_code_of_the_screen_signs_in_and_out(world, session):
    page = browser(world.organiser).get(reverse("w-class-screen", args=[session.pk]))
    assert shown(world, session).json()["code"] in text_of(page)
    client, url = browser(world.an), reverse("class-sign", args=[session.pk])
    wrong = client.post(url, {"code": "nope", "luc": "in"})
    assert (wrong.status_code, "Mã không đúng" in text_of(wrong)) == (422, True)
    for direction, said in (("in", "Đã điểm danh vào lớp."), ("out", "Đã điểm danh ra về.")):
        code = shown(world, session, direction).json()["code"]
        answer = client.post(url, {"code": code, "luc": direction}, follow=True)
        assert said in text_of(answer)
    assert Attendance.objects.get().out_at is not None
    listed = browser(world.organiser).get(reverse("w-attendance", args=[session.pk]))
    assert "Có mặt 1/2 người" in text_of(listed)


def test_the_code_is_shown_to_who_runs_the_class_and_to_nobody_else(world, session):
    for person, status in ((world.an, 403), (world.lead_an, 403), (world.lead_binh, 403)):
        for route in ("w-class-screen", "w-class-code"):
            assert browser(person).get(reverse(route, args=[session.pk])).status_code == status
    later = timezone.now() + timedelta(hours=5)
    type(session).objects.update(begins_at=later, ends_at=later + timedelta(hours=1))
    assert shown(world, session).status_code == 409


def test_who_has_no_phone_is_ticked_with_a_reason_and_stands_in_the_workbook(world, session):
    client, url = browser(world.organiser), reverse("w-attendance", args=[session.pk])
    form = {"person": str(world.binh.pk), "direction": "in"}
    assert client.post(url, form | {"reason": ""}).status_code == 422
    assert client.post(url, form | {"reason": "Không có điện thoại"}).status_code == 302
    printed = text_of(client.get(reverse("w-attendance-print", args=[session.pk])))
    assert "Không có điện thoại" in printed
    answer = client.get(reverse("w-attendance-export", args=[session.pk]))
    rows = list(load_workbook(BytesIO(answer.getvalue())).active.values)
    assert [(row[1], row[2], row[7]) for row in rows[5:]] == [
        ("An", "an", "Vắng"),
        ("Binh", "binh", "Không có điện thoại"),
    ]


def test_a_stranger_does_not_open_the_class_and_its_people_do(world, session):
    page = reverse("class", args=[session.training_class_id])
    assert browser(world.anh).get(page).status_code == 404
    assert browser(world.an).get(page).status_code == 200
    assert "Tiếp dân" in text_of(browser(world.an).get(reverse("classes")))
    assert "Tiếp dân" not in text_of(browser(world.anh).get(reverse("classes")))
