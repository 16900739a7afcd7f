"""The workplace's pages of enrolling: who sees whom, late first, and what each form does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from tests.frontend.contest_pages import text_of
from tests.people import make_person
from tests.training.enrolment_world import make_province
from training.domain.enrolments import enrol_people
from training.enums import EnrolmentSource
from training.models import Enrolment, EnrolmentTerms, UnitEnrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_province()


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def enrol(world, *people, due=None):
    enrol_people(
        course=world.course,
        people=people,
        source=EnrolmentSource.ORGANISER,
        user=world.organiser,
        due_on=due,
        now=timezone.now(),
    )


def people_page(world, person, query=""):
    return browser(person).get(reverse("w-course-people", args=[world.course.pk]) + query)


def names(response):
    return [each.person.username for each, _words, _tone in response.context["rows"]]


def test_an_organiser_enrols_a_unit_and_sees_who_is_late_first(world):
    client = browser(world.organiser)
    due = timezone.localdate() + timedelta(days=9)
    form = {"unit": world.commune.code, "due_on": due.isoformat(), "standing": "on"}
    answer = client.post(reverse("w-enrol-unit", args=[world.course.pk]), form, follow=True)
    assert "Đã ghi danh 3 người." in text_of(answer)
    assert UnitEnrolment.objects.get().due_on == due
    Enrolment.objects.filter(person=world.anh).update(due_on=due - timedelta(days=30))
    Enrolment.objects.filter(person=world.an).update(completed_at=timezone.now())
    assert names(people_page(world, world.organiser)) == ["anh", "dau-moi-an", "an"]
    assert names(people_page(world, world.organiser, "?state=late")) == ["anh"]
    assert names(people_page(world, world.organiser, "?state=done")) == ["an"]
    assert names(people_page(world, world.organiser, "?unit=xa-binh")) == []
    assert names(people_page(world, world.organiser, "?q=ANH")) == ["anh"]


def test_the_head_of_a_sibling_unit_sees_nobody_and_opens_nobody(world):
    enrol(world, world.an, world.anh, world.binh)
    assert names(people_page(world, world.lead_an)) == ["an", "anh"]
    shown = people_page(world, world.lead_binh)
    assert names(shown) == ["binh"]
    assert "Anh" not in text_of(shown)
    held = Enrolment.objects.get(person=world.an)
    page = reverse("w-enrolment", args=[held.pk])
    assert browser(world.lead_binh).get(page).status_code == 404
    assert browser(world.lead_an).get(page).status_code == 200
    for act in ("due", "exempt", "lift", "withdraw"):
        url = reverse(f"w-enrolment-{act}", args=[held.pk])
        assert browser(world.lead_an).post(url, {"reason": "x"}).status_code == 403
    for state in ("late", "withdrawn", "waiting", "'; drop"):
        assert "an" not in names(people_page(world, world.lead_binh, f"?state={state}&unit=xa-an"))


def test_counts_of_a_course_are_those_of_the_people_one_may_see(world):
    enrol(world, world.an, world.anh, world.binh)
    page = browser(world.lead_an).get(reverse("w-enrolments"))
    assert [count["all"] for _course, count in page.context["rows"]] == [2]


def test_people_are_enrolled_by_code_or_the_form_says_what_is_wrong(world):
    client, url = browser(world.organiser), reverse("w-enrol-people", args=[world.course.pk])
    refused = client.post(url, {"people": "an\nkhong-co"})
    assert refused.status_code == 422
    assert "Không có mã cán bộ “khong-co”" in text_of(refused)
    assert client.post(url, {"people": "an\n\nanh\n"}).status_code == 302
    assert Enrolment.objects.count() == 2


def test_one_person_is_given_a_day_exempted_reinstated_and_withdrawn(world):
    enrol(world, world.an)
    held = Enrolment.objects.get()
    client = browser(world.organiser)

    def act(name, **data):
        return client.post(reverse(f"w-enrolment-{name}", args=[held.pk]), data)

    past = timezone.localdate() - timedelta(days=1)
    assert act("due", due_on=past.isoformat()).status_code == 422
    assert act("exempt", reason="").status_code == 422
    assert act("exempt", reason="Nghỉ thai sản").status_code == 302
    assert "Nghỉ thai sản" in text_of(client.get(reverse("w-enrolment", args=[held.pk])))
    assert act("withdraw").status_code == 409
    assert act("lift").status_code == 302
    assert act("withdraw").status_code == 302
    held.refresh_from_db()
    assert (held.exempted_at, held.withdrawn_at is None) == (None, False)


def test_terms_are_set_by_who_runs_the_course_and_a_commune_s_organiser_only_enrols(world):
    theirs = make_person("to-chuc-an", Role.ORGANISER, unit=world.commune)
    url = reverse("w-course-terms", args=[world.course.pk])
    form = {"due_days": "10", "renew_before": "20"}
    assert browser(theirs).post(url, form).status_code == 404
    assert browser(world.organiser).post(url, form).status_code == 302
    terms = EnrolmentTerms.objects.get()
    assert (terms.due_days, terms.renew_before, terms.reminds) == (10, 20, False)
    code = reverse("w-enrol-people", args=[world.course.pk])
    assert browser(theirs).post(code, {"people": "an"}).status_code == 302
    assert browser(theirs).post(code, {"people": "binh"}).status_code == 422


def test_people_are_narrowed_to_a_unit_by_code_or_name_and_an_unknown_one_has_none(world):
    enrol(world, world.an, world.anh)
    everybody = names(people_page(world, world.organiser))
    for asked in (world.commune.code, world.commune.name):
        assert names(people_page(world, world.organiser, f"?unit={asked}")) == everybody
    none = people_page(world, world.organiser, "?unit=khong-co")
    assert "Không có ai khớp điều kiện lọc" in text_of(none)
