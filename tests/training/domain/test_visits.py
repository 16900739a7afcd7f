"""Visits are sums: who was here is nowhere, and what the sums say is what happened."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.domain.installation import update_installation
from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry
from tests.people import make_person, make_unit
from training.domain import visits
from training.domain.visits import GATHERED, count_visit, is_bot, show_visits
from training.models import VisitDay, VisitMinute
from training.queries.visit import VisitFigures, read_visits

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 31, 5, tzinfo=UTC)
PHONE = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/80 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def counting() -> Iterator[None]:
    update_installation(user=None, shows_visits=True)
    visits._gathering.begin_anew()
    yield
    visits._gathering.begin_anew()


def opened(at: datetime, *, arrived: bool = True, agent: str = PHONE, path: str = "/") -> Any:
    return count_visit(path=path, arrived=arrived, agent=agent, now=at)


def told(at: datetime) -> VisitFigures:
    visits._gathering.write(at)
    return read_visits(today=timezone.localdate(at), now=at)


def test_a_stroll_is_one_visit_and_several_views():
    for arrived in (True, False, False):
        opened(NOON, arrived=arrived)
    assert told(NOON) == VisitFigures(now=1, today=1, month=1, total=1)
    assert VisitDay.objects.values_list("day", "visits", "views").get() == (NOON.date(), 1, 3)


def test_five_minutes_a_day_a_month_and_ever_since():
    for before in (timedelta(days=40), timedelta(days=3), timedelta(hours=1), timedelta(minutes=4)):
        opened(NOON - before)
    assert told(NOON) == VisitFigures(now=1, today=2, month=3, total=4)


def test_the_day_is_that_of_viet_nam():
    opened(datetime(2026, 3, 31, 16, 59, tzinfo=UTC))
    opened(datetime(2026, 3, 31, 17, 0, tzinfo=UTC))
    told(datetime(2026, 3, 31, 17, 0, tzinfo=UTC))
    days = VisitDay.objects.order_by("day").values_list("day", "visits")
    assert [(str(day), count) for day, count in days] == [("2026-03-31", 1), ("2026-04-01", 1)]


def test_minutes_are_forgotten_after_ten():
    opened(NOON)
    told(NOON + timedelta(minutes=12))
    assert VisitMinute.objects.count() == 0
    assert VisitDay.objects.get().visits == 1


@pytest.mark.parametrize(
    ("agent", "bot"),
    [
        (PHONE, False),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", True),
        ("curl/8.0", True),
        ("", True),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0) Zalo iOS/600", False),
    ],
)
def test_what_says_it_is_a_program_is_left_out(agent: str, bot: bool):
    assert is_bot(agent) is bot
    opened(NOON, agent=agent)
    assert told(NOON).total == (0 if bot else 1)


def test_a_thousand_views_cost_a_handful_of_statements():
    opened(NOON)
    with CaptureQueriesContext(connection) as asked:
        for _time in range(1000):
            opened(NOON + timedelta(seconds=1))
        opened(NOON + GATHERED)
    # The switch, open rounds, two sums, what is forgotten, and the figures.
    assert len(asked) == 6
    assert VisitDay.objects.get().visits == 1002


def test_switched_off_nothing_is_counted_or_shown(client: Client):
    update_installation(user=None, shows_visits=False)
    assert opened(NOON) is None
    assert told(NOON).total == 0
    assert b"data-visits" not in client.get("/").content


def test_the_page_asks_and_is_told(client: Client):
    assert b'data-visits="/luot-truy-cap/"' in client.get("/").content
    for came_from in ("", "https://bao.example/tin", "http://testserver/tra-cuu/"):
        said = {"path": "/", "from": came_from}
        answer = client.post(
            reverse("visits"),
            json.dumps(said),
            content_type="application/json",
            headers={"user-agent": PHONE, "host": "testserver"},
        )
        assert answer.cookies == {}
    assert set(answer.json()) == {"now", "today", "month", "total"}
    told(timezone.now())
    day = VisitDay.objects.get()
    assert (day.visits, day.views) == (2, 3)


@pytest.mark.parametrize("body", ["", "[]", "{", '{"path": 1, "from": ""}', '{"path": "/"}'])
def test_what_says_nothing_counts_nothing(client: Client, body: str):
    answer = client.post(reverse("visits"), body, content_type="application/json")
    assert (answer.status_code, answer.content) == (204, b"")
    assert told(NOON).total == 0


def test_nothing_stored_speaks_of_a_visitor():
    """Days and minutes with sums: no column could hold an address, a device or a page."""
    columns = {
        (model._meta.model_name, field.name)
        for model in (VisitDay, VisitMinute)
        for field in model._meta.concrete_fields
    }
    assert columns == {
        *(("visitday", name) for name in ("day", "visits", "views")),
        *(("visitminute", name) for name in ("minute", "visits")),
    }
    opened(NOON)
    assert list(visits._gathering.sums.keys() | set()) == []
    opened(NOON + timedelta(seconds=1))
    assert [list(map(type, key)) for key in visits._gathering.sums] == [[datetime, bool]]


def test_the_topmost_administrator_alone_switches():
    top = make_unit("tinh")
    below = make_person("xa", Role.ADMINISTRATOR, unit=make_unit("xa", parent=top))
    with pytest.raises(NotAllowed):
        show_visits(shown=False, user=below)
    show_visits(shown=False, user=make_person("tinh", Role.ADMINISTRATOR, unit=top))
    assert AuditEntry.objects.filter(act="update_installation").count() == 2
