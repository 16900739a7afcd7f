"""The rule document as plain form fields, and back.

A `Sheet` holds what stands in the boxes, be it from the stored document or as somebody typed it;
`read_sheet` makes of it the data that `parse_rules` judges. Rows left empty are no rows.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict

from frontend.pages.workplace.rules_rows import (
    Row,
    cell_text,
    money_digits,
    posted_rows,
    with_codes,
)
from frontend.pages.workplace.unit_prize_form import (
    UNIT_BOXES,
    posted_unit_rows,
    unit_data,
    unit_rows,
)
from quiz.rules.labels import IDENTITY
from quiz.rules.schema import DEFAULT_DIRECTIONS, RuleDocument

# Boxes of one value: name of the box → path in the document.
PLAIN: dict[str, tuple[str, ...]] = {
    "decision_number": ("decision_number",),
    "title": ("title",),
    "birth_precision": ("entry", "birth_precision"),
    "minimum_age": ("entry", "minimum_age"),
    "persons_per_phone": ("entry", "persons_per_phone"),
    "reentry": ("entry", "reentry"),
    "attempts_per_round": ("entry", "attempts_per_round"),
    "at_close": ("entry", "at_close"),
    "grace_ms": ("entry", "grace_ms"),
    "points_per_item": ("entry", "points_per_item"),
    "multiple_marking": ("entry", "multiple_marking"),
    "counted_attempt": ("result", "counted_attempt"),
    "one_prize_per": ("result", "one_prize_per"),
    "reserves": ("result", "reserves"),
    "max_share_percent": ("result", "max_share_percent"),
    "budget": ("result", "budget"),
    "score_shown": ("result", "score_shown"),
    "key_shown": ("result", "key_shown"),
    "complaint_days": ("result", "complaint_days"),
    "actual_value_policy": ("result", "actual_value_policy"),
    "minor_names": ("result", "minor_names"),
}
PREDICTION = ("count", "who", "scope", "decimals")
LISTS = {
    "chain": ("kind", "precision"),
    "prizes": ("code", "name", "count", "money", "group", "by"),
}
BLUEPRINT = ("topic", "level", "count")


@dataclass
class GroupSheet:
    """The boxes of one group's paper."""

    code: str
    name: str
    rows: list[Row] = field(default_factory=list)
    shuffle_items: bool = True
    shuffle_options: bool = True
    fixed_items: str = ""


@dataclass
class Sheet:
    """`boxes` by name; `asked` and `identity` by identity field; `lists` by name."""

    boxes: dict[str, str]
    asked: dict[str, str]
    identity: list[str]
    require_all_answered: bool
    predicts: bool
    unit_prize: bool
    lists: dict[str, list[Row]]
    groups: list[GroupSheet]


def sheet_of(document: RuleDocument) -> Sheet:
    """The boxes filled from a document."""
    data = document.model_dump(mode="json")
    entry, result = data["entry"], data["result"]
    boxes = {name: cell_text(_at(data, path)) for name, path in PLAIN.items()}
    limit = document.entry.time_limit_seconds
    boxes["minutes"] = (
        "" if limit is None else cell_text(limit // 60 if limit % 60 == 0 else limit / 60)
    )
    day = document.decision_date
    boxes["decision_date"] = day.strftime("%d/%m/%Y") if day else ""
    prediction = entry["prediction"] or {
        "count": "persons",
        "who": "all_correct",
        "scope": "round",
        "decimals": 0,
    }
    boxes |= {f"prediction_{name}": cell_text(prediction[name]) for name in PREDICTION}
    unit_boxes, unit_lists = unit_rows(document.result.unit_prizes)
    return Sheet(
        boxes=boxes | unit_boxes,
        asked={
            name["name"]: "required" if name["required"] else "optional"
            for name in entry["identity_fields"]
        },
        identity=list(entry["identity_key"]),
        require_all_answered=entry["require_all_answered"],
        predicts=entry["prediction"] is not None,
        unit_prize=document.result.unit_prizes is not None,
        lists={
            "chain": [
                {"kind": criterion_value(c["kind"], c["direction"]), "precision": c["precision"]}
                for c in result["chain"]
            ],
            "prizes": [
                {name: cell_text(tier[name]) for name in LISTS["prizes"]}
                for tier in result["prizes"]
            ],
            **unit_lists,
        },
        groups=[_group_sheet(group) for group in data["groups"]],
    )


def _group_sheet(group: dict[str, Any]) -> GroupSheet:
    paper = group["paper"]
    return GroupSheet(
        code=group["code"],
        name=group["name"],
        rows=[{name: cell_text(row[name]) for name in BLUEPRINT} for row in paper["blueprint"]],
        shuffle_items=paper["shuffle_items"],
        shuffle_options=paper["shuffle_options"],
        fixed_items=", ".join(map(str, paper["fixed_items"] or [])),
    )


def criterion_value(kind: str, direction: str) -> str:
    """What stands for a criterion in its choice: its kind, turned round with “kind:direction”."""
    return kind if DEFAULT_DIRECTIONS[kind] == direction else f"{kind}:{direction}"


def _at(data: dict[str, Any], path: tuple[str, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def posted_sheet(post: QueryDict, groups: list[tuple[str, str]]) -> Sheet:
    """The boxes as typed; `groups` are the contest's (code, name)."""
    names = [
        *PLAIN,
        "minutes",
        "decision_date",
        *(f"prediction_{name}" for name in PREDICTION),
        *UNIT_BOXES,
    ]
    return Sheet(
        boxes={name: post.get(name, "").strip() for name in names},
        asked=_asked(post),
        identity=post.getlist("identity_key"),
        require_all_answered="require_all_answered" in post,
        predicts="predicts" in post,
        unit_prize="unit_prize" in post,
        lists={
            "chain": posted_rows(post, "chain", LISTS["chain"], lambda row: bool(row["kind"])),
            "prizes": posted_rows(post, "prizes", LISTS["prizes"], lambda row: bool(row["name"])),
            **posted_unit_rows(post),
        },
        groups=[_posted_group(post, code, name) for code, name in groups],
    )


def _asked(post: QueryDict) -> Row:
    """In the order of the form, which is the order in which entrants are asked."""
    names = [name.removeprefix("asked_") for name in post if name.startswith("asked_")]
    return {name: post.get(f"asked_{name}", "") for name in names if name in IDENTITY}


def _posted_group(post: QueryDict, code: str, name: str) -> GroupSheet:
    return GroupSheet(
        code=code,
        name=name,
        rows=posted_rows(post, f"paper_{code}", BLUEPRINT, lambda row: bool(row["count"])),
        shuffle_items=f"shuffle_items_{code}" in post,
        shuffle_options=f"shuffle_options_{code}" in post,
        fixed_items=post.get(f"fixed_items_{code}", "").strip(),
    )


def read_sheet(sheet: Sheet) -> dict[str, Any]:
    """The data of a rule document; whether it is a sound one is for `parse_rules` to say."""
    data: dict[str, Any] = {"entry": {}, "result": {}}
    for name, path in PLAIN.items():
        value = sheet.boxes[name]
        if name == "points_per_item":
            value = value.replace(",", ".")
        if name == "budget" and value:
            value = money_digits(value)
        if value:  # an empty box is no figure where there may be none; elsewhere the default holds
            _put(data, path, value)
    data["decision_date"] = _iso_date(sheet.boxes["decision_date"])
    entry, result = data["entry"], data["result"]
    entry["time_limit_seconds"] = _seconds(sheet.boxes["minutes"])
    entry["identity_fields"] = [
        {"name": name, "required": asked == "required"}
        for name, asked in sheet.asked.items()
        if asked
    ]
    entry["identity_key"] = [name for name in IDENTITY if name in sheet.identity]
    entry["require_all_answered"] = sheet.require_all_answered
    if sheet.predicts:
        entry["prediction"] = {name: sheet.boxes[f"prediction_{name}"] for name in PREDICTION}
    result["chain"] = [_criterion(row) for row in sheet.lists["chain"]]
    result["prizes"] = _prizes(sheet.lists["prizes"])
    if sheet.unit_prize:
        result["unit_prizes"] = unit_data(sheet.boxes, sheet.lists)
    data["groups"] = [_group(group) for group in sheet.groups]
    return data


def _put(data: dict[str, Any], path: tuple[str, ...], value: str) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


def _iso_date(text: str) -> str | None:
    """“22/11/2026” as the document keeps it; what is no date stays for the parser to refuse."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat() if text else None  # noqa: DTZ007
    except ValueError:
        return text


def _seconds(minutes: str) -> Any:
    """Minutes, with a comma or point for half ones, as whole seconds; else as typed."""
    if not minutes:
        return None
    try:
        return round(float(minutes.replace(",", ".")) * 60)
    except (ValueError, OverflowError):
        return minutes


def _criterion(row: Row) -> dict[str, Any]:
    kind, _colon, direction = row["kind"].partition(":")
    return {"kind": kind, "direction": direction or None, "precision": row["precision"] or "second"}


def _prizes(rows: list[Row]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "money": money_digits(row["money"]),
            "group": row["group"] or None,
            "by": row["by"] or "rank",
        }
        for row in with_codes(rows)
    ]


def _group(group: GroupSheet) -> dict[str, Any]:
    rows = [] if group.fixed_items else group.rows  # the page says that one replaces the other
    paper: dict[str, Any] = {
        "blueprint": [
            {"topic": row["topic"] or None, "level": row["level"] or None, "count": row["count"]}
            for row in rows
        ],
        "shuffle_items": group.shuffle_items,
        "shuffle_options": group.shuffle_options,
    }
    if group.fixed_items:
        paper["fixed_items"] = group.fixed_items.replace(",", " ").split()
    return {"code": group.code, "name": group.name, "paper": paper}
