"""Fetches what a person can fetch and keeps it as text that can be searched and compared."""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase, SimpleCookie
from django.test import Client

from tests.attacks.planted import KEY_MARK, Counts
from tests.authorization_table import Row
from tests.authorization_world import World
from tests.factories import registration_data
from tests.test_authorization import ask, path_of

# What is asked → the whole answer: status, headers, cookies and body, archives unpacked.
Answers = dict[str, str]

# The only fields that may differ between two crawls, and how each is written: random values, drawn
# for this one answer. A length follows from the rest, which is compared: random numbers have more
# digits or fewer.
MAY_DIFFER = {
    "csrf token": (
        r'(?<=name="csrfmiddlewaretoken" value=")[\w-]+',
        r"(?<=Set-Cookie: csrftoken=)[\w-]+",
    ),
    "request key": (r'(?<=name="request_key" value=")[\w-]+',),
    "writer": (r'(?<=name="writer" value=")\d+', r'(?<=data-writer=")\d+'),
    "attempt token": (
        r'(?<=name="token" value=")[\w.-]+',
        r'(?<=data-token=")[\w-]+',
        r'(?<="attempt_token":")[\w-]+',
        r"(?<=Set-Cookie: bai_thi=)[\w-]+",
    ),
    "entrant token": (
        r'(?<="entrant_token":")[\w-]+',
        r"(?<=Set-Cookie: nguoi_du_thi=)[\w-]+",
    ),
    "session": (r"(?<=Set-Cookie: sessionid=)[\w-]+",),
    "head": (r"(?<= data-head>)[0-9a-f]{64}",),
    "length": (r"(?<=Content-Length: )\d+",),
}
RANDOM = [re.compile(pattern) for patterns in MAY_DIFFER.values() for pattern in patterns]


def text_of(response: HttpResponseBase) -> str:
    """Everything that goes over the wire, readable."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "".join(f"{name}: {value}\n" for name, value in response.headers.items())
    return f"{response.status_code}\n{headers}{response.cookies.output()}\n\n{readable(body)}"


def readable(body: bytes) -> str:
    """The body as text; of an archive (.docx, .xlsx, .zip) the names and contents of its parts."""
    if not body.startswith(b"PK\x03\x04"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "\n".join(f"{name}\n{readable(archive.read(name))}" for name in archive.namelist())


def without_random(text: str) -> str:
    for pattern in RANDOM:
        text = pattern.sub("~", text)
    return text


def crawl(world: World, rows: Iterable[Row], actors: Iterable[str]) -> Answers:
    """Each row's answer to each actor; nothing that a request does outlasts it."""
    wanted = [(row, path_of(row, world)) for row in rows]
    answers: Answers = {}
    for actor in actors:
        client = world.client(actor)
        for row, path in wanted:
            cache.clear()  # no page from memory, no refusal for asking too often
            text = answers[f"{actor}: {row} {path}"] = text_of(ask(client, row, path, world))
            assert not text.startswith("5"), f"{actor}: {row} ended in an error"
    return answers


def enter(world: World) -> Answers:
    """The answers to one whole entry, by the pages' calls and by the API's, then undone."""
    with transaction.atomic():
        answers = {name: text_of(response) for name, response in _entry(world)}
        transaction.set_rollback(True)
    return answers


def _entry(world: World) -> Iterator[tuple[str, HttpResponseBase]]:
    made, token = world.made, world.sitting.token
    contest, api = f"/cuoc-thi/{made.contest.code}", "/api/v1/entry"
    person = registration_data(
        request_key="6f1d4a52-6b8e-4a53-9b0e-3c1f7f6a2d10", phone="0999123456"
    )
    yield "register", Client().post(f"{contest}/dang-ky/", {**person, "consent": "1"})
    yield "register, wrongly", Client().post(f"{contest}/dang-ky/", {"phone": "1"})
    yield "register by API", _call(f"{api}/contests/{made.contest.code}/register", person)
    yield (
        "enter by code",
        Client().post(f"{contest}/vao-thi/", {"entry_code": world.registered.code}),
    )
    yield "enter by a wrong code", Client().post(f"{contest}/vao-thi/", {"entry_code": "AAAA"})
    lookup = {"contest": made.contest.code, "code": world.registered.code}
    yield "look up", Client().post("/tra-cuu/", lookup)
    yield (
        "start again",
        _call(
            f"{api}/rounds/{made.round.pk}/start",
            {"ordinal": 1},
            X_ENTRANT_TOKEN=world.registered.token,
        ),
    )
    sent = {"writer": 7, "base": 0, "revision": 1, "answers": [1, 2, 0, 0, 0], "prediction": "12"}
    whole = {"base": 2, "revision": 3, "answers": [1, 2, 4, 8, 1]}
    for name, path, changes in (
        ("save", "/bai-thi/luu/", {}),
        ("save in another tab", "/bai-thi/luu/", {"writer": 8, "answers": [4, 0, 0, 0, 0]}),
        ("save by API", f"{api}/save", {"base": 1, "revision": 2}),
        ("save too little by API", f"{api}/save", {"answers": [1]}),
        ("submit", "/bai-thi/nop/", whole),
        ("submit again by API", f"{api}/submit", whole),
        ("receipt by API", f"{api}/receipt", {}),
    ):
        yield name, _call(path, sent | changes, X_ATTEMPT_TOKEN=token)
    browser = Client()
    browser.cookies = SimpleCookie(world.entrant_cookies)
    yield "receipt", browser.get("/bai-thi/bien-nhan/")
    yield "receipt as a file", browser.get("/bai-thi/bien-nhan/tep/")


def _call(path: str, body: Mapping[str, Any], **headers: str) -> HttpResponseBase:
    extra = {f"HTTP_{name}": value for name, value in headers.items()}
    return Client().post(path, json.dumps(body), content_type="application/json", **extra)


class _Links(HTMLParser):
    """The addresses of this site that a page names."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = [value for name, value in attrs if name in ("href", "src") and value]
        self.found |= {link.partition("#")[0] for link in named if link.startswith("/")}


def follow(answers: Answers) -> Answers:
    """What an anonymous browser gets at every address that these answers name, and so on."""
    client, followed = Client(raise_request_exception=False), {}
    waiting = {link for text in answers.values() for link in _Links(text).found}
    while waiting:
        link = waiting.pop()
        followed[link] = text_of(client.get(link))
        if "text/html" in followed[link]:
            waiting |= _Links(followed[link]).found - set(followed)
    return followed


def figure(number: int) -> re.Pattern[str]:
    """The number as people, programs and both languages write it, standing alone."""
    digits = f"{number:,}".replace(",", r"(?:[.,\s\u00a0\u202f]|&nbsp;)?")
    return re.compile(rf"(?<![\w.,-]){digits}(?![\w-]|[.,]\d)")


def told_secrets(answers: Answers, counts: Counts) -> list[str]:
    """Which answer tells what: [] if none tells anything."""
    secrets = {"the key": re.compile(KEY_MARK, re.IGNORECASE)}
    secrets |= {name: figure(number) for name, number in counts.figures.items()}
    return [
        f"{asked} tells {name}"
        for asked, text in answers.items()
        for name, pattern in secrets.items()
        if pattern.search(text)
    ]


def changed(before: Answers, after: Answers) -> list[str]:
    """Which answers are not the same twice, and in which line first."""
    assert before.keys() == after.keys()
    found = []
    for asked in before:
        lines = (without_random(answers[asked]).splitlines() for answers in (before, after))
        old, new = (list(part) for part in lines)
        if old != new:
            old, new = old + [""] * len(new), new + [""] * len(old)
            line = next(pair for pair in zip(old, new, strict=False) if pair[0] != pair[1])
            found.append(f"{asked}: “{line[0].strip()[:150]}” is now “{line[1].strip()[:150]}”")
    return found
