"""The attempt page with twenty items: light on the wire, quick to draw."""

import re
from time import perf_counter

import pytest

from frontend.pages.entry.paper_html import paper_html
from quiz.domain.frozen import frozen_round
from tests.factories import make_draft, make_open_contest, make_rules
from tests.frontend.test_entry import started
from tests.frontend.test_page_weight import first_visit, sent_bytes

pytestmark = pytest.mark.django_db
BUDGET = 100_000
STEM = "Theo quy định hiện hành, cơ quan nào tiếp nhận hồ sơ trực tuyến toàn trình của người dân"
OPTION = "Bộ phận Một cửa cấp xã nơi người dân thường trú hoặc nơi thuận tiện nhất"


@pytest.fixture
def made():
    drafts = [
        make_draft(n, stem=f"{STEM} ({n})?", options=tuple(f"{OPTION} {n}{x}" for x in "mnpq"))
        for n in range(1, 41)
    ]
    rules = make_rules(paper={"blueprint": [{"count": 20}]})
    return make_open_contest(rules=rules, drafts=drafts)


def test_a_first_visit_weighs_less_than_its_budget(client, static_files, made):
    page = started(client, made)
    weights = first_visit(page.content, static_files)
    modules = static_files / "frontend" / "entry"
    imported = re.findall(r'from "\./([a-z]+\.js)"', (modules / "attempt.js").read_text())
    assert sorted(imported) == ["clock.js", "outbox.js", "pager.js", "sender.js"]
    weights |= {name: sent_bytes(name, (modules / name).read_bytes()) for name in imported}
    assert weights["page"] > 20 * len(STEM)
    assert sum(weights.values()) <= BUDGET, weights
    print("\nbytes of a first visit to the attempt page:", sum(weights.values()), weights)


def test_a_paper_of_twenty_items_is_drawn_in_a_millisecond(made):
    (pool,) = frozen_round(made.round.pk).pools.values()
    answers = [0] * 20
    paper_html(pool, b"0" * 16, answers)
    times = []
    for seed in range(50):
        began = perf_counter()
        paper_html(pool, seed.to_bytes(16, "big"), answers)
        times.append(perf_counter() - began)
    best = min(times) * 1000
    print(f"\na paper of 20 items: {best:.2f} ms")
    assert best < 1.5


def test_no_text_of_an_item_becomes_markup(client):
    drafts = [
        make_draft(n, stem=f"<script>{n}</script> & “{n}”", options=("<b>a", "b\"'", "&amp;", "d"))
        for n in range(1, 6)
    ]
    html = started(client, make_open_contest(drafts=drafts)).content.decode()
    assert "<b>a" not in html
    assert html.count("&lt;b&gt;a") == 5
    assert html.count("&amp;amp;") == 5
    assert "<script>1" not in html
