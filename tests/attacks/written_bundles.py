"""Bundles of invented rounds, written from docs/release-format.md without platform or database."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.attacks.bundles import Files
from tests.attacks.second_ages import by_age
from tests.attacks.second_verifier import Judge, canon, commitments, leaf_of, mac, tag_hash
from tests.attacks.written_later import (
    add_heads,
    add_notices,
    add_units,
    age_rules,
    amend_keys,
    give_ages,
    name_entries,
    unit_rules,
)

Row = dict[str, Any]
OPENS = datetime(2026, 11, 2, 3, tzinfo=UTC)
BOUNDS = {"prediction": (1, 2, 3), "duration": (60_000, 10_000), "ended": (3_600_000, 60_000)}
STEPS = ("prediction_error", "duration", "submitted_at")
NATURAL = {"score": "desc"}


def moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def seal(secret: bytes, name: str, value: Any) -> Row:
    return {"value": value, "key": mac(secret, f"field:{name}".encode()).hex()}


def intervals(secret: bytes, entry: Row) -> dict[str, Row]:
    """All seven of an entry, opened."""
    found: dict[str, Any] = {}
    for digits in BOUNDS["prediction"]:
        value = entry["prediction"]
        low = None if value is None else int(f"{value}"[:digits].ljust(len(f"{value}"), "0"))
        width = None if value is None else 10 ** max(0, len(f"{value}") - digits)
        if value is not None and digits > len(f"{value}"):
            high = value + Decimal(1).scaleb(len(f"{value}") - digits)
            found[f"prediction/{digits}"] = [str(value), f"{high:f}"]
        else:
            found[f"prediction/{digits}"] = low if low is None else [str(low), str(low + width)]
    took = (entry["ended"] - entry["started"]) // timedelta(milliseconds=1)
    for width in BOUNDS["duration"]:
        found[f"duration/{width}"] = [took - took % width, took - took % width + width]
    for width in BOUNDS["ended"]:
        span = timedelta(milliseconds=width)
        low = entry["ended"] - (entry["ended"] - datetime(1970, 1, 1, tzinfo=UTC)) % span
        found[f"ended/{width}"] = [moment(low), moment(low + span)]
    return {name: seal(secret, f"bounds/{name}", value) for name, value in found.items()}


def close_parts(parts: dict[str, Row], but: set[str]) -> dict[str, Row]:
    closed = commitments(parts)
    return {n: p if n in but else {"commitment": closed[n]} for n, p in parts.items()}


def write_contest(dice: random.Random) -> Files:
    """A round that nothing is wrong with."""
    groups = ["dan", "can-bo"][: dice.choice([1, 2])]
    rules = invent_rules(dice, groups)
    items = [
        {
            "kind": dice.choice(["single", "multiple"]),
            "stem": f"Câu {n}?",
            "options": ["a", "b", "c"],
        }
        for n in range(6)
    ]
    pool = {"rows": [{"items": list(range(6)), "count": 4}], "items": items}
    keys = {
        group: [1 << dice.randrange(3) if i["kind"] == "single" else 3 for i in items]
        for group in groups
    }
    document = {"pools": dict.fromkeys(groups, pool), "keys": keys, "rules": rules}
    secret = dice.randbytes(32)
    commitment = tag_hash("commit", secret + canon(document)).hex()
    release: Row = {
        "contest": {"code": "bia"},
        "number": 1,
        "previous": None,
        "round": {"commitment": commitment},
        "winners": [],
        "actual_values": {},
    }
    files: Files = {
        "release.json": release,
        "commitment.json": {"secret": secret.hex(), "document": document},
        "awards.json": {"awards": [], "skipped": [], "ties": [], "entrants": {}},
        "leaves.jsonl": [
            invent_row(dice, group, document["keys"][group], commitment)
            for group in groups
            for _ in range(dice.randrange(16))
        ],
        "manifest.json": {"release": ""},
    }
    if any(map(by_age, rules["result"]["result"]["prizes"])) or cuts_score(rules):
        files["manifest.json"]["format"] = "minhthi-bundle/3"
    dice.shuffle(files["leaves.jsonl"])
    corrected = dice.random() < 0.4
    if corrected:
        amend_keys(dice, files)
    ends = {leaf_of(row).hex(): row["opening"]["ended"]["value"] for row in files["leaves.jsonl"]}
    give_prizes(dice, files)
    add_notices(dice, files)
    if corrected:
        name_entries(dice, files)
    if dice.random() < 0.4:
        add_heads(dice, files, ends)
    if "unit_prizes" in rules["result"]["result"]:
        add_units(dice, files)
    return files


def cuts_score(rules: Row) -> bool:
    chain = rules["result"]["result"]["chain"]
    return any(c["kind"] == "score" and c["precision"] in ("whole", "tenth") for c in chain)


def invent_rules(dice: random.Random, groups: list[str]) -> Row:
    cut = dice.choice(["second", "second", "whole", "tenth", "hundredth"])
    chain = [{"kind": "score", "direction": "desc", "precision": cut}]
    chain += [
        {
            "kind": kind,
            "direction": dice.choice(["asc", "asc", "desc"]),
            "precision": dice.choice(["whole", "hundredth"])
            if kind == "prediction_error"
            else dice.choice(["ms", "second", "minute"]),
        }
        for kind in dice.sample(STEPS, dice.randrange(4))
    ]
    if dice.random() < 0.3:
        chain.insert(0, {"kind": "all_correct", "direction": "desc", "precision": "second"})
    chain.append({"kind": "lot", "direction": "asc", "precision": "second"})
    entry = {
        "points_per_item": dice.choice(["1", "0.5", "3.33"]),
        "multiple_marking": dice.choice(["partial", "all_or_nothing"]),
        "require_all_answered": dice.random() < 0.3,
        "attempts_per_round": 1,
        "prediction": {"count": "persons", "who": "all_correct", "scope": "round", "decimals": 0},
    }
    tiers = [
        {"code": "nhat", "name": "Nhất", "count": dice.randrange(3), "money": 5, "group": None},
        {"code": "dan", "name": "Dân", "count": 1, "money": 3, "group": "dan"},
    ]
    result = {
        "chain": chain,
        "counted_attempt": "best",
        "one_prize_per": dice.choice(["contest", "none"]),
        "prizes": age_rules(dice, tiers) if dice.random() < 0.7 else tiers,
        "reserves": dice.randrange(3),
        "max_share_percent": dice.choice([None, None, 20]),
        "actual_value_policy": dice.choice(["frozen", "recomputed"]),
        **({"unit_prizes": unit_rules(dice)} if dice.random() < 0.4 else {}),
    }
    return {
        "entry": {"entry": entry, "groups": [{"code": group} for group in groups]},
        "result": {"result": result},
    }


def invent_row(dice: random.Random, group: str, keys: list[int], commitment: str) -> Row:
    """An entry opened whole, its fate still open."""
    secret = dice.randbytes(32)
    items = dice.sample(range(6), 4)
    answers = [keys[i] if dice.random() < 0.9 else dice.randrange(8) for i in items]
    started = OPENS + timedelta(milliseconds=dice.randrange(10**7))
    entry = {
        "prediction": dice.choice([None, dice.randrange(1, 2000), 7]),
        "started": started,
        "ended": started + timedelta(milliseconds=dice.choice([30_000, dice.randrange(10**6)])),
    }
    bounds = intervals(secret, entry)
    values = {
        "paper": [[i, [0, 1, 2]] for i in items],
        "answers": answers,
        "prediction": None if entry["prediction"] is None else str(entry["prediction"]),
        "started": moment(entry["started"]),
        "ended": moment(entry["ended"]),
        "person": mac(secret, b"person:7").hex()[:32],
        "unit": 5,
        "group": group,
        "closed_by": 1,
        "round": commitment,
        "bounds": tag_hash("bounds", canon(commitments(bounds))).hex(),
    }
    opening = {name: seal(secret, name, value) for name, value in values.items()}
    return {"fate": "", "opening": opening, "bounds": bounds}


def give_prizes(dice: random.Random, files: Files) -> None:
    rows, release, awards = files["leaves.jsonl"], files["release.json"], files["awards.json"]
    judge = Judge(files)
    judge.amend()
    fates = ("counted", "unranked", "superseded", "voided", "duplicate")
    for row in rows:
        judged = "counted" if judge.eligible(judge.marks(row)) else "unranked"
        row["fate"] = judged if dice.random() < 0.9 else dice.choice(fates[2:])
    marked = [(row, judge.marks(row)) for row in rows if row["fate"] in fates[:2]]
    counted = [(row, marks) for row, marks in marked if row["fate"] == "counted"]
    group_of = {id(row): row["opening"]["group"]["value"] for row, _marks in counted}
    right = sum(marks[1] == marks[3] for _row, marks in counted)
    if judge.corrections and judge.result["actual_value_policy"] == "frozen":
        right += dice.randrange(3)
    groups = [one["code"] for one in judge.document["rules"]["entry"]["groups"]]
    for group in groups:
        release["actual_values"][group] = {
            "value": str(right),
            "persons": len(counted),
            "persons_all_correct": right,
        }
        mine = [row for row, _m in marked if row["opening"]["group"]["value"] == group]
        awards["entrants"][group] = len(mine)
    judge = Judge(files)
    judge.amend()
    judge.ties()
    draw_lots(dice, judge, counted, awards)
    judge.ties()
    for group in groups:
        mine = [
            (judge.key(row, marks[0])[0], row, marks)
            for row, marks in counted
            if group_of[id(row)] == group
        ]
        award_group(dice, files, judge, group, sorted(mine, key=lambda one: one[0]))
    for row in rows:
        if row["fate"] == "unranked":
            show(row, {"paper", "answers", "group", "person"}, set())
        elif row["fate"] != "counted":
            close(row)
    release["root"], release["size"] = "", len(rows)
    release["counts"] = {fate: sum(row["fate"] == fate for row in rows) for fate in fates}


def draw_lots(dice: random.Random, judge: Judge, counted: list[Any], awards: Row) -> None:
    """Every tie is drawn, so that none is left."""
    tied: defaultdict[Any, list[str]] = defaultdict(list)
    for row, marks in counted:
        group = row["opening"]["group"]["value"]
        tied[group, judge.key(row, marks[0])[0]].append(leaf_of(row).hex())
    for leaves in tied.values():
        if len(leaves) > 1:
            seed = f"{dice.randrange(1000)}"
            order = sorted(
                leaves, key=lambda x, seed=seed: tag_hash("lot", seed.encode() + bytes.fromhex(x))
            )
            awards["ties"].append({"method": "lot", "seed": seed, "order": order})


def award_group(
    dice: random.Random, files: Files, judge: Judge, group: str, ranked: list[Any]
) -> None:
    release, awards = files["release.json"], files["awards.json"]
    room = judge.cap(group)
    tiers = [t for t in judge.result["prizes"] if t["group"] in (None, group) and not by_age(t)]
    places = [tier for tier in tiers for _ in range(tier["count"])][:room]
    total, taken, cut = len(places) + judge.result["reserves"], 0, None
    rest = []
    for rank, (key, row, marks) in enumerate(ranked, 1):
        leaf = leaf_of(row).hex()
        if taken >= total:
            rest.append((key, row, marks))
            continue
        cut = key
        if dice.random() < 0.1:
            awards["skipped"].append({"group": group, "leaf": leaf})
        else:
            prize = taken < len(places)
            given = {
                "group": group,
                "kind": "prize" if prize else "reserve",
                "tier": places[taken]["code"] if prize else "reserve",
                "place": taken + 1 if prize else taken + 1 - len(places),
                "rank": rank,
                "leaf": leaf,
            }
            awards["awards"].append(given)
            if prize:
                release["winners"].append(winner(row, marks, group, taken + 1, places[taken]))
            taken += 1
    sides = give_ages(dice, files, group, ranked, room)
    for row, marks, tier, place in sides:
        release["winners"].append(winner(row, marks, group, place, tier))
    front = [row for _key, row, _marks in ranked[: len(ranked) - len(rest)]]
    whole = {id(row): row for row in (*front, *(one[0] for one in sides))}
    for row in whole.values():
        show(row, {*row["opening"]} - {"unit", "closed_by", "bounds"}, set())
    for key, row, marks in rest:
        if id(row) not in whole:
            behind(dice, judge, key, cut, row, marks)


def winner(row: Row, marks: Any, group: str, place: int, tier: Row) -> Row:
    values = {name: part["value"] for name, part in row["opening"].items()}
    took = datetime.fromisoformat(values["ended"]) - datetime.fromisoformat(values["started"])
    return {
        "group": group,
        "place": place,
        "prize": tier["name"],
        "money": tier["money"],
        "name": "Nguyễn Thị Bịa",
        "unit": "",
        "correct": marks[1],
        "total": marks[3],
        "prediction": values["prediction"],
        "duration_ms": took // timedelta(milliseconds=1),
    }


def behind(dice: random.Random, judge: Judge, key: Any, cut: Any, row: Row, marks: Any) -> None:
    """One of the ways in which the format shows an entry behind the frontier."""
    paper = {"paper", "answers", "group", "person"}
    if dice.random() < 0.05:
        close(row)
        row["closed"] = "few"
        return
    if cut is None or dice.random() < 0.2:
        show(row, paper, set())
        row["behind"] = True
        return
    last = next(
        at for at, (mine, theirs) in enumerate(zip(key, cut, strict=True)) if mine != theirs
    )
    fields, names = set(paper), set()
    for at, step in enumerate(judge.chain[: last + 1]):
        if step["kind"] in STEPS:
            name = enough(dice, judge, step, row, cut[at], strictly=at == last)
            names |= {name} if name else set()
            if not name:
                fields |= {
                    "prediction_error": {"prediction"},
                    "duration": {"started", "ended"},
                }.get(step["kind"], {"ended"})
    show(row, fields | ({"bounds"} if names else set()), names)


def enough(
    dice: random.Random, judge: Judge, step: Row, row: Row, cut: Any, *, strictly: bool
) -> str | None:
    """An interval that shows the entry behind in one criterion, or, at times, none."""
    stem = {"prediction_error": "prediction", "duration": "duration"}.get(step["kind"], "ended")
    for name, part in row["bounds"].items():
        if name.startswith(stem) and part["value"] is not None and dice.random() < 0.8:
            group = row["opening"]["group"]["value"]
            sign = 1 if step["direction"] == "asc" else -1
            least = min(sign * value for value in judge.inside(step, group, *part["value"]))
            if (False, least) > cut or (not strictly and (False, least) == cut):
                return name
    return None


def show(row: Row, fields: set[str], names: set[str]) -> None:
    row["opening"] = close_parts(row["opening"], fields)
    bounds = row.pop("bounds")
    if names:
        row["bounds"] = close_parts(bounds, names)


def close(row: Row) -> None:
    row["leaf"] = leaf_of(row).hex()
    del row["opening"], row["bounds"]
