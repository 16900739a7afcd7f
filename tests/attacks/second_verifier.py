"""A second verifier, written from docs/release-format.md alone: no line of it comes from the first.

It reads small bundles into memory and says only the code and the object; what it must agree on with
`verify.py` is the code.
"""

import hashlib
import hmac
import io
import json
import zipfile
from collections import defaultdict
from datetime import UTC, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any

from tests.attacks.second_ages import Ages, by_age, check_ages, cut_marks
from tests.attacks.second_corrections import amendments, check_chain, check_entries
from tests.attacks.second_units import check_units

Row = dict[str, Any]
NEEDED = ("manifest.json", "release.json", "commitment.json", "leaves.jsonl", "awards.json")
OLDER = ("minhthi-bundle/1", "minhthi-bundle/2", "minhthi-auditor/1")
NEWER = ("minhthi-bundle/3", "minhthi-auditor/2")
IN_LEAF = {"prediction_error": "prediction", "duration": "duration", "submitted_at": "ended"}
DIVISOR = {"ms": 1, "second": 1000, "minute": 60_000}
CUT_TO = {"whole": "1", "tenth": "0.1", "hundredth": "0.01"}


class Difference(Exception):
    """What exit 1 names."""


def canon(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def tag_hash(tag: str, message: bytes) -> bytes:
    return hashlib.sha256(f"minhthi/1/{tag}\0".encode() + message).digest()


def mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def judge(data: bytes, root: str) -> tuple[int, str]:
    """(exit code, what was named)."""
    try:
        Judge(read(data)).all(root)
    except Difference as found:
        return 1, str(found)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, zipfile.BadZipFile) as bad:
        return 2, repr(bad)
    return 0, ""


def read(data: bytes) -> dict[str, Any]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = archive.namelist()
    if len(set(names)) != len(names) or not set(NEEDED) <= set(names):
        raise ValueError("files")
    manifest = json.loads(archive.read("manifest.json"))
    if manifest["format"] not in OLDER + NEWER:
        raise ValueError("format")
    if set(manifest["files"]) - set(names):
        raise ValueError("missing")
    agree(set(names) == {*manifest["files"], "manifest.json"}, "manifest")
    files: dict[str, Any] = {"manifest.json": manifest}
    for name, digest in manifest["files"].items():
        content = archive.read(name)
        agree(hashlib.sha256(content).hexdigest() == digest, name)
        if name.endswith(".json"):
            files[name] = json.loads(content)
        if name.endswith(".jsonl"):
            files[name] = [json.loads(line) for line in content.splitlines()]
    return files


def agree(truth: Any, what: str) -> None:
    if not truth:
        raise Difference(what)


def commitments(parts: dict[str, Row]) -> dict[str, str]:
    return {
        name: mac(bytes.fromhex(part["key"]), canon(part["value"])).hex()
        if "value" in part
        else part["commitment"]
        for name, part in parts.items()
    }


def leaf_of(row: Row) -> bytes:
    if "opening" not in row:
        return bytes.fromhex(row["leaf"])
    return tag_hash("leaf", canon(commitments(row["opening"])))


def merkle(hashes: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1, by its own recursion."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    pair = merkle(hashes[:half]) + merkle(hashes[half:])
    return hashlib.sha256(b"\1" + pair).digest()


def ms(moment: str) -> int:
    since = datetime.fromisoformat(moment) - datetime(1970, 1, 1, tzinfo=UTC)
    return round(since.total_seconds() * 1000)


class Judge:
    ms = staticmethod(ms)
    leaf = staticmethod(lambda row: leaf_of(row).hex())

    def __init__(self, files: dict[str, Any]) -> None:
        self.release, self.awards = files["release.json"], files["awards.json"]
        self.rows: list[Row] = files["leaves.jsonl"]
        self.chained = [*files.get("earlier.json", []), self.release]
        self.heads: list[Row] = files.get("heads.json", [])
        self.units: Row | None = files.get("units.json")
        self.corrections = self.release.get("corrections", [])
        self.files, manifest = files, files["manifest.json"]
        self.commitment, self.told = files["commitment.json"], manifest["release"]
        self.document = self.commitment["document"]
        self.entry = self.document["rules"]["entry"]["entry"]
        self.single = self.entry["attempts_per_round"] == 1 and "extra_attempts" not in self.release
        self.result = self.document["rules"]["result"]["result"]
        self.actual = {g: Decimal(v["value"]) for g, v in self.release["actual_values"].items()}
        dropped = {"all_correct"} | (set() if self.actual else {"prediction_error"})
        self.chain = [c for c in self.result["chain"] if c["kind"] not in dropped]
        self.strict = any(c["kind"] == "all_correct" for c in self.result["chain"])
        self.amended: dict[tuple[str, int], Row] = {}
        self.by_rank = [one for one in self.awards["awards"] if one["kind"] != "side"]
        newer = "extra_attempts" in self.release or any(map(by_age, self.result["prizes"]))
        if manifest.get("format") in OLDER and (newer or self.by_rank != self.awards["awards"]):
            raise ValueError("format")

    def all(self, root: str) -> None:
        digest = tag_hash("release", canon(self.release)).hex()
        agree(digest == self.told, "release.json")
        check_chain(self.chained, lambda one: tag_hash("release", canon(one)).hex(), agree)
        if self.commitment["secret"] is not None:
            message = bytes.fromhex(self.commitment["secret"]) + canon(self.document)
            promised = self.release["round"]["commitment"]
            agree(tag_hash("commit", message).hex() == promised, "commitment")
            self.amend()
        self.tree(root, digest)
        self.ties()
        self.notices()
        self.check_heads()
        self.ranking()
        self.true_values()
        self.prizes()
        self.collective()
        if "auditor.json" in self.files and any(map(by_age, self.result["prizes"])):
            Ages(self.files, self, agree).check()

    def amend(self) -> None:
        def digest(salt: bytes, made: Row) -> str:
            return tag_hash("amendment", salt + canon(made)).hex()

        promised = self.release["round"]["commitment"]
        self.amended = amendments(self.corrections, self.commitment, promised, digest, agree)

    def tree(self, root: str, digest: str) -> None:
        leaves = [leaf_of(row) for row in self.rows]
        found = merkle([hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves]).hex()
        agree(found == self.release["root"], "root")
        agree(root in (found, digest), "root of the decision")
        letters, counts, few = "", defaultdict(int), 0
        self.held: dict[tuple[str, int], list[tuple[str, bool]]] = defaultdict(list)
        for row, leaf in zip(self.rows, leaves, strict=True):
            if "held" in row:
                told, shared = row["held"], row["held"].get("shared") is True
                self.held[told["group"], told["rank"]].append((leaf.hex(), shared))
            letters += row["fate"][0]
            counts[row["fate"]] += 1
            few += row.get("closed") == "few"
            opening = row.get("opening", {})
            agree(not opening or row["fate"] in ("counted", "unranked"), f"fate of {leaf.hex()}")
            if "value" in opening.get("round", {}):
                promised = self.release["round"]["commitment"]
                agree(opening["round"]["value"] == promised, f"round in {leaf.hex()[:12]}")
            if "bounds" in row:
                inside = tag_hash("bounds", canon(commitments(row["bounds"]))).hex()
                agree(opening["bounds"]["value"] == inside, f"bounds of {leaf.hex()[:12]}")
        told = self.release["counts"]
        agree(all(counts[fate] == n for fate, n in told.items()), "counts")
        agree(sum(told.values()) == self.release["size"] == len(self.rows), "size")
        agree(tag_hash("fates", letters.encode()).hex() == self.release["fates"], "fates")
        times = 1 + (len(self.chained) - 1) * (1 + self.release.get("heads", {"count": 0})["count"])
        agree(few <= 8 * len(self.document["rules"]["entry"]["groups"]) * times, "hidden")
        rows = zip(self.rows, leaves, strict=True)
        self.fates = {leaf.hex(): row["fate"] for row, leaf in rows}
        awarded = {one["leaf"] for one in self.awards["awards"]}
        check_entries(self.corrections, self.fates, awarded, agree)

    def ties(self) -> None:
        self.place: dict[str, dict[str, int]] = {"lot": {}, "decision": {}}
        at = 0
        for tie in self.awards["ties"]:
            if tie["method"] == "lot":
                seed = tie["seed"].strip().encode()
                drawn = [(tag_hash("lot", seed + bytes.fromhex(x)), x) for x in tie["order"]]
                agree([x for _hash, x in sorted(drawn)] == tie["order"], "lot")
            for leaf in tie["order"]:
                at += 1
                self.place[tie["method"]][leaf] = at

    def notices(self) -> None:
        """What was public before a lot was drawn."""
        for tie in self.awards["ties"]:
            if tie["method"] == "lot" and "notice" in tie:
                notice = tie["notice"]
                agree(
                    notice["digest"] == tag_hash("tied", canon(sorted(tie["order"]))).hex(), "lot"
                )
                agree(ms(notice["published_at"]) < ms(notice["draws_at"]), "lot")

    def check_heads(self) -> None:
        """§15; a head's tree is the rows that stand in it or in one before it."""
        before = self.release["round"]["commitment"]
        opened = {head["number"]: ms(head["at"]) for head in self.heads if "nonce" in head}
        for number, head in enumerate(self.heads, 1):
            agree((head["number"], head["previous"]) == (number, before), f"head {number}")
            before = head["digest"]
            if number in opened:
                self.open_head(head)
        if self.heads:
            told = {"count": len(self.heads), "last": before}
            agree(self.release["heads"] == told, "heads")
        for row in self.rows if opened else ():
            if row.get("head") not in (None, *opened):
                raise ValueError("head")
            ended = row.get("opening", {}).get("ended", {})
            if "value" in ended:
                holding = [n for n, at in opened.items() if at >= ms(ended["value"])]
                agree(row.get("head") == min(holding, default=None), "head of an entry")
        for head in self.heads:
            if head["number"] in opened:
                self.head_tree(head)

    def open_head(self, head: Row) -> None:
        names = ("number", "at", "root", "size", "previous")
        document = {name: head[name] for name in names}
        digest = tag_hash("head", bytes.fromhex(head["nonce"]) + canon(document)).hex()
        agree(digest == head["digest"], f"head {head['number']}")

    def head_tree(self, head: Row) -> None:
        inside = [leaf_of(row) for row in self.rows if row.get("head", 1 << 30) <= head["number"]]
        root = merkle([hashlib.sha256(b"\0" + leaf).digest() for leaf in inside]).hex()
        agree((root, len(inside)) == (head["root"], head["size"]), f"head {head['number']}")

    def collective(self) -> None:
        told, rules = self.release.get("unit_prizes"), self.result.get("unit_prizes")
        agree(told is None or rules is not None, "collective prizes")
        if told is not None and rules is not None:
            table = self.units
            if table is None:
                raise ValueError("units.json")
            agree(tag_hash("units", canon(table)).hex() == told["digest"], "units.json")
            check_units(table, rules, told["winners"], agree)

    # --- one row -----------------------------------------------------------------------------

    def marks(self, row: Row) -> tuple[int, int, int, int]:
        """(hundredths, right, answered, of how many)."""
        if self.commitment["secret"] is None:
            told = row["marks"]
            return (
                int(Decimal(told["score"]) * 100),
                told["correct"],
                told["answered"],
                told["total"],
            )
        opened = {name: part["value"] for name, part in row["opening"].items() if "value" in part}
        pool = self.document["pools"][opened["group"]]
        keys = self.document["keys"][opened["group"]]
        items = [slot[0] for slot in opened["paper"]]
        agree(len(set(items)) == len(items) == len(opened["answers"]), "paper")
        agree(len(items) == sum(r["count"] for r in pool["rows"]), "paper")
        full = int(Decimal(self.entry["points_per_item"]) * 100)
        given: list[int] = []
        answered = 0
        for item, mask in zip(items, opened["answers"], strict=True):
            made = self.amended.get((opened["group"], item), {"remedy": "", "new": 0})
            if made["remedy"] == "drop":
                continue
            right = [keys[item]] if made["remedy"] != "replace" else []
            right += [made["new"]] if made["remedy"] in ("replace", "accept_both") else []
            earned = [self.one(pool["items"][item], key, mask, full) for key in right]
            given.append(full if made["remedy"] == "marks_to_all" else max(earned))
            answered += mask != 0
        return sum(given), given.count(full), answered, len(given)

    def one(self, item: Row, key: int, mask: int, full: int) -> int:
        chosen = {i for i in range(mask.bit_length()) if mask >> i & 1}
        right = {i for i in range(key.bit_length()) if key >> i & 1}
        if chosen == right:
            return full
        if self.entry["multiple_marking"] != "partial" or max(chosen, default=0) >= len(
            item["options"]
        ):
            return 0
        if item["kind"] != "multiple" and len(chosen) > 1:
            return 0
        return max(0, len(chosen & right) - len(chosen - right)) * full // len(right)

    def eligible(self, marks: tuple[int, int, int, int]) -> bool:
        _score, right, answered, total = marks
        whole = answered == total or not self.entry["require_all_answered"]
        return whole and (right == total or not self.strict)

    def values(self, step: Row, row: Row, score: int) -> tuple[list[Any], bool] | None:
        """What is opened for a criterion: values of which the least counts, and if it is exact."""
        kind, opening = step["kind"], row["opening"]
        opened = {name: part["value"] for name, part in opening.items() if "value" in part}
        if kind == "score":
            return [cut_marks(step, score)], True
        if kind in self.place:
            return [self.place[kind].get(leaf_of(row).hex())], True
        if kind not in IN_LEAF:
            return ([row["declared"][kind]], True) if kind in row.get("declared", {}) else None
        fields = {"prediction_error": ["prediction"], "duration": ["started", "ended"]}
        if all(name in opened for name in fields.get(kind, ["ended"])):
            return [self.exact(step, opened)], True
        for name, part in row.get("bounds", {}).items():
            if name.startswith(IN_LEAF[kind] + "/") and "value" in part:
                return self.inside(step, opened["group"], *part["value"]), False
        return None

    def exact(self, step: Row, opened: Row) -> Any:
        if step["kind"] == "prediction_error":
            told = opened["prediction"]
            return None if told is None else self.error(step, opened["group"], Decimal(told))
        since = ms(opened["started"]) if step["kind"] == "duration" else 0
        return (ms(opened["ended"]) - since) // DIVISOR[step["precision"]]

    def error(self, step: Row, group: str, prediction: Decimal) -> Decimal:
        error = abs(prediction - self.actual[group])
        if step["precision"] in CUT_TO:
            return error.quantize(Decimal(CUT_TO[step["precision"]]), ROUND_DOWN)
        return error

    def inside(self, step: Row, group: str, low: Any, high: Any) -> list[Any]:
        if step["kind"] == "prediction_error":
            points = [Decimal(low), Decimal(high)]
            if points[0] <= self.actual[group] < points[1]:
                points.append(self.actual[group])
            return [self.error(step, group, point) for point in points]
        ends = [low, high] if step["kind"] == "duration" else [ms(low), ms(high)]
        return [value // DIVISOR[step["precision"]] for value in (ends[0], ends[1] - 1)]

    def key(self, row: Row, score: int) -> tuple[tuple[Any, ...], bool]:
        key: list[Any] = []
        whole = True
        for step in self.chain:
            found = self.values(step, row, score)
            if found is None:
                return tuple(key), False
            values, exact = found
            whole = whole and exact
            up = step["direction"] == "asc" or (
                step["kind"] not in IN_LEAF and step["kind"] not in (*self.place, "score")
            )
            key.append(min((v is None, 0 if v is None else (v if up else -v)) for v in values))
        return tuple(key), whole

    # --- everybody ---------------------------------------------------------------------------

    def ranking(self) -> None:
        named = {one["leaf"] for one in self.by_rank + self.awards["skipped"]}
        once = self.result["counted_attempt"] == "best" or self.single
        self.ranked: dict[str, list[Any]] = defaultdict(list)
        self.tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for row in self.rows:
            if "opening" not in row:
                continue
            marks, leaf = self.marks(row), leaf_of(row).hex()
            if row["fate"] == "unranked":
                agree(not (once and self.eligible(marks)), f"unranked {leaf[:12]}")
                continue
            agree(self.eligible(marks), f"counted {leaf[:12]}")
            group = row["opening"]["group"]["value"]
            self.tally[group][0] += 1
            self.tally[group][1] += marks[1] == marks[3]
            self.ranked[group].append((*self.key(row, marks[0]), leaf, row, marks))
        self.front: dict[str, list[Any]] = {}
        for group, rows in self.ranked.items():
            cut = max(
                (key for key, whole, leaf, *_ in rows if whole and leaf in named), default=None
            )
            self.front[group] = [
                one for one in rows if cut is not None and one[1] and one[0] <= cut
            ]
            for one in rows:
                key, whole, leaf, row, _marks = one
                if whole and leaf in named:
                    agree("value" in row["opening"].get("round", {"value": 0}), f"round of {leaf}")
                if cut is None or (whole and key <= cut):
                    continue
                start = cut[: len(key)]
                agree(key > start or (row.get("behind") and key == start), f"before: {leaf[:12]}")

    def true_values(self) -> None:
        rule = self.entry["prediction"]
        first = self.result["chain"][0]["kind"] if self.result["chain"] else ""
        best = self.single or (
            self.result["counted_attempt"] == "best" and first in ("score", "all_correct")
        )
        closed = any("closed" in row for row in self.rows) or self.release["counts"]["unranked"]
        if len(self.chained) > 1 and self.result["actual_value_policy"] == "frozen":
            first_told = self.chained[0]["actual_values"]
            agree(self.release["actual_values"] == first_told, "true values of the first release")
            return
        for group, told in self.release["actual_values"].items():
            some, part = told[rule["count"]], told[f"{rule['count']}_all_correct"]
            value = {"took_part": Decimal(some), "all_correct": Decimal(part)}.get(rule["who"])
            if value is None:
                exact = Decimal(100 * part) / some if some else Decimal(0)
                value = exact.quantize(Decimal(10) ** -rule["decimals"], ROUND_HALF_UP)
            agree(value == Decimal(told["value"]), f"true value of {group}")
            if best and not closed and rule["count"] == "persons" and rule["scope"] != "contest":
                over = [group] if rule["scope"] == "group" else list(self.tally)
                counted = [sum(self.tally[g][i] for g in over) for i in (0, 1)]
                agree(
                    counted == [told["persons"], told["persons_all_correct"]], f"counts of {group}"
                )

    def prizes(self) -> None:
        expected: list[Row] = []
        for group in {*self.ranked, *(one["group"] for one in self.by_rank)}:
            expected += self.of_group(group)
        ordered = [sorted(map(canon, rows)) for rows in (expected, self.by_rank)]
        agree(ordered[0] == ordered[1], "prizes")
        by_leaf = {one[2]: one for rows in self.ranked.values() for one in rows}
        groups = {one[2]: group for group, rows in self.ranked.items() for one in rows}
        check_ages(self.awards, self.result, self.fates, groups, self.cap, agree)
        sides = [one for one in self.awards["awards"] if one["kind"] == "side"]
        won = {(a["group"], a["place"]): a for a in expected + sides if a["kind"] != "reserve"}
        agree(len(won) == len(self.release["winners"]), "winners")
        tiers = {tier["code"]: tier for tier in self.result["prizes"]}
        for winner in self.release["winners"]:
            given = won.get((winner["group"], winner["place"]))
            agree(given, "winner without a prize")
            if given["leaf"] not in by_leaf:  # erased
                continue
            tier = tiers[given["tier"]]
            _key, _whole, _leaf, row, marks = by_leaf[given["leaf"]]
            opened = {n: p["value"] for n, p in row["opening"].items() if "value" in p}
            told = [winner[name] for name in ("prize", "money", "correct", "total")]
            agree(told == [tier["name"], tier["money"], marks[1], marks[3]], "winner")
            if "prediction" in opened:
                agree(winner["prediction"] == opened["prediction"], "winner's prediction")
            if "started" in opened and "ended" in opened:
                took = ms(opened["ended"]) - ms(opened["started"])
                agree(winner["duration_ms"] == took, "winner's duration")

    def cap(self, group: str) -> int | None:
        share = self.result["max_share_percent"]
        return None if share is None else self.awards["entrants"][group] * share // 100

    def of_group(self, group: str) -> list[Row]:
        tiers = [t for t in self.result["prizes"] if t.get("group") in (None, group)]
        tiers = [tier for tier in tiers if not by_age(tier)]
        left = self.cap(group)
        places: list[str] = []
        for tier in tiers:
            room = tier["count"] if left is None else min(tier["count"], left - len(places))
            places += [tier["code"]] * room
        prizes = len(places)
        places += ["reserve"] * self.result["reserves"]
        passed = {one["leaf"] for one in self.awards["skipped"] if one["group"] == group}
        told = {one["leaf"]: one["place"] for one in self.by_rank}
        front = sorted(self.front.get(group, []), key=lambda one: one[0])
        following = [
            one for one in self.ranked[group] if one[1] and one not in self.front.get(group, [])
        ]
        if following:
            least = min(one[0] for one in following)
            front += [one for one in following if one[0] == least]
        given: list[Row] = []
        taken = 0
        for rank, leaves in self.standing(group, front):
            same = [leaf for leaf in leaves if leaf not in passed]
            free = places[taken : taken + len(same)]
            if len(free) == len(same) and len(set(free)) == 1:
                for place, leaf in enumerate(sorted(same, key=lambda x: told.get(x, 0)), taken):
                    prize = place < prizes
                    given.append(
                        {
                            "group": group,
                            "kind": "prize" if prize else "reserve",
                            "tier": places[place],
                            "place": place + 1 if prize else place - prizes + 1,
                            "rank": rank,
                            "leaf": leaf,
                        }
                    )
            else:
                agree(not same or taken >= prizes, "open tie")
            taken += len(same)
        behind = len(self.ranked[group]) > len(self.front.get(group, []))
        agree(taken >= prizes or not behind, "prize not given")
        return given

    def standing(self, group: str, front: list[Any]) -> list[tuple[int, list[str]]]:
        """(rank, who shares it); erased entries hold the place they declare."""
        found: list[tuple[int, list[str]]] = []
        rank = 1
        for _key, same in groupby(front, key=lambda one: one[0]):
            leaves = [one[2] for one in same]
            while held := self.held.get((group, rank)):
                erased = [leaf for leaf, _shared in held]
                if any(shared for _leaf, shared in held):
                    leaves += erased
                    break
                found.append((rank, erased))
                rank += len(erased)
            found.append((rank, leaves))
            rank += len(leaves)
        while held := self.held.get((group, rank)):
            found.append((rank, [leaf for leaf, _shared in held]))
            rank += len(held)
        return found
