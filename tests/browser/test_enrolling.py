"""An organiser enrols a unit, a learner sees the course with its day, and a letter goes out."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.test_accessibility import is_too_wide, violations
from tests.training.enrolment_world import make_province
from training.domain.enrolment_reminders import remind_learners

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


def signed_in(page: Page, live_server: Any, person: User) -> None:
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
    page.context.clear_cookies()
    page.context.add_cookies([cookie])


def test_a_unit_is_enrolled_and_its_people_see_the_day_and_are_written_to(
    quiet: Page, live_server: Any
):
    page, world = quiet, make_province()
    User.objects.filter(pk=world.an.pk).update(email="an@co-quan.example")
    due = timezone.localdate() + timedelta(days=30)
    page.set_viewport_size({"width": 360, "height": 740})
    signed_in(page, live_server, world.organiser)
    page.goto(f"{live_server.url}/lam-viec/tap-huan/ghi-danh/")
    page.get_by_role("link", name="Tiếp công dân").click()
    page.get_by_role("link", name="Ghi danh đơn vị").click()
    page.locator("select[name=unit]").select_option("xa-an")
    page.get_by_label("Hạn hoàn thành").fill(due.isoformat())
    page.get_by_role("button", name="Ghi danh", exact=True).click()
    expect(page.get_by_text("Đã ghi danh 3 người.")).to_be_visible()
    assert violations(page) == []
    assert not is_too_wide(page)
    signed_in(page, live_server, world.an)
    page.goto(f"{live_server.url}/hoc/")
    expect(page.get_by_text(f"{due:%d/%m/%Y}").first).to_be_visible()
    noon = timezone.localtime().replace(hour=12)
    assert remind_learners(now=noon) == 1
    assert f"1. Tiếp công dân – hạn {due:%d/%m/%Y}" in mail.outbox[0].body
