"""The second verifier on prizes by age, from §12 and §17 of docs/release-format.md alone."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any

Row = dict[str, Any]
Agree = Callable[[Any, str], None]
Cap = Callable[[str], int | None]
UNITS = {"ms": 1, "second": 1000, "minute": 60_000}
DIGITS = {"whole": 0, "tenth": 1, "hundredth": 2}


def cut_marks(step: Row, hundredths: int) -> int:
    """A score as the chain compares it."""
    return hundredths // 10 ** (2 - DIGITS.get(step["precision"], 2))


def by_age(tier: Row) -> bool:
    return tier.get("by", "rank") != "rank"


def places_by_age(prizes: list[Row], group: str, cap: Cap) -> dict[str, range]:
    """{code: places} of the tiers by age: after all others, in the order of the document."""
    tiers = [tier for tier in prizes if tier.get("group") in (None, group)]
    left, taken, found = cap(group), 0, {}
    for tier in [t for t in tiers if not by_age(t)] + [t for t in tiers if by_age(t)]:
        count = tier["count"] if left is None else min(tier["count"], left - taken)
        if by_age(tier):
            found[tier["code"]] = range(taken + 1, taken + count + 1)
        taken += count
    return found


def check_ages(
    awards: Row, result: Row, fates: dict[str, str], groups: dict[str, str], cap: Cap, agree: Agree
) -> None:
    """What a public bundle shows. `fates` of all leaves, `groups` of those opened."""
    passed = {(one["group"], one["leaf"]) for one in awards["skipped"]}
    once = result["one_prize_per"] != "none"
    holders = {one["leaf"] for one in awards["awards"] if one["kind"] == "prize" and once}
    used = set()
    for one in (one for one in awards["awards"] if one["kind"] == "side"):
        group, leaf, name = one["group"], one["leaf"], f"prize by age of {one['leaf'][:12]}"
        places = places_by_age(result["prizes"], group, cap)
        agree(one["place"] in places.get(one["tier"], ()), name)
        agree((group, one["place"]) not in used, name)
        agree(leaf not in holders and (group, leaf) not in passed, name)
        agree(fates.get(leaf) == "counted" and groups.get(leaf, group) == group, name)
        used.add((group, one["place"]))
        holders |= {leaf} if once else set()


class Ages:
    """An auditor's bundle: who gets these prizes by everybody's birth date."""

    def __init__(self, files: Row, judge: Any, agree: Agree) -> None:
        self.judge, self.agree = judge, agree
        self.told = files["auditor.json"]
        counted = [one for one in files["entries.jsonl"] if one["fate"] == "counted"]
        self.entries = [one for one in counted if "values" in one]
        self.held: Counter[tuple[str, str]] = Counter()
        valid = [e for e in files["entries.jsonl"] if e["fate"] not in ("voided", "duplicate")]
        self.used = Counter(one["entrant"] for one in valid)
        self.rows = dict(zip(map(judge.leaf, judge.rows), judge.rows, strict=True))
        self.erased = any("values" not in one for one in files["entries.jsonl"])

    def check(self) -> None:
        people = defaultdict(list)
        for entry in self.entries:
            people[entry["values"]["group"]].append((self.key(entry), entry))
        known = {entry["leaf"] for entry in self.entries}
        told = defaultdict(set)
        for one in self.judge.awards["awards"]:
            if one["kind"] == "side" and one["leaf"] in known:
                told[one["group"], one["tier"]].add((one["leaf"], one["rank"]))
            elif one["kind"] == "side":
                self.held[one["group"], one["tier"]] += 1
        for group, keyed in people.items():
            for tier, given in self.give(group, keyed):
                both = [told.pop((group, tier["code"]), set()), given]
                if self.erased:
                    both = [{leaf for leaf, _rank in one} for one in both]
                self.agree(both[0] == both[1], tier["name"])
        self.agree(not told, "a prize by age of nobody")

    def give(self, group: str, keyed: list[Any]) -> list[tuple[Row, set[tuple[str, int]]]]:
        judge, found = self.judge, []
        once = judge.result["one_prize_per"] != "none"
        reasons = {one["entrant"]: one["reason"] for one in self.told["skipped"]}
        number = judge.release["round"]["number"]
        elsewhere = {p["entrant"] for p in self.told["earlier_prizes"] if p.get("round") != number}
        barred = {who for who, reason in reasons.items() if reason == "may_not_win"}
        if once:
            barred |= elsewhere & reasons.keys()
            won = {one["leaf"] for one in judge.awards["awards"] if one["kind"] == "prize"}
            barred |= {entry["entrant"] for _key, entry in keyed if entry["leaf"] in won}
        places = places_by_age(judge.result["prizes"], group, judge.cap)
        for tier in (tier for tier in judge.result["prizes"] if tier["code"] in places):
            left, given = len(places[tier["code"]]) - self.held[group, tier["code"]], set()
            for rank, same in self.in_order(tier, keyed):
                free = [one for one in same if one["entrant"] not in barred]
                if len(free) > left:
                    break
                given |= {(one["leaf"], rank) for one in free}
                left -= len(free)
                if not left:
                    break
            winners = {leaf for leaf, _rank in given}
            barred |= {e["entrant"] for _key, e in keyed if once and e["leaf"] in winners}
            found.append((tier, given))
        return found

    def in_order(self, tier: Row, keyed: list[Any]) -> list[tuple[int, list[Row]]]:
        """(rank, who shares birth date and rank), the first to get it first."""
        sign = -1 if tier["by"] == "youngest" else 1
        ordered = [
            (
                sign * date.fromisoformat(entry["birth_date"]).toordinal(),
                1 + sum(other < key for other, _entry in keyed),
                entry,
            )
            for key, entry in keyed
            if entry["birth_date"] is not None
        ]
        ordered.sort(key=lambda one: one[:2])
        grouped = groupby(ordered, key=lambda one: one[:2])
        return [(first[1], [one[2] for one in same]) for first, same in grouped]

    def key(self, entry: Row) -> tuple[Any, ...]:
        """All that the chain compares, from the entry's true values."""
        values = entry["values"]
        marks = self.judge.marks(self.rows[entry["leaf"]] | {"opening": opened(values)})
        told = [self.value(step, entry, marks[0]) for step in self.judge.chain]
        return tuple(
            (value is None, value and (-value if step["direction"] == "desc" else value))
            for step, value in zip(self.judge.chain, told, strict=True)
        )

    def value(self, step: Row, entry: Row, score: int) -> Any:
        kind, values, judge = step["kind"], entry["values"], self.judge
        started = judge.ms(values["started"])
        if kind == "score":
            return cut_marks(step, score)
        if kind in judge.place:
            return judge.place[kind].get(entry["leaf"])
        if kind == "attempts_used":
            return self.used[entry["entrant"]]
        if kind == "registered_at":
            return judge.ms(entry["registered_at"]) // UNITS[step["precision"]]
        if kind == "age":
            return age(entry["birth_date"], step["precision"])
        if kind == "duration_share":
            limit = judge.ms(entry["deadline"]) - started
            scale = 100 * 10 ** DIGITS.get(step["precision"], 2)
            return (judge.ms(values["ended"]) - started) * scale // limit if limit else None
        return judge.exact(step, values)


def opened(values: Row) -> Row:
    return {name: {"value": value} for name, value in values.items()}


def age(born: str | None, precision: str) -> int | None:
    """The more, the older."""
    if born is None:
        return None
    year, month, _day = map(int, born.split("-"))
    if precision == "year":
        return -year
    if precision == "month":
        return -(12 * year + month)
    return -date.fromisoformat(born).toordinal()
