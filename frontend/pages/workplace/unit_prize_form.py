"""The collective prize as rows of plain boxes, and back."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from frontend.pages.workplace.rules_rows import (
    Row,
    cell_text,
    money_digits,
    posted_rows,
    with_codes,
)
from quiz.rules.unit_prizes import UnitPrizeRules

# Rows of each list, and the box without which a row is none.
UNIT_LISTS: dict[str, tuple[str, ...]] = {
    "unit_components": ("kind", "weight", "at_least", "over", "count", "name"),
    "unit_conditions": ("kind", "percent", "size_from", "size_below"),
    "unit_ties": ("kind",),
    "unit_blocs": ("code", "name", "kinds"),
    "unit_prizes": ("code", "name", "count", "money", "bloc"),
}
UNIT_NEEDED = {"unit_blocs": "name", "unit_prizes": "name"}
UNIT_BOXES = ("unit_members", "unit_decimals")
_DEFAULTS = {"unit_members": "listed", "unit_decimals": "2"}
# Boxes that mean something to these figures alone.
_ONLY_FOR = {
    "at_least": ("share",),
    "over": ("average", "share"),
    "count": ("top",),
    "name": ("points",),
}


def unit_rows(rules: UnitPrizeRules | None) -> tuple[dict[str, str], dict[str, list[Row]]]:
    """The boxes and rows filled from the rules; without any, of an empty formula."""
    if rules is None:
        return dict(_DEFAULTS), {name: [] for name in UNIT_LISTS}
    data = rules.model_dump(mode="json")
    for bloc in data["blocs"]:
        bloc["kinds"] = ",".join(bloc["kinds"])
    data["ties"] = [{"kind": kind} for kind in data["ties"]]
    for part in data["components"]:
        part |= {box: None for box, kinds in _ONLY_FOR.items() if part["kind"] not in kinds}
    lists = {
        name: [
            {column: cell_text(row[column]) for column in columns}
            for row in data[name.removeprefix("unit_")]
        ]
        for name, columns in UNIT_LISTS.items()
    }
    return {box: cell_text(data[box.removeprefix("unit_")]) for box in UNIT_BOXES}, lists


def posted_unit_rows(post: QueryDict) -> dict[str, list[Row]]:
    """The rows of every list as typed."""
    return {name: _posted(post, name, columns) for name, columns in UNIT_LISTS.items()}


def _posted(post: QueryDict, name: str, columns: tuple[str, ...]) -> list[Row]:
    needed = UNIT_NEEDED.get(name, "kind")
    return posted_rows(post, name, columns, lambda row: bool(row[needed]))


def unit_data(boxes: Mapping[str, str], lists: Mapping[str, list[Row]]) -> dict[str, Any]:
    """The data of the rules as typed; whether they are sound is for the parser to say."""
    return {
        "members": boxes["unit_members"],
        "decimals": boxes["unit_decimals"],
        "components": [
            {name: value if name == "name" else _point(value) for name, value in row.items()}
            for row in lists["unit_components"]
        ],
        "conditions": [
            {name: _point(value) for name, value in row.items()} for row in lists["unit_conditions"]
        ],
        "ties": [row["kind"] for row in lists["unit_ties"]],
        "blocs": [
            {**row, "kinds": row["kinds"].split(",")} for row in with_codes(lists["unit_blocs"])
        ],
        "prizes": [
            {**row, "money": money_digits(row["money"]), "bloc": row["bloc"] or None}
            for row in with_codes(lists["unit_prizes"])
        ],
    }


def _point(value: str) -> str:
    """“12,5” as the document writes it."""
    return value.replace(",", ".")
