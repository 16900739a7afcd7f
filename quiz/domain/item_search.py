"""Finding items among tens of thousands: words in any order, with or without marks, and filters.

What holds the words in a row comes first, then what holds all of them, then what lacks a word that
stands everywhere, then what lacks one or two others, short words rather than long ones; of equals
those written with the typed marks, then those whose words stand closest. Each step is asked only
while the one before found fewer than a page. One index of PostgreSQL (`version_by_words`) does it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import (
    Case,
    Expression,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from quiz.domain.item_doubts import versions_to_check
from quiz.domain.item_usage import of_use, versions_of_hardness
from quiz.enums import ItemState
from quiz.models import Citation, ItemVersion, LegalDocument
from quiz.search_terms import (
    Term,
    all_query,
    marked_words,
    most_query,
    phrase_query,
    read_terms,
    telling_terms,
)
from quiz.wording import words_of

# Beyond this nobody turns pages: more words are typed instead.
MOST_FOUND = 1000
DOUBTFUL = "check"  # the figures of a sealed round ask for a second look
ENOUGH = 10


class Basis(StrEnum):
    """What is wrong with the documents an item rests on."""

    ENDED = "ended"  # out of force, and nobody decided about it
    UNCHECKED = "unchecked"


@dataclass(frozen=True)
class ItemSearch:
    """What is looked for; what is empty does not narrow."""

    text: str = ""
    topic: str = ""
    level: str = ""
    state: str = ""
    tag: str = ""
    cited: str = ""
    basis: str = ""
    author: int | None = None
    hardness: str = ""
    used: str = ""
    figures: str = ""

    @property
    def is_empty(self) -> bool:
        return self == ItemSearch()


def search_items(*, among: QuerySet[ItemVersion], wanted: ItemSearch) -> QuerySet[ItemVersion]:
    """Those of `among` (current versions) that are wanted, the best first.

    At most `MOST_FOUND` when there are words; without words in the order of banks and numbers.
    """
    narrowed = _narrow(among, wanted)
    if wanted.figures == DOUBTFUL:
        narrowed = among.filter(pk__in=versions_to_check(among=narrowed))
    terms = read_terms(wanted.text)
    if not terms:
        return narrowed.order_by("item__bank__name", "item__bank", "item__number")
    return _ranked(narrowed, terms, wanted.text)


def versions_like(*, among: QuerySet[ItemVersion], stem: str) -> list[int]:
    """The ids of versions that share most of a stem's long words; the candidates for a twin."""
    terms = telling_terms(read_terms(f"{stem} "))
    missing = min(3, (min(len(terms), 8) - 1) // 2)
    return _holding(among, most_query(terms, missing=missing)) if terms else []


def _narrow(versions: QuerySet[ItemVersion], wanted: ItemSearch) -> QuerySet[ItemVersion]:
    conditions = Q()
    if wanted.topic:
        conditions &= Q(topic__name=wanted.topic)
    if wanted.level:
        conditions &= Q(level=wanted.level)
    if wanted.state in ItemState.values:
        conditions &= Q(state=wanted.state)
    if wanted.tag:
        conditions &= Q(item__tags__name=wanted.tag)
    if wanted.author:
        conditions &= Q(author=wanted.author)
    if wanted.cited.strip():
        conditions &= Q(pk__in=_citing(wanted.cited))
    if wanted.basis:
        conditions &= Q(pk__in=_with_basis(wanted.basis))
    if wanted.hardness:
        conditions &= Q(pk__in=versions_of_hardness(wanted.hardness))
    if wanted.used:
        conditions &= of_use(wanted.used)
    return versions.filter(conditions)


def _with_basis(basis: str) -> QuerySet:
    versions = ItemVersion.objects.all()
    ended = versions.out_of_force(timezone.localdate())
    return (ended if basis == Basis.ENDED else versions.unchecked()).values("pk")


def _citing(cited: str) -> QuerySet:
    """Versions citing a document whose number holds what was typed: “118/2025”, “nđ-cp 118”."""
    words = set(words_of(cited))
    documents = LegalDocument.objects.values_list("pk", "number")
    named = [pk for pk, number in documents if words <= set(words_of(number))]
    return Citation.objects.filter(document__in=named).values("version")


def _ranked(
    versions: QuerySet[ItemVersion], terms: Sequence[Term], typed: str
) -> QuerySet[ItemVersion]:
    whole, telling = all_query(terms), telling_terms(terms)
    asked = all_query(telling)
    order: list[Expression] = [
        _holds(query) for query in (phrase_query(terms), whole, asked) if query
    ]
    order.append(_sum(_holds(term.as_query(), term.weight) for term in telling))
    order += [_sum(map(_written_so, marked))] if (marked := marked_words(typed)) else []
    closeness = SearchRank(F("search_vector"), _query(asked), cover_density=True)
    written = Concat("stem", Value(" ", TextField()), Cast("options", TextField()))
    found = ItemVersion.objects.filter(pk__in=_hits(versions, terms))
    return found.alias(text=written).order_by(
        *(step.desc() for step in order), closeness.desc(), "item__number", "pk"
    )


def _hits(versions: QuerySet[ItemVersion], terms: Sequence[Term]) -> list[int]:
    """Whom to put in order: of the first query that fills a page, or the last one asked.

    What is asked for grows from query to query; two words are given up only where else nothing
    would be found. Of more than anyone looks at, those with the words in a row are not lost.
    """
    telling = telling_terms(terms)
    found: list[int] = []
    queries = (all_query(terms), all_query(telling), most_query(telling, missing=1))
    for query in dict.fromkeys(filter(None, queries)):
        if len(found) < ENOUGH:
            found = _holding(versions, query)
    if len(found) == MOST_FOUND and (phrase := phrase_query(terms)):
        return list(dict.fromkeys(_holding(versions, phrase) + found))[:MOST_FOUND]
    widest = most_query(telling, missing=2)
    return found or (_holding(versions, widest) if widest else [])


def _holding(versions: QuerySet[ItemVersion], query: str) -> list[int]:
    hits = versions.filter(search_vector=_query(query)).order_by()
    return list(hits.values_list("pk", flat=True)[:MOST_FOUND])


def _query(text: str) -> SearchQuery:
    return SearchQuery(text, search_type="raw", config="simple")


def _sum(parts: Iterable[Case]) -> Expression:
    return ExpressionWrapper(reduce(add, parts), output_field=IntegerField())


def _holds(query: str, worth: int = 1) -> Case:
    return Case(When(search_vector=_query(query), then=worth), default=0)


def _written_so(word: str) -> Case:
    """1 where stem or options have the word with just these marks, large or small."""
    written = Q(text__contains=word) | Q(text__contains=word.capitalize())
    return Case(When(written, then=1), default=0)
