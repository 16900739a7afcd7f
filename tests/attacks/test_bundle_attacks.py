"""Eight attacks, each naive and by a forger who rebuilds every hash, proof and root."""

import io
import zipfile
from collections.abc import Callable

import pytest

from quiz.models import Release
from tests.attacks.bundles import Files, make_bundle, unpack, verify
from tests.attacks.forging import naive, rebuild, remember
from tests.attacks.second_verifier import judge, leaf_of
from tests.attacks.test_bundle import PEOPLE, release_of

pytestmark = pytest.mark.django_db

GROUP = "nguoi-dan"


@pytest.fixture
def released() -> tuple[Release, bytes]:
    _made, release = release_of(PEOPLE)
    return release, make_bundle(release)


def opened(files: Files) -> list[dict]:
    return [row for row in files["leaves.jsonl"] if "opening" in row]


def of_winner(files: Files) -> dict:
    best = next(a["leaf"] for a in files["awards.json"]["awards"] if a["kind"] == "prize")
    return next(row for row in opened(files) if row.get("was") == best)


def change_an_entry(files: Files) -> None:
    answers = of_winner(files)["opening"]["answers"]["value"]
    answers[0] = 2 if answers[0] == 1 else 1


def drop_an_entry(files: Files) -> None:
    files["leaves.jsonl"].remove(next(row for row in opened(files) if row["fate"] == "counted"))


def invented(files: Files) -> dict:
    """An entry as good as the winner's, of somebody who never entered."""
    winner = of_winner(files)
    row = {"fate": "counted", "opening": {n: dict(p) for n, p in winner["opening"].items()}}
    row["opening"]["person"] = {"value": "0" * 32, "key": "7" * 64}
    return row


def add_an_entry(files: Files) -> None:
    files["leaves.jsonl"].append(invented(files))


def swap_an_entry(files: Files) -> None:
    """The winner's place in the tree goes to another one, who takes the prize too."""
    winner, other = of_winner(files), invented(files)
    other["was"] = winner["was"]
    rows = files["leaves.jsonl"]
    rows[rows.index(winner)] = other


def edit_the_key(files: Files) -> None:
    keys = files["commitment.json"]["document"]["keys"][GROUP]
    keys[0] = 2 if keys[0] == 1 else 1


def alter_a_rule(files: Files) -> None:
    """A larger first prize, in the rules and in the decision."""
    files["commitment.json"]["document"]["rules"]["result"]["result"]["prizes"][0]["money"] += 1
    files["release.json"]["winners"][0]["money"] += 1


def change_a_winner(files: Files) -> None:
    """First and second prize change hands, in the annex of the awards and in the decision."""
    one, two = [a for a in files["awards.json"]["awards"] if a["kind"] == "prize"][:2]
    one["leaf"], two["leaf"] = two["leaf"], one["leaf"]
    first, second = files["release.json"]["winners"][:2]
    for name in ("name", "unit", "correct", "total", "prediction", "duration_ms"):
        first[name], second[name] = second[name], first[name]


def reorder(files: Files) -> None:
    files["leaves.jsonl"].reverse()


# attack → the file that a naive attacker is caught in, and what is said of a careful one
ATTACKS: dict[Callable[[Files], None], tuple[str, str]] = {
    change_an_entry: ("leaves.jsonl", "the entries (leaves.jsonl) give the root"),
    drop_an_entry: ("leaves.jsonl", "the entries (leaves.jsonl) give the root"),
    add_an_entry: ("leaves.jsonl", "the entries (leaves.jsonl) give the root"),
    swap_an_entry: ("leaves.jsonl", "the entries (leaves.jsonl) give the root"),
    edit_the_key: ("commitment.json", "the entries (leaves.jsonl) give the root"),
    alter_a_rule: ("commitment.json", "the entries (leaves.jsonl) give the root"),
    change_a_winner: ("awards.json", "the prize of entry"),
    reorder: ("leaves.jsonl", "the entries (leaves.jsonl) give the root"),
}


def test_no_attack_goes_unnoticed(released, tmp_path):
    release, bundle = released
    root, files = release.document["root"], unpack(bundle)
    assert judge(bundle, root) == (0, "")
    for attack, (file, said) in ATTACKS.items():
        changed = remember(files)
        attack(changed)
        clean = {**changed, "leaves.jsonl": [without(row) for row in changed["leaves.jsonl"]]}
        verdict = verify(naive(bundle, clean), tmp_path, "--root", root)
        assert (attack, verdict.code) == (attack, 1)
        assert verdict.said.startswith(f"DIFFERENT: {file} was changed"), verdict.said
        forged = rebuild(changed)
        verdict = verify(forged, tmp_path, "--root", root)
        assert (attack, verdict.code) == (attack, 1)
        assert said in verdict.said, verdict.said
        assert judge(forged, root)[0] == 1


def without(row: dict) -> dict:
    return {name: part for name, part in row.items() if name != "was"}


@pytest.mark.parametrize("attack", [edit_the_key, alter_a_rule])
def test_entries_name_the_keys_and_rules_they_were_made_under(released, tmp_path, attack):
    """The tree left alone has the printed root, and shows other keys or rules for what they are."""
    release, bundle = released
    changed = remember(unpack(bundle))
    attack(changed)
    verdict = verify(rebuild(changed, rebind=False), tmp_path, "--root", release.document["root"])
    assert verdict.code == 1
    assert "papers, keys or rules are not those the entries were made under" in verdict.said


def test_another_name_for_a_winner_changes_the_printed_digest(released, tmp_path):
    release, bundle = released
    changed = remember(unpack(bundle))
    changed["release.json"]["winners"][0]["name"] = "Kẻ Gian"
    forged = rebuild(changed)
    for option in ("--digest", "--root"):
        verdict = verify(forged, tmp_path, option, release.digest)
        assert verdict.code == 1
    assert "Kẻ Gian" in verify(forged, tmp_path, "--root", release.document["root"]).said


def test_the_same_content_zipped_again_is_good(released, tmp_path):
    release, bundle = released
    old, file = zipfile.ZipFile(io.BytesIO(bundle)), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in reversed(old.namelist()):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), old.read(name))
    again = file.getvalue()
    assert again != bundle
    for option in (release.document["root"], release.digest):
        assert verify(again, tmp_path, "--root", option).code == 0


def test_a_careful_forger_agrees_with_himself(released, tmp_path):
    """What he makes is caught by what is printed, not by a slip of his."""
    _release, bundle = released
    changed = remember(unpack(bundle))
    reorder(changed)
    forged = rebuild(changed)
    assert verify(forged, tmp_path).code == 0
    assert leaf_of(unpack(forged)["leaves.jsonl"][0])
