"""Articles, clauses and points as citations name them: “điểm a khoản 2 Điều 5”.

Only whether one text speaks of what another does is asked; where a text names several articles at
once, it counts as speaking of each as a whole, so that nothing out of force is overlooked.
"""

import re
from typing import NamedTuple

_PARTS = re.compile(
    r"\b(điều|khoản|điểm)\s+((?:\d+[a-zđ]?|[a-zđ])\b(?:\s*(?:,|;|và|hoặc)\s*(?:\d+[a-zđ]?|[a-zđ])\b(?!\s*[.)]))*)",
    re.IGNORECASE,
)
_ONE = re.compile(r"\d+[a-zđ]?|[a-zđ](?![\w])")


class Reference(NamedTuple):
    """One place in a document; "" is the whole of what stands above it."""

    article: str
    clause: str = ""
    point: str = ""


def references(text: str) -> tuple[Reference, ...]:
    """The places a citation names, whatever their order; none where it names no article."""
    named: dict[str, list[str]] = {"điều": [], "khoản": [], "điểm": []}
    for word, values in _PARTS.findall(text):
        named[word.lower()] += (value.lower() for value in _ONE.findall(values.lower()))
    articles, clauses, points = named.values()
    if len(articles) != 1:
        return tuple(Reference(article) for article in dict.fromkeys(articles))
    if len(clauses) != 1:
        return tuple(Reference(articles[0], clause) for clause in clauses or [""])
    return tuple(Reference(articles[0], clauses[0], point) for point in points or [""])


def speak_of_one(some: str, others: str) -> bool:
    """Whether a place of one text is, holds, or lies in a place of the other."""
    return any(
        one.article == other.article and _meet(one.clause, other.clause, one.point, other.point)
        for one in references(some)
        for other in references(others)
    )


def _meet(clause: str, other_clause: str, point: str, other_point: str) -> bool:
    if not clause or not other_clause:
        return True
    return clause == other_clause and (not point or not other_point or point == other_point)
