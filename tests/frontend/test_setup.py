"""The first-run wizard: led to once, gone through in steps, changed later."""

import base64
from urllib.error import URLError

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.crypto import open_text
from accounts.domain.installation import read_installation, update_installation
from accounts.domain.units import ensure_root_unit
from accounts.enums import Role
from accounts.interfaces import reachability
from accounts.interfaces.reachability import answer_probe, reaches_us, read_origin
from accounts.models import Membership, OrgUnit, User
from quiz.domain.starter_bank import starter_bank_of
from tests.factories import make_person, make_unit
from tests.frontend.contest_pages import browser_of, read, send, text_of

pytestmark = pytest.mark.django_db
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PEOPLE = {
    "first_name": "Người Thứ Nhất",
    "first_code": "to-chuc",
    "second_name": "Người Thứ Hai",
    "second_code": "duyet",
    "starter": "on",
}


@pytest.fixture
def admin():
    return make_person(Role.ADMINISTRATOR, unit=ensure_root_unit())


def where(response):
    return response.redirect_chain[-1][0] if response.redirect_chain else ""


def test_the_first_administrator_is_led_to_the_first_step(admin):
    client = browser_of(admin)
    assert client.get(reverse("workplace")).url == reverse("w-setup-body")
    assert where(send(client, "w-setup-later")) == reverse("workplace")
    assert "Cài đặt ban đầu" in text_of(read(client, "workplace"))
    update_installation(user=None, body_name="UBND xã")
    assert browser_of(admin).get(reverse("workplace")).url == reverse("w-setup-units")


def test_a_finished_wizard_leads_nobody(admin):
    client = browser_of(admin)
    send(client, "w-setup")
    assert read_installation().set_up_at is not None
    assert client.get(reverse("workplace")).status_code == 200


def test_administrators_of_lower_units_read_and_change_nothing():
    commune = make_unit(parent=ensure_root_unit())
    client = browser_of(make_person(Role.ADMINISTRATOR, unit=commune))
    assert client.get(reverse("workplace")).status_code == 200
    page = text_of(read(client, "w-setup"))
    assert "Hoàn tất cài đặt" not in page
    send(client, "w-setup")
    assert read_installation().set_up_at is None
    assert read(client, "w-setup-body").status_code == 403


def test_the_body_heads_its_papers_and_names_the_topmost_unit(admin):
    client = browser_of(admin)
    body = {"body_name": " Ủy ban  nhân dân tỉnh ", "parent_body": "", "place": "Tuy Hòa"}
    response = send(client, "w-setup-body", body | {"emblem": SimpleUploadedFile("a.png", DOT)})
    assert where(response) == reverse("w-setup-units")
    held = read_installation()
    assert (held.body_name, held.place) == ("Ủy ban nhân dân tỉnh", "Tuy Hòa")
    assert bytes(held.seal).startswith(b"\x89PNG")
    assert ensure_root_unit().name == "Ủy ban nhân dân tỉnh"
    page = text_of(read(client, "w-setup-body"))
    assert "ỦY BAN NHÂN DÂN TỈNH" in page
    assert "data:image/png;base64," in page


def test_a_picture_that_is_none_is_refused(admin):
    body = {"body_name": "UBND", "emblem": SimpleUploadedFile("a.png", b"<html>")}
    response = send(browser_of(admin), "w-setup-body", body)
    assert (response.status_code, read_installation().body_name) == (422, "")


def test_a_province_and_its_departments_come_once(admin):
    client = browser_of(admin)
    given = {"province": "04", "departments": "Sở Nội vụ\nSở  Tư pháp\n\nsở nội vụ"}
    for _again in range(2):
        send(client, "w-setup-units", given)
    top = OrgUnit.objects.get(code="04")
    departments = top.children.filter(kind="department").values_list("name", flat=True)
    assert sorted(departments) == ["Sở Nội vụ", "Sở Tư pháp"]
    assert top.parent == ensure_root_unit()
    assert read_installation().province_code == "04"


def test_two_people_get_a_link_each_shown_once(admin):
    client = browser_of(admin)
    page = text_of(send(client, "w-setup-people", PEOPLE))
    assert page.count("data:image/svg+xml") == page.count("<code>http://testserver/kich-hoat/") == 2
    assert "/kich-hoat/" not in text_of(read(client, "w-setup-people"))
    roles = {
        person.username: sorted(person.memberships.values_list("role", flat=True))
        for person in User.objects.filter(username__in=["to-chuc", "duyet"])
    }
    assert roles == {
        "to-chuc": ["author", "exporter", "organiser"],
        "duyet": ["organiser", "reviewer"],
    }
    assert starter_bank_of(unit=ensure_root_unit()) is not None


def test_both_people_or_neither(admin):
    response = send(browser_of(admin), "w-setup-people", PEOPLE | {"second_code": "to-chuc"})
    assert response.status_code == 422
    assert Membership.objects.exclude(user=admin).count() == 0


def test_a_mail_server_is_stored_sealed_and_its_password_kept(admin, settings):
    settings.EMAIL_DECLARED = False
    client = browser_of(admin)
    given = {
        "security": "smtp+tls",
        "host": "mail.tinh.gov.vn",
        "port": "587",
        "name": "thi@tinh",
        "password": "bí/mật",
        "mail_from": "thi@tinh.gov.vn",
    }
    send(client, "w-setup-senders", given)
    stored = "smtp+tls://thi%40tinh:b%C3%AD%2Fm%E1%BA%ADt@mail.tinh.gov.vn:587"
    assert open_text(read_installation().mail_url) == stored
    page = text_of(read(client, "w-setup-senders"))
    assert ("mail.tinh.gov.vn" in page, "b%C3" in page, "bí/mật" in page) == (True, False, False)
    send(client, "w-setup-senders", given | {"password": ""})
    assert open_text(read_installation().mail_url) == stored
    # Another server never gets the password of the one before.
    send(client, "w-setup-senders", given | {"password": "", "host": "mail.khac.vn"})
    assert "b%C3" not in open_text(read_installation().mail_url)


def test_a_gateway_that_makes_no_sense_is_refused(admin):
    given = {"security": "smtp", "port": "25", "gateway": '{"url": "x"}'}
    assert send(browser_of(admin), "w-setup-senders", given).status_code == 422
    assert bytes(read_installation().text_sender) == b""


def test_a_server_that_takes_no_letter_is_told_before_anything_is_stored(admin, settings):
    settings.EMAIL_DECLARED = False
    given = {"security": "smtp", "host": "127.0.0.1", "port": "9", "act": "letter"}
    page = send(browser_of(admin), "w-setup-senders", given | {"try_letter": "a@b.vn"})
    assert (page.status_code, bytes(read_installation().mail_url)) == (422, b"")
    assert "Chưa gửi được tin nhắn hoặc thư." in text_of(page)
    wrong = {"security": "smtp", "port": "9", "act": "text", "try_text": "12"}
    assert "bắt đầu bằng số 0" in text_of(send(browser_of(admin), "w-setup-senders", wrong))


def test_settings_of_the_environment_are_shown_and_not_changed(admin, settings):
    settings.SITE_ORIGIN = "https://thi.tinh.gov.vn"
    client = browser_of(admin)
    send(client, "w-setup-address", {"address": "https://khac.vn"})
    assert read_installation().public_address == ""
    assert "SITE_ORIGIN: https://thi.tinh.gov.vn" in text_of(read(client, "w-setup-address"))


@pytest.mark.django_db(transaction=True)
def test_the_address_is_asked_from_the_server_itself(live_server):
    assert reaches_us(live_server.url, path="/kiem-tra-dia-chi/TOKEN/") is True
    assert reaches_us(live_server.url, path="/TOKEN/") is False
    assert reaches_us("http://127.0.0.1:9", path="/TOKEN/") is False


def test_a_process_that_is_busy_asking_is_not_the_end(monkeypatch):
    answers = iter([TimeoutError, URLError(TimeoutError()), None])

    def ask(address: str) -> str:
        if failure := next(answers):
            raise failure
        return answer_probe(address.rpartition("/")[2])

    monkeypatch.setattr(reachability, "_ask", ask)
    assert reaches_us("http://a.vn", path="/TOKEN") is True


def test_an_address_is_a_host_and_nothing_behind_it(admin, client):
    assert client.get("/kiem-tra-dia-chi/abc/").content.decode() == answer_probe("abc")
    assert read_origin(" https://Thi.vn:443/ ") == "https://thi.vn:443"
    for wrong in ("thi.vn", "ftp://a.vn", "https://a.vn/b", "https://u@a.vn", "http://a:99999"):
        response = send(browser_of(admin), "w-setup-address", {"address": wrong})
        assert response.status_code == 422
    send(browser_of(admin), "w-setup-address", {"address": "http://127.0.0.1:9"})
    assert read_installation().public_address == "http://127.0.0.1:9"


def test_the_starter_bank_is_one_click_on_the_banks_page(admin):
    organiser = make_person(Role.ORGANISER, unit=ensure_root_unit())
    client = browser_of(organiser)
    assert "Nạp bộ câu hỏi khởi đầu" in text_of(read(client, "w-banks"))
    assert "Đã nạp 45 câu" in text_of(send(client, "w-starter-bank"))
    assert "Nạp bộ câu hỏi khởi đầu" not in text_of(read(client, "w-banks"))


def test_what_was_set_up_is_changed_later_from_one_page(admin):
    update_installation(user=None, set_up_at=timezone.now())
    client = browser_of(admin)
    response = send(client, "w-setup-body", {"body_name": "Tên mới"})
    assert where(response) == reverse("w-setup")
    assert "TÊN MỚI" in text_of(response)
