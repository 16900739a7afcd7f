"""The second verifier on collective prizes, from §16 of docs/release-format.md alone."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

Row = dict[str, Any]
Agree = Callable[[Any, str], None]


def check_units(table: Row, rules: Row, winners: list[Row], agree: Agree) -> None:
    expected = []
    for bloc in table["blocs"]:
        tiers = [t for t in rules["prizes"] if t.get("bloc") in (None, bloc["code"])]
        check_places(bloc["units"], rules, agree)
        for unit, tier in give(bloc["units"], tiers if table["complete"] else []):
            agree(unit["prize"] == (tier["code"] if tier else None), f"prize of {unit['unit']}")
            if tier:
                expected.append((bloc["name"], unit["unit"], unit["place"], tier["name"]))
    told = [(w["bloc"], w["unit"], w["place"], w["prize"]) for w in winners]
    agree(told == expected, "collective prizes")


def give(units: list[Row], tiers: list[Row]) -> Iterator[tuple[Row, Row | None]]:
    prizes = [tier for tier in tiers for _place in range(tier["count"])]
    for unit in units:
        place, given = unit["place"], None
        if place is not None:
            tied = sum(other["place"] == place for other in units)
            theirs = prizes[place - 1 : place - 1 + tied]
            if len(theirs) == tied and all(tier is theirs[0] for tier in theirs):
                given = theirs[0]
        yield unit, given


def check_places(units: list[Row], rules: Row, agree: Agree) -> None:
    few = sum("few" in unit for unit in units)
    compared = [(unit, compare(unit, rules, agree)) for unit in units if "few" not in unit]
    standing = [(unit, key) for unit, key in compared if key is not None]
    for unit, key in compared:
        name = f"place of {unit['unit']}"
        if key is None:
            agree(unit["place"] is None, name)
            continue
        first = 1 + sum(other > key for _unit, other in standing)
        agree(unit["place"] is not None and first <= unit["place"] <= first + few, name)
        for other, theirs in standing:
            if other["place"] is not None:
                agree((theirs > key) == (other["place"] < unit["place"]), name)


def compare(unit: Row, rules: Row, agree: Agree) -> tuple[Fraction, ...] | None:
    """What the unit is compared by, the larger first; None if a condition bars it."""
    decimals = rules.get("decimals", 2)
    ties = [kind for kind in rules.get("ties", []) if kind != "board"]
    conditions = rules.get("conditions", [])
    parts = list(rules["components"])
    for kind in [*(c["kind"] for c in conditions), *ties]:
        if kind != "size" and kind not in [part["kind"] for part in parts]:
            parts.append({"kind": kind})
    exact = {part["kind"]: figure(part, unit, rules) for part in reversed(parts)}
    figures = [to_decimals(figure(part, unit, rules), decimals) for part in parts]
    agree([Fraction(Decimal(text)) for text in unit["figures"]] == figures, unit["unit"])
    weighed = [
        Fraction(p["weight"]) * f for p, f in zip(rules["components"], figures, strict=False)
    ]
    total = to_decimals(Fraction(sum(weighed), 100), decimals)
    agree(Fraction(Decimal(unit["sum"])) == total, unit["unit"])
    size = size_of(unit, rules)
    for condition in conditions:
        below = condition.get("size_below")
        applies = (condition.get("size_from") or 0) <= size and (below is None or size < below)
        if applies and exact[condition["kind"]] < Fraction(str(condition.get("percent", "100"))):
            return None
    tied = [
        Fraction(size) if kind == "size" else to_decimals(exact[kind], decimals) for kind in ties
    ]
    return (total, *tied, Fraction(unit["preferred"]))


def size_of(unit: Row, rules: Row) -> int:
    return int(unit["listed" if rules["members"] == "listed" else "headcount"])


def figure(part: Row, unit: Row, rules: Row) -> Fraction:
    marks = [(Fraction(top, bottom), n) for top, bottom, n in unit["marks"]]
    persons = sum(n for _mark, n in marks)
    spread = persons
    if part.get("over", "entered") == "all":
        spread = max(persons, size_of(unit, rules))
    if part["kind"] == "completion":
        return share(100 * unit["done"], unit["listed"])
    if part["kind"] == "participation":
        return min(Fraction(100), share(100 * unit["entrants"], unit["headcount"]))
    if part["kind"] == "average":
        return share(sum(mark * n for mark, n in marks), spread)
    if part["kind"] == "share":
        enough = sum(n for mark, n in marks if mark >= part.get("at_least", 80))
        return share(100 * enough, spread)
    if part["kind"] == "winner":
        return Fraction(100 if unit["winners"] else 0)
    if part["kind"] == "points":
        return Fraction(*unit["points"])
    best = sorted((mark for mark, n in marks for _person in range(n)), reverse=True)
    count = part.get("count", 10)
    return Fraction(sum(best[:count]), count)


def share(part: Fraction | int, whole: int) -> Fraction:
    return Fraction(part) / whole if whole else Fraction(0)


def to_decimals(value: Fraction, decimals: int) -> Fraction:
    """Half up."""
    return Fraction(floor(value * 10**decimals + Fraction(1, 2)), 10**decimals)
