"""The control room as its people see it, and as a program asks for it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.pulses import answer_clock
from quiz.domain.round_sampling import sample_open_rounds
from tests.factories import HOUR, make_attempt, make_open_contest, make_rules, register, start
from tests.frontend.contest_pages import browser_of

pytestmark = pytest.mark.django_db
MINUTE = HOUR / 60
SECRET = make_rules(
    entry={"prediction": {"count": "persons", "who": "took_part"}},
    result={"chain": [{"kind": kind} for kind in ("score", "prediction_error", "lot")]},
)


def address(made) -> str:
    return reverse("w-control-room", args=[made.contest.pk, made.round.pk])


def watched(rules=None):
    """A round with two samples a minute apart: one attempt handed in, one going on."""
    made, now = make_open_contest(rules=rules), timezone.now()
    sample_open_rounds(now=now - MINUTE)
    make_attempt(made)
    start(made, register(made))
    sample_open_rounds(now=now)
    answer_clock(now=now)
    return made


def seen(made, url: str = ""):
    return browser_of(made.organiser).get(url or address(made))


def test_the_page_shows_figures_and_asks_for_itself():
    made = watched()
    page = seen(made)
    html = page.content.decode()
    counts = page.context["room"].counts
    assert (counts.started, counts.running, counts.finished, counts.overdue) == (2, 1, 1, 0)
    assert 'hx-trigger="every 10s"' in html
    assert html.count("minute-bars__started") == len(counts.minutes) + 0
    assert "không trả lời" not in html
    assert 'style="' not in html


def test_who_may_still_win_sees_health_and_no_figure():
    made = watched(SECRET)
    html = seen(made).content.decode()
    assert "Số lượt thi đang được giữ kín" in html
    assert "đang chạy" in html
    for word in ("Đã bắt đầu", "Đang làm bài", "minute-bars"):
        assert word not in html
    api = seen(made, reverse("api-work-round-live", args=[made.round.pk])).json()
    assert (api["counts"], api["counts_shown"]) == (None, False)
    assert "started" not in str(api)
    browser_of(made.organiser).post(reverse("w-open-counts", args=[made.contest.pk]))
    assert "Đang làm bài" in seen(made).content.decode()


def test_a_dead_worker_is_said_and_what_still_works():
    made = make_open_contest()
    html = seen(made).content.decode()
    assert "Tiến trình nền không trả lời" in html
    assert "Người dự thi vẫn vào thi, lưu và nộp bài được." in html
    assert "Chưa có số liệu" in html


def test_before_the_opening_and_after_the_end_nothing_is_asked_again():
    for opens, closes in ((HOUR, 2 * HOUR), (-3 * HOUR, -2 * HOUR)):
        made = make_open_contest(opens_in=-HOUR, closes_in=HOUR)
        made.round.opens_at, made.round.closes_at = timezone.now() + opens, timezone.now() + closes
        made.round.save()
        html = seen(made).content.decode()
        assert "hx-trigger" not in html
        assert "Tiến trình nền không trả lời" not in html or opens < 0 * HOUR


def test_the_round_and_the_checklist_lead_there():
    made = watched()
    for route, args in (
        ("w-round", [made.contest.pk, made.round.pk]),
        ("w-contest", [made.contest.pk]),
    ):
        assert address(made) in seen(made, reverse(route, args=args)).content.decode()


def test_the_same_for_programs():
    made = watched()
    told = seen(made, reverse("api-work-round-live", args=[made.round.pk])).json()
    counts = told["counts"]
    assert (counts["started"], counts["running"], counts["finished"]) == (2, 1, 1)
    assert sum(minute["submitted"] for minute in counts["minutes"]) == 1
    assert (told["trouble"], told["health"]["worker_alive"]) == ("none", True)
