"""Random corrections of random released rounds: what is done is what was shown, and the verifier,
which shares no code with the platform, finds the next release good.
"""

import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from accounts.domain.jobs import run_job
from accounts.models import Job
from quiz.domain.correction_jobs import PREVIEW, SUBMIT, queue_correction_job
from quiz.domain.corrections import amend_key, correct_attempt, open_correction, withdraw_prize
from quiz.domain.releases import approve_release
from quiz.domain.ties import decide_tie
from quiz.enums import ItemKind, KeyRemedy
from quiz.models import (
    Attempt,
    Award,
    Correction,
    CorrectionChange,
    Grade,
    Pool,
    Release,
    Standing,
)
from quiz.rules.document import check_rules
from tests.attacks.bundles import make_auditor_bundle, verify
from tests.attacks.test_random_bundles import random_people, random_rules, release
from tests.factories import OpenContest, make_draft, make_open_contest
from tests.results_factory import make_entrants, publish_and_draw

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def results(made: OpenContest) -> dict[int, tuple[Any, ...]]:
    """Attempt → (score, right, of, place, prizes) as it is stored."""
    places = dict(Standing.objects.filter(round=made.round).values_list("attempt", "rank"))
    given: dict[int, list[str]] = {}
    for award in Award.objects.filter(round=made.round).order_by("kind", "place"):
        place = f" {award.place}" if award.kind == "reserve" else ""
        given.setdefault(award.attempt_id, []).append(f"{award.tier_name}{place}")
    return {
        grade.attempt_id: (
            grade.score,
            grade.correct,
            grade.total,
            places.get(grade.attempt_id),
            ", ".join(given.get(grade.attempt_id, ())),
        )
        for grade in Grade.objects.filter(round=made.round)
    }


def shown(correction: Correction) -> dict[int, tuple[tuple[Any, ...], tuple[Any, ...]]]:
    names = ("score", "correct", "total", "rank", "prize")
    return {
        row.attempt_id: tuple(
            tuple(getattr(row, f"{when}_{name}") for name in names) for when in ("old", "new")
        )
        for row in CorrectionChange.objects.filter(correction=correction)
    }


def differences(before: dict, after: dict) -> dict:
    nothing = (None, None, None, None, "")
    return {
        attempt: (before.get(attempt, nothing), after.get(attempt, nothing))
        for attempt in before.keys() | after.keys()
        if before.get(attempt, nothing) != after.get(attempt, nothing)
    }


def random_changes(made: OpenContest, correction: Correction, dice: random.Random) -> None:
    by = {"correction": correction, "reason": "Lý do", "user": made.organiser}
    for pool in Pool.objects.filter(round=made.round):
        for place in dice.sample(range(8), dice.choice([0, 1, 2])):
            item = pool.document["items"][place]
            options = range(len(item["options"]))
            remedy = dice.choice(KeyRemedy.values)
            size = dice.randint(1, 3) if item["kind"] == ItemKind.MULTIPLE else 1
            key = set(dice.sample(options, size))
            if sum(1 << one for one in key) == pool.key.masks[place]:
                key = {(one + 1) % len(options) for one in key}
            if remedy != KeyRemedy.ACCEPT_BOTH or sum(1 << k for k in key) != pool.key.masks[place]:
                amend_key(**by, pool=pool, place=place, remedy=remedy, key=key)
    attempts = list(Attempt.objects.filter(round=made.round).order_by("pk"))
    for attempt in dice.sample(attempts, 3):
        correct_attempt(**by, attempt=attempt, restores=attempt.voided_at is not None)
    prizes = list(Award.objects.filter(round=made.round, kind="prize").order_by("pk"))
    for award in dice.sample(prizes, min(len(prizes), dice.choice([0, 1]))):
        withdraw_prize(**by, award=award)


def run(kind: str, correction: Correction) -> None:
    user = correction.opened_by
    queued = queue_correction_job(kind=kind, correction=correction, user=user, now=NOW)
    done = run_job(job_id=queued.pk)
    assert done is not None
    assert done.state == "done", done.error
    correction.refresh_from_db()


def settle_ties(made: OpenContest, correction: Correction, dice: random.Random) -> None:
    """See the effect, and order whoever ties for a prize, until nobody does."""
    run(PREVIEW, correction)
    groups = {group.code: group for group in made.groups}
    lot = made.round.rules.document["result"]["chain"][-1]["kind"] == "lot"
    while ties := (correction.preview or {})["ties"]:
        tie, common = ties[0], {"round": made.round, "minutes": "BB", "user": made.organiser}
        common |= {"group": groups[tie["group"]], "correction": correction}
        if lot:
            publish_and_draw(**common, rank=tie["rank"], seed=str(dice.random()))
        else:
            decide_tie(**common, order=dice.sample(tie["attempts"], len(tie["attempts"])))
        run(PREVIEW, correction)


def publish(made: OpenContest, published: Release) -> None:
    signed = {"decision_number": "1/QĐ", "decision_date": date(2026, 11, 23), "now": NOW}
    approve_release(release=published, user=made.reviewer, **signed)


def check(published: Release, folder: Path) -> None:
    published.refresh_from_db()
    root = published.document["root"]
    verdict = verify(published.bundle.read(), folder, "--root", root, "--digest", published.digest)
    assert verdict.code == 0, verdict.said
    opened = make_auditor_bundle(Release.objects.get(pk=published.pk))
    verdict = verify(opened, folder, "--root", published.digest)
    assert verdict.code == 0, verdict.said


@pytest.mark.parametrize("seed", range(4))
def test_what_is_done_is_what_was_shown(seed, tmp_path):
    dice = random.Random(seed)
    while check_rules(rules := random_rules(dice)):
        continue
    policy = {"actual_value_policy": dice.choice(["frozen", "recomputed"])}
    rules = rules.model_copy(update={"result": rules.result.model_copy(update=policy)})
    drafts = [
        make_draft(n, kind=ItemKind.MULTIPLE, key=frozenset({0, 1, 3})) if n % 2 else make_draft(n)
        for n in range(1, 9)
    ]
    made = make_open_contest(rules=rules, drafts=drafts)
    make_entrants(made, list(random_people(dice, rules.entry.attempts_per_round or 1)))
    publish(made, release(made, dice))
    made.round.refresh_from_db()
    for _number in range(dice.choice([1, 2])):
        correction = open_correction(
            round=made.round, reason="Rà soát", user=made.organiser, now=NOW
        )
        random_changes(made, correction, dice)
        settle_ties(made, correction, dice)
        before, promised = results(made), shown(correction)
        run(SUBMIT, correction)
        assert results(made) == before
        publish(made, correction.release)
        run_job(job_id=Job.objects.filter(kind="apply_correction").latest("pk").pk)
        correction.refresh_from_db()
        assert correction.state == "applied", correction.returned_because
        assert differences(before, results(made)) == promised
        check(correction.release, tmp_path)
