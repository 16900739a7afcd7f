"""The screen of the award ceremony, by keyboard, without network once it is open."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from quiz.domain.ceremony import LotSlide, ceremony_slides
from quiz.domain.result_papers import result_facts
from quiz.engine.lot import order_by_lot
from quiz.models import Award
from tests.browser.test_accessibility import is_too_wide, violations
from tests.browser.test_contest_work import sign_in
from tests.quiz.result_world import publish, sealed_world, submit

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
# Where a person who wants to look at the screen has it drawn.
SHOWN = os.environ.get("SHOW_PAPERS", "")
SIZES = ((1280, 720), (1920, 1080), (360, 740))


def look(page: Page, name: str) -> None:
    for width, height in SIZES if SHOWN else ():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=str(Path(SHOWN) / f"ceremony-{name}-{width}.png"))


def _another(made) -> str:
    """A seed that gives another order than the one that was drawn."""
    facts = result_facts(round=made.round)
    lot = next(slide for slide in ceremony_slides(facts=facts) if isinstance(slide, LotSlide))
    leaves = [bytes.fromhex(slip.leaf) for slip in lot.slips]
    drawn = [bytes.fromhex(leaf) for leaf in lot.order]
    return next(str(n) for n in range(100) if order_by_lot(str(n), leaves) != drawn)


def test_the_ceremony_is_led_by_keys_without_network(quiet: Page, live_server):
    made = sealed_world()
    publish(made, submit(made))
    page = quiet
    sign_in(page, live_server, made.organiser)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(live_server.url + reverse("w-ceremony", args=[made.contest.pk, made.round.pk]))
    expect(page.get_by_text("1/10")).to_be_visible()
    page.context.set_offline(True)
    look(page, "title")
    page.keyboard.press("ArrowRight")
    seed = page.get_by_label("Kết quả của nguồn").first
    seed.fill(_another(made))
    seed.press("Enter")
    expect(page.get_by_text("Khác thứ tự đã niêm phong")).to_be_visible()
    seed.fill(" 04821 ")
    page.get_by_role("button", name="Bốc thăm").first.click()
    expect(page.get_by_text("Đúng thứ tự đã niêm phong", exact=True)).to_be_visible()
    look(page, "lot")
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press(" ")
    names = list(
        Award.objects.filter(round=made.round, kind="prize", group__code="nguoi-dan")
        .order_by("place")
        .values_list("entrant__full_name", flat=True)
    )
    expect(page.get_by_role("heading", name="Giải Khuyến khích")).to_be_visible()
    expect(page.get_by_text(names[3])).not_to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.get_by_text(names[3])).to_be_visible()
    look(page, "many")
    page.keyboard.press("ArrowRight")  # second prize
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text(names[2])).to_be_visible()
    expect(page.get_by_text(names[1])).not_to_be_visible()
    look(page, "one")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text(names[2])).not_to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert not is_too_wide(page)
    page.context.set_offline(False)
    page.get_by_role("link", name="Về hồ sơ kết quả").click()
    expect(page.get_by_role("button", name="Lập PDF")).to_be_visible()
    assert violations(page) == []
    assert not is_too_wide(page)
