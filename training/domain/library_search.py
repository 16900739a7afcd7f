"""Finding something in the library: words in any order, with or without marks, old words or new.

What is written with the typed marks comes first; then what has the words in its title, in a row
before apart, then what has them in a row or at all in its text; of equals those whose titles have
them closest, then the newest. A word is given up only where else next to nothing would be found.
Two indexes of PostgreSQL (`library_by_words`, `library_by_title`) do it.

Of words that thousands of things have, so many with them in their title and so many with them in
their text are put in order: whoever wants another types more of it.
"""

from collections.abc import Collection, Iterator, Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, QuerySet, When

from quiz.search_terms import (
    Term,
    all_query,
    marked_words,
    most_query,
    phrase_query,
    read_terms,
    telling_terms,
)
from training.models import SearchEntry

# Put in order at most: so many by their title, so many by their text.
MOST_FOUND = 100
ENOUGH = 3
LONGEST_TYPED = 200


def search_library(*, text: str, kinds: Collection[str] = ()) -> QuerySet[SearchEntry]:
    """What holds the words typed, the best first; nothing typed, nothing."""
    typed = text[:LONGEST_TYPED]
    among = SearchEntry.objects.filter(kind__in=kinds) if kinds else SearchEntry.objects.all()
    terms = read_terms(typed)
    if not terms:
        return SearchEntry.objects.none()
    telling = telling_terms(terms)
    loosening = list(dict.fromkeys((all_query(terms), all_query(telling))))
    found, stricter = _hits(among, [*loosening, most_query(telling, missing=1)])
    order = [step.desc() for step in _order(terms, typed, loosening[:stricter])]
    closeness = SearchRank(F("title_words"), _query(loosening[-1]), cover_density=True)
    ordered = SearchEntry.objects.filter(pk__in=found).order_by(
        *order, closeness.desc(), "-at", "-pk"
    )
    return ordered.defer("title_words", "folded", "marked")


def _hits(among: QuerySet[SearchEntry], queries: Sequence[str]) -> tuple[list[int], int]:
    """Whom to put in order, of the first query that finds enough or the last one asked; and how
    many queries were stricter.
    """
    found: list[int] = []
    stricter = 0
    for place, query in enumerate(queries):
        if query and len(found) < ENOUGH:
            by_title = among.filter(title_words=_query(query)).order_by("-at", "-pk")
            # Any of them: to sort thousands by their day, each would have to be looked at.
            by_text = among.filter(folded=_query(query)).order_by()
            found = list(dict.fromkeys([*_first(by_title), *_first(by_text)]))
            stricter = place
    return found, stricter


def _first(hits: QuerySet[SearchEntry]) -> list[int]:
    return list(hits.values_list("pk", flat=True)[:MOST_FOUND])


def _order(terms: Sequence[Term], typed: str, stricter: Sequence[str]) -> Iterator[Case]:
    """The steps of the order, each 1 for those that have what it asks for.

    Long texts are read from disk for each step that looks at them: what all have is not asked.
    """
    telling = all_query(telling_terms(terms))
    phrase = phrase_query(terms)
    if marked := marked_words(typed):
        yield _holds("marked", " & ".join(f"'{word}'" for word in marked))
    for query in dict.fromkeys(filter(None, (phrase, all_query(terms), telling))):
        yield _holds("title_words", query)
    for query in dict.fromkeys(filter(None, (phrase, *stricter))):
        yield _holds("folded", query)


def _query(text: str) -> SearchQuery:
    return SearchQuery(text, search_type="raw", config="simple")


def _holds(column: str, query: str) -> Case:
    return Case(When(**{column: _query(query)}, then=1), default=0)
