"""The library's index: every kind of thing that anybody may read registers and tells its texts.

A kind registers once (`register_search_kind`, from `AppConfig.ready()`) and calls `index_thing`
when one of its things is published or changed, `drop_thing` when it may be read no longer.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.urls import reverse

from quiz.wording import words_of
from training.models import SearchEntry

# A vector may hold a megabyte, and nobody's search ends at page four hundred.
LONGEST_TEXT = 200_000
LONGEST_TITLE, LONGEST_LEAD = 300, 300
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class SearchKind:
    """`route` is the name of the page that shows one, made with the entry's slug."""

    code: str
    title: Any
    route: str


@dataclass(frozen=True)
class SearchText:
    """What of a thing is looked through: its title first, then `texts`; `lead` is only shown."""

    subject_id: int
    slug: str
    title: str
    texts: tuple[str, ...]
    at: datetime
    lead: str = ""


KINDS: dict[str, SearchKind] = {}


def register_search_kind(kind: SearchKind) -> None:
    """Called by each part when Django starts."""
    KINDS[kind.code] = kind


def address_of(entry: SearchEntry) -> str:
    """The page that shows what was found."""
    return reverse(KINDS[entry.kind].route, args=[entry.slug])


def index_things(*, kind: str, texts: Iterable[SearchText]) -> None:
    """Write what is looked through of some things of a kind, in place of what was written."""
    SearchEntry.objects.bulk_create(
        [_entry(kind, text) for text in texts],
        update_conflicts=True,
        unique_fields=["kind", "subject_id"],
        update_fields=["slug", "title", "lead", "at", "title_words", "folded", "marked"],
        batch_size=500,
    )


def index_thing(*, kind: str, text: SearchText) -> None:
    index_things(kind=kind, texts=[text])


def drop_thing(*, kind: str, subject_id: int) -> None:
    """It is found no longer."""
    SearchEntry.objects.filter(kind=kind, subject_id=subject_id).delete()


def _entry(kind: str, text: SearchText) -> SearchEntry:
    body = " ".join(text.texts)[:LONGEST_TEXT]
    return SearchEntry(
        kind=kind,
        subject_id=text.subject_id,
        slug=text.slug,
        title=text.title[:LONGEST_TITLE],
        lead=text.lead[:LONGEST_LEAD],
        at=text.at,
        title_words=_vector(" ".join(words_of(text.title))),
        folded=_vector(" ".join(words_of(f"{text.title} {body}"))),
        marked=_vector(_as_written(f"{text.title} {body}")),
    )


def _as_written(text: str) -> str:
    """The words in small letters with their marks: “Dịch vụ-công” → “dịch vụ công”."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text.lower())))


def _vector(words: str) -> Any:
    return SearchVector(Value(words), config="simple")
