"""`python -m tests.config.deploy_world WHAT`: data for the tests of deployment, in any database.

Runs with the real settings, so that DATABASE_URL alone says where; prints JSON.
"""

import hashlib
import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from django.utils import timezone  # noqa: E402

from accounts.domain.audit import chain_audit  # noqa: E402
from accounts.domain.jobs import queue_job  # noqa: E402
from accounts.enums import Role  # noqa: E402
from accounts.models import Job  # noqa: E402
from quiz.domain.attempts import start_attempt, submit_attempt  # noqa: E402
from quiz.domain.items import add_items, save_item  # noqa: E402
from quiz.domain.media import keep_media  # noqa: E402
from quiz.domain.media_files import path_of  # noqa: E402
from quiz.domain.registration import register_entrant  # noqa: E402
from quiz.domain.registration_input import parse_registration  # noqa: E402
from quiz.domain.releases import approve_release, submit_for_signature  # noqa: E402
from quiz.drafts import STEM, Media  # noqa: E402
from quiz.enums import MediaKind  # noqa: E402
from quiz.interfaces.bundle.archive import write_bundle  # noqa: E402
from quiz.models import Attempt, Contest, Entrant, Release  # noqa: E402
from tests import factories, results_factory  # noqa: E402
from tests.media_samples import PNG, png  # noqa: E402
from tests.training.stored_files import make_ready_file  # noqa: E402
from training.domain.file_storage import CONTENT, folder_of  # noqa: E402
from training.enums import FileKind  # noqa: E402


def open_contest() -> dict[str, Any]:
    """A contest that takes entries now, and a job that waits for its worker."""
    made = factories.make_open_contest()
    return {"code": made.contest.code, "round": made.round.pk, "organiser": made.organiser.pk}


def pictured_contest() -> dict[str, Any]:
    """One whose items all show a picture; the token of an attempt at it, and the picture's name."""

    def add_with_picture(*, bank: Any, drafts: Any, author: Any) -> Any:
        keep_media(bank=bank, content=PNG, user=author)
        return add_items(bank=bank, drafts=drafts, author=author)

    name = hashlib.sha256(PNG).hexdigest()
    shown = (Media(STEM, MediaKind.IMAGE, name, "Một biển báo"),)
    drafts = [factories.make_draft(number, media=shown) for number in range(1, 9)]
    with patch.object(factories, "add_items", add_with_picture):
        made = factories.make_open_contest(drafts=drafts)
    sitting = factories.start(made, factories.register(made))
    return {"token": sitting.token, "sha256": name}


def closing_contest(seconds: str) -> dict[str, Any]:
    """A contest whose last save is so many seconds away; no grace after it."""
    made = factories.make_open_contest(
        rules=factories.make_rules(entry={"grace_ms": 0, "at_close": "last_save"}),
        closes_in=timedelta(seconds=float(seconds)),
    )
    return {"code": made.contest.code, "round": made.round.pk}


def queue_export(round_id: str, user_id: str) -> dict[str, Any]:
    """A job told to the broker now."""
    user = factories.User.objects.get(pk=user_id)
    now, params = timezone.now(), {"round": int(round_id)}
    job = queue_job(kind="export_participation", params=params, user=user, now=now)
    return {"job": job.pk}


def state_of(job_id: str) -> dict[str, Any]:
    job = Job.objects.get(pk=job_id)
    told = {"code": job.error_code, "error": job.error} if job.error else {}
    return {"state": job.state, "file": bool(job.file)} | told


def released(path: str) -> dict[str, Any]:
    """A contest from the first entry to the signed decision, and one that is open.

    The bundle of the first goes to `path`.
    """
    made = factories.make_open_contest()
    people = [
        results_factory.Person(
            full_name=f"Người Thử Nghiệm {wrong}",
            birth_date=None,
            entries=[results_factory.Entry(wrong=wrong, seconds=60 + wrong)],
        )
        for wrong in range(5)
    ]
    results_factory.make_entrants(made, people)
    results_factory.close_and_seal(made)
    release = submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())
    today = timezone.localdate()
    approve_release(
        release=release,
        user=made.reviewer,
        decision_number="12/QĐ-BTC",
        decision_date=today,
        now=timezone.now(),
    )
    chain_audit()
    return bundle(path) | {"open": factories.make_open_contest().contest.code}


def bundle(path: str) -> dict[str, Any]:
    """The first release's bundle, written anew from the database."""
    release = Release.objects.earliest("pk")
    with Path(path).open("wb") as file:
        write_bundle(release=release, file=file)
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return {"root": release.document["root"], "digest": release.digest, "sha256": digest}


def enter(code: str, count: str) -> dict[str, Any]:
    """So many people register, start and submit; the moment after the last of them."""
    contest = Contest.objects.get(code=code)
    round = contest.rounds.get()
    for _number in range(int(count)):
        given = parse_registration(factories.registration_data())
        who = register_entrant(contest_code=code, given=given)
        sitting = start_attempt(entrant_token=who.token, round_id=round.pk, ordinal=1)
        submit_attempt(token=sitting.token, given=factories.answers_input(sitting))
    return {"at": factories.database_now().isoformat()}


def picture(shade: str = "0") -> dict[str, Any]:
    """An item with a picture of this shade, in a bank of its own, and a training file beside it."""
    unit = factories.make_unit()
    author = factories.make_person(Role.AUTHOR, unit=unit)
    reviewer = factories.make_person(Role.REVIEWER, unit=unit)
    bank = factories.make_bank(unit=unit, author=author, reviewer=reviewer)
    file = keep_media(bank=bank, content=png(shade=int(shade)), user=author)
    shown = Media(STEM, MediaKind.IMAGE, file.sha256, "Một biển báo")
    save_item(bank=bank, draft=factories.make_draft(20, media=(shown,)), author=author)
    words = make_ready_file(unit=unit, user=author, kind=FileKind.PDF, content=shade.encode())
    return {
        "sha256": file.sha256,
        "path": str(path_of(file.sha256)),
        "training": words.public_id.hex,
        "training_path": str(folder_of(words) / CONTENT),
    }


def counts() -> dict[str, Any]:
    return {"entrants": Entrant.objects.count(), "attempts": Attempt.objects.count()}


def main(arguments: list[str]) -> None:
    """Call the function named first with the words after it."""
    acts = {
        "open": open_contest,
        "closing": closing_contest,
        "released": released,
        "bundle": bundle,
        "enter": enter,
        "export": queue_export,
        "picture": picture,
        "pictured": pictured_contest,
        "state": state_of,
        "counts": counts,
    }
    print(json.dumps(acts[arguments[0]](*arguments[1:])))


if __name__ == "__main__":
    main(sys.argv[1:])
