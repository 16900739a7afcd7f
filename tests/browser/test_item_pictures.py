"""A picture on its way: chosen by the author with its words, seen by the entrant."""

from pathlib import Path

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.enums import Role
from frontend.pages.entry.cookies import ATTEMPT
from quiz.domain.item_review import approve_version
from quiz.domain.rounds import freeze_round
from quiz.models import ItemVersion
from tests.factories import make_contest, make_rules, register, start
from tests.media_samples import png
from tests.people import make_person

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

WORDS = "Biển tròn màu xanh có mũi tên."


def test_a_picture_with_its_words_reaches_the_attempt(
    page: Page, live_server, settings, tmp_path: Path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "bien.png").write_bytes(png(320, 200))
    made = make_contest(rules=make_rules(paper={"blueprint": [], "fixed_items": [9]}))
    signed_in = Client()
    signed_in.force_login(make_person("alice", Role.AUTHOR, unit=made.unit))
    session = signed_in.cookies[project.SESSION_COOKIE_NAME].value
    known = {"name": project.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    page.context.add_cookies([known])

    page.goto(live_server.url + reverse("w-item-new", args=[made.banks[0].pk]))
    page.get_by_label("Câu dẫn").first.fill("Biển này chỉ đường tới đâu?")
    page.get_by_text("Hình, âm thanh của câu dẫn").click()
    page.get_by_label("Hình của câu dẫn").set_input_files(tmp_path / "bien.png")
    page.get_by_label("Mô tả hình bằng lời").first.fill(WORDS)
    for letter, text in (("A", "Bộ phận Một cửa"), ("B", "Bãi xe")):
        page.get_by_label(f"Phương án {letter}", exact=True).fill(text)
    page.get_by_label("Phương án A đúng").check()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("img", name=WORDS)).to_be_visible()

    approve_version(
        version=ItemVersion.objects.get(item__number=9), user=made.reviewer, now=timezone.now()
    )
    freeze_round(round=made.round, user=made.organiser, now=timezone.now())
    sitting = start(made, register(made))
    held = {"name": ATTEMPT, "value": sitting.token, "url": live_server.url + reverse("attempt")}
    page.context.clear_cookies()
    page.context.add_cookies([held])
    page.goto(live_server.url + reverse("attempt"))
    picture = page.get_by_role("img", name=WORDS)
    expect(picture).to_be_visible()
    page.wait_for_function("image => image.naturalWidth === 320", arg=picture.element_handle())
