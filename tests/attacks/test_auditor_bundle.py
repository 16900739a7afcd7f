"""The auditor's bundle opens everything, to whoever may, and what was declared is checked there."""

import json

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.domain.jobs import run_job
from accounts.enums import JobState, Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry, User
from quiz.domain.key_openings import has_opened_keys
from quiz.errors import RoundNotReady
from quiz.interfaces.bundle.auditor_jobs import queue_auditor_bundle
from quiz.models import Attempt, Release
from tests.attacks.bundles import Files, forge, make_auditor_bundle, make_bundle, unpack, verify
from tests.attacks.second_verifier import commitments, leaf_of
from tests.attacks.test_bundle import PEOPLE, release_of
from tests.factories import OpenContest, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> tuple[OpenContest, Release]:
    return release_of(PEOPLE)


def auditor_of(made: OpenContest) -> User:
    return make_person(Role.AUDITOR, unit=made.contest.unit)


def test_it_is_made_for_an_auditor_and_noted(made, tmp_path):
    contest, release = made
    auditor = auditor_of(contest)
    queued = queue_auditor_bundle(round=contest.round, user=auditor, now=timezone.now())
    job = run_job(job_id=queued.pk)
    assert job is not None
    assert (job.state, job.result["rows"]) == (JobState.DONE, release.document["size"])
    with default_storage.open(job.file.name) as file:
        data = file.read()
    assert unpack(data)["entries.jsonl"] == unpack(make_auditor_bundle(release))["entries.jsonl"]
    assert verify(data, tmp_path, "--root", release.digest).code == 0
    assert AuditEntry.objects.filter(act="auditor_bundle", actor=auditor).count() == 1
    bank = contest.groups[0].bank
    assert has_opened_keys(bank=bank, user=auditor)


def test_nobody_else_gets_it(made):
    contest, _release = made
    with pytest.raises(NotAllowed):
        queue_auditor_bundle(round=contest.round, user=contest.organiser, now=timezone.now())


def test_there_is_none_before_a_release(made):
    contest, release = made
    Release.objects.filter(pk=release.pk).update(state="returned")
    with pytest.raises(RoundNotReady):
        queue_auditor_bundle(round=contest.round, user=auditor_of(contest), now=timezone.now())


def test_it_opens_what_the_public_bundle_keeps_closed_and_names_nobody(made):
    _contest, release = made
    files = unpack(make_auditor_bundle(release))
    public = unpack(make_bundle(release))
    for name in ("release.json", "commitment.json", "awards.json", "leaves.jsonl"):
        assert files[name] == public[name]
    rows = files["entries.jsonl"]
    assert len(rows) == Attempt.objects.count() == sum("values" in row for row in rows)
    assert [row["voided"]["reason"] for row in rows if row["fate"] == "voided"] == ["Thi hộ"]
    assert [case["state"] for case in files["duplicates.jsonl"]] == ["same"]
    assert {"close_round", "seal_round"} <= {row["act"] for row in files["diary.jsonl"]}
    assert [one["reason"] for one in files["auditor.json"]["skipped"]] == ["may_not_win"]
    texts = [part for part in files.values() if not isinstance(part, bytes)]
    text = json.dumps(texts, ensure_ascii=False)
    for hidden in ("Thử Nghiệm", "Người Ra Đề", "RA-DE"):
        assert hidden not in text


def entry(files: Files, fate: str = "counted") -> dict:
    return next(row for row in files["entries.jsonl"] if row["fate"] == fate)


def other_seed(files: Files) -> None:
    entry(files)["seed"] = "00" * 32


def other_entrant(files: Files) -> None:
    entry(files)["entrant"] += 1


def other_answer(files: Files) -> None:
    entry(files)["values"]["answers"][0] ^= 3


def no_reason(files: Files) -> None:
    entry(files, "voided")["voided"]["reason"] = " "


def no_decision(files: Files) -> None:
    files["duplicates.jsonl"].clear()


def no_reason_to_pass_over(files: Files) -> None:
    files["auditor.json"]["skipped"].clear()


def after_the_deadline(files: Files) -> None:
    row = entry(files)
    row["deadline"] = row["values"]["started"]


def other_turn(files: Files) -> None:
    """The attempt that counts and the one that doesn't change places in the order of a person."""
    rows = files["entries.jsonl"]
    second = entry(files, "superseded")
    first = next(r for r in rows if r["entrant"] == second["entrant"] and r["fate"] == "counted")
    first["fate"], second["fate"] = second["fate"], first["fate"]


def drop_an_entry(files: Files) -> None:
    files["entries.jsonl"].pop()


FOUND = {
    other_seed: "is not what pool and seed give",
    other_entrant: "does not open to its leaf",
    other_answer: "does not open to its leaf",
    no_reason: "no reason",
    no_decision: "without a decision",
    no_reason_to_pass_over: "passed over without a reason",
    after_the_deadline: "the times of entry",
    other_turn: "differs between the two lists",
    drop_an_entry: "differs between the two lists",
}


def test_what_does_not_fit_is_named(made, tmp_path):
    _contest, release = made
    bundle = make_auditor_bundle(release)
    for change, said in FOUND.items():
        verdict = verify(forge(bundle, change), tmp_path, "--root", release.document["root"])
        assert (change, verdict.code) == (change, 1)
        assert said in verdict.said, verdict.said


def test_a_winner_declared_to_be_behind_is_found(made, tmp_path):
    """The public bundle has to believe it; the auditor's does not."""
    _contest, release = made
    public = forge(make_bundle(release), hide_the_best)
    assert verify(public, tmp_path, "--root", release.document["root"]).code == 0
    verdict = verify(forge(make_auditor_bundle(release), hide_the_best), tmp_path)
    assert verdict.code == 1
    assert "is declared to be behind a winner" in verdict.said


def hide_the_best(files: Files) -> None:
    """The first is declared to be behind; the others move up, the reserve gets the last prize."""
    awards, winners = files["awards.json"]["awards"], files["release.json"]["winners"]
    *prizes, reserve = sorted(awards, key=lambda one: (one["kind"] != "prize", one["place"]))
    best = prizes[0]["leaf"]
    moved = [one["leaf"] for one in (*prizes[1:], reserve)]
    for rank, (one, leaf) in enumerate(zip(prizes, moved, strict=True), start=2):
        one.update(leaf=leaf, rank=rank)
    awards.remove(reserve)
    for winner in winners:
        winner.update(duration_ms=winners[-1]["duration_ms"])
    for row in files["leaves.jsonl"]:
        if leaf_of(row).hex() == best:
            closed = commitments(row["opening"])
            for name in set(row["opening"]) - {"group", "person", "paper", "answers"}:
                row["opening"][name] = {"commitment": closed[name]}
            del row["declared"]
            row["behind"] = True
