#!/usr/bin/env python3
"""Kiểm lại kết quả một vòng thi từ gói công bố. Recheck a round's results from its bundle.

    python3 verify.py release.zip --root ROOT [--digest DIGEST] [--receipt FILE]
                           [--head HEAD]… [--english]

ROOT and DIGEST stand on the signed decision; --root takes the digest too, which covers more: the
names of the winners. Needs Python 3.9 or newer and nothing else; shares no code with the platform,
on purpose. Exit code 0: everything agrees. 1: a difference, named. 2: the bundle can't be read.
"""

import argparse
import hashlib
import hmac
import json
import re
import struct
import sys
import zipfile
import zlib
from bisect import bisect_left
from collections import namedtuple
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import compress, count, groupby, zip_longest

AUDITORS = ("minhthi-auditor/1", "minhthi-auditor/2")
NEWER = ("minhthi-bundle/3", "minhthi-auditor/2")  # prizes by age, extra attempts, a cut score
FORMATS = ("minhthi-bundle/1", "minhthi-bundle/2", "minhthi-bundle/3", *AUDITORS)
FATES = ("counted", "superseded", "unranked", "voided", "duplicate")
UNIT_MS = {"ms": 1, "second": 1000, "minute": 60000}
DECLARED = ("attempts_used", "registered_at", "age", "duration_share")
DECIMALS = {"whole": 0, "tenth": 1, "hundredth": 2}
INTERVALS = {"prediction_error": "prediction", "duration": "duration", "submitted_at": "ended"}
BOUNDS = (
    *("prediction/1", "prediction/2", "prediction/3"),
    *("duration/60000", "duration/10000", "ended/3600000", "ended/60000"),
)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
ENGLISH = "--english" in sys.argv

# What a bundle may be at most, so that nobody's machine is filled by one.
MOST_FILES, MOST_DIRECTORY = 40, 1 << 16
MOST_JSON, MOST_LINE, MOST_ROWS = 16 << 20, 1 << 20, 20_000_000
MOST_PACKED, MOST_FRONT, MOST_PLACES = 60, 200_000, 1_000_000
MOST_HIDDEN = 8  # of one group: the format hides fewer than five of a kind, of two kinds,
# and in a further release so many of each stretch between heads
NUMBER = re.compile(r"-?[0-9]{1,20}([.][0-9]{1,20})?")


class Unreadable(Exception):
    """Exit 2, with a sentence."""


# A file that is not what it says breaks in one of these ways.
UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
UNREADABLE += (RuntimeError, EOFError, MemoryError, zipfile.BadZipFile, zlib.error, Unreadable)


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


def readable(truth, vi, en):
    if not truth:
        raise Unreadable(say(vi, en))


def number(text):
    """A decimal written as the format has it; no "1e999999999" that fills the memory."""
    readable(
        isinstance(text, str) and NUMBER.fullmatch(text), "số viết sai", "a number is miswritten"
    )
    return Decimal(text)


def refuse(text):
    raise Unreadable(say(f"JSON có số không hợp lệ: {text[:20]}", f"JSON with {text[:20]}"))


def once(pairs):
    found = dict(pairs)
    readable(len(found) == len(pairs), "JSON có mục lặp lại", "JSON names a key twice")
    return found


READER = json.JSONDecoder(object_pairs_hook=once, parse_float=refuse, parse_constant=refuse)


def check_directory(path):
    """Look at the end of the archive before a library reads the whole list of its files."""
    with open(path, "rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 65557))
        tail = file.read()
    at = tail.rfind(b"PK\5\6")
    readable(at >= 0 and len(tail) >= at + 22, "không phải tệp zip nguyên vẹn", "no whole zip file")
    count, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    readable(
        count <= MOST_FILES and length <= MOST_DIRECTORY,
        "tệp zip liệt kê quá nhiều tệp",
        "the zip lists too many files",
    )


class Bundle:
    """The files, each compared with the manifest; nothing larger than the limits is read."""

    def __init__(self, path):
        check_directory(path)
        self.zip = zipfile.ZipFile(path)
        self.stage = "manifest.json"
        names = self.zip.namelist()
        readable(len(set(names)) == len(names), "một tệp có hai lần", "a file is there twice")
        for info in self.zip.infolist():
            readable(
                info.file_size <= MOST_PACKED * info.compress_size + (1 << 20)
                and not info.flag_bits & 1,
                f"{info.filename[:40]} nén quá mức hoặc có mật khẩu",
                f"{info.filename[:40]} is packed too tightly or has a password",
            )
        self.manifest = self.read("manifest.json")
        readable(self.manifest["format"] in FORMATS, "định dạng lạ", "unknown format")
        files = self.manifest["files"]
        for name in (*files, "release.json", "commitment.json", "awards.json", "leaves.jsonl"):
            readable(name in names, f"thiếu tệp {name[:40]}", f"{name[:40]} is missing")
        need(
            set(names) == {"manifest.json", *files},
            "có tệp không nằm trong bản kê",
            "a file is not in the manifest",
        )
        for name, digest in sorted(files.items()):
            self.stage = name
            need(self.sha256(name) == digest, f"{name} đã bị sửa", f"{name} was changed")
        self.release = self.read("release.json")
        self.commitment = self.read("commitment.json")
        self.awards = self.read("awards.json")
        self.earlier = self.read("earlier.json") if "earlier.json" in names else []

    def sha256(self, name):
        found = hashlib.sha256()
        with self.zip.open(name) as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                found.update(piece)
        return found.hexdigest()

    def read(self, name):
        self.stage = name
        readable(name in self.zip.namelist(), f"thiếu tệp {name}", f"{name} is missing")
        with self.zip.open(name) as file:
            data = file.read(MOST_JSON + 1)
        readable(len(data) <= MOST_JSON, f"{name} quá lớn", f"{name} is too large")
        return READER.decode(data.decode("utf-8"))

    def rows(self, name="leaves.jsonl"):
        with self.zip.open(name) as file:
            for at in range(1, MOST_ROWS + 2):
                self.stage = say(f"{name}, dòng {at}", f"{name}, line {at}")
                line = file.readline(MOST_LINE)
                if not line:
                    return
                readable(line.endswith(b"\n"), "dòng quá dài", "the line is too long")
                yield READER.decode(line.decode("utf-8").rstrip("\n"))
        raise Unreadable(say("quá nhiều dòng", "too many lines"))


def committed(parts):
    """{name: commitment} of fields opened by value and key, or closed by their commitment."""
    found = {}
    for name, part in parts.items():
        if "value" in part:
            key = bytes.fromhex(part["key"])
            found[name] = hmac.new(key, canon(part["value"]), hashlib.sha256).hexdigest()
        else:
            found[name] = part["commitment"]
    return found


def leaf_of(row):
    """The leaf of a row from what it opens and what it keeps closed."""
    if "opening" not in row:
        leaf = bytes.fromhex(row["leaf"])
        readable(len(leaf) == 32, "lá băm sai độ dài", "a leaf of the wrong length")
        return leaf
    leaf = tagged("leaf", canon(committed(row["opening"])))
    if "bounds" in row:
        told = row["opening"]["bounds"].get("value")
        need(
            told == tagged("bounds", canon(committed(row["bounds"]))).hex(),
            f"khoảng giá trị của bài {leaf.hex()[:12]} đã bị sửa",
            f"the intervals of entry {leaf.hex()[:12]} were changed",
        )
    return leaf


class Tree:
    """RFC 9162, section 2.1.1, over leaves read once."""

    def __init__(self):
        self.waiting = []

    def add(self, leaf):
        height, node = 0, hashlib.sha256(b"\0" + leaf).digest()
        while self.waiting and self.waiting[-1][0] == height:
            node = hashlib.sha256(b"\1" + self.waiting.pop()[1] + node).digest()
            height += 1
        self.waiting.append((height, node))

    def root(self):
        if not self.waiting:
            return hashlib.sha256(b"").hexdigest()
        *left, (_height, node) = self.waiting
        for _height, before in reversed(left):
            node = hashlib.sha256(b"\1" + before + node).digest()
        return node.hex()


def tree_root(leaves):
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


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

    def __init__(self, document, entry, amended):
        self.pools, self.keys, self.amended = document["pools"], document["keys"], amended
        self.full = int(number(entry["points_per_item"]) * 100)
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
        marks, answered = [], 0
        for ref, mask in zip(refs, masks):
            accepted = self.accepted(group, ref, keys[ref])
            if accepted is None:  # the item was dropped
                continue
            item = pool["items"][ref]
            marks.append(max((self.one(item, key, mask) for key in accepted), default=self.full))
            answered += mask != 0
        right = sum(mark == self.full for mark in marks)
        return sum(marks), right, answered, len(marks)

    def accepted(self, group, ref, key):
        """The right answers of an item; [] if all are, None if it does not count."""
        made = self.amended.get((group, ref))
        if made is None:
            return [key]
        remedies = {"replace": [made["new"]], "accept_both": [key, made["new"]]}
        return {**remedies, "marks_to_all": [], "drop": None}[made["remedy"]]

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
    return int(number(told["score"]) * 100), told["correct"], told["answered"], told["total"]


class Check:
    """One pass for the tree, one for the ranking; `notes` say what rests on declared values."""

    def __init__(self, bundle):
        self.bundle, self.release = bundle, bundle.release
        document = bundle.commitment["document"]
        rules = document["rules"]
        self.entry, self.result = rules["entry"]["entry"], rules["result"]["result"]
        self.groups = [group["code"] for group in rules["entry"]["groups"]]
        counts = [tier["count"] for tier in self.result["prizes"]]
        readable(
            sum(counts) + self.result["reserves"] <= MOST_PLACES,
            "quá nhiều giải",
            "too many prizes",
        )
        self.public = bundle.commitment["secret"] is not None
        self.notes = []
        self.corrections = self.release.get("corrections", [])
        amended = self.amendments(document) if self.public else {}
        self.marks = Marker(document, self.entry, amended).mark if self.public else declared_marks
        values = self.release["actual_values"]
        self.actual = {group: number(told["value"]) for group, told in values.items()}
        self.chain = [c for c in self.result["chain"] if c["kind"] != "all_correct"]
        if not values:
            self.chain = [c for c in self.chain if c["kind"] != "prediction_error"]
        self.strict = len(self.chain) < len(self.result["chain"]) and any(
            c["kind"] == "all_correct" for c in self.result["chain"]
        )
        self.places = {"lot": {}, "decision": {}}
        self.side = [one for one in bundle.awards["awards"] if one["kind"] == "side"]
        self.extra = self.release.get("extra_attempts", 0)
        readable(
            bundle.manifest["format"] in NEWER
            or not (self.gives_by_age() or self.side or self.extra or self.cuts_score()),
            "giải theo tuổi, lượt thi thêm hoặc điểm cắt bớt không hợp định dạng của gói",
            "prizes by age, extra attempts or a cut score do not fit the format of the bundle",
        )
        self.single = self.entry["attempts_per_round"] == 1 and not self.extra
        if self.extra:
            self.notes.append(
                say(
                    f"{self.extra} lượt được cho thi thêm ngoài số lượt của thể lệ.",
                    f"{self.extra} attempts were granted beyond the number of the rules.",
                )
            )
        self.ranked_awards = [one for one in bundle.awards["awards"] if one["kind"] != "side"]
        self.named = {one["leaf"] for one in self.ranked_awards}
        self.named |= {one["leaf"] for one in bundle.awards["skipped"]}

    def gives_by_age(self):
        """Whether the rules name prizes by age."""
        return any(tier.get("by", "rank") != "rank" for tier in self.result["prizes"])

    # --- what was corrected ------------------------------------------------------------------

    def releases(self):
        """Each release names the one before by digest and repeats what was corrected before."""
        before = None
        for document in [*self.bundle.earlier, self.release]:
            digest = tagged("release", canon(before)).hex() if before else None
            need(
                document["previous"] == digest,
                f"bản công bố số {document['number']} không nối với bản trước nó",
                f"release {document['number']} does not name the one before it",
            )
            if before:
                known = before.get("corrections", [])
                same = all(document[part] == before[part] for part in ("contest", "root", "size"))
                need(
                    same
                    and document["round"]["commitment"] == before["round"]["commitment"]
                    and document["number"] > before["number"]
                    and document.get("corrections", [])[: len(known)] == known,
                    f"bản công bố số {document['number']} sửa cả điều bản trước đã ghi",
                    f"release {document['number']} changes what the one before it says",
                )
            before = document

    def amendments(self, document):
        """{(group, place): amendment in force}, each laid over the committed key."""
        amended, secret = {}, bytes.fromhex(self.bundle.commitment["secret"])
        opened = self.bundle.commitment.get("amendments", [])
        for at, told in enumerate(made for one in self.corrections for made in one["keys"]):
            sealed = "place" not in told  # the rules never publish keys; here they are shown
            made = opened[at] if sealed else told
            group, place = made["group"], made["place"]
            rest = {name: value for name, value in made.items() if name != "digest"}
            key = secret if sealed else b""
            need(
                told["digest"] == tagged("amendment", key + canon(rest)).hex()
                and made["commitment"] == self.release["round"]["commitment"]
                and made["old"] == document["keys"][group][place],
                f"sửa đáp án câu {place + 1} ({group}) không khớp đáp án đã cam kết",
                f"the amendment of item {place + 1} ({group}) does not fit the committed key",
            )
            amended[group, place] = made
        if self.corrections:
            count = len(amended)
            self.notes.append(
                say(
                    f"Chấm theo đáp án đã cam kết và {count} câu được đính chính.",
                    f"Marked by the committed keys and {count} amended items.",
                )
            )
        return amended

    def corrected_entries(self, fates):
        """Entries voided or restored stand so, and who lost a prize has none."""
        acts = {one["leaf"]: one["act"] for made in self.corrections for one in made["entries"]}
        for leaf, act in acts.items():
            need(
                leaf in fates and (fates[leaf] == "voided") == (act == "void"),
                f"bài {leaf[:12]} không ở trạng thái đã đính chính",
                f"entry {leaf[:12]} is not what the correction made it",
            )
        won = {one["leaf"] for one in self.bundle.awards["awards"]}
        for one in (one for made in self.corrections for one in made["withdrawn"]):
            need(
                one["leaf"] not in won,
                f"bài {one['leaf'][:12]} vẫn có giải đã thu hồi",
                f"entry {one['leaf'][:12]} still has a prize that was withdrawn",
            )

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
        self.cut, self.front, self.next, self.behind, self.unproved = {}, {}, {}, {}, {}
        self.tally = {}
        fates, counts = hashlib.sha256(b"minhthi/1/fates\0"), dict.fromkeys(FATES, 0)
        self.hidden = {"few": 0, "erased": 0}
        self.held, self.side_fates, corrected = {}, {}, {}
        beside = {one["leaf"] for one in self.side}
        named = {one["leaf"] for made in self.corrections for one in made["entries"]}

        def leaves():
            for row in self.bundle.rows():
                readable(row["fate"] in counts, "trạng thái lạ", "an unknown fate")
                counts[row["fate"]] += 1
                fates.update(row["fate"][0].encode())
                if "closed" in row:
                    self.hidden[row["closed"]] += 1
                self.opening(row)
                leaf = leaf_of(row)
                need(
                    "opening" not in row or row["fate"] in ("counted", "unranked"),
                    f"bài {leaf.hex()[:12]} không được tính mà lại mở",
                    f"entry {leaf.hex()[:12]} doesn't count and is opened",
                )
                self.note_named(row, leaf.hex())
                if "held" in row:
                    self.hold(row["held"], leaf.hex())
                if leaf.hex() in beside:
                    self.side_fates[leaf.hex()] = row["fate"]
                if leaf.hex() in named:
                    corrected[leaf.hex()] = row["fate"]
                yield leaf

        root = tree_root(leaves())
        release = self.release
        need(
            root == release["root"],
            f"bài thi (leaves.jsonl) cho gốc cây băm {root[:12]}… khác bản công bố",
            f"the entries (leaves.jsonl) give the root {root[:12]}…, not that of the release",
        )
        need(
            expected_root in (None, root, self.digest),
            f"bài thi (leaves.jsonl) cho gốc cây băm {root[:12]}… khác bản in trên quyết định",
            f"the entries (leaves.jsonl) give the root {root[:12]}…, not that of the decision",
        )
        need(
            counts == release["counts"] and sum(counts.values()) == release["size"],
            "số bài theo từng trạng thái không khớp",
            "the numbers of entries by fate differ",
        )
        need(
            fates.hexdigest() == release["fates"],
            "trạng thái của bài bị đổi",
            "an entry's fate differs",
        )
        self.few()
        self.corrected_entries(corrected)
        return release["size"]

    def hold(self, told, leaf):
        """The place of an erased entry at the front, and whether it shares it with opened ones."""
        leaves, shared = self.held.setdefault(told["group"], {}).get(told["rank"], ([], False))
        shared = shared or told.get("shared") is True
        self.held[told["group"]][told["rank"]] = ([*leaves, leaf], shared)

    def opening(self, row):
        """An entry shows the commitment it was made under, so the tree fits these rules alone."""
        told = row.get("opening", {}).get("round", {})
        need(
            told.get("value", self.release["round"]["commitment"])
            == self.release["round"]["commitment"],
            "đề, đáp án hoặc thể lệ khác bản mà bài thi đã ghi nhận",
            "papers, keys or rules are not those the entries were made under",
        )

    def few(self):
        few, erased = self.hidden["few"], self.hidden["erased"]
        heads = self.release.get("heads") or {"count": 0}
        kinds = 1 + len(self.bundle.earlier) * (1 + heads["count"])
        need(
            few <= MOST_HIDDEN * len(self.groups) * kinds,
            "quá nhiều bài bị giấu",
            "more entries are hidden than the format allows",
        )
        if few:
            self.notes.append(
                say(
                    f"{few} bài không mở vì quá ít bài giống nhau: xếp sau theo khai báo.",
                    f"{few} entries are closed, being too few of a kind: declared to be behind.",
                )
            )
        if erased:
            self.notes.append(
                say(
                    f"{erased} bài đã xoá dữ liệu theo yêu cầu: chỉ còn lá băm.",
                    f"{erased} entries were erased on request: the leaf is left.",
                )
            )

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

    def notices(self):
        """What was published before lots, once the entries are known to be the right ones."""
        for tie in self.bundle.awards["ties"]:
            if tie["method"] == "lot":
                self.published(tie)
        self.withdrawn()

    def published(self, tie):
        """The tied set was public before its source had spoken."""
        notice = tie.get("notice")
        if notice is None:
            self.notes.append(
                say(
                    "Có lần bốc thăm không kèm bản công bố trước.",
                    "A lot comes without the notice published before it.",
                )
            )
            return
        need(
            notice["digest"] == tagged("tied", canon(sorted(tie["order"]))).hex(),
            "nhóm bốc thăm khác nhóm đã công bố",
            "the set a lot was drawn among is not the one published before",
        )
        need(
            milliseconds(notice["published_at"]) < milliseconds(notice["draws_at"]),
            "nhóm bốc thăm công bố sau khi nguồn có kết quả",
            "a lot was published after its source had spoken",
        )

    def withdrawn(self):
        for notice in self.bundle.awards.get("withdrawn", []):
            self.notes.append(
                say(
                    f"Một công bố bốc thăm ({notice['source']}) đã rút: {notice['reason']}",
                    f"A notice of a lot ({notice['source']}) was taken back: {notice['reason']}",
                )
            )

    # --- heads -------------------------------------------------------------------------------

    def heads(self, wanted):
        """The chain of heads, and each opened one against the entries it held."""
        told = self.release.get("heads")
        heads = self.bundle.read("heads.json") if told else []
        if not heads:
            self.notes.append(say("Vòng này không có mốc bài thi.", "This round has no heads."))
        before, opened = self.release["round"]["commitment"], []
        for number, head in enumerate(heads, 1):
            need(
                head["number"] == number and head["previous"] == before,
                f"mốc {number} không nối tiếp mốc trước",
                f"head {number} is not chained to the one before",
            )
            before = head["digest"]
            if "nonce" in head:
                self.head_digest(head)
                opened.append(head)
        need(
            not heads or (before, len(heads)) == (told["last"], told["count"]),
            "các mốc khác bản công bố",
            "the heads are not those of the release",
        )
        for digest in wanted:
            need(
                digest.strip().lower() in [head["digest"] for head in heads],
                f"mốc {digest[:12]}… không có trong gói",
                f"head {digest[:12]}… is not in the bundle",
            )
        self.head_trees(opened)
        self.say_heads(heads, opened)

    def head_digest(self, head):
        names = ("number", "at", "root", "size", "previous")
        document = {name: head[name] for name in names}
        found = tagged("head", bytes.fromhex(head["nonce"]) + canon(document)).hex()
        need(
            found == head["digest"],
            f"mốc {head['number']} mở ra khác mã đã công bố",
            f"head {head['number']} opens to another digest than was published",
        )

    def head_trees(self, opened):
        """Without the leaves that came later, the tree is the one the head held."""
        moments = {head["number"]: milliseconds(head["at"]) for head in opened}
        trees = {number: Tree() for number in moments}
        sizes = dict.fromkeys(moments, 0)
        for row in self.bundle.rows() if opened else ():
            first = row.get("head")
            readable(
                first is None or first in moments, "mốc của bài lạ", "an entry names no opened head"
            )
            self.head_moment(row, first, moments)
            if first is not None:
                leaf = leaf_of(row)
                for number in moments:
                    if number >= first:
                        trees[number].add(leaf)
                        sizes[number] += 1
        for head in opened:
            number = head["number"]
            need(
                (trees[number].root(), sizes[number]) == (head["root"], head["size"]),
                f"bài thi khác mốc {number}: có bài bị bớt, thêm hoặc sửa sau mốc",
                f"the entries are not those of head {number}: some were changed after it",
            )

    def head_moment(self, row, first, moments):
        """Where it is opened when an entry ended, that says in which head it first stands."""
        ended = row.get("opening", {}).get("ended", {})
        if "value" in ended:
            ended = milliseconds(ended["value"])
            holding = [number for number, at in moments.items() if at >= ended]
            need(
                first == min(holding, default=None),
                "một bài nằm ở mốc không đúng giờ kết thúc của nó",
                "an entry stands in a head that does not fit when it ended",
            )

    def say_heads(self, heads, opened):
        closed = len(heads) - len(opened)
        if closed:
            self.notes.append(
                say(
                    f"{closed} mốc không mở công khai: giữa hai mốc có quá ít bài cùng loại.",
                    f"{closed} heads stay closed here: too few entries of a kind between two.",
                )
            )
        if opened:
            last = opened[-1]
            whole = last["size"] == self.release["size"]
            print(
                say(
                    f"{len(opened)} mốc khớp; sau mốc lúc {last['at']} không bài nào bị bớt, sửa"
                    + (", thêm." if whole else "."),
                    f"{len(opened)} heads agree; after the one of {last['at']} no entry was"
                    + (" taken out, changed or added." if whole else " taken out or changed."),
                )
            )

    # --- the ranking -------------------------------------------------------------------------

    def value(self, criterion, row, leaf, marks):
        """What one criterion compares, None if missing. Raises Closed."""
        kind = criterion["kind"]
        if kind == "score":
            return marks[0] // 10 ** (2 - DECIMALS.get(criterion["precision"], 2))
        if kind == "prediction_error":
            told = field(row, "prediction")
            return None if told is None else self.error(criterion, number(told), row)
        if kind in ("lot", "decision"):
            return self.places[kind].get(leaf)
        if kind in DECLARED:
            if kind not in row.get("declared", {}):
                raise Closed(kind)
            return row["declared"][kind]
        ended = milliseconds(field(row, "ended"))
        start = milliseconds(field(row, "started")) if kind == "duration" else 0
        return (ended - start) // UNIT_MS[criterion["precision"]]

    def cuts_score(self):
        cut = ("whole", "tenth")
        return any(c["kind"] == "score" and c["precision"] in cut for c in self.chain)

    def error(self, criterion, prediction, row):
        error = abs(prediction - self.actual[field(row, "group")])
        decimals = DECIMALS.get(criterion["precision"])
        return error if decimals is None else int(error * 10**decimals)

    def ends(self, criterion, row):
        """The values a criterion compares at the ends of an opened interval. Raises Closed."""
        kind = criterion["kind"]
        for name, part in row.get("bounds", {}).items():
            if "value" in part and name.split("/")[0] == INTERVALS.get(kind):
                low, high = part["value"]
                if kind == "prediction_error":
                    actual = self.actual[field(row, "group")]
                    points = [number(low), number(high)]
                    points += [actual] if points[0] <= actual < points[1] else []
                    return [self.error(criterion, point, row) for point in points]
                if kind == "submitted_at":
                    low, high = milliseconds(low), milliseconds(high)
                return [v // UNIT_MS[criterion["precision"]] for v in (low, high - 1)]
        raise Closed(kind)

    def key(self, row, leaf, marks):
        """The values compared, as far as they are opened: smaller comes first. And whether they
        are exact; where an interval is opened, the best it may hold stands for the value.
        """
        key, exact = [], True
        for criterion in self.chain:
            try:
                values = [self.value(criterion, row, leaf, marks)]
            except Closed:
                try:
                    values, exact = self.ends(criterion, row), False
                except Closed:
                    break
            falling = criterion["direction"] == "desc" and criterion["kind"] not in DECLARED
            key.append(min((1, 0) if v is None else (0, -v if falling else v) for v in values))
        return key, exact and len(key) == len(self.chain)

    def eligible(self, marks):
        _score, right, answered, total = marks
        whole = answered == total or not self.entry["require_all_answered"]
        return whole and (right == total or not self.strict)

    def note_named(self, row, leaf):
        """The last place that awarding looked at, from the entries it names."""
        if leaf in self.named and row["fate"] == "counted" and "opening" in row:
            key, exact = self.key(row, leaf, self.marks(row))
            if exact:
                need(
                    "value" in row["opening"].get("round", {"value": ""}),
                    f"bài {leaf[:12]} không cho thấy cam kết của vòng",
                    f"entry {leaf[:12]} doesn't show the round's commitment",
                )
                group = field(row, "group")
                self.cut[group] = max(self.cut.get(group, key), key)

    def ranking(self):
        """Rank the front of each group and see that everyone else stands behind it."""
        self.beside, self.side_groups = {}, {}
        beside = {one["leaf"] for one in self.side}
        for row, leaf, marks, group, key, exact in self.ranked_rows():
            if leaf in beside:
                self.beside[leaf], self.side_groups[leaf] = (self.figures(row), marks), group
            all_right, persons = self.tally.get(group, (0, 0))
            self.tally[group] = (all_right + (marks[1] == marks[3]), persons + 1)
            cut = self.cut.get(group)
            if exact and cut is not None and key <= cut:
                front = self.front.setdefault(group, [])
                front.append((key, leaf, self.figures(row), marks))
                readable(len(front) <= MOST_FRONT, "quá nhiều bài đồng hạng", "too many ties")
                continue
            declared = row.get("behind") is True
            unproved = declared and (cut is None or key == cut[: len(key)])
            self.unproved[group] = self.unproved.get(group, 0) + unproved
            self.behind[group] = self.behind.get(group, 0) + 1
            if exact:
                self.note_next(group, (key, leaf, self.figures(row), marks))
            need(
                cut is None or key > cut[: len(key)] or (declared and key == cut[: len(key)]),
                f"bài {leaf[:12]} xếp trước người đạt giải",
                f"entry {leaf[:12]} stands before a winner",
            )

    def note_next(self, group, one):
        """Keep those that come first behind the last place named: a reserve may be withheld."""
        known = self.next.get(group, [])
        if not known or one[0] < known[0][0]:
            self.next[group] = [one]
        elif one[0] == known[0][0] and len(known) <= MOST_PLACES:
            known.append(one)

    def figures(self, row):
        """What the decision prints of a winner, as far as it is opened."""
        figures = {}
        for name, value in (("prediction", self.predicted), ("duration_ms", self.took)):
            try:
                figures[name] = value(row)
            except Closed:
                continue
        return figures

    def ranked_rows(self):
        once = self.result["counted_attempt"] == "best" or self.single
        for row in self.bundle.rows():
            if "opening" not in row:
                continue
            marks = self.marks(row)
            if row["fate"] == "unranked":
                need(
                    not (once and self.eligible(marks)),
                    f"bài {leaf_of(row).hex()[:12]} đủ điều kiện mà bị để ngoài bảng xếp hạng",
                    f"entry {leaf_of(row).hex()[:12]} should be ranked and is left out",
                )
                continue
            leaf = leaf_of(row).hex()
            need(
                self.eligible(marks),
                f"bài {leaf[:12]} không đủ điều kiện xếp hạng",
                f"entry {leaf[:12]} should not be ranked",
            )
            yield (row, leaf, marks, field(row, "group"), *self.key(row, leaf, marks))

    def behind_indeed(self, row, leaf, group):
        """An entry opened whole that is not in front is behind; what isn't in it stays out."""
        key = []
        for criterion in self.chain:
            if criterion["kind"] in DECLARED:
                break
            value = self.value(criterion, row, leaf, self.marks(row))
            falling = criterion["direction"] == "desc"
            key.append((1, 0) if value is None else (0, -value if falling else value))
        cut = self.cut.get(group)
        need(
            cut is None
            or any(leaf == one[1] for one in self.front.get(group, []))
            or key >= cut[: len(key)],
            "bài trong biên nhận đáng xếp trước người đạt giải",
            "the receipt's entry should stand before a winner",
        )

    def sureness(self, group, is_open):
        """How far a prize of the group was recomputed; of an erased entry nothing is open."""
        declared = any(c["kind"] in DECLARED for c in self.chain)
        if not self.public or declared or not is_open:
            return say("— tính lại từ số liệu khai báo", "— recomputed from declared figures")
        declared = self.unproved.get(group, 0)
        if declared:
            return say(
                f"— tính lại được, trừ {declared} bài khai báo là xếp sau",
                f"— recomputed but for {declared} entries declared to be behind",
            )
        return say("— tính lại được", "— recomputed")

    # --- the prizes --------------------------------------------------------------------------

    def prizes(self):
        """Give the prizes of every group again and compare; returns lines to print."""
        lines, given = [], {}
        groups = {one["group"] for one in self.ranked_awards} | set(self.front)
        for group in sorted(groups | set(self.behind)):
            for one in self.group_awards(group):
                given[one["leaf"]] = one
        told = {one["leaf"]: one for one in self.ranked_awards}
        for leaf in sorted(given.keys() | told.keys()):
            need(
                given.get(leaf) == told.get(leaf),
                f"giải của bài {leaf[:12]} tính lại khác giải đã công bố",
                f"the prize of entry {leaf[:12]} differs from the one recomputed",
            )
        fronts = [*self.front.values(), *self.next.values()]
        rows = {leaf: (row, marks) for front in fronts for _k, leaf, row, marks in front}
        named = {t["code"]: t for t in self.result["prizes"]}
        winners = {(w["group"], w["place"]): w for w in self.release["winners"]}
        prizes = [one for one in told.values() if one["kind"] == "prize"] + self.side
        need(len(winners) == len(prizes), "số giải khác quyết định", "the winners differ")
        self.side_prizes(named)
        for one in sorted(prizes, key=lambda p: (p["group"], p["place"])):
            winner = winners.get((one["group"], one["place"]))
            beside = one["kind"] == "side"
            row = (self.beside if beside else rows).get(one["leaf"])
            need(winner is not None, "giải không có trong quyết định", "a prize is not signed")
            if row:
                self.winner(winner, named[one["tier"]], *row)
            text = f"{winner['prize']} {one['place']} ({one['group']}): {winner['name']}"
            sure = self.sureness(one["group"], is_open=row is not None)
            lines.append((text, self.side_sureness() if beside else sure))
        return lines

    def side_prizes(self, tiers):
        """What can be seen of prizes by age: that they are the rules', and whose they may be."""
        once = self.result["one_prize_per"] != "none"
        lost = {(one["group"], one["leaf"]) for one in self.bundle.awards["skipped"]}
        given, places = set(), {}
        if once:
            given = {one["leaf"] for one in self.ranked_awards if one["kind"] == "prize"}
        for one in self.side:
            tier, leaf = tiers.get(one["tier"], {}), one["leaf"]
            first, count = self.side_places(one["group"]).get(one["tier"], (1, 0))
            need(
                tier.get("by", "rank") != "rank"
                and first <= one["place"] < first + count
                and places.setdefault((one["group"], one["place"]), leaf) == leaf
                and leaf not in given
                and (one["group"], leaf) not in lost
                and self.side_fates.get(leaf) == "counted"
                and self.side_groups.get(leaf, one["group"]) == one["group"],
                f"giải theo tuổi của bài {leaf[:12]} không theo thể lệ",
                f"the prize by age of entry {leaf[:12]} does not follow the rules",
            )
            if once:
                given.add(leaf)

    def side_places(self, group):
        """{tier: (first place, how many)}; they come behind all prizes for places."""
        left, place, found = self.cap(group), 1, {}
        tiers = [t for t in self.result["prizes"] if t.get("group") in (None, group)]
        for tier in sorted(tiers, key=lambda t: t.get("by", "rank") != "rank"):
            count = tier["count"] if left is None else min(left, tier["count"])
            left = None if left is None else left - count
            found[tier["code"]] = (place, count)
            place += count
        return found

    def side_sureness(self):
        if self.bundle.manifest["format"] in AUDITORS:
            return say("— xem dòng kiểm toán", "— see the audit's line")
        return say(
            "— khai báo: ngày sinh không mở trong gói công bố",
            "— declared: birth dates are not opened in the public bundle",
        )

    def winner(self, winner, tier, figures, marks):
        need(
            winner is not None
            and (winner["prize"], winner["money"]) == (tier["name"], tier["money"])
            and (winner["correct"], winner["total"]) == (marks[1], marks[3]),
            f"kết quả của người đạt {tier['name']} khác bài thi",
            f"the result of a winner of {tier['name']} is not that of the entry",
        )
        for name, value in figures.items():
            need(
                winner[name] == value,
                f"số liệu của người đạt giải {winner['place']} khác bài thi",
                f"the figures of winner {winner['place']} are not those of the entry",
            )

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
            if tier.get("group") in (None, group) and tier.get("by", "rank") == "rank":
                count = tier["count"] if left is None else min(left, tier["count"])
                left = None if left is None else left - count
                places += [("prize", tier["code"])] * count
        prizes = len(places)
        places += [("reserve", "reserve")] * self.result["reserves"]
        taken = 0
        for rank, tied in self.standing(group):
            may_win = [leaf for leaf in tied if leaf not in skipped]
            free = places[taken : taken + len(may_win)]
            if len(free) == len(may_win) and len(set(free)) == 1:
                told = {o["leaf"]: o["place"] for o in self.ranked_awards}
                may_win.sort(key=lambda leaf: told.get(leaf, 0))  # inside a tie the order is free
                for place, leaf in enumerate(may_win, taken):
                    kind, tier = places[place]
                    at = place + 1 if kind == "prize" else place - prizes + 1
                    given = {"group": group, "kind": kind, "tier": tier, "place": at}
                    yield {**given, "rank": rank, "leaf": leaf}
            elif may_win and prizes > taken:
                raise Different(say("còn đồng hạng ở ranh giới giải", "a tie for a prize is open"))
            taken += len(may_win)
        need(
            taken >= prizes or not self.behind.get(group),
            "còn giải chưa trao dù có người đủ điều kiện",
            "a prize is not given though somebody stands for it",
        )

    def standing(self, group):
        """(rank, leaves that share it) down the front; an erased entry holds the place declared."""
        held = self.held.get(group, {})
        ordered = sorted(self.front.get(group, []), key=lambda one: (one[0], one[1]))
        ordered += self.next.get(group, [])
        rank = 1
        for _key, same in groupby(ordered, key=lambda one: one[0]):
            tied = [leaf for _k, leaf, _row, _marks in same]
            while rank in held:
                leaves, shared = held[rank]
                if shared:
                    tied = leaves + tied
                    break
                yield rank, leaves
                rank += len(leaves)
            yield rank, tied
            rank += len(tied)
        while rank in held:
            yield rank, held[rank][0]
            rank += len(held[rank][0])

    def cap(self, group):
        share = self.result["max_share_percent"]
        if share is None:
            return None
        self.notes.append(say("Số người dự thi là khai báo.", "Entrant numbers are declared."))
        return self.bundle.awards["entrants"][group] * share // 100

    # --- collective prizes -------------------------------------------------------------------

    def units(self):
        """Rank the units again from their declared figures; yields lines to print."""
        told, rules = self.release.get("unit_prizes"), self.result.get("unit_prizes")
        if told is None or rules is None:
            need(told is None, "giải tập thể không có trong thể lệ", "no such collective prizes")
            if rules is not None:
                self.notes.append(
                    say("Giải tập thể không có trong gói.", "Collective prizes are not in here.")
                )
            return
        table = self.bundle.read("units.json")
        need(
            tagged("units", canon(table)).hex() == told["digest"],
            "bảng giải tập thể (units.json) khác bản công bố",
            "the table of units (units.json) is not that of the release",
        )
        formula, winners = UnitFormula(rules), []
        for bloc in table["blocs"]:
            tiers = [t for t in rules["prizes"] if t.get("bloc") in (None, bloc["code"])]
            for unit, tier in formula.rank(bloc["units"], tiers if table["complete"] else []):
                winners.append((bloc["name"], unit["unit"], unit["place"], tier["name"]))
                yield f"{tier['name']}: {unit['unit']}", unit
        need(
            winners == [(w["bloc"], w["unit"], w["place"], w["prize"]) for w in told["winners"]],
            "giải tập thể tính lại khác giải đã công bố",
            "the collective prizes differ",
        )

    # --- the true value ----------------------------------------------------------------------

    def true_values(self):
        rule = self.entry["prediction"]
        first = self.result["chain"][0]["kind"] if self.result["chain"] else ""
        best = self.single or (
            self.result["counted_attempt"] == "best" and first in ("score", "all_correct")
        )
        if self.bundle.earlier and self.result["actual_value_policy"] == "frozen":
            need(
                self.release["actual_values"] == self.bundle.earlier[0]["actual_values"],
                "giá trị thực khác bản công bố đầu tiên",
                "the true value is not the one of the first release",
            )
            self.notes.append(
                say(
                    "Giá trị thực giữ theo bản công bố đầu tiên.",
                    "The true value is kept from the first release.",
                )
            )
            return
        for group, told in self.release["actual_values"].items():
            need(
                self.figure(rule, told) == number(told["value"]),
                f"giá trị thực ({group}) không theo số đếm",
                f"the true value ({group}) does not follow from its counts",
            )
            known = rule["scope"] != "contest" and rule["count"] == "persons" and best
            if not known or self.release["counts"]["unranked"] or any(self.hidden.values()):
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
                f"số người dùng để tính giá trị thực ({group}) không khớp",
                f"the counts behind the true value ({group}) differ",
            )

    def figure(self, rule, told):
        part = told[f"{rule['count']}_all_correct"]
        whole = told[rule["count"]]
        if rule["who"] != "percent_all_correct":
            return Decimal(whole if rule["who"] == "took_part" else part)
        exact = Decimal(100) * part / whole if whole else Decimal(0)
        return exact.quantize(Decimal(1).scaleb(-rule["decimals"]), ROUND_HALF_UP)


class UnitFormula:
    """A unit's figures and place, in exact fractions; each is rounded before it is weighed."""

    def __init__(self, rules):
        self.components, self.rules = rules["components"], rules
        self.ties = [kind for kind in rules.get("ties", []) if kind != "board"]
        others = [c["kind"] for c in rules.get("conditions", [])] + self.ties
        weighed = {part["kind"] for part in self.components}
        extra = dict.fromkeys(kind for kind in others if kind != "size" and kind not in weighed)
        self.figures = [*self.components, *({"kind": kind} for kind in extra)]

    def size(self, unit):
        return unit["listed" if self.rules["members"] == "listed" else "headcount"]

    def component(self, kind):
        return next((part for part in self.components if part["kind"] == kind), {"kind": kind})

    def measure(self, part, unit):
        marks = [(Fraction(top, bottom), count) for top, bottom, count in unit["marks"]]
        entered = sum(count for _mark, count in marks)
        over = entered
        if part.get("over", "entered") != "entered":
            over = max(entered, self.size(unit))
        kind = part["kind"]
        if kind == "completion":
            return percent(unit["done"], unit["listed"])
        if kind == "participation":
            return min(Fraction(100), percent(unit["entrants"], unit["headcount"]))
        if kind == "average":
            return percent(sum(mark * count for mark, count in marks), over) / 100
        if kind == "share":
            least = part.get("at_least", 80)
            return percent(sum(count for mark, count in marks if mark >= least), over)
        if kind in ("points", "winner"):
            won = Fraction(100 * bool(unit["winners"]))
            return Fraction(*unit["points"]) if kind == "points" else won
        return self.top(marks, part.get("count", 10))

    def top(self, marks, count):
        left, total = count, Fraction(0)
        for mark, members in sorted(marks, reverse=True):
            total += mark * min(members, left)
            left -= min(members, left)
        return total / count

    def rounded(self, part, unit):
        return half_up(self.measure(part, unit), self.rules.get("decimals", 2))

    def barred(self, unit):
        size = self.size(unit)
        return any(
            (each.get("size_from") or 0) <= size
            and (each.get("size_below") is None or size < each["size_below"])
            and self.measure(self.component(each["kind"]), unit)
            < Fraction(each.get("percent", "100"))
            for each in self.rules.get("conditions", [])
        )

    def key(self, unit):
        """What units are compared by, the larger first; None for one that a condition bars."""
        figures = [self.rounded(part, unit) for part in self.figures]
        total = sum(Fraction(part["weight"]) * f for part, f in zip(self.components, figures))
        total = half_up(total / 100, self.rules.get("decimals", 2))
        need(
            [Fraction(number(text)) for text in unit["figures"]] == figures
            and Fraction(number(unit["sum"])) == total,
            f"kết quả của {unit['unit']} không theo số liệu khai báo",
            f"the result of {unit['unit']} does not follow from its figures",
        )
        ties = [
            Fraction(self.size(unit))
            if kind == "size"
            else self.rounded(self.component(kind), unit)
            for kind in self.ties
        ]
        return None if self.barred(unit) else (total, *ties, unit["preferred"])

    def rank(self, units, tiers):
        """(unit, tier) of each awarded one in order; places of units too small are declared."""
        places = [unit["place"] for unit in units if unit["place"] is not None]
        few = sum("few" in unit for unit in units)
        shown = [unit for unit in units if "few" not in unit]
        keys = [self.key(unit) for unit in shown]
        free = [key for key in keys if key is not None]
        for unit, key in zip(shown, keys):
            if key is None:
                fits = unit["place"] is None
            else:
                ahead = sum(other > key for other in free) + 1
                fits = unit["place"] is not None and ahead <= unit["place"] <= ahead + few
                fits = fits and all(
                    (other > key) == (theirs["place"] < unit["place"])
                    for theirs, other in zip(shown, keys)
                    if other is not None and theirs["place"] is not None
                )
            need(fits, f"{unit['unit']} xếp sai hạng", f"{unit['unit']} stands at a wrong place")
        for unit in units:
            given = self.tier(unit["place"], places.count(unit["place"]), tiers)
            need(
                unit["prize"] == (given["code"] if given else None),
                f"giải của {unit['unit']} không theo thứ hạng",
                f"the prize of {unit['unit']} does not follow from its place",
            )
            if given:
                yield unit, given

    def tier(self, place, tied, tiers):
        """Those who share a place get a prize only if all get the same."""
        if place is None:
            return None
        taken = []
        for step in range(tied):
            at = place + step
            for tier in tiers:
                at -= tier["count"]
                if at <= 0:
                    break
            else:
                tier = None
            taken.append(tier)
        return taken[0] if all(tier is taken[0] for tier in taken) else None


def percent(part, whole):
    return Fraction(100) * part / whole if whole else Fraction(0)


def half_up(value, decimals):
    scale = 10**decimals
    return Fraction((value * scale * 2 + 1) // 2, scale)


def sealed(secret, name, value):
    """A field as the holder of the entry's secret commits to it: (value, key)."""
    key = hmac.new(secret, b"field:" + name.encode(), hashlib.sha256).digest()
    return {"value": value, "key": key.hex()}


def around(name, values):
    """The interval of that name around the exact values (docs/release-format.md)."""
    kind, step = name.split("/")
    if kind == "prediction":
        if values["prediction"] is None:
            return None
        told = number(values["prediction"])
        width = Decimal(1).scaleb((told.adjusted() if told else 0) - int(step) + 1)
        low = (told / width).to_integral_value(ROUND_FLOOR) * width
        return [plain_number(low), plain_number(low + width)]
    ended = milliseconds(values["ended"])
    told = ended if kind == "ended" else ended - milliseconds(values["started"])
    low = told // int(step) * int(step)
    ends = [low, low + int(step)]
    return [moment(end) for end in ends] if kind == "ended" else ends


def plain_number(value):
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) if value else "0"


def moment(ms):
    told = EPOCH + timedelta(milliseconds=ms)
    return told.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def intervals(secret, values):
    """All intervals of an entry, opened."""
    return {name: sealed(secret, "bounds/" + name, around(name, values)) for name in BOUNDS}


def own_row(secret, values, whose):
    """An entry opened whole from its secret and its values."""
    row = {"opening": {name: sealed(secret, name, value) for name, value in values.items()}}
    if "bounds" in values:
        need(
            values["bounds"] == tagged("bounds", canon(committed(intervals(secret, values)))).hex(),
            f"khoảng giá trị của {whose} không khớp giá trị",
            f"the intervals of {whose} don't hold its values",
        )
    return row


def words_of(seed, name):
    """The 32-bit words of one stream of the drawing."""
    for counter in count():
        data = b"minhthi/1/draw\0" + seed + name + struct.pack(">I", counter)
        yield from struct.unpack(">8I", hashlib.sha256(data).digest())


def choose(values, wanted, words):
    """Fisher-Yates from the front, stopped after `wanted`."""
    for at in range(wanted):
        left = len(values) - at
        word = next(words)
        while word >= 2**32 - 2**32 % left:
            word = next(words)
        other = at + word % left
        values[at], values[other] = values[other], values[at]


def draw(pool, seed):
    """The paper that a pool gives for a seed: [[item, option order], …]."""
    words, drawn, taken = words_of(seed, b"items"), {}, set()
    turns = sorted(range(len(pool["rows"])), key=lambda place: len(pool["rows"][place]["items"]))
    for place in turns:
        row = pool["rows"][place]
        free = [item for item in row["items"] if item not in taken]
        places = list(range(len(free)))
        choose(places, row["count"], words)
        drawn[place] = [free[at] for at in sorted(places[: row["count"]])]
        taken.update(drawn[place])
    items = [item for place in range(len(pool["rows"])) for item in drawn[place]]
    if pool["shuffle_items"]:
        choose(items, len(items) - 1, words_of(seed, b"order"))
    words, paper = words_of(seed, b"options"), []
    for item in items:
        order = list(range(len(pool["items"][item]["options"])))
        if pool["shuffle_options"] and not pool["items"][item]["fixed_order"]:
            choose(order, len(order) - 1, words)
        paper.append([item, order])
    return paper


# What is kept of one attempt until its entrant's others are known.
Facts = namedtuple("Facts", "ordinal fate group leaf right whole key")


class Audit:
    """What only an auditor's bundle allows: every entry is there whole, under its entrant's number.

    Needs memory for every entrant, a little over a kilobyte each.
    """

    def __init__(self, check):
        self.check, self.bundle = check, check.bundle
        self.told = self.bundle.read("auditor.json")
        extra = self.told.get("extra_attempts", [])
        self.extra = {one["entrant"]: one["count"] for one in extra}
        document = self.bundle.commitment["document"]
        self.pools, self.mark = document["pools"], check.marks
        self.persons, self.owner, self.born, self.erased = {}, {}, {}, set()

    def run(self):
        """Lines to print."""
        self.set_aside = self.duplicates()
        rows = zip_longest(self.bundle.rows(), self.bundle.rows("entries.jsonl"))
        size = sum(self.entry(row, entry) for row, entry in rows)
        need(
            sum(self.extra.values()) == self.check.extra,
            "số lượt được thi thêm khác bản công bố",
            "the extra attempts are not those of the release",
        )
        ranked = self.fates()
        self.order(ranked)
        self.counts()
        self.skipped()
        lines = [
            say(
                f"Kiểm toán: {size} bài mở hết; đề rút lại đúng, lượt được tính và thứ hạng đúng.",
                f"Audit: {size} entries opened; papers drawn again, attempts and ranks right.",
            )
        ]
        if self.check.gives_by_age():
            lines.append(self.by_age(ranked))
        if self.erased:
            lines.append(
                say(
                    f"{len(self.erased)} người có bài đã xoá dữ liệu: không kiểm được lượt tính.",
                    f"{len(self.erased)} people have erased entries: their attempts go unchecked.",
                )
            )
        return lines

    def duplicates(self):
        """Entrants that a decided case sets aside; every decision has somebody who made it."""
        found = set()
        for case in self.bundle.rows("duplicates.jsonl"):
            if case["state"] == "same":
                need(
                    case["decided_by"] and case["kept"] in case["entrants"],
                    f"nhóm trùng {case['entrants']} không rõ ai quyết định",
                    f"nobody decided the duplicates {case['entrants']}",
                )
                found.update(case["entrants"])
        return found

    def entry(self, row, entry):
        leaf = leaf_of(row).hex() if row else "?"
        vi, en = f"bài {leaf[:12]}", f"entry {leaf[:12]}"
        need(
            row and entry and (entry["leaf"], entry["fate"]) == (leaf, row["fate"]),
            f"{vi} khác giữa hai danh sách bài thi",
            f"{en} differs between the two lists of entries",
        )
        who = entry["entrant"]
        most = self.check.entry["attempts_per_round"]
        need(
            most is None or entry["ordinal"] <= most + self.extra.get(who, 0),
            f"{vi} là lượt quá số được thi",
            f"{en} is an attempt more than was allowed",
        )
        if entry["fate"] == "voided":
            need(entry["voided"]["reason"].strip(), f"{vi} bị huỷ không lý do", f"{en}: no reason")
        if entry["fate"] == "duplicate":
            need(
                who in self.set_aside,
                f"{vi} bị coi là trùng mà không có quyết định",
                f"{en} is set aside as a duplicate without a decision",
            )
        if "values" not in entry:
            self.erased.add(who)
            return 1
        self.whole(entry, leaf, say(vi, en))
        return 1

    def whole(self, entry, leaf, name):
        values, secret, who = entry["values"], bytes.fromhex(entry["secret"]), entry["entrant"]
        mine = own_row(secret, values, name)
        person = hmac.new(secret, b"person:%d" % who, hashlib.sha256).hexdigest()[:32]
        need(
            leaf_of(mine).hex() == leaf and values["person"] == person,
            f"{name} mở ra khác lá băm",
            f"{name} does not open to its leaf",
        )
        need(
            draw(self.pools[values["group"]], bytes.fromhex(entry["seed"])) == values["paper"],
            f"đề của {name} không theo bộ câu hỏi và hạt giống",
            f"the paper of {name} is not what pool and seed give",
        )
        started, ended = milliseconds(values["started"]), milliseconds(values["ended"])
        deadline = milliseconds(entry["deadline"])
        need(started <= ended <= deadline, f"{name} có giờ sai", f"the times of {name} are wrong")
        if self.check.gives_by_age() or leaf in self.check.named:
            self.owner[leaf], self.born[who] = who, entry.get("birth_date")
        if entry["fate"] in ("voided", "duplicate"):
            return
        marks = self.mark(mine)
        facts = Facts(
            ordinal=entry["ordinal"],
            fate=sys.intern(entry["fate"]),
            group=sys.intern(values["group"]),
            leaf=leaf,
            right=marks[1] == marks[3],
            whole=marks[2] == marks[3] or not self.check.entry["require_all_answered"],
            key=tuple(self.compared(c, entry, mine, leaf, marks) for c in self.check.chain),
        )
        self.persons.setdefault(who, []).append(facts)

    def compared(self, criterion, entry, mine, leaf, marks):
        """One criterion's place in the key; None for the attempts used, known only at the end."""
        kind, values = criterion["kind"], entry["values"]
        started, ended = milliseconds(values["started"]), milliseconds(values["ended"])
        if kind == "attempts_used":
            return None
        if kind == "registered_at":
            told = milliseconds(entry["registered_at"]) // UNIT_MS[criterion["precision"]]
        elif kind == "age":
            told = age_of(entry["birth_date"], criterion["precision"])
        elif kind == "duration_share":
            parts = 100 * 10 ** DECIMALS.get(criterion["precision"], 2)
            limit = milliseconds(entry["deadline"]) - started
            told = (ended - started) * parts // limit if limit else None
        else:
            told = self.check.value(criterion, mine, leaf, marks)
        return placed(criterion, told)

    def fates(self):
        """Which of one person's attempts counts; {group: [(key, leaf)]} of those that do."""
        ranked = {}
        strict, rule = self.check.strict, self.check.result["counted_attempt"]
        without = [c["kind"] != "attempts_used" for c in self.check.chain]
        for who, attempts in self.persons.items():
            if who in self.erased:
                continue

            def turn(one):
                order = -one.ordinal if rule == "last" else one.ordinal
                best = [(strict and not one.right), list(compress(one.key, without))]
                return (not one.whole, best if rule == "best" else [], order)

            chosen = min(attempts, key=turn)
            stands = chosen.whole and (chosen.right or not strict)
            for one in attempts:
                rightly = ("counted" if one is chosen else "superseded") if stands else "unranked"
                need(
                    one.fate == rightly,
                    f"bài {one.leaf[:12]} ghi là {one.fate}, đúng ra {rightly}",
                    f"entry {one.leaf[:12]} is called {one.fate} and should be {rightly}",
                )
            if stands:
                key = chosen.key
                if None in key:
                    used = len(attempts)
                    parts = zip(self.check.chain, key)
                    key = tuple(placed(c, used) if part is None else part for c, part in parts)
                ranked.setdefault(chosen.group, []).append((key, chosen.leaf))
        return ranked

    def order(self, ranked):
        """Everyone's true place: nobody declared to be behind stands before the last prize."""
        awards = self.check.ranked_awards
        for group, keyed in ranked.items():
            keys = {leaf: key for key, leaf in keyed}
            named = [keys[leaf] for leaf in self.check.named if leaf in keys]
            front = {one[1] for one in self.check.front.get(group, [])}
            for leaf, key in keys.items():
                need(
                    not named or leaf in front or key >= max(named),
                    f"bài {leaf[:12]} bị khai là xếp sau người đạt giải",
                    f"entry {leaf[:12]} is declared to be behind a winner",
                )
            before = sorted(keys[leaf] for leaf in front if leaf in keys)
            held = self.check.held.get(group, {})
            for one in awards:
                if one["group"] == group and one["leaf"] in keys:
                    ahead = sum(len(held[rank][0]) for rank in held if rank < one["rank"])
                    need(
                        bisect_left(before, keys[one["leaf"]]) + ahead + 1 == one["rank"],
                        f"hạng của bài {one['leaf'][:12]} sai",
                        f"the rank of entry {one['leaf'][:12]} is wrong",
                    )

    def counts(self):
        """The numbers that were declared: persons by group, and those behind the true value."""
        if self.erased:
            return
        tallies = {}
        for attempts in self.persons.values():
            groups = {one.group for one in attempts}
            for at in (*groups, None):
                mine = [one for one in attempts if at in (None, one.group)]
                right = sum(one.right for one in mine)
                add = (1, len(mine), min(1, right), right)
                tallies[at] = [a + b for a, b in zip(tallies.get(at, (0, 0, 0, 0)), add)]
        for group, told in self.bundle.awards["entrants"].items():
            need(
                tallies.get(group, [0])[0] == told,
                f"số người dự thi của {group} sai",
                f"the number of entrants of {group} is wrong",
            )
        rule = self.check.entry["prediction"]
        kept = self.bundle.earlier and self.check.result["actual_value_policy"] == "frozen"
        for group, told in self.check.release["actual_values"].items():
            if rule["scope"] != "contest" and not kept:
                at = group if rule["scope"] == "group" else None
                names = ("persons", "entries", "persons_all_correct", "entries_all_correct")
                need(
                    tallies.get(at, [0] * 4) == [told[name] for name in names],
                    f"số đếm sau giá trị thực ({group}) sai",
                    f"the counts behind the true value ({group}) are wrong",
                )

    def skipped(self):
        """Nobody is passed over without a reason, nor for a prize that was not given."""
        reasons = {one["entrant"]: one["reason"] for one in self.told["skipped"]}
        won = {one["entrant"] for one in self.told["earlier_prizes"]}
        for one in self.bundle.awards["skipped"]:
            who = self.owner.get(one["leaf"])
            reason = reasons.get(who)
            need(
                reason == "may_not_win" or (reason == "already_awarded" and who in won),
                f"bài {one['leaf'][:12]} bị bỏ qua không lý do",
                f"entry {one['leaf'][:12]} is passed over without a reason",
            )

    def by_age(self, ranked):
        """Give the prizes by age again, but those that erased people hold; the line to print."""
        told, held = {}, {}
        for one in self.check.side:
            kept = told if one["leaf"] in self.owner else held
            kept.setdefault((one["group"], one["tier"]), set()).add((one["leaf"], one["rank"]))
        for group, keyed in ranked.items():
            codes = self.check.side_places(group)
            kept = {code: len(held.get((group, code), ())) for code in codes}
            for tier, given in self.oldest_and_youngest(group, keyed, kept):
                both = [told.pop((group, tier["code"]), set()), given]
                if self.erased:  # ranks count people whose entries can't be opened any more
                    both = [{leaf for leaf, _rank in one} for one in both]
                need(
                    both[0] == both[1],
                    f"{tier['name']} ({group}) tính lại theo ngày sinh cho người khác",
                    f"{tier['name']} ({group}) goes to somebody else by the birth dates",
                )
        need(not told, "giải theo tuổi trao cho bài lạ", "a prize by age of an unknown entry")
        count = sum(map(len, held.values()))
        if count:
            return say(
                f"Giải theo tuổi: tính lại từ ngày sinh, khớp, trừ {count} giải của người đã xoá.",
                f"Prizes by age: recomputed but for {count} held by erased people; they agree.",
            )
        return say(
            "Giải theo tuổi: tính lại từ ngày sinh, khớp.",
            "Prizes by age: recomputed from the birth dates, they agree.",
        )

    def oldest_and_youngest(self, group, keyed, held):
        """(tier, {(leaf, rank)}) of each prize by age of a group; {code: how many are held}."""
        once = self.check.result["one_prize_per"] != "none"
        passed = {one["entrant"]: one["reason"] for one in self.told["skipped"]}
        here = self.check.release["round"]["number"]
        won = {o["entrant"] for o in self.told["earlier_prizes"] if o.get("round") != here}
        prizes = [o for o in self.check.ranked_awards if o["kind"] == "prize"]
        taken = {self.owner.get(one["leaf"]) for one in prizes if once}
        order = sorted(key for key, _leaf in keyed)
        people = [
            (self.born[self.owner[leaf]], bisect_left(order, key) + 1, leaf)
            for key, leaf in keyed
            if self.born[self.owner[leaf]] is not None
        ]
        places = self.check.side_places(group)
        for tier in self.check.result["prizes"]:
            if tier.get("by", "rank") == "rank" or tier["code"] not in places:
                continue
            left, given = places[tier["code"]][1] - held[tier["code"]], set()
            people.sort(key=lambda one: one[1])
            people.sort(key=lambda one: one[0], reverse=tier["by"] == "youngest")
            for (_born, rank), same in groupby(people, key=lambda one: one[:2]):
                free = []
                for _b, _r, leaf in same:
                    who = self.owner[leaf]
                    barred = passed.get(who) == "may_not_win" or (
                        once and (who in taken or (who in passed and who in won))
                    )
                    free += [] if barred else [leaf]
                if len(free) > left:
                    break
                left -= len(free)
                given |= {(leaf, rank) for leaf in free}
                taken |= {self.owner[leaf] for leaf in free if once}
                if not left:
                    break
            yield tier, given


def placed(criterion, value):
    """Smaller comes first; whoever lacks a value comes last."""
    if value is None:
        return (1, 0)
    return (0, -value if criterion["direction"] == "desc" else value)


def age_of(born, precision):
    """Older is more: years, months or days from the birth to the end of the year 9999."""
    if born is None:
        return None
    day = date.fromisoformat(born)
    if precision == "year":
        return 9999 - day.year
    if precision == "month":
        return 12 * (9999 - day.year) - day.month
    return date.max.toordinal() - day.toordinal()


def find_receipt(check, path):
    """What became of the entry a receipt is for, and whether it was rightly put behind."""
    with open(path, encoding="utf-8") as file:
        receipt = READER.decode(file.read(MOST_JSON))["receipt"]
    values = receipt["values"]
    mine = own_row(bytes.fromhex(receipt["secret"]), values, say("biên nhận", "the receipt"))
    leaf = leaf_of(mine)
    for row in check.bundle.rows():
        if leaf_of(row) == leaf:
            if row["fate"] == "counted" and check.public:
                check.behind_indeed(mine, leaf.hex(), values["group"])
            return row["fate"]
    raise Different(say("bài trong biên nhận không có trong gói", "the receipt's entry is missing"))


def run(arguments):
    bundle = Bundle(arguments.bundle)
    try:
        check_bundle(bundle, arguments)
    except UNREADABLE as error:
        told = str(error) if isinstance(error, Unreadable) else f"{type(error).__name__} {error}"
        raise Unreadable(f"{bundle.stage}: {told[:200]}") from error


def check_bundle(bundle, arguments):
    digest = tagged("release", canon(bundle.release)).hex()
    need(
        digest == bundle.manifest["release"] and arguments.digest in (None, digest),
        "mã băm bản công bố (release.json) không khớp",
        "the digest of the release (release.json) differs",
    )
    check = Check(bundle)
    check.digest = digest
    check.releases()
    check.commitment()
    check.lots()
    size = check.tree(arguments.root)
    check.notices()
    check.heads(arguments.head or [])
    check.ranking()
    print(say(f"{size} bài thi khớp gốc cây băm.", f"{size} entries agree with the root."))
    check.true_values()
    for line, sureness in check.prizes():
        print(printable(line), sureness)
    for document in bundle.earlier:
        print(say("Thay cho bản công bố số", "Replaces release"), document["number"])
    for line, unit in list(check.units()):
        print(
            printable(line),
            say("— khai báo (dưới 10 người)", "— declared (fewer than ten persons)")
            if "few" in unit
            else say(
                "— tính lại từ số liệu đơn vị khai báo", "— recomputed from declared unit figures"
            ),
        )
    for note in dict.fromkeys(check.notes):
        print(printable(note))
    if bundle.manifest["format"] in AUDITORS:
        for line in Audit(check).run():
            print(line)
    if arguments.receipt:
        print(
            say("Bài trong biên nhận:", "The receipt's entry:"),
            find_receipt(check, arguments.receipt),
        )
    if arguments.root is None:
        print(say("Chưa so với gốc in trên quyết định (--root).", "No --root to compare with."))
    print(say("Mã băm bản công bố:", "Digest of the release:"), digest)
    print(say("KHỚP", "GOOD"))


def printable(text):
    """Names are not ours: nothing in them may steer a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bundle")
    for name in ("--root", "--digest", "--receipt"):
        parser.add_argument(name)
    parser.add_argument("--head", action="append")
    parser.add_argument("--english", action="store_true")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        run(parser.parse_args())
    except Different as difference:
        print(say("KHÔNG KHỚP:", "DIFFERENT:"), printable(str(difference)))
        return 1
    except UNREADABLE as error:
        print(say("KHÔNG ĐỌC ĐƯỢC:", "UNREADABLE:"), printable(str(error)))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
