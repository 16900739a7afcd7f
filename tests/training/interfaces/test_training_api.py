"""Enrolments, classes, hours and gaps by program: what the pages tell and do, and no more."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from tests.training.enrolment_world import make_province
from tests.training.study_world import approved_credit, make_duty
from training.domain.attendance import tick
from training.domain.classes import add_session, create_class, invite
from training.domain.hours import read_hours
from training.models import Enrolment, UnitEnrolment

pytestmark = pytest.mark.django_db
WORK = "/api/v1/work"
YEAR = timezone.localdate().year


@pytest.fixture
def world():
    return make_province()


def get(person, path, **asked):
    client = Client()
    client.force_login(person)
    return client.get(f"{WORK}/{path}/", asked)


def post(person, path, **body):
    client = Client()
    client.force_login(person)
    return client.post(f"{WORK}/{path}/", json.dumps(body), content_type="application/json")


def told(response):
    return response.status_code, response.json().get("code")


def enrol(world, *people, **more):
    return post(world.organiser, f"courses/{world.course.pk}/enrol", people=people, **more)


def people_in(response):
    return [row["person"] for row in response.json()["results"]]


def test_people_are_enrolled_by_staff_code_all_or_none(world):
    refused = enrol(world, "an", "khong-co", "binh")
    assert told(refused) == (422, "faults")
    assert [(each["place"], each["code"]) for each in refused.json()["faults"]] == [
        ("khong-co", "person_unknown")
    ]
    assert Enrolment.objects.count() == 0
    due = timezone.localdate() + timedelta(days=9)
    assert enrol(world, "an", "binh", due_on=f"{due}").json() == {"enrolled": 2}
    assert enrol(world, "an").json() == {"enrolled": 0}
    assert list(Enrolment.objects.values_list("due_on", "source")) == [(due, "list")] * 2


def test_a_unit_is_enrolled_with_whoever_joins_later_unless_told_otherwise(world):
    path = f"courses/{world.course.pk}/enrol-unit"
    once = post(world.organiser, path, unit="xa-binh", standing=False)
    assert (once.json(), UnitEnrolment.objects.count()) == ({"enrolled": 2}, 0)
    assert post(world.organiser, path, unit="xa-an").json() == {"enrolled": 3}
    assert UnitEnrolment.objects.get().unit == world.commune
    assert told(post(world.organiser, path, unit="noi-khac")) == (403, "unit_not_for_course")


def test_a_head_lists_their_own_people_alone_and_acts_on_none(world):
    enrol(world, "an", "anh", "binh")
    Enrolment.objects.filter(person=world.anh).update(
        due_on=timezone.localdate() - timedelta(days=1)
    )
    assert people_in(get(world.lead_an, "enrolments")) == ["anh", "an"]  # the late one first
    assert people_in(get(world.lead_an, "enrolments", state="late")) == ["anh"]
    assert people_in(get(world.organiser, "enrolments", unit="xa-binh")) == ["binh"]
    assert people_in(get(world.organiser, "enrolments", q="Ánh", course="mot-cua")) == ["anh"]
    assert people_in(get(world.organiser, "enrolments", course="khac")) == []
    assert get(world.lead_an, "enrolments", unit="xa-binh").status_code == 404
    held = Enrolment.objects.get(person=world.an)
    assert post(world.lead_an, f"enrolments/{held.pk}/withdraw").status_code == 403


def test_an_enrolment_is_moved_exempted_and_withdrawn_with_its_line_in_the_diary(world):
    enrol(world, "an")
    at = f"enrolments/{Enrolment.objects.get().pk}"
    past = timezone.localdate() - timedelta(days=1)
    assert told(post(world.organiser, f"{at}/due", due_on=f"{past}")) == (422, "due_passed")
    assert post(world.organiser, f"{at}/due", due_on=None).json()["due_on"] is None
    assert told(post(world.organiser, f"{at}/exempt", reason="\t ")) == (400, None)
    exempted = post(world.organiser, f"{at}/exempt", reason="Nghỉ thai sản").json()
    assert (exempted["state"], exempted["exempt_reason"]) == ("exempt", "Nghỉ thai sản")
    assert told(post(world.organiser, f"{at}/withdraw")) == (409, "enrolment_over")
    assert post(world.organiser, f"{at}/lift").json()["state"] == "waiting"
    assert post(world.organiser, f"{at}/withdraw").json()["state"] == "withdrawn"
    assert people_in(get(world.organiser, "enrolments")) == []
    assert people_in(get(world.organiser, "enrolments", state="withdrawn")) == ["an"]
    acts = AuditEntry.objects.filter(actor=world.organiser).exclude(act="enrol_people")
    assert sorted(acts.values_list("act", flat=True)) == [
        "exempt_enrolment",
        "lift_course_exemption",
        "set_enrolment_due",
        "withdraw_enrolment",
    ]


def test_a_class_tells_its_sessions_and_each_session_who_came_and_stayed(world):
    now, common = timezone.now(), {"user": world.organiser}
    room = create_class(
        unit=world.top, course=world.course, title="Một cửa", place="Hội trường", now=now, **common
    )
    invite(training_class=room, people=[world.an, world.binh], now=now, **common)
    begins = now - timedelta(hours=3)
    ends = begins + timedelta(hours=2)
    session = add_session(training_class=room, begins_at=begins, ends_at=ends, **common)
    for direction in ("in", "out"):
        tick(
            session=session,
            person=world.an,
            direction=direction,
            reason="Không có điện thoại",
            now=now,
            **common,
        )
    [shown] = get(world.organiser, "classes").json()["results"]
    assert (shown["course"], shown["invited"], [each["id"] for each in shown["sessions"]]) == (
        "mot-cua",
        2,
        [session.pk],
    )
    rows = get(world.organiser, f"class-sessions/{session.pk}/sign-ins").json()
    assert [(row["person"], row["minutes"], row["out_way"]) for row in rows] == [
        ("an", 120, "tick"),
        ("binh", 0, ""),
    ]
    assert get(world.lead_an, f"class-sessions/{session.pk}/sign-ins").status_code == 404


def test_hours_papers_and_gaps_are_those_of_the_page(world):
    make_duty(world.top, world.organiser, yearly=Decimal(2))
    approved_credit(world.binh, world.organiser, taken_on=timezone.localdate())
    shown = get(world.organiser, "hours", unit="xa-binh").json()["results"]
    [binh] = read_hours(people=[world.binh], year=YEAR)
    assert [(row["person"], row["minutes"], Decimal(row["missing"])) for row in shown] == [
        ("dau-moi-binh", 0, 2),
        ("binh", binh.minutes, binh.missing),
    ]
    assert shown[1]["duty"]["measure"] == "tiết"
    lacking = get(world.organiser, "hours", missing="true", unit="xa-binh", year=YEAR)
    assert people_in(lacking) == ["dau-moi-binh"]
    assert people_in(get(world.organiser, "gaps", unit="xa-binh")) == ["dau-moi-binh"]
    assert people_in(get(world.organiser, "credits", state="approved")) == ["binh"]
    assert people_in(get(world.lead_an, "credits")) == []
    assert get(world.organiser, "hours", year=1).status_code == 400
