"""Heads opened in a bundle: what was in one can't be taken out or changed unseen, and no stretch of
time between two of them tells an entry from fewer than five.
"""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from quiz.domain.heads import make_due_heads
from quiz.domain.releases import submit_for_signature
from quiz.enums import AttemptState
from quiz.models import Attempt, Release, ReopenedLeaf, Round
from tests.attacks.bundles import Files, forge, make_bundle, pack, unpack, verify
from tests.factories import OpenContest, make_open_contest
from tests.results_factory import Entry, Person, close_and_seal, make_entrants

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def _entry(day: int, number: int) -> Entry:
    """Few are right and stand in front; all others lose by their score alone."""
    front = day == 0 and number < 6
    return Entry(wrong=0 if front else 2, seconds=90 + number, after=day * 86_400 + 60)


def closed_contest(days: list[int]) -> OpenContest:
    """A round of as many days, so many entries on each; heads as the worker made them."""
    made = make_open_contest(opens_in=-len(days) * DAY)
    Round.objects.filter(pk=made.round.pk).update(closes_at=timezone.now() - 2 * MINUTE)
    made.round.refresh_from_db()
    people = [
        Person(
            full_name=f"Người {day} {number}",
            birth_date=None,
            entries=[_entry(day, number)],
        )
        for day, count in enumerate(days)
        for number in range(count)
    ]
    make_entrants(made, people)
    moment = made.round.opens_at
    while moment < made.round.closes_at:
        make_due_heads(now=moment)
        moment += timedelta(hours=6)
    make_due_heads(now=made.round.closes_at + MINUTE)
    return made


def released(made: OpenContest) -> Release:
    close_and_seal(made)
    return submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())


@pytest.fixture(scope="module")
def bundle(django_db_setup, django_db_blocker) -> bytes:
    with django_db_blocker.unblock(), transaction.atomic():
        written = make_bundle(released(closed_contest([16, 14, 18])))
        transaction.set_rollback(True)
    return written


def test_every_head_is_opened_and_agrees(bundle: bytes, tmp_path: Path):
    heads = unpack(bundle)["heads.json"]
    assert [bool(head.get("nonce")) for head in heads] == [True] * len(heads)
    assert len(heads) >= 3
    options = [part for head in heads for part in ("--head", head["digest"])]
    verdict = verify(bundle, tmp_path, *options)
    assert verdict.code == 0, verdict.said
    assert f"{len(heads)} heads agree" in verdict.said
    assert "no entry was taken out, changed or added" in verdict.said


def test_a_head_a_witness_holds_must_be_there(bundle: bytes, tmp_path: Path):
    verdict = verify(bundle, tmp_path, "--head", "ab" * 32)
    assert (verdict.code, "head abababababab… is not in the bundle" in verdict.said) == (1, True)


def earlier(files: Files) -> dict[str, Any]:
    """An entry of the first head; it is not opened when it ended."""
    held = (row for row in files["leaves.jsonl"] if row["head"] == 1)
    return next(row for row in held if "value" not in row["opening"]["ended"])


def say_later(files: Files) -> None:
    earlier(files)["head"] += 1


def say_never(files: Files) -> None:
    del earlier(files)["head"]


def drop_last(files: Files) -> None:
    """And let the release name the one before: its digest is another then."""
    files["heads.json"].pop()
    last = files["heads.json"][-1]
    files["release.json"]["heads"] = {"count": last["number"], "last": last["digest"]}


def drop_first(files: Files) -> None:
    files["heads.json"].pop(0)


def other_size(files: Files) -> None:
    files["heads.json"][1]["size"] -= 1


def other_moment(files: Files) -> None:
    files["heads.json"][0]["at"] = "2020-01-01T00:00:00.000Z"


def unchained(files: Files) -> None:
    files["heads.json"][1]["previous"] = "00" * 32


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (say_later, "head 1"),
        (say_never, "head 1"),
        (drop_first, "head 1"),
        (other_size, "head 2"),
        (other_moment, "head 1"),
        (unchained, "head 2"),
    ],
)
def test_a_changed_head_or_entry_is_named(bundle: bytes, tmp_path: Path, change, named: str):
    verdict = verify(forge(bundle, change), tmp_path)
    assert (verdict.code, named in verdict.said) == (1, True), verdict.said


def test_a_chain_cut_short_is_another_release(bundle: bytes, tmp_path: Path):
    signed = unpack(bundle)["manifest.json"]["release"]
    forged = forge(bundle, drop_last)
    assert verify(forged, tmp_path, "--digest", signed).code == 1
    last = unpack(bundle)["heads.json"][-1]["digest"]
    assert verify(forged, tmp_path, "--head", last).code == 1


def test_an_old_bundle_without_heads_is_still_read(bundle: bytes, tmp_path: Path):
    files = unpack(bundle)
    del files["heads.json"], files["release.json"]["heads"]
    for row in files["leaves.jsonl"]:
        row.pop("head", None)
    verdict = verify(pack(files), tmp_path)
    assert (verdict.code, "no heads" in verdict.said) == (0, True), verdict.said


@pytest.mark.django_db
def test_a_day_with_few_entries_is_opened_with_its_neighbour(tmp_path: Path):
    written = make_bundle(released(closed_contest([16, 1, 18])))
    files = unpack(written)
    closed = [head for head in files["heads.json"] if "nonce" not in head]
    assert len(closed) >= 1
    stretches = Counter(row.get("head") for row in files["leaves.jsonl"])
    assert min(stretches.values()) >= 5
    verdict = verify(written, tmp_path)
    assert (verdict.code, "heads stay closed" in verdict.said) == (0, True), verdict.said


@pytest.mark.django_db
def test_a_head_from_before_more_time_was_given_stays_closed(tmp_path: Path):
    made = closed_contest([16, 14, 18])
    attempt = Attempt.objects.filter(state=AttemptState.SUBMITTED).first()
    ReopenedLeaf.objects.create(attempt=attempt, leaf=b"x" * 32, first=1, last=2)
    written = make_bundle(released(made))
    heads = unpack(written)["heads.json"]
    assert [number for number, head in enumerate(heads, 1) if "nonce" not in head] == [1, 2]
    assert verify(written, tmp_path).code == 0
