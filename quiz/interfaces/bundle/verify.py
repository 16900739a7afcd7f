#!/usr/bin/env python3
"""Kiểm lại kết quả một vòng thi từ gói công bố. Recheck a round's results from its bundle.

    python3 verify.py release.zip --root ROOT [--digest DIGEST] [--receipt FILE] [--english]

ROOT and DIGEST stand on the signed decision. Needs Python 3.9 or newer and nothing else; shares no
code with the platform, on purpose. Exit code 0: everything agrees. 1: a difference, named. 2: the
bundle can't be read.
"""

import argparse
import hashlib
import hmac
import json
import sys
import zipfile
import zlib
from datetime import datetime, timezone
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

FORMAT = "minhthi-bundle/1"
FATES = ("counted", "superseded", "unranked", "voided", "duplicate")
UNIT_MS = {"ms": 1, "second": 1000, "minute": 60000}
DECLARED = ("attempts_used", "registered_at", "age", "duration_share")
DECIMALS = {"whole": 0, "tenth": 1, "hundredth": 2}
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
ENGLISH = "--english" in sys.argv


# A file that is not what it says breaks in one of these ways.
UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
UNREADABLE += (RuntimeError, EOFError, zipfile.BadZipFile, zlib.error)


def say(vi, en):
    return en if ENGLISH else vi


class Different(Exception):
    """Exit 1."""


class Closed(Exception):
    """A field that is not opened was asked for."""


def canon(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def tagged(tag, data):
    return hashlib.sha256(b"minhthi/1/" + tag.encode() + b"\0" + data).digest()


def need(truth, vi, en):
    if not truth:
        raise Different(say(vi, en))


class Bundle:
    """The files, each compared with the manifest."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.manifest = json.loads(self.zip.read("manifest.json"))
        if self.manifest["format"] != FORMAT:
            raise ValueError(say("định dạng lạ", "unknown format"))
        names = set(self.zip.namelist())
        need(
            names == {"manifest.json", *self.manifest["files"]}
            and len(names) == len(self.zip.namelist()),
            "danh sách tệp khác bản kê",
            "the files are not those of the manifest",
        )
        for name, digest in sorted(self.manifest["files"].items()):
            found = hashlib.sha256()
            with self.zip.open(name) as file:
                for piece in iter(lambda: file.read(1 << 20), b""):
                    found.update(piece)
            need(found.hexdigest() == digest, f"{name} đã bị sửa", f"{name} was changed")
        self.release = self.read("release.json")
        self.commitment = self.read("commitment.json")
        self.awards = self.read("awards.json")

    def read(self, name):
        return json.loads(self.zip.read(name))

    def rows(self):
        with self.zip.open("leaves.jsonl") as file:
            for line in file:
                yield json.loads(line)


def leaf_of(row):
    """The leaf of a row from what it opens and what it keeps closed."""
    if "opening" not in row:
        return bytes.fromhex(row["leaf"])
    commitments = {}
    for name, part in row["opening"].items():
        if "value" in part:
            key = bytes.fromhex(part["key"])
            commitments[name] = hmac.new(key, canon(part["value"]), hashlib.sha256).hexdigest()
        else:
            commitments[name] = part["commitment"]
    return tagged("leaf", canon(commitments))


def tree_root(leaves):
    """RFC 9162, section 2.1.1, over leaves read once."""
    waiting = []
    for leaf in leaves:
        height, node = 0, hashlib.sha256(b"\0" + leaf).digest()
        while waiting and waiting[-1][0] == height:
            node = hashlib.sha256(b"\1" + waiting.pop()[1] + node).digest()
            height += 1
        waiting.append((height, node))
    if not waiting:
        return hashlib.sha256(b"").hexdigest()
    node = waiting.pop()[1]
    while waiting:
        node = hashlib.sha256(b"\1" + waiting.pop()[1] + node).digest()
    return node.hex()


def field(row, name):
    part = row["opening"][name]
    if "value" not in part:
        raise Closed(name)
    return part["value"]


def milliseconds(text):
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return int((moment - EPOCH).total_seconds() * 1000 + 0.5)


class Marker:
    """Marks an opened paper again: (hundredths, right, answered, of how many)."""

    def __init__(self, document, entry):
        self.pools, self.keys = document["pools"], document["keys"]
        self.full = int(Decimal(entry["points_per_item"]) * 100)
        self.partial = entry["multiple_marking"] == "partial"

    def mark(self, row):
        group, paper, masks = field(row, "group"), field(row, "paper"), field(row, "answers")
        pool, keys = self.pools[group], self.keys[group]
        refs = [ref for ref, _order in paper]
        sound = len(paper) == len(masks) == sum(line["count"] for line in pool["rows"])
        need(
            sound and len(set(refs)) == len(refs),
            "một bài có đề không đúng ma trận",
            "a paper does not follow the blueprint",
        )
        marks = [self.one(pool["items"][ref], keys[ref], m) for ref, m in zip(refs, masks)]
        right = sum(mark == self.full for mark in marks)
        return sum(marks), right, sum(mask != 0 for mask in masks), len(masks)

    def one(self, item, key, mask):
        if mask == key:
            return self.full
        single = item["kind"] != "multiple" and bin(mask).count("1") > 1
        if not self.partial or single or mask >> len(item["options"]):
            return 0
        right, wrong = bin(mask & key).count("1"), bin(mask & ~key).count("1")
        return max(0, right - wrong) * self.full // bin(key).count("1")


def declared_marks(row):
    told = row["marks"]
    return int(Decimal(told["score"]) * 100), told["correct"], told["answered"], told["total"]


class Check:
    """One pass for the tree, one for the ranking; `notes` say what rests on declared values."""

    def __init__(self, bundle):
        self.bundle, self.release = bundle, bundle.release
        document = bundle.commitment["document"]
        rules = document["rules"]
        self.entry, self.result = rules["entry"]["entry"], rules["result"]["result"]
        self.public = bundle.commitment["secret"] is not None
        self.marks = Marker(document, self.entry).mark if self.public else declared_marks
        values = self.release["actual_values"]
        self.actual = {group: Decimal(told["value"]) for group, told in values.items()}
        self.chain = [c for c in self.result["chain"] if c["kind"] != "all_correct"]
        if not values:
            self.chain = [c for c in self.chain if c["kind"] != "prediction_error"]
        self.strict = len(self.chain) < len(self.result["chain"]) and any(
            c["kind"] == "all_correct" for c in self.result["chain"]
        )
        self.places = {"lot": {}, "decision": {}}
        self.notes = []

    # --- what was promised -------------------------------------------------------------------

    def commitment(self):
        if not self.public:
            self.notes.append(
                say(
                    "Thể lệ không công bố đáp án: điểm là số liệu khai báo.",
                    "The rules keep the keys secret: marks are declared.",
                )
            )
            return
        secret = bytes.fromhex(self.bundle.commitment["secret"])
        found = tagged("commit", secret + canon(self.bundle.commitment["document"])).hex()
        need(
            found == self.release["round"]["commitment"],
            "đề, đáp án hoặc thể lệ khác bản đã cam kết khi mở vòng",
            "papers, keys or rules are not those committed to at the opening",
        )

    def tree(self, expected_root):
        letters, counts, self.leaves = [], dict.fromkeys(FATES, 0), 0

        def leaves():
            for row in self.bundle.rows():
                counts[row["fate"]] += 1
                letters.append(row["fate"][0])
                yield leaf_of(row)

        root = tree_root(leaves())
        release = self.release
        need(root == release["root"], "gốc cây băm không khớp bài thi", "the root differs")
        need(
            expected_root in (None, root),
            "gốc cây băm khác bản in trên quyết định",
            "the root is not the one on the decision",
        )
        need(
            counts == release["counts"] and sum(counts.values()) == release["size"],
            "số bài theo từng trạng thái không khớp",
            "the numbers of entries by fate differ",
        )
        fates = tagged("fates", "".join(letters).encode()).hex()
        need(fates == release["fates"], "trạng thái của bài bị đổi", "an entry's fate differs")
        return release["size"]

    def lots(self):
        count = 0
        for tie in self.bundle.awards["ties"]:
            if tie["method"] == "lot":
                seed = tie["seed"].strip().encode()
                order = sorted(
                    tie["order"], key=lambda leaf: tagged("lot", seed + bytes.fromhex(leaf))
                )
                need(
                    order == tie["order"],
                    "thứ tự bốc thăm không theo nguồn đã nêu",
                    "the order of a lot does not follow from its seed",
                )
            for leaf in tie["order"]:
                count += 1
                self.places[tie["method"]][leaf] = count

    # --- the ranking -------------------------------------------------------------------------

    def value(self, criterion, row, leaf, marks):
        """What one criterion compares, None if missing. Raises Closed."""
        kind = criterion["kind"]
        if kind == "score":
            return marks[0]
        if kind == "prediction_error":
            return self.error(criterion, field(row, "prediction"), field(row, "group"))
        if kind in ("lot", "decision"):
            return self.places[kind].get(leaf)
        if kind in DECLARED:
            if kind not in row.get("declared", {}):
                raise Closed(kind)
            return row["declared"][kind]
        ended = milliseconds(field(row, "ended"))
        start = milliseconds(field(row, "started")) if kind == "duration" else 0
        return (ended - start) // UNIT_MS[criterion["precision"]]

    def error(self, criterion, told, group):
        if told is None:
            return None
        error = abs(Decimal(told) - self.actual[group])
        decimals = DECIMALS.get(criterion["precision"])
        return error if decimals is None else int(error * 10**decimals)

    def key(self, row, leaf, marks):
        """The values compared, as far as they are opened: smaller comes first."""
        key = []
        for criterion in self.chain:
            try:
                value = self.value(criterion, row, leaf, marks)
            except Closed:
                break
            falling = criterion["direction"] == "desc" and criterion["kind"] not in DECLARED
            key.append((1, 0) if value is None else (0, -value if falling else value))
        return key

    def eligible(self, marks):
        _score, right, answered, total = marks
        whole = answered == total or not self.entry["require_all_answered"]
        return whole and (right == total or not self.strict)

    def ranking(self):
        """Rank the front of each group and see that everyone else stands behind it."""
        named = {one["leaf"] for one in self.bundle.awards["awards"]}
        named |= {one["leaf"] for one in self.bundle.awards["skipped"]}
        self.front, self.behind, self.tally = {}, {}, {}
        cut = {}
        for _row, leaf, _marks, group, key in self.ranked_rows():
            if leaf in named and len(key) == len(self.chain):
                cut[group] = max(cut.get(group, key), key)
        for row, leaf, marks, group, key in self.ranked_rows():
            all_right, persons = self.tally.get(group, (0, 0))
            self.tally[group] = (all_right + (marks[1] == marks[3]), persons + 1)
            if (group in cut and key <= cut[group]) or len(key) == len(self.chain):
                need(
                    len(key) == len(self.chain),
                    f"bài {leaf[:12]} xếp trước người đạt giải",
                    f"entry {leaf[:12]} stands before a winner",
                )
                self.front.setdefault(group, []).append((key, leaf, row, marks))
            else:
                need(
                    group not in cut or key > cut[group][: len(key)],
                    f"bài {leaf[:12]} xếp trước người đạt giải",
                    f"entry {leaf[:12]} stands before a winner",
                )
                self.behind[group] = self.behind.get(group, 0) + 1

    def ranked_rows(self):
        once = self.result["counted_attempt"] == "best" or self.entry["attempts_per_round"] == 1
        for row in self.bundle.rows():
            if "opening" not in row:
                continue
            marks = self.marks(row)
            if row["fate"] == "unranked":
                need(
                    not (once and self.eligible(marks)),
                    "một bài đủ điều kiện bị để ngoài bảng xếp hạng",
                    "an entry that should be ranked is left out",
                )
                continue
            leaf = leaf_of(row).hex()
            need(
                self.eligible(marks),
                f"bài {leaf[:12]} không đủ điều kiện xếp hạng",
                f"entry {leaf[:12]} should not be ranked",
            )
            yield row, leaf, marks, field(row, "group"), self.key(row, leaf, marks)

    # --- the prizes --------------------------------------------------------------------------

    def prizes(self):
        """Give the prizes of every group again and compare; returns lines to print."""
        lines, given = [], {}
        groups = {one["group"] for one in self.bundle.awards["awards"]} | set(self.front)
        for group in sorted(groups | set(self.behind)):
            for one in self.group_awards(group):
                given[one["leaf"]] = one
        told = {one["leaf"]: one for one in self.bundle.awards["awards"]}
        need(given == told, "giải tính lại khác giải đã công bố", "the prizes differ")
        rows = {leaf: (row, marks) for f in self.front.values() for _k, leaf, row, marks in f}
        named = {t["code"]: t for t in self.result["prizes"]}
        winners = {(w["group"], w["place"]): w for w in self.release["winners"]}
        prizes = [one for one in told.values() if one["kind"] == "prize"]
        need(len(winners) == len(prizes), "số giải khác quyết định", "the winners differ")
        for one in sorted(prizes, key=lambda p: (p["group"], p["place"])):
            winner = winners.get((one["group"], one["place"]))
            self.winner(winner, named[one["tier"]], *rows[one["leaf"]])
            lines.append(f"{winner['prize']} {one['place']} ({one['group']}): {winner['name']}")
        return lines

    def winner(self, winner, tier, row, marks):
        need(
            winner is not None
            and (winner["prize"], winner["money"]) == (tier["name"], tier["money"])
            and (winner["correct"], winner["total"]) == (marks[1], marks[3]),
            "kết quả của người đạt giải khác bài thi",
            "a winner's result is not that of the entry",
        )
        for name, value in (("prediction", self.predicted), ("duration_ms", self.took)):
            try:
                need(
                    winner[name] == value(row),
                    "số liệu của người đạt giải khác bài thi",
                    "a winner's figures are not those of the entry",
                )
            except Closed:
                continue

    def predicted(self, row):
        return field(row, "prediction")

    def took(self, row):
        return milliseconds(field(row, "ended")) - milliseconds(field(row, "started"))

    def group_awards(self, group):
        """The rules' prizes for one group from its ranked front."""
        skipped = {o["leaf"] for o in self.bundle.awards["skipped"] if o["group"] == group}
        left = self.cap(group)
        places = []
        for tier in self.result["prizes"]:
            if tier.get("group") in (None, group):
                count = tier["count"] if left is None else min(left, tier["count"])
                left = None if left is None else left - count
                places += [("prize", tier["code"])] * count
        prizes = len(places)
        places += [("reserve", "reserve")] * self.result["reserves"]
        taken, rank = 0, 1
        ordered = sorted(self.front.get(group, []), key=lambda one: (one[0], one[1]))
        for _key, same in groupby(ordered, key=lambda one: one[0]):
            tied = [leaf for _k, leaf, _row, _marks in same]
            may_win = [leaf for leaf in tied if leaf not in skipped]
            free = places[taken : taken + len(may_win)]
            if len(free) == len(may_win) and len(set(free)) == 1:
                told = {o["leaf"]: o["place"] for o in self.bundle.awards["awards"]}
                may_win.sort(key=lambda leaf: told.get(leaf, 0))  # inside a tie the order is free
                for place, leaf in enumerate(may_win, taken):
                    kind, tier = places[place]
                    at = place + 1 if kind == "prize" else place - prizes + 1
                    given = {"group": group, "kind": kind, "tier": tier, "place": at}
                    yield {**given, "rank": rank, "leaf": leaf}
            elif may_win and prizes > taken:
                raise Different(say("còn đồng hạng ở ranh giới giải", "a tie for a prize is open"))
            taken, rank = taken + len(may_win), rank + len(tied)
        need(
            taken >= prizes or not self.behind.get(group),
            "còn giải chưa trao dù có người đủ điều kiện",
            "a prize is not given though somebody stands for it",
        )

    def cap(self, group):
        share = self.result["max_share_percent"]
        if share is None:
            return None
        self.notes.append(say("Số người dự thi là khai báo.", "Entrant numbers are declared."))
        return self.bundle.awards["entrants"][group] * share // 100

    # --- the true value ----------------------------------------------------------------------

    def true_values(self):
        rule = self.entry["prediction"]
        single = self.entry["attempts_per_round"] == 1
        first = self.result["chain"][0]["kind"] if self.result["chain"] else ""
        best = single or (
            self.result["counted_attempt"] == "best" and first in ("score", "all_correct")
        )
        for group, told in self.release["actual_values"].items():
            need(
                self.figure(rule, told) == Decimal(told["value"]),
                "giá trị thực không theo số đếm",
                "the true value does not follow from its counts",
            )
            known = rule["scope"] != "contest" and rule["count"] == "persons" and best
            if not known or self.release["counts"]["unranked"]:
                self.notes.append(
                    say(
                        f"Giá trị thực ({group}) theo số đếm khai báo.",
                        f"The true value ({group}) rests on declared counts.",
                    )
                )
                continue
            groups = [group] if rule["scope"] == "group" else list(self.tally)
            right, persons = (
                sum(self.tally.get(one, (0, 0))[at] for one in groups) for at in (0, 1)
            )
            need(
                (persons, right) == (told["persons"], told["persons_all_correct"]),
                "số người dùng để tính giá trị thực không khớp",
                "the counts behind the true value differ",
            )

    def figure(self, rule, told):
        part = told[f"{rule['count']}_all_correct"]
        whole = told[rule["count"]]
        if rule["who"] != "percent_all_correct":
            return Decimal(whole if rule["who"] == "took_part" else part)
        exact = Decimal(100) * part / whole if whole else Decimal(0)
        return exact.quantize(Decimal(1).scaleb(-rule["decimals"]), ROUND_HALF_UP)


def find_receipt(bundle, path):
    """What became of the entry a receipt is for."""
    with open(path, encoding="utf-8") as file:
        receipt = json.load(file)["receipt"]
    secret, parts = bytes.fromhex(receipt["secret"]), {}
    for name, value in receipt["values"].items():
        key = hmac.new(secret, b"field:" + name.encode(), hashlib.sha256).digest()
        parts[name] = {"value": value, "key": key.hex()}
    mine = leaf_of({"opening": parts})
    for row in bundle.rows():
        if leaf_of(row) == mine:
            return row["fate"]
    raise Different(say("bài trong biên nhận không có trong gói", "the receipt's entry is missing"))


def run(arguments):
    bundle = Bundle(arguments.bundle)
    digest = tagged("release", canon(bundle.release)).hex()
    need(
        digest == bundle.manifest["release"] and arguments.digest in (None, digest),
        "mã băm bản công bố không khớp",
        "the release's digest differs",
    )
    check = Check(bundle)
    check.commitment()
    size = check.tree(arguments.root)
    check.lots()
    check.ranking()
    print(say(f"{size} bài thi khớp gốc cây băm.", f"{size} entries agree with the root."))
    if check.release["actual_values"]:
        check.true_values()
    lines = check.prizes()
    declared = [c["kind"] for c in check.chain if c["kind"] in DECLARED]
    sure = check.public and not declared
    for line in lines:
        print(
            line,
            say("— tính lại được", "— recomputed")
            if sure
            else say("— tính lại từ số liệu khai báo", "— recomputed from declared figures"),
        )
    for note in dict.fromkeys(check.notes):
        print(note)
    if arguments.receipt:
        print(
            say("Bài trong biên nhận:", "The receipt's entry:"),
            find_receipt(bundle, arguments.receipt),
        )
    if arguments.root is None:
        print(say("Chưa so với gốc in trên quyết định (--root).", "No --root to compare with."))
    print(say("Mã băm bản công bố:", "Digest of the release:"), digest)
    print(say("KHỚP", "GOOD"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bundle")
    for name in ("--root", "--digest", "--receipt"):
        parser.add_argument(name)
    parser.add_argument("--english", action="store_true")
    try:
        run(parser.parse_args())
    except Different as difference:
        print(say("KHÔNG KHỚP:", "DIFFERENT:"), difference)
        return 1
    except UNREADABLE as error:
        print(say("KHÔNG ĐỌC ĐƯỢC:", "UNREADABLE:"), type(error).__name__, error)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
