"""A paper's code checked by the browser, with a network and without."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.enums import Role
from tests.browser.test_accessibility import is_too_wide, violations
from tests.people import make_person, make_unit
from tests.training.courses import enrol, make_course
from training.domain.certificates import issue_certificate, revoke_certificate, signed_code

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


def test_a_scanned_code_is_checked_also_without_network(page: Page, live_server) -> None:
    unit = make_unit("so-noi-vu", name="Sở Nội vụ")
    course = make_course(unit, make_person("olga", Role.ORGANISER, unit=unit))
    enrolment = enrol(course, make_person("nguyễn bình", unit=unit))
    enrolment.completed_at = timezone.now()
    enrolment.save()
    certificate = issue_certificate(enrolment=enrolment, now=timezone.now())
    code = signed_code(certificate)
    address = f"{live_server.url}/giay-hoan-thanh/"
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}#{code}")
    expect(page.get_by_text("Chữ ký đúng và giấy chưa bị thu hồi.")).to_be_visible()
    expect(page.locator("[data-fact='1']")).to_have_text("Nguyễn Bình")
    assert violations(page) == []
    assert not is_too_wide(page)
    page.wait_for_function(
        "async () => (await (await caches.open('certificates')).keys()).length > 5"
    )

    page.context.set_offline(True)
    page.goto("about:blank")
    page.goto(f"{address}#{code}")
    expect(page.get_by_text("Máy bạn đã tự kiểm chữ ký khi không có mạng.")).to_be_visible()
    mark, payload, signature = code.split(".")
    page.get_by_label("Mã kiểm tra in dưới mã QR").fill(f"{mark}.{payload}.{signature[::-1]}")
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_text("Không dùng giấy này.")).to_be_visible()

    page.context.set_offline(False)
    revoke_certificate(
        certificate=certificate, reason="Cấp nhầm người", user=course.made_by, now=timezone.now()
    )
    page.goto("about:blank")
    page.goto(f"{address}#{code}")
    expect(page.get_by_text("Lý do: Cấp nhầm người")).to_be_visible()
