"""The browser itself checks a receipt against the published tree, and draws a lot again."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from quiz.domain.attempts import read_attempt
from quiz.domain.receipts import receipt_of
from quiz.domain.ties import tied_digest
from quiz.models import LotNotice, TieDecision
from tests.factories import make_attempt, make_open_contest, make_rules, register, start
from tests.quiz.domain.test_receipt_checks import publish
from tests.results_factory import Person, attempts_of, close, make_entrants, publish_and_draw

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
NO_ED25519 = """
const verify = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (form, key, how, ...rest) =>
  how.name === "Ed25519" ? Promise.reject(new Error()) : verify(form, key, how, ...rest);
"""


def test_the_browser_checks_a_receipt_and_keeps_it_to_itself(
    page: Page, live_server, settings, tmp_path: Path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    made = make_open_contest()
    for wrong in (1, 2):
        make_attempt(made, wrong=wrong, full_name=f"Người {wrong}")
    who = register(made, full_name="Người Giữ Biên Nhận")
    token = start(made, who).token
    make_attempt(made, who=who)
    held = receipt_of(read_attempt(token=token)).as_dict()
    publish(made)
    (tmp_path / "bien-nhan.json").write_text(json.dumps(held), encoding="utf-8")
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(f"{asked.url} {asked.post_data or ''}"))

    page.goto(live_server.url + reverse("receipt-check"))
    page.get_by_label("Hoặc chọn tệp").set_input_files(tmp_path / "bien-nhan.json")
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_text("Bài thi có trong gốc băm đã công bố.")).to_be_visible()
    for words in ("Lá băm đúng", "Mã biên nhận đúng", "Chữ ký số của vòng thi đúng"):
        expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text(made.round.seal.root)).to_be_visible()
    assert [asked for asked in sent if held["receipt"]["secret"] in asked] == []

    held["receipt"]["values"]["answers"][0] ^= 3
    page.reload()
    page.add_init_script(NO_ED25519)
    page.reload()
    page.get_by_label("Dán nội dung").fill(json.dumps(held))
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_text("chưa biết chữ ký Ed25519")).to_be_visible()
    for words in ("không khớp lá băm", "Mã biên nhận không khớp", "Chữ ký không phải"):
        expect(page.get_by_text(words)).to_be_visible()
    page.get_by_label("Dán nội dung").fill("không phải biên nhận")
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_text("Nội dung này không phải biên nhận.")).to_be_visible()


def test_the_browser_draws_the_lot_again(page: Page, live_server):
    chain = [{"kind": kind} for kind in ("score", "lot")]
    made = make_open_contest(rules=make_rules(result={"chain": chain}))
    entrants = make_entrants(made, [Person(birth_date=None) for _ in range(5)])
    close(made)
    drawn = publish_and_draw(
        round=made.round,
        group=made.groups[0],
        rank=1,
        source="Xổ số kỳ này",
        seed="Số 73915",
        minutes="BB",
        user=made.organiser,
        now=timezone.now() - timedelta(hours=1),
    )
    digest = tied_digest(round=made.round, attempts=attempts_of(*entrants))
    assert LotNotice.objects.get().digest == digest
    page.goto(live_server.url + reverse("lots", args=[made.contest.code]))
    expect(page.get_by_text("vừa tính lại và ra đúng thứ tự này")).to_be_visible()
    TieDecision.objects.filter(pk=drawn.pk).update(order=drawn.order[::-1])
    page.reload()
    expect(page.get_by_text("tính ra thứ tự khác")).to_be_visible()
