"""Finding something in the library: words in any order, with or without marks, old words or new.

What is written with the typed marks comes first; then what has the words in a row, then what has
them all, in its title before in its text; of equals those whose words stand closest, the newest
first. A word is given up only where else next to nothing would be found. One index of PostgreSQL
(`library_by_words`) does it.
"""

import re
from collections.abc import Collection, Sequence

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

# Beyond this nobody turns pages: more words are typed instead.
MOST_FOUND = 500
ENOUGH = 3
LONGEST_TYPED = 200
_QUOTED = re.compile(r"('[a-z0-9]+')(?::(\*))?")


def search_library(*, text: str, kinds: Collection[str] = ()) -> QuerySet[SearchEntry]:
    """What was typed finds at most `MOST_FOUND` things, the best first; nothing typed, nothing."""
    typed = text[:LONGEST_TYPED]
    among = SearchEntry.objects.filter(kind__in=kinds) if kinds else SearchEntry.objects.all()
    terms = read_terms(typed)
    if not terms:
        return SearchEntry.objects.none()
    found = SearchEntry.objects.filter(pk__in=_hits(among, terms))
    asked = all_query(telling_terms(terms))
    closeness = SearchRank(F("folded"), _query(asked), cover_density=True)
    order = [step.desc() for step in _order(terms, typed)]
    return found.order_by(*order, closeness.desc(), "-at", "-pk").defer("folded", "marked")


def _hits(among: QuerySet[SearchEntry], terms: Sequence[Term]) -> list[int]:
    """Whom to put in order: of the first query that finds enough, or the last one asked.

    Of more than anyone looks at, those with the words in a row are not lost.
    """
    telling = telling_terms(terms)
    queries = (all_query(terms), all_query(telling), most_query(telling, missing=1))
    found: list[int] = []
    for query in dict.fromkeys(filter(None, queries)):
        if len(found) < ENOUGH:
            found = _holding(among, query)
    if len(found) == MOST_FOUND and (phrase := phrase_query(terms)):
        found = list(dict.fromkeys(_holding(among, phrase) + found))[:MOST_FOUND]
    return found


def _holding(among: QuerySet[SearchEntry], query: str) -> list[int]:
    hits = among.filter(folded=_query(query)).order_by("-at", "-pk")
    return list(hits.values_list("pk", flat=True)[:MOST_FOUND])


def _order(terms: Sequence[Term], typed: str) -> list[Case]:
    """The steps of the order, each 1 for those that have what it asks for."""
    whole, telling = all_query(terms), all_query(telling_terms(terms))
    phrase = phrase_query(terms) or whole
    steps = [_holds("folded", query) for query in dict.fromkeys((phrase, whole, telling))]
    steps.insert(1, _holds("folded", _in_title(telling_terms(terms))))
    if marked := marked_words(typed):
        steps.insert(0, _holds("marked", " & ".join(f"'{word}'" for word in marked)))
    return steps


def _in_title(terms: Sequence[Term]) -> str:
    """Every term in the title, whose words weigh A: `'dich' & 'vu':*` → `'dich':A & 'vu':*A`."""
    return _QUOTED.sub(r"\1:\2A", all_query(terms))


def _query(text: str) -> SearchQuery:
    return SearchQuery(text, search_type="raw", config="simple")


def _holds(column: str, query: str) -> Case:
    return Case(When(**{column: _query(query)}, then=1), default=0)
