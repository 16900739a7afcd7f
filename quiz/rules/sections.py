"""What printed rules are made of: articles of numbered clauses, lettered points and tables.

Texts carry their own numbers (“1.”, “a)”), so that page, Word file and a citation such as “điểm b
khoản 2 Điều 5” agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

# Points are lettered in the order of the Vietnamese alphabet, without f, j, w, z.
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True)
class Table:
    """Cells are ready to show; `numeric` names the columns set flush right; `total` is the foot."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    total: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Clause:
    """One clause (“khoản”): a text, then its points, then its table."""

    text: str
    bullets: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Section:
    """One article (“Điều”)."""

    heading: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class ProseContext:
    """What the rules are printed with and do not hold themselves.

    `rounds` are (name, opens_at, closes_at), aware. `group_names` by code replace the document's.
    The rest belongs to the head of the printed paper.
    """

    contest_title: str
    body_name: str
    rounds: Sequence[tuple[str, datetime, datetime]] = ()
    hotline: str = ""
    group_names: Mapping[str, str] = field(default_factory=dict)
    parent_body: str = ""
    place: str = ""
    decision_number: str = ""
    decision_date: date | None = None


def letter(index: int) -> str:
    """a, b, c, d, đ, e, g …"""
    return _LETTERS[index % len(_LETTERS)] * (index // len(_LETTERS) + 1)


def number_clauses(heading: str, clauses: Iterable[Clause]) -> Section:
    """An article whose clauses are numbered (a lone one is not) and whose points are lettered."""
    kept = list(clauses)
    numbered = []
    for index, clause in enumerate(kept, start=1):
        text = f"{index}. {clause.text}" if len(kept) > 1 else clause.text
        points = tuple(f"{letter(i)}) {point}" for i, point in enumerate(clause.bullets))
        numbered.append(Clause(text, points, clause.table))
    return Section(heading, tuple(numbered))
