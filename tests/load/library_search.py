"""Finding something in a library of 20,000: 200 queries made from documents as people ask.

    python -m tests.load.library_search [--documents 20000] [--queries 200] [--list]

In an installation of its own, fills the index with generated documents (a title, two to three
hundred words; one in fifty as long as a circular of thirty pages) and asks the product's own
search.
Kinds of query, in turn: words of a title without marks, in order and shuffled; the beginning of a
title, the last word unfinished; a passage of the text; a title with its marks; two or three words
that thousands of documents have; words the law gave up. A query that the titles of more than ten
documents answer to the letter is passed over: no list of ten could hold them.

Prints p50, p95 and p99 of one search with reading its first twenty, the share of wanted documents
among the first ten where a query was made from one, and the slowest of each kind. Exit code 1 above
100 ms at p95 or below 95 %.
"""

import argparse
import random
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from quiz.wording import STOP_WORDS, words_of
from tests.load.item_bank import generate_items
from tests.load.ranking import in_new_installation

SLOWEST_MS, LEAST_FOUND = 100, 0.95
FIRST, PAGE = 10, 20
STARTED = datetime(2026, 1, 1, tzinfo=UTC)
COMMON = (
    "dich vu cong",
    "thu tuc hanh chinh",
    "cơ quan nhà nước",
    "ho so",
    "nguoi dan",
    "trực tuyến",
)
OLD = ("mức độ 3, 4", "cap huyen", "cong dich vu cong cap tinh", "cccd", "so ho khau")


@dataclass(frozen=True)
class Document:
    title: str
    text: str


@dataclass(frozen=True)
class Asked:
    kind: str
    text: str
    wanted: int | None = None


def generate_documents(count: int, *, seed: int = 11) -> list[Document]:
    """Titles and texts put together of generated sentences."""
    chance = random.Random(seed)
    sentences = [" ".join((item.stem, *item.options)) for item in generate_items(4 * count)]
    documents = []
    for number in range(count):
        parts = 400 if number % 50 == 0 else chance.randint(4, 6)
        title = sentences[number].split("?")[0][:200]
        documents.append(Document(title, ". ".join(chance.choices(sentences, k=parts))))
    return documents


def list_queries(documents: list[Document], count: int, *, seed: int = 7) -> list[Asked]:
    """`count` queries, kinds in turn."""
    chance = random.Random(seed)
    kinds = (_in_order, _shuffled, _beginning, _passage, _with_marks, _common, _old)
    titles = [set(words_of(document.title)) for document in documents]
    asked: list[Asked] = []
    while len(asked) < count:
        query = kinds[len(asked) % len(kinds)](documents, chance)
        if query.wanted is None or _answers(query, titles) <= FIRST:
            asked.append(query)
    return asked


def _answers(asked: Asked, titles: list[set[str]]) -> int:
    """How many titles hold every whole word of the query."""
    words = set(words_of(asked.text)[: -1 if asked.kind == "beginning" else None])
    return sum(words <= title for title in titles)


def _told(documents: list[Document], chance: random.Random) -> tuple[int, list[str]]:
    """A document, and the telling words of its title."""
    wanted = chance.randrange(len(documents))
    words = [word for word in words_of(documents[wanted].title) if word not in STOP_WORDS]
    return wanted, words


def _in_order(documents: list[Document], chance: random.Random) -> Asked:
    wanted, words = _told(documents, chance)
    return Asked("title words in order", " ".join(words[:8]), wanted)


def _shuffled(documents: list[Document], chance: random.Random) -> Asked:
    wanted, words = _told(documents, chance)
    return Asked("title words shuffled", " ".join(chance.sample(words, len(words))), wanted)


def _beginning(documents: list[Document], chance: random.Random) -> Asked:
    wanted, _words = _told(documents, chance)
    start = " ".join(words_of(documents[wanted].title)[:12])
    return Asked("beginning", start[:-1], wanted)


def _passage(documents: list[Document], chance: random.Random) -> Asked:
    wanted, _words = _told(documents, chance)
    words = words_of(documents[wanted].text)
    start = chance.randrange(max(1, len(words) - 12))
    return Asked("passage", " ".join(words[start : start + 12]))


def _with_marks(documents: list[Document], chance: random.Random) -> Asked:
    wanted, _words = _told(documents, chance)
    return Asked("title with marks", documents[wanted].title, wanted)


def _common(_documents: list[Document], chance: random.Random) -> Asked:
    return Asked("common words", chance.choice(COMMON))


def _old(_documents: list[Document], chance: random.Random) -> Asked:
    return Asked("old words", chance.choice(OLD))


def store(documents: list[Document]) -> None:
    from django.db import connection

    from training.domain.search_index import SearchText, index_things

    index_things(
        kind="material",
        texts=(
            SearchText(
                subject_id=number,
                slug=f"tai-lieu-{number}",
                title=document.title,
                texts=(document.text,),
                at=STARTED + timedelta(minutes=number),
            )
            for number, document in enumerate(documents)
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE training_searchentry")
        cursor.execute("SELECT pg_size_pretty(pg_total_relation_size('training_searchentry'))")
        print(f"the index: {cursor.fetchone()[0]}")


def search(text: str) -> list[int]:
    """The numbers of the first page."""
    from training.domain.library_search import search_library

    return [entry.subject_id for entry in search_library(text=text)[:PAGE]]


def measure(asked: list[Asked], documents: list[Document], *, tell: bool) -> int:
    took: dict[str, list[float]] = defaultdict(list)
    hits: list[bool] = []
    for query in asked:
        began = time.perf_counter()
        found = search(query.text)
        took[query.kind].append((time.perf_counter() - began) * 1000)
        if query.wanted is not None:
            title = documents[query.wanted].title
            hits.append(any(documents[number].title == title for number in found[:FIRST]))
        if tell or (query.wanted is not None and not hits[-1]):
            print(f"{query.kind}: {query.text}")
    for kind, times in took.items():
        print(f"{kind}: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms")
    every = sorted(ms for several in took.values() for ms in several)
    p50, p95, p99 = (every[int(len(every) * share)] for share in (0.5, 0.95, 0.99))
    share = statistics.mean(hits)
    print(f"{len(asked)} queries: p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms")
    print(f"{share:.1%} of the wanted documents among the first {FIRST}")
    return int(p95 > SLOWEST_MS or share < LEAST_FOUND)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--list", action="store_true", help="print every query")
    options = parser.parse_args()

    def work() -> int:
        documents = generate_documents(options.documents)
        store(documents)
        search("lam nong")
        asked = list_queries(documents, options.queries)
        return measure(asked, documents, tell=options.list)

    return in_new_installation(work)


if __name__ == "__main__":
    sys.exit(main())
