"""No answer tells a key or a count of the open round: planted first, then looked for everywhere.

Twice over: as text (a mark in all that explains the key, weird counts), and by comparing whole
answers before and after only the secret was changed, which finds it in any disguise.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.enums import Role
from quiz.domain.attempts import submit_attempt
from quiz.domain.count_secrecy import open_counts
from quiz.domain.receipts import receipt_of
from quiz.enums import RoundState
from quiz.models import Attempt, Entrant, PoolKey
from tests.attacks.crawler import (
    MAY_DIFFER,
    changed,
    crawl,
    enter,
    figure,
    follow,
    readable,
    told_secrets,
)
from tests.attacks.planted import (
    FEW,
    KEY_MARK,
    MANY,
    WEIRD,
    change_key,
    make_planted_world,
    plant_entrants,
    plant_heads,
    planted_draft,
)
from tests.authorization_table import ALL_ROWS, IN
from tests.authorization_world import ANONYMOUS, ENTRANT, SIGNED_IN, World
from tests.factories import answers_input, register, start

pytestmark = pytest.mark.django_db
OUTSIDERS = (ANONYMOUS, ENTRANT)
ORGANISER = f"{Role.ORGANISER} here"
HOME = [row for row in ALL_ROWS if row.route == "home"]
READ_BY = {
    actor: [row for row in ALL_ROWS if row.method == "get" and row.answers[actor] == IN]
    for actor in (ORGANISER, f"{Role.EXPORTER} here")
}
ENTRY = {
    "register": 303,
    "register, wrongly": 422,
    "register by API": 200,
    "enter by code": 303,
    "enter by a wrong code": 404,
    "look up": 200,
    "start again": 200,
    "save": 200,
    "save in another tab": 409,
    "save by API": 200,
    "save too little by API": 422,
    "submit": 200,
    "submit again by API": 200,
    "receipt by API": 200,
    "receipt": 200,
    "receipt as a file": 200,
}


@pytest.fixture
def world() -> Iterator[World]:
    """Time stands still, so that nothing changes but the secret."""
    with time_machine.travel(timezone.now(), tick=False):
        made = make_planted_world()
        crawl(made, ALL_ROWS, ())  # makes all that the routes name
        for actor in READ_BY:
            made.person(actor)
        yield made


def outside(world: World) -> dict[str, str]:
    """Whatever outsiders can ask for: every route, whether it is theirs or not, and an entry."""
    return crawl(world, ALL_ROWS, OUTSIDERS) | enter(world)


def test_no_answer_to_an_outsider_tells_a_key_or_a_count(world, static_files: Path):
    plant_entrants(world, FEW)
    plant_heads(world)
    before = outside(world)
    plant_entrants(world, WEIRD)
    plant_heads(world)
    after = outside(world)
    check_reach(after)
    without_role = crawl(world, ALL_ROWS, [SIGNED_IN])
    assert told_secrets(after | follow(after) | without_role, WEIRD) == []
    assert changed(before, after) == []
    change_key(world)
    assert changed(after, outside(world)) == []


def test_two_instances_may_differ_in_eight_named_fields_at_most():
    """Ten entries or ten thousand: what an outsider gets is otherwise the same byte for byte."""
    assert (FEW.attempts, WEIRD.attempts) == (10, 10_001)
    assert len(MAY_DIFFER) <= 8
    assert set(OUTSIDERS) == {ANONYMOUS, ENTRANT}


def test_a_receipt_shows_no_order_and_is_as_long_among_many_as_among_few(world):
    """What differs between two receipts of equal answers is random and of one length."""
    plant_entrants(world, FEW)
    first = receipt(world)
    plant_entrants(world, WEIRD)
    last = receipt(world)
    assert len(json.dumps(first)) == len(json.dumps(last))
    differ = {name for name in first if first[name] != last[name]}
    assert differ == {"code", "receipt", "signature"}
    one, other = first["receipt"], last["receipt"]
    assert {name for name in one if one[name] != other[name]} == {"leaf", "secret", "values"}
    told = {name for name in one["values"] if one["values"][name] != other["values"][name]}
    assert told <= {"paper", "person", "bounds"}


def receipt(world: World) -> dict[str, Any]:
    """Of somebody who enters now and answers nothing."""
    made = world.made
    sitting = start(made, register(made))
    row = submit_attempt(token=sitting.token, given=answers_input(sitting))
    return receipt_of(row).as_dict()


def test_no_static_file_tells_a_key_or_a_count(static_files: Path):
    files = [path for path in static_files.rglob("*") if path.suffix in (".css", ".js", ".json")]
    answers = {path.name: readable(path.read_bytes()) for path in files}
    assert told_secrets(answers, WEIRD) == []
    assert "attempt.js" in answers


def check_reach(answers: dict[str, str]) -> None:
    """That a page tells nothing proves something only if it is the page one wanted."""
    read = {asked for asked, text in answers.items() if text.startswith("200\n")}
    heads = [text for asked, text in answers.items() if ": heads:get" in asked]
    assert [" data-head>" in text for text in heads] == [True] * len(OUTSIDERS)
    for route in ("home", "contest", "results", "units-json", "api-contest-list", "api-schema"):
        assert any(asked.startswith(f"{ANONYMOUS}: {route}:get") for asked in read), route
    assert any(asked.startswith(f"{ENTRANT}: attempt:get") for asked in read)
    documents = [text for asked, text in answers.items() if ": contest-rules-docx:" in asked]
    assert ["word/document.xml" in text for text in documents] == [True] * len(OUTSIDERS)
    assert {asked: int(text[:3]) for asked, text in answers.items() if asked in ENTRY} == ENTRY


@pytest.mark.parametrize("state", [RoundState.FROZEN, RoundState.CLOSED])
def test_while_a_count_decides_prizes_no_page_of_the_workplace_depends_on_it(world, state):
    world.round.state = state
    if state == RoundState.CLOSED:
        world.round.closed_at = world.round.closes_at = timezone.now() - timedelta(seconds=1)
    world.round.save()
    plant_entrants(world, FEW)
    before = read_all(world)
    plant_entrants(world, MANY)
    assert changed(before, read_all(world)) == []


PACKED = ("w-poster", "w-attempt-log")


def read_all(world: World) -> dict[str, str]:
    """Every page and file of those who see the contest, except the poster and an attempt's log.

    They are PDFs, which are packed and tell the moment they were made; what the log says is
    compared in tests/quiz/domain/test_attempt_logs.py.
    """
    answers = {}
    for actor, rows in READ_BY.items():
        answers |= crawl(world, [row for row in rows if row.route not in PACKED], [actor])
    return answers


def test_the_planted_is_there_to_be_told(world):
    """The other side of the tests above: whoever may see the secrets is told them."""
    open_counts(user=world.person(ORGANISER), contest=world.contest)
    plant_entrants(world, WEIRD)
    telling = ("w-entrants", "api-work-bank-items")
    rows = [row for row in READ_BY[ORGANISER] if row.route in telling and not row.query]
    told = told_secrets(crawl(world, rows, [ORGANISER]), WEIRD)
    bank, entrants = (f"/api/v1/work/banks/{world.bank.pk}/items/", f"{world.contest.pk}/nguoi")
    assert [(line.split()[-1], bank in line, entrants in line) for line in told] == [
        ("entrants", False, True),
        ("key", True, False),
    ]


Leak = Callable[[HttpResponse], None]


def _page(text: Callable[[], object]) -> Leak:
    def leak(response: HttpResponse) -> None:
        response.content += f"<p>{text()}</p>".encode()

    return leak


def _header(response: HttpResponse) -> None:
    response["X-Total"] = str(Entrant.objects.count())


def _cookie(response: HttpResponse) -> None:
    response.set_cookie("bai", Attempt.objects.count())


def _disguised_key() -> str:
    return "".join("x" * mask + "-" for mask in PoolKey.objects.get().masks)


# What a careless page does → what of it is found: as text, by other counts, by another key.
LEAKS = {
    "count in words": (_page(lambda: f"{Entrant.objects.count():,}"), (1, 1, 0)),
    "count in Vietnamese": (_page(lambda: "10.733 người"), (1, 0, 0)),
    "count in a header": (_header, (1, 1, 0)),
    "count in a cookie": (_cookie, (1, 1, 0)),
    "share of a count": (_page(lambda: 100_000 // Entrant.objects.count()), (0, 1, 0)),
    "explanation of a key": (_page(planted_draft(3).rationale.lower), (1, 0, 0)),
    "key in disguise": (_page(_disguised_key), (0, 0, 1)),
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_found(world, monkeypatch, name: str):
    leak, expected = LEAKS[name]

    def leaky(*args: object, **kwargs: object) -> HttpResponse:
        response = render(*args, **kwargs)
        leak(response)
        return response

    monkeypatch.setattr("frontend.pages.public.home.render", leaky)
    plant_entrants(world, FEW)
    few = crawl(world, HOME, [ANONYMOUS])
    plant_entrants(world, WEIRD)
    many = crawl(world, HOME, [ANONYMOUS])
    change_key(world)
    other = crawl(world, HOME, [ANONYMOUS])
    found = told_secrets(many, WEIRD), changed(few, many), changed(many, other)
    assert tuple(map(len, found)) == expected


def test_archives_in_archives_are_read():
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{KEY_MARK}</w:t>")
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("the-le.docx", inner.getvalue())
    answers = {"bundle": readable(outer.getvalue())}
    assert told_secrets(answers, WEIRD) == ["bundle tells the key"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *((text, True) for text in ("7919", "7.919", "7,919 người", "7 919", ">7919<", "=7919;")),
        *((text, False) for text in ("17919", "79190", "a7919", "7.919.000", "7919-a", "7,9190")),
    ],
)
def test_a_figure_is_found_where_it_stands_alone(text: str, told: bool):
    assert bool(figure(7919).search(text)) is told
