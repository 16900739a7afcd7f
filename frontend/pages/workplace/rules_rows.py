"""Rows of the rules editor's lists: as posted, as shown, with codes for new ones."""

from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from django.http import QueryDict

from quiz.domain.groups import free_group_code

Row = dict[str, str]
MOST_ROWS = 100


def cell_text(value: Any) -> str:
    """A value of the document as it stands in its box; none is an empty box."""
    return "" if value is None else str(value)


def posted_rows(
    post: QueryDict, prefix: str, names: tuple[str, ...], kept: Callable[[Row], bool]
) -> list[Row]:
    """The rows as typed, without those left empty."""
    columns = [post.getlist(f"{prefix}_{name}") for name in names]
    rows = [
        dict(zip(names, (cell.strip() for cell in cells), strict=True))
        for cells in list(zip_longest(*columns, fillvalue=""))[:MOST_ROWS]
    ]
    return [row for row in rows if kept(row)]


def with_codes(rows: list[Row]) -> list[dict[str, Any]]:
    """The rows, those typed without a code with one made of their name."""
    taken = [row["code"] for row in rows if row["code"]]
    coded = []
    for row in rows:
        code = row["code"] or free_group_code(row["name"], taken)
        taken.append(code)
        coded.append({**row, "code": code})
    return coded


def money_digits(text: str) -> str:
    """“1.500.000” as the document keeps it; nothing typed is no money."""
    return text.replace(".", "").replace(" ", "") or "0"
