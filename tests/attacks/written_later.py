"""What invented rounds may have besides: corrections, heads, notices of lots, other prizes.

Written from docs/release-format.md, like `written_bundles.py`, which calls this.
"""

import hashlib
import random
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.attacks.bundles import Files
from tests.attacks.second_ages import places_by_age
from tests.attacks.second_units import compare, figure, give, to_decimals
from tests.attacks.second_verifier import canon, leaf_of, merkle, tag_hash

Row = dict[str, Any]
REMEDIES = ("replace", "accept_both", "marks_to_all", "drop")
KINDS = ("completion", "participation", "average", "share", "top", "winner", "points")


def text_of(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


# --- corrections ---------------------------------------------------------------------------------


def amend_keys(dice: random.Random, files: Files) -> None:
    """Before anything is marked: this is the second release, with amended keys."""
    release, document = files["release.json"], files["commitment.json"]["document"]
    made = []
    for group, keys in document["keys"].items():
        items = document["pools"][group]["items"]
        for place in dice.sample(range(len(keys)), dice.randrange(3)):
            single = items[place]["kind"] == "single"
            new = [m for m in ((1, 2, 4) if single else range(1, 8)) if m != keys[place]]
            remedy = dice.choice(REMEDIES)
            one = {
                "commitment": release["round"]["commitment"],
                "group": group,
                "place": place,
                "remedy": remedy,
                "old": keys[place],
                "new": dice.choice(new) if remedy in REMEDIES[:2] else 0,
                "reason": "Sai đáp án",
            }
            made.append(one | {"digest": tag_hash("amendment", canon(one)).hex()})
    release |= {
        "format": "minhthi-release/2",
        "number": 2,
        "corrections": [
            {"number": 1, "reason": "Rà soát", "keys": made, "entries": [], "withdrawn": []}
        ],
    }
    files["earlier.json"] = [{"number": 1, "previous": None, "winners": []}]


def name_entries(dice: random.Random, files: Files) -> None:
    """After fates and prizes: whose fate the correction changed, who lost a prize."""
    [made] = files["release.json"]["corrections"]
    for row in files["leaves.jsonl"]:
        if dice.random() < 0.2:
            act = "void" if row["fate"] == "voided" else "restore"
            made["entries"].append({"leaf": leaf_of(row).hex(), "act": act})
    awarded = {one["leaf"] for one in files["awards.json"]["awards"]}
    others = [leaf_of(row).hex() for row in files["leaves.jsonl"]]
    others = [leaf for leaf in others if leaf not in awarded]
    if others and dice.random() < 0.5:
        leaf = dice.choice(others)
        made["withdrawn"].append({"group": "dan", "prize": "Nhất", "leaf": leaf})


def chain(files: Files) -> None:
    """Once the root is known: the first release says the same, and the second names it."""
    release = files["release.json"]
    if "earlier.json" in files:
        [first] = files["earlier.json"]
        first |= {name: release[name] for name in ("contest", "round", "root", "size")}
        first |= {"actual_values": release["actual_values"]}
        release["previous"] = tag_hash("release", canon(first)).hex()


# --- heads ---------------------------------------------------------------------------------------


def add_heads(dice: random.Random, files: Files, ends: dict[str, str]) -> None:
    """`ends`: when each leaf's entry ended. Some heads stay closed."""
    rows, release = files["leaves.jsonl"], files["release.json"]
    moments = sorted({dice.choice([*ends.values(), "2026-11-02T04:00:00.000Z"]) for _ in range(3)})
    heads: list[Row] = []
    before = release["round"]["commitment"]
    for number, at in enumerate(moments, 1):
        leaves = [leaf_of(row) for row in rows if ends[leaf_of(row).hex()] <= at]
        root = merkle([hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves]).hex()
        head = {"number": number, "at": at, "root": root, "size": len(leaves), "previous": before}
        nonce = dice.randbytes(32)
        before = tag_hash("head", nonce + canon(head)).hex()
        hidden = {name: head[name] for name in ("number", "at", "previous")}
        told = head | {"nonce": nonce.hex()} if dice.random() < 0.7 else hidden
        heads.append(told | {"digest": before})
    for row in rows:
        holding = [
            head["number"]
            for head in heads
            if "nonce" in head and ends[leaf_of(row).hex()] <= head["at"]
        ]
        if holding:
            row["head"] = holding[0]
    files["heads.json"] = heads
    release["heads"] = {"count": len(heads), "last": before}


# --- lots ----------------------------------------------------------------------------------------


def add_notices(dice: random.Random, files: Files) -> None:
    moment = datetime(2026, 11, 9, 2, tzinfo=UTC)
    told = {"published_at": text_of(moment), "draws_at": text_of(moment + timedelta(minutes=1))}
    for tie in files["awards.json"]["ties"]:
        digest = tag_hash("tied", canon(sorted(tie["order"]))).hex()
        if dice.random() < 0.8:
            tie["notice"] = told | {"digest": digest}
    if dice.random() < 0.3:
        taken_back = told | {"digest": "0" * 64, "source": "Xổ số", "reason": "Ngày nghỉ"}
        files["awards.json"]["withdrawn"] = [taken_back]


# --- prizes by age -------------------------------------------------------------------------------


def age_rules(dice: random.Random, tiers: list[Row]) -> list[Row]:
    """`tiers` and some by age among them: the document says the order of places, not they."""
    found = list(tiers)
    for number in range(dice.randint(1, 2)):
        tier = {"code": f"tuoi-{number}", "name": f"Tuổi {number}", "count": dice.randrange(3)}
        tier |= {"money": 2, "group": dice.choice([None, None, "dan"])}
        found.insert(dice.randrange(3), tier | {"by": dice.choice(["oldest", "youngest"])})
    return found


def give_ages(
    dice: random.Random, files: Files, group: str, ranked: list[Any], cap: int | None
) -> list[tuple[Row, Any, Row, int]]:
    """Prizes by age to anybody who may have one; (row, marks, tier, place) of each.

    No birth date is in a public bundle, so whom they go to is not asked.
    """
    result = files["commitment.json"]["document"]["rules"]["result"]["result"]
    awards, found = files["awards.json"], []
    taken = {one["leaf"] for one in awards["awards"] if one["kind"] == "prize"}
    taken = taken if result["one_prize_per"] != "none" else set()
    passed = {one["leaf"] for one in awards["skipped"]}
    for code, places in places_by_age(result["prizes"], group, lambda _group: cap).items():
        [tier] = [tier for tier in result["prizes"] if tier["code"] == code]
        people = [(leaf_of(row).hex(), rank, row, m) for rank, (_k, row, m) in enumerate(ranked, 1)]
        free = [one for one in people if one[0] not in taken | passed]
        chosen = dice.sample(free, min(len(places), len(free)))
        for place, (leaf, rank, row, marks) in zip(places, chosen, strict=False):
            given = {"group": group, "kind": "side", "tier": code, "place": place}
            awards["awards"].append(given | {"rank": rank, "leaf": leaf})
            found.append((row, marks, tier, place))
            taken |= {leaf} if result["one_prize_per"] != "none" else set()
    return found


# --- collective prizes ---------------------------------------------------------------------------


def unit_rules(dice: random.Random) -> Row:
    kinds = dice.sample(KINDS, dice.randint(1, 3))
    return {
        "members": dice.choice(["listed", "everybody"]),
        "components": [
            {"kind": kind, "weight": dice.choice([20, 30, 50])}
            | ({"over": dice.choice(["entered", "all"])} if kind in ("average", "share") else {})
            | ({"at_least": dice.choice([50, 80])} if kind == "share" else {})
            | ({"count": dice.choice([3, 20])} if kind == "top" else {})
            for kind in kinds
        ],
        "conditions": [
            {"kind": "participation", "percent": "40", "size_from": None, "size_below": 80}
        ][: dice.randrange(2)],
        "ties": dice.choice([["size", "board"], ["average", "board"], ["board"], []]),
        "decimals": dice.choice([0, 2]),
        "prizes": [
            {"code": "a", "name": "Cờ", "count": dice.randrange(3), "money": 5, "bloc": None},
            {"code": "b", "name": "Bằng khen", "count": 1, "money": 3, "bloc": "xa"},
        ],
    }


def add_units(dice: random.Random, files: Files) -> None:
    rules = files["commitment.json"]["document"]["rules"]["result"]["result"]["unit_prizes"]
    blocs = [("xa", "Khối xã"), ("so", "Khối sở")][: dice.choice([1, 2])]
    table: Row = {"complete": dice.random() < 0.8, "blocs": []}
    winners = []
    for code, name in blocs:
        units = [invent_unit(dice, f"{name} {n}", rules) for n in range(dice.randint(1, 5))]
        place_units(dice, units, rules)
        tiers = [tier for tier in rules["prizes"] if tier["bloc"] in (None, code)]
        for unit, tier in give(units, tiers if table["complete"] else []):
            unit["prize"] = tier["code"] if tier else None
            if tier:
                told = {part: unit[part] for part in ("unit", "above", "place")}
                money = {"prize": tier["name"], "money": tier["money"]}
                winners.append({"bloc": name, **told, **money, "sum": unit.get("sum")})
        table["blocs"].append({"code": code, "name": name, "units": units})
    files["units.json"] = table
    digest = tag_hash("units", canon(table)).hex()
    files["release.json"]["unit_prizes"] = {"digest": digest, "winners": winners}


def invent_unit(dice: random.Random, name: str, rules: Row) -> Row:
    entrants = dice.randrange(10, 40)
    unit: Row = {
        "unit": name,
        "above": "Tỉnh",
        "listed": dice.randrange(10, 100),
        "done": dice.randrange(10),
        "headcount": dice.choice([0, dice.randrange(10, 100)]),
        "entrants": entrants,
        "winners": dice.randrange(2),
        "points": [dice.randrange(10), 3],
        "preferred": dice.randrange(2),
        "marks": [[dice.randrange(101), 1, dice.randint(1, 9)] for _ in range(3)],
    }
    decimals = rules["decimals"]
    named = [part["kind"] for part in rules["components"]]
    others = [*(c["kind"] for c in rules["conditions"]), *rules["ties"]]
    others = [kind for kind in dict.fromkeys(others) if kind not in (*named, "size", "board")]
    parts = [*rules["components"], *({"kind": kind} for kind in others)]
    figures = [to_decimals(figure(part, unit, rules), decimals) for part in parts]
    weighed = zip(rules["components"], figures, strict=False)
    total = to_decimals(sum(part["weight"] * f for part, f in weighed) / 100, decimals)
    return unit | {"figures": [written(f) for f in figures], "sum": written(total)}


def written(value: Any) -> str:
    """What was rounded to at most two decimals."""
    text = f"{value.numerator * 100 // value.denominator:03d}"
    whole, part = text[:-2], text[-2:].rstrip("0")
    return f"{whole}.{part}" if part else whole


def place_units(dice: random.Random, units: list[Row], rules: Row) -> None:
    def agreed(truth: Any, what: str) -> None:
        assert truth, what

    keys = [compare(unit, rules, agreed) for unit in units]
    for unit, key in zip(units, keys, strict=True):
        ahead = sum(other is not None and key is not None and other > key for other in keys)
        unit["place"] = None if key is None else 1 + ahead
    placed = sum(key is not None for key in keys)
    for number in range(dice.choice([0, 0, 2])):
        small = {"unit": f"Đơn vị nhỏ {number}", "above": "Tỉnh", "few": True}
        units.append(small | {"place": placed + 1 + number})
    units.sort(key=lambda unit: (unit["place"] is None, unit["place"] or 0))
