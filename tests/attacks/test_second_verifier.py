"""Two verifiers that share nothing but the specification say the same of 200 rounds."""

import contextlib
import importlib.util
import io
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from quiz.interfaces.bundle import archive
from tests.attacks.bundles import Files
from tests.attacks.forging import rebuild, remember, root_of
from tests.attacks.second_verifier import judge
from tests.attacks.written_bundles import write_contest

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
            lambda: row["opening"].pop(dice.choice(["group", "paper", "answers"])),
            lambda: row.update(behind=True),
        ]
    dice.choice(changes)()


def test_both_find_the_same(first):
    codes = []
    for seed in range(ROUNDS):
        dice = random.Random(seed)
        files = write_contest(dice)
        files["release.json"]["root"] = root_of(files["leaves.jsonl"])
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
    assert codes.count(1) > ROUNDS / 3
    assert codes.count(2) > 0
