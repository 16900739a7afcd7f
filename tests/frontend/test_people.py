"""People on pages: made with roles, let in by a link shown once, locked out at once."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from tests.people import make_person, make_trio

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio():
    return make_trio()


@pytest.fixture
def alice_browser(trio) -> Client:
    client = Client()
    client.force_login(trio.alice)
    return client


def new_person(**changes) -> dict[str, object]:
    data = {
        "full_name": "Người Mới",
        "username": "nguoi.moi",
        "unit": "o-day",
        "roles": [Role.REVIEWER, Role.ORGANISER],
    }
    return data | changes


def test_a_person_is_made_and_their_link_shown_once(alice_browser, trio):
    made = alice_browser.post(reverse("w-person-new"), new_person())
    person = User.objects.get(username="nguoi.moi")
    assert made["Location"] == reverse("w-person", args=[person.pk])
    link = alice_browser.get(made["Location"]).context["link"]
    assert link.startswith("http://testserver/kich-hoat/")
    assert alice_browser.get(made["Location"]).context["link"] == ""
    newcomer = Client()
    entered = newcomer.post(link.removeprefix("http://testserver"), {"password": "câu dễ nhớ lắm"})
    assert entered["Location"] == reverse("workplace")
    roles = person.memberships.order_by("role").values_list("role", "unit__code")
    assert list(roles) == [("organiser", "o-day"), ("reviewer", "o-day")]


def test_the_link_is_shown_on_no_other_persons_page(alice_browser, trio):
    alice_browser.post(reverse("w-person-new"), new_person())
    other = alice_browser.get(reverse("w-person", args=[trio.charlie.pk]))
    assert other.context["link"] == ""


def test_everything_wrong_stands_beside_its_field(alice_browser):
    wrong = new_person(full_name="", username="alice", email="không", unit="noi-khac")
    response = alice_browser.post(reverse("w-person-new"), wrong)
    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == ["email", "full_name", "unit"]
    taken = alice_browser.post(reverse("w-person-new"), new_person(username="alice"))
    assert sorted(taken.context["form"].errors) == ["username"]
    assert User.objects.filter(full_name="Người Mới").count() == 0


def test_people_elsewhere_are_not_listed_and_not_found(alice_browser, trio):
    page = alice_browser.get(reverse("w-people")).context["page"]
    assert [person.username for person in page.object_list] == ["alice", "charlie"]
    assert alice_browser.get(reverse("w-person", args=[trio.bob.pk])).status_code == 404


def test_people_are_found_without_marks(alice_browser, trio):
    User.objects.filter(pk=trio.charlie.pk).update(full_name="Đặng Thử Nghiệm")
    page = alice_browser.get(reverse("w-people"), {"q": "dang nghiem"}).context["page"]
    assert [person.username for person in page.object_list] == ["charlie"]


def test_roles_are_changed(alice_browser, trio):
    url = reverse("w-person-roles", args=[trio.charlie.pk])
    alice_browser.post(url, {"unit": "o-day", "roles": [Role.AUTHOR]})
    alice_browser.post(url, {"unit": "o-day", "roles": [Role.EXPORTER]})
    assert list(trio.charlie.memberships.values_list("role", flat=True)) == ["exporter"]


def test_locking_ends_the_session_at_once(alice_browser, trio):
    theirs = Client()
    theirs.force_login(trio.charlie)
    url = reverse("w-person-active", args=[trio.charlie.pk])
    assert alice_browser.post(url).status_code == 422
    alice_browser.post(url, {"reason": "nghỉ hưu"})
    assert User.objects.get(pk=trio.charlie.pk).inactive_reason == "nghỉ hưu"
    assert theirs.get(reverse("workplace")).status_code == 302
    alice_browser.post(reverse("w-person-active", args=[trio.charlie.pk]), {"active": "1"})
    assert User.objects.get(pk=trio.charlie.pk).is_active is True


def test_the_last_administrator_can_not_lock_themselves_out(alice_browser, trio):
    make_person("root-bob", Role.AUTHOR, unit=trio.here)
    trio.bob.memberships.all().delete()
    url = reverse("w-person-active", args=[trio.alice.pk])
    response = alice_browser.post(url, {"reason": "thử"})
    assert response.status_code == 422
    assert "Đây là người quản trị cuối cùng" in response.context["refusal"]
    assert User.objects.get(pk=trio.alice.pk).is_active is True


def test_home_says_what_waits(alice_browser, trio):
    alice_browser.post(reverse("w-setup-later"))  # else home leads to the first-run wizard
    titles = [task.title for task in alice_browser.get(reverse("workplace")).context["waiting"]]
    assert titles == ["Đặt mật khẩu", "Cài đặt ban đầu"]
    charlie = Client()
    charlie.force_login(trio.charlie)
    page = charlie.get(reverse("workplace")).content.decode()
    assert "Bạn chưa được giao vai trò nào" in page
