"""Every page in English: no Vietnamese is left on it but what people themselves wrote."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.utils import translation
from vietnam_provinces import Province

from config.catalogues import catalogue_files, read_catalogue
from tests.authorization_table import ALL_ROWS, IN, Row
from tests.authorization_world import ACTORS, World
from tests.test_authorization import ask, path_of
from tests.test_translations import VIETNAMESE, forms

# What a person reads or is read to, besides the text between the tags.
READ = {"aria-label", "alt", "content", "placeholder", "title", "value"}
VOID = {"br", "img", "input", "hr", "wbr"}
# A language and a province are called by their own names; points of the rules are cited by their
# Vietnamese letters.
NAMES = {"^Tiếng Việt$", r"^đ\)", *(re.escape(province.name) for province in Province.iter_all())}


class Reader(HTMLParser):
    """What a page says: its texts and the attributes that are read to people.

    Left out is what is marked as Vietnamese (`lang="vi"` on a part of the page): papers of the
    body, which are Vietnamese in every language, and what a button copies of them.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.papers: set[str] = set()
        self._inside: list[str] = []  # the tags open in such a part
        self.feed(html)

    @property
    def said(self) -> list[str]:
        return [text for text in self.texts if text not in self.papers]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and (self._inside or (tag != "html" and ("lang", "vi") in attrs)):
            self._inside.append(tag)
        self.texts += [
            " ".join(value.split())
            for name, value in attrs
            if value and (name in READ or name.startswith("data-"))
        ]

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if self._inside:
            self.papers.add(text)
        else:
            self.texts.append(text)


@pytest.mark.django_db
def test_pages_in_english_speak_english() -> None:
    world, pages = World(), 0
    answers = [(row, in_english(row, world)) for row in ALL_ROWS if row.method == "get"]
    known = sorted(written_by_people() | english_with_vietnamese() | NAMES, key=len, reverse=True)
    expected = re.compile("|".join(known))
    wrong = set()
    for row, html in answers:
        pages += bool(html)
        wrong |= {
            f"{row.route}: {text}"
            for text in Reader(html).said
            if VIETNAMESE.search(expected.sub("", text))
        }
    assert wrong == set()
    assert pages > 50


def in_english(row: Row, world: World) -> str:
    """The page as the first person who may open it is answered; empty if it is no page."""
    actor = next((actor for actor in ACTORS if row.answers[actor] == IN), None)
    if actor is None:
        return ""
    client = world.client(actor)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    response = ask(client, row, path_of(row, world), world)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return response.content.decode() if is_page else ""


def written_by_people() -> set[str]:
    """Patterns of all Vietnamese texts in the database, which stay as they were written."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField | TextField | JSONField):
                for value in model.objects.values_list(field.name, flat=True):
                    found.update(texts_in(value))
    return {re.escape(" ".join(text.split())) for text in found if VIETNAMESE.search(text)}


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


def english_with_vietnamese() -> set[str]:
    """Patterns of English sentences that quote Vietnamese, such as a column's name or “đồng”."""
    (source,) = catalogue_files()
    assert translation.get_supported_language_variant("en") == source.parts[-3]
    return {
        re.sub(r"%\\\(\w+\\\)\w|%\w", ".+?", re.escape(text))
        for message in read_catalogue(source)
        for text in forms(message.string or "")
        if message.id and VIETNAMESE.search(text)
    }
