"""Every route × every kind of person, from one declared table, with real requests."""

from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.enums import Role
from tests.authorization_table import ALL_ROWS, FORBIDDEN, IN, MISSING, SIGN_IN, Row
from tests.authorization_world import ACTORS, World
from tests.people import make_person

ORGANISER = f"{Role.ORGANISER} here"
# The rows are walked in parts, so that several processes can share them.
PARTS = 4


def route_names(patterns: list, prefix: str = "") -> Iterator[str]:
    """The full names of all routes; an unnamed one appears as its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from route_names(pattern.url_patterns, space)
        else:
            assert isinstance(pattern, URLPattern)
            yield f"{prefix}{pattern.name}" if pattern.name else f"unnamed: {pattern.pattern}"


def test_every_route_has_a_row_and_every_row_a_route():
    routes = set(route_names(get_resolver().url_patterns))
    rows = {row.route for row in ALL_ROWS}
    alone = [f"no row: {name}" for name in routes - rows]
    alone += [f"no route: {name}" for name in rows - routes]
    assert not alone, "\n" + "\n".join(sorted(alone))


def test_no_row_stands_twice():
    names = [f"{row} {row.query}" for row in ALL_ROWS]
    assert sorted(names) == sorted(set(names))


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_each_person_is_answered_as_the_table_says(part: int):
    world, wrong = World(), []
    for row in ALL_ROWS[part::PARTS]:
        path, answers = path_of(row, world), {}
        for actor in ACTORS:
            answers[actor] = answer(world.client(actor), row, path, world)
        wrong += [
            f"{row}: {actor} was answered “{given}”, not “{row.answers[actor]}”"
            for actor, given in answers.items()
            if given != row.answers[actor]
        ]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.django_db
def test_who_may_see_keys_is_first_asked_for_a_second_factor():
    world, client, let_in = World(), Client(raise_request_exception=False), []
    client.force_login(make_person("bare", Role.ORGANISER, unit=world.unit, totp=False))
    guarded = [row for row in ALL_ROWS if is_guarded(row)]
    for row in guarded:
        path = path_of(row, world)
        response = ask(client, row, path, world)
        if path.startswith("/api/"):
            asked = response.status_code == 403
            asked = asked and response.json()["code"] == "second_factor_required"
        else:
            asked = response.headers.get("Location") == reverse("mfa_activate_totp")
        if not asked:
            let_in.append(f"{row}: {response.status_code}")
    assert not let_in, "\n" + "\n".join(let_in)
    assert guarded


def is_guarded(row: Row) -> bool:
    """A page for holders of roles, an organiser among them."""
    return row.answers[ORGANISER] == IN and FORBIDDEN in row.answers.values()


def path_of(row: Row, world: World) -> str:
    arguments = {
        name: value(world) if callable(value) else value for name, value in row.arguments.items()
    }
    return reverse(row.route, kwargs=arguments) + row.query


def ask(client: Client, row: Row, path: str, world: World):
    """One request, undone afterwards together with what it did to the browser's cookies."""
    cookies = client.cookies.copy()
    data = row.data(world) if callable(row.data) else row.data
    is_json = path.startswith("/api/") and row.method != "get"
    extra = {"content_type": "application/json"} if is_json else {}
    with transaction.atomic():
        response = getattr(client, row.method)(path, data or {}, **extra)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def answer(client: Client, row: Row, path: str, world: World) -> str:
    """What the server answers, in the words of the table."""
    response = ask(client, row, path, world)
    status = response.status_code
    if status in (301, 302, 303):
        target = urlparse(response["Location"]).path
        return SIGN_IN if target == reverse("account_login") else IN
    if path.startswith("/api/") and status in (401, 403):
        code = response.json().get("code")
        return SIGN_IN if code == "not_authenticated" else FORBIDDEN
    return {403: FORBIDDEN, 404: MISSING, 405: "405", 500: "500"}.get(status, IN)
