"""After the time for which data is kept, a scan of everything finds nobody, and proofs hold."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.crypto import blind_index, seal_text
from accounts.domain.jobs import queue_job, run_job
from accounts.domain.people import deactivate_person
from accounts.domain.retention import STORES, expire, run_retention
from accounts.domain.reveals import Reason, record_reveal
from accounts.domain.rosters import RosterRow, load_roster
from accounts.domain.sign_in_links import issue_sign_in_link
from accounts.domain.throttling import take_turn
from accounts.enums import RevealReason, Role
from accounts.models import Job
from quiz.domain.attempts import start_attempt, submit_attempt
from quiz.domain.awards import propose_awards
from quiz.domain.duplicates import decide_same
from quiz.domain.entrant_reports import file_report, handle_report
from quiz.domain.entrants import add_may_not_win
from quiz.domain.entry_codes import code_digest
from quiz.domain.extensions import void_attempt
from quiz.domain.minors import record_guardian_consent
from quiz.domain.own_data_requests import ask_correction
from quiz.domain.round_closing import close_round, mark_and_rank
from quiz.domain.sealing import seal_round
from quiz.interfaces.excel.export_jobs import queue_export
from quiz.models import (
    Attempt,
    Contest,
    DuplicateCase,
    Entrant,
    EntrantReport,
    Release,
    ReturnCode,
)
from quiz.rules.document import IdentityField
from tests.attacks.bundles import verify
from tests.attacks.canaries import (
    ADDRESS,
    BORN,
    EMAIL,
    GUARDIAN,
    NAME,
    NATIONAL_ID,
    PHONE,
    STAFF_CODE,
    TEXTS,
    Canary,
)
from tests.factories import (
    OpenContest,
    answers_input,
    make_attempt,
    make_open_contest,
    make_rules,
    registration_data,
    right_answers,
)
from tests.people import make_person
from tests.quiz.domain.appeals import appeal
from tests.quiz.domain.test_erasure import proofs, release

pytestmark = pytest.mark.django_db
FIELDS = ("full_name", "birth_date", "phone", "national_id", "email", "address", "staff_code")
LONG_AFTER = timedelta(days=4 * 365)
# A signed decision is a record of its own: the winner's name stays in it, and nothing else does.
LEGAL_RECORD = {"quiz_release.document": {"name"}, "file releases": {"name"}}


def planted(canary: Canary) -> tuple[OpenContest, Release]:
    """The canary wins a contest under everybody's eyes and is written into every list."""
    fields = [IdentityField(name=name, required=name in FIELDS[:3]) for name in FIELDS]
    made = make_open_contest(rules=make_rules(entry={"identity_fields": fields}))
    rows = [
        RosterRow(place="", full_name=NAME, staff_code=STAFF_CODE, birth_date=f"{BORN:%d/%m/%Y}")
    ]
    rows += [RosterRow(place="", full_name=f"{NAME} Em", staff_code=f"{STAFF_CODE}B")]
    day = timezone.localdate()
    roster = load_roster(name="A", unit=made.unit, as_of=day, rows=rows, user=made.organiser)
    Contest.objects.update(roster=roster)
    _enter(made, canary)
    make_attempt(made, wrong=2, full_name="Lê Thị Khác")
    _work(made)
    return made, _finish(made)


def _enter(made: OpenContest, canary: Canary) -> None:
    """Registered twice by the page; two attempts, one of them voided."""
    person = {
        "full_name": NAME,
        "birth_date": f"{BORN:%d/%m/%Y}",
        "phone": PHONE,
        "national_id": NATIONAL_ID,
        "email": EMAIL,
        "address": ADDRESS,
        "staff_code": STAFF_CODE,
        "consent": "1",
    }
    address = reverse("register", args=[made.contest.code])
    for _form in range(2):
        client = Client()
        answer = client.post(address, registration_data(**person))
        assert answer.status_code == 303, answer.content.decode()
        canary.derived["code"] = code_digest(client.cookies["ma_du_thi"].value)
        token = client.cookies["nguoi_du_thi"].value
        for ordinal in (1, 2):
            sitting = start_attempt(entrant_token=token, round_id=made.round.pk, ordinal=ordinal)
            submit_attempt(
                token=sitting.token, given=answers_input(sitting, right_answers(sitting))
            )
    file_report(
        contest=made.contest,
        text=f"{NAME} không phải tôi",
        contact=PHONE,
        entrant_token=token,
        address="198.51.100.7",
    )
    appeal(made, text=f"Tôi là {NAME}", contact=PHONE, code=client.cookies["ma_du_thi"].value)
    for entrant in Entrant.objects.filter(full_name=NAME):
        canary.derived[f"identity {entrant.pk}"] = bytes(entrant.identity_index)


def _work(made: OpenContest) -> None:
    """What officials write down about people while a contest runs."""
    entrant, now = Entrant.objects.filter(full_name=NAME).first(), timezone.now()
    attempt = Attempt.objects.filter(entrant=entrant, ordinal=2).get()
    void_attempt(attempt=attempt, reason=f"{NAME} thi hộ", user=made.organiser)
    record_guardian_consent(entrant=entrant, guardian=GUARDIAN, user=made.organiser, now=now)
    ask_correction(entrant=entrant, wanted={"full_name": f"{NAME} A"}, now=now)
    reason = Reason(RevealReason.OTHER, f"{NAME} hỏi")
    record_reveal(actor=made.organiser, act="reveal_numbers", subject=entrant, reason=reason)
    add_may_not_win(
        contest=made.contest,
        full_name=f"{NAME} Anh",
        reason=f"Anh của {NAME}",
        birth_date=BORN,
        user=made.organiser,
    )
    handle_report(
        report=EntrantReport.objects.get(), note=f"Đã gọi {NAME}", user=made.organiser, now=now
    )
    ReturnCode.objects.create(
        contest=made.contest,
        by_phone=True,
        contact=seal_text(PHONE),
        browser_digest=b"x",
        asked_at=now,
        entrants=[entrant.pk],
    )
    take_turn(purpose="return-contact", key=PHONE, limit=5, seconds=60)
    user = make_person(STAFF_CODE, Role.AUTHOR, unit=made.unit)
    user.full_name, user.email, user.phone = NAME, EMAIL, seal_text(PHONE)
    user.phone_index, user.inactive_reason = blind_index("phone", PHONE), f"{NAME} nghỉ"
    user.save()
    issue_sign_in_link(user=user, now=now)
    Client().force_login(user)
    deactivate_person(person=user, user=None)


def _finish(made: OpenContest) -> Release:
    """Closed, ranked, sealed, exported with names, released."""
    later = made.round.closes_at + timedelta(hours=1)
    close_round(round=made.round, user=made.organiser, now=later)
    case = DuplicateCase.objects.first()
    decide_same(case=case, user=made.organiser, now=later, note=f"Đều là {NAME}")
    made.round.refresh_from_db()
    mark_and_rank(round=made.round)
    propose_awards(round=made.round, user=made.organiser)
    seal_round(round=made.round, user=made.organiser, now=later)
    exporter = make_person("xuat", Role.EXPORTER, Role.ORGANISER, unit=made.unit)
    reason = Reason(RevealReason.OTHER, f"Trao giải cho {NAME}")
    for kind in ("export_winners", "export_participation"):
        job = queue_export(
            kind=kind, round=made.round, user=exporter, now=timezone.now(), reason=reason
        )
        assert run_job(job_id=job.pk).state == "done", Job.objects.get(pk=job.pk).error
    upload = ContentFile(f"{NAME};{PHONE}".encode(), name="ds.csv")
    queue_job(
        kind="export_winners",
        params={"ten": NAME},
        user=exporter,
        now=timezone.now(),
        upload=upload,
    )
    Job.objects.filter(finished_at=None).update(
        state="failed", finished_at=timezone.now(), faults=[NAME], error=NAME, note=NAME
    )
    made.round.refresh_from_db()
    return release(made)


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def test_after_the_time_is_over_nobody_is_found_and_proofs_hold(media: Path, tmp_path: Path):
    canary = Canary()
    made, published = planted(canary)
    before, file = canary.scan(media), published.bundle.read()
    everywhere = set().union(*before.values())
    assert everywhere == set(TEXTS) | set(canary.derived)
    held = proofs(made)
    assert published.document["winners"][0]["name"] == NAME
    now = timezone.now() + LONG_AFTER
    needed = {code: _cleaned_by(code, canary, media, now) for code in STORES}
    assert {code for code, places in needed.items() if places} == NEEDED
    assert canary.scan(media) == LEGAL_RECORD
    assert proofs(made) == held
    assert verify(file, tmp_path, "--root", made.round.seal.root).code == 0
    assert published.bundle.storage.open(published.bundle.name).read() == file
    assert set(run_retention(now=now).ended.values()) == {0}


# The stores without which something of the canary would be left: each was seen to matter.
NEEDED = {
    "people",
    "jobs",
    "data_requests",
    "reasons",
    "entrants",
    "return_codes",
    "rosters",
    "may_not_win",
    "reports",
}


def _cleaned_by(code: str, canary: Canary, media: Path, now: datetime) -> set[str]:
    """Where a canary was that one store's run took away."""
    before = canary.scan(media)
    expire(store=STORES[code], now=now)
    after = canary.scan(media)
    return {place for place, told in before.items() if told - after.get(place, set())}
