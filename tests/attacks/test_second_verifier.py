"""Two verifiers that share nothing but the specification say the same of 200 rounds."""

import contextlib
import importlib.util
import io
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from quiz.interfaces.bundle import archive
from tests.attacks.bundles import Files
from tests.attacks.forging import rebuild, remember, root_of
from tests.attacks.second_verifier import canon, judge, leaf_of, tag_hash
from tests.attacks.written_bundles import write_contest
from tests.attacks.written_later import chain

ROUNDS = 200


def load_verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify", archive.HERE / "verify.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def first(monkeypatch, tmp_path: Path):
    module = load_verifier()

    def ask(bundle: bytes, root: str) -> tuple[int, str]:
        path = tmp_path / "release.zip"
        path.write_bytes(bundle)
        monkeypatch.setattr(sys, "argv", ["verify.py", str(path), "--root", root])
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            return module.main(), said.getvalue()

    return ask


def spoil(dice: random.Random, files: Files) -> None:
    """One thing is no longer as it was; sometimes it doesn't matter."""
    rows, awards, release = (files[n] for n in ("leaves.jsonl", "awards.json", "release.json"))
    rules = files["commitment.json"]["document"]["rules"]
    opened = [row for row in rows if "opening" in row]
    result = rules["result"]["result"]
    changes = [
        lambda: release.update(previous="0" * 64),
        lambda: result.update(reserves=result["reserves"] + 1),
        lambda: result["prizes"][0].update(count=result["prizes"][0]["count"] + 1),
        lambda: result["chain"][-2].update(direction=dice.choice(["asc", "desc"])),
        lambda: rules["entry"]["entry"].update(points_per_item="2"),
        lambda: rules["entry"]["entry"].update(require_all_answered=True),
    ]
    if awards["awards"]:
        one = dice.choice(awards["awards"])
        changes += [
            lambda: awards["awards"].remove(one),
            lambda: one.update(rank=one["rank"] + 1),
            lambda: one.update(place=one["place"] + 1),
            lambda: awards["skipped"].append({"group": one["group"], "leaf": one["leaf"]}),
        ]
    for side in (one for one in awards["awards"] if one["kind"] == "side"):
        other = dice.choice(rows)
        leaf = other.get("leaf") or leaf_of(other).hex()
        changes += [
            lambda side=side, leaf=leaf: side.update(leaf=leaf),
            lambda side=side: side.update(kind="prize"),
            lambda side=side: side.update(tier=dice.choice(result["prizes"])["code"]),
            lambda: files["manifest.json"].update(format="minhthi-bundle/2"),
        ]
    if release["winners"]:
        won = dice.choice(release["winners"])
        name = dice.choice(["money", "correct", "duration_ms"])
        changes += [
            lambda: won.update({name: won[name] + 1}),
            lambda: release["winners"].remove(won),
        ]
    if opened:
        row = dice.choice(opened)
        fate = dice.choice(["counted", "unranked", "voided"])
        changes += [
            lambda: row["opening"]["answers"]["value"].__setitem__(0, dice.randrange(8)),
            lambda: rows.remove(row),
            lambda: row.update(fate=fate),
            lambda: row.update(behind=True),
        ]
        # Where heads or lots name leaves it is a difference too, and which comes first is open.
        if "heads.json" not in files and not any("notice" in tie for tie in awards["ties"]):
            changes += [lambda: row["opening"].pop(dice.choice(["group", "paper", "answers"]))]
    dice.choice([*changes, *spoil_later(dice, files)])()


def spoil_later(dice: random.Random, files: Files) -> list[Callable[[], object]]:
    """Changes to corrections, heads, notices and collective prizes, where there are any."""
    changes: list[Callable[[], object]] = []
    for made in files["release.json"].get("corrections", []):
        changes += [lambda made=made: made.update(entries=[], keys=[])]
        for part in made["keys"]:
            changes += [
                lambda part=part: part.update(remedy="drop"),
                lambda part=part: part.update(old=part["old"] ^ 3),
            ]
        for entry in made["entries"]:
            changes += [lambda entry=entry: entry.update(act="void")]
    if "earlier.json" in files:
        [first] = files["earlier.json"]
        changes += [
            lambda: first.update(size=first["size"] + 1),
            lambda: files["release.json"].update(number=1),
            lambda: files["release.json"].update(actual_values={}),
        ]
    for head in files.get("heads.json", []):
        changes += [
            lambda head=head: head.update(at="2026-11-02T05:00:00.000Z"),
            lambda head=head: head.update(digest="0" * 64),
        ]
    if "heads.json" in files and files["leaves.jsonl"]:
        row = dice.choice(files["leaves.jsonl"])
        changes += [
            lambda: row.pop("head", None),
            lambda: row.update(head=dice.randint(1, 4)),
        ]
    for tie in files["awards.json"]["ties"]:
        if "notice" in tie:
            late = {"published_at": tie["notice"]["draws_at"]}
            changes += [lambda tie=tie, late=late: tie["notice"].update(late)]
    for bloc in files.get("units.json", {"blocs": []})["blocs"]:
        unit = dice.choice(bloc["units"])
        changes += [
            lambda unit=unit: spoil_units(files, unit, place=(unit["place"] or 0) + 1),
            lambda unit=unit: spoil_units(files, unit, prize="a"),
            lambda unit=unit: spoil_units(files, unit, sum="0", entrants=11),
        ]
    return changes


def spoil_units(files: Files, unit: dict[str, object], **figures: object) -> None:
    """Under a digest that fits."""
    unit.update(figures)
    digest = tag_hash("units", canon(files["units.json"])).hex()
    files["release.json"]["unit_prizes"]["digest"] = digest


def test_both_find_the_same(first):
    codes = []
    parts: Counter[str] = Counter()
    sides = 0
    for seed in range(ROUNDS):
        dice = random.Random(seed)
        files = write_contest(dice)
        files["release.json"]["root"] = root_of(files["leaves.jsonl"])
        chain(files)
        whole = rebuild(remember(files))
        root = files["release.json"]["root"]
        code, said = first(whole, root)
        assert (seed, code, judge(whole, root)) == (seed, 0, (0, "")), said
        changed = remember(files)
        spoil(dice, changed)
        spoilt = rebuild(changed)
        root = changed["release.json"]["root"]  # as if the signed decision were the forger's
        code, said = first(spoilt, root)
        assert (seed, code) == (seed, judge(spoilt, root)[0]), (said, judge(spoilt, root))
        codes.append(code)
        parts.update(list(files))
        sides += any(one["kind"] == "side" for one in files["awards.json"]["awards"])
    assert codes.count(1) > ROUNDS / 3
    assert codes.count(2) > 0
    for name in ("earlier.json", "heads.json", "units.json"):
        assert parts[name] > ROUNDS / 4
    assert sides > ROUNDS / 4
