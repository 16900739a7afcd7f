"""A correction: proposed by one person, shown in full, decided by another, done exactly so."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.domain.jobs import run_job
from accounts.models import Job
from quiz.domain.correction_decisions import approve_correction
from quiz.domain.correction_jobs import PREVIEW, SUBMIT, queue_correction_job
from quiz.domain.correction_previews import preview_correction
from quiz.domain.corrections import (
    amend_key,
    open_correction,
    withdraw_prize,
)
from quiz.domain.releases import approve_release, current_release, submit_for_signature
from quiz.enums import KeyRemedy, ReleaseState
from quiz.models import Attempt, Award, Correction, CorrectionChange, Grade, Release, Standing
from quiz.rules.document import PrizeTier
from tests.factories import OpenContest, make_open_contest, make_rules
from tests.results_factory import Entry, Person, close_and_seal, make_entrants

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
SIGNED = {"decision_number": "123/QĐ-UBND", "decision_date": date(2026, 11, 23), "now": NOW}
CORRECTED = {"decision_number": "130/QĐ-UBND", "decision_date": date(2026, 11, 30), "now": NOW}
PEOPLE = [
    Person(full_name="Lê Nhất Ví Dụ", entries=[Entry(seconds=50)]),
    Person(full_name="Trần Nhì Ví Dụ", entries=[Entry(seconds=60)]),
    Person(full_name="Phạm Ba Ví Dụ", entries=[Entry(seconds=70)]),
    Person(full_name="Võ Sai Ví Dụ", entries=[Entry(wrong=1, seconds=40)]),
]
PRIZES = [
    PrizeTier(code="nhat", name="Giải Nhất", count=1, money=2_000_000),
    PrizeTier(code="nhi", name="Giải Nhì", count=1, money=1_000_000),
]
WHOLE = {
    "blueprint": [],
    "fixed_items": list(range(1, 9)),
    "shuffle_items": False,
    "shuffle_options": False,
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def made_contest(people: list[Person] | None = None, **rules) -> OpenContest:
    """Papers of all eight items in one order, so that what an amendment does is easy to see."""
    rules["result"] = {"prizes": PRIZES, "reserves": 1} | rules.get("result", {})
    made = make_open_contest(rules=make_rules(paper=WHOLE, **rules))
    make_entrants(made, people or PEOPLE)
    return made


def released(people: list[Person] | None = None, **rules) -> OpenContest:
    made = made_contest(people, **rules)
    close_and_seal(made)
    release = submit_for_signature(round=made.round, user=made.organiser, now=NOW)
    approve_release(release=release, user=made.reviewer, **SIGNED)
    made.round.refresh_from_db()
    return made


def begin(made: OpenContest) -> Correction:
    return open_correction(
        round=made.round, reason="Đáp án câu 1 sai", user=made.organiser, now=NOW
    )


def amend(made: OpenContest, correction: Correction, remedy: str, *key: int, place: int = 0):
    return amend_key(
        correction=correction,
        pool=made.round.pools.get(),
        place=place,
        remedy=remedy,
        key=key,
        reason="Nghị định đã sửa đổi",
        user=made.organiser,
    )


def preview(correction: Correction) -> dict:
    return preview_correction(correction=correction, now=NOW)


def run(kind: str, correction: Correction) -> Job:
    job = queue_correction_job(kind=kind, correction=correction, user=correction.opened_by, now=NOW)
    done = run_job(job_id=job.pk)
    assert done is not None
    assert done.state == "done", done.error
    correction.refresh_from_db()
    return done


def decide(made: OpenContest, correction: Correction) -> None:
    """The second person approves, and the worker does it."""
    if correction.release is None:
        approve_correction(correction=correction, user=made.reviewer, now=NOW)
    else:
        approve_release(release=correction.release, user=made.reviewer, **CORRECTED)
    job = Job.objects.filter(kind="apply_correction").latest("pk")
    done = run_job(job_id=job.pk)
    assert done is not None
    assert done.state == "done", done.error
    correction.refresh_from_db()


def marks(made: OpenContest) -> dict[str, tuple]:
    """Name → (score, right, of), of everyone with a mark."""
    rows = Grade.objects.filter(round=made.round).order_by("attempt")
    return {
        grade.attempt.entrant.full_name: (grade.score, grade.correct, grade.total)
        for grade in rows.select_related("attempt__entrant")
    }


def prizes(made: OpenContest) -> list[tuple[str, str]]:
    found = Award.objects.filter(round=made.round).order_by("kind", "place")
    return [(award.tier_name, award.entrant.full_name) for award in found]


def stored(made: OpenContest) -> tuple:
    """All that a correction may touch, as it is stored."""
    return (
        list(Grade.objects.filter(round=made.round).order_by("attempt").values()),
        list(Standing.objects.filter(round=made.round).order_by("attempt").values()),
        list(Award.objects.filter(round=made.round).order_by("pk").values()),
        list(Attempt.objects.filter(round=made.round).order_by("pk").values("pk", "voided_at")),
        list(Release.objects.filter(round=made.round).values("number", "state", "digest")),
        made.round.seal.__class__.objects.filter(round=made.round).values().get(),
    )


def test_the_proposal_shows_everything_and_writes_nothing():
    """Item 1 is right if answered as all did who got it “wrong”: their option becomes the key."""
    made = released()
    before = stored(made)
    correction = begin(made)
    wrong = Attempt.objects.get(entrant__full_name="Võ Sai Ví Dụ").answers[0].bit_length() - 1
    amend(made, correction, KeyRemedy.REPLACE, wrong)
    told = preview(correction)
    assert {name: told[name] for name in ("attempts", "marks", "raised", "lowered")} == {
        "attempts": 4,
        "marks": 4,
        "raised": 1,
        "lowered": 3,
    }
    assert (told["ranks"], told["prizes"], told["ties"]) == (4, 4, [])
    rows = CorrectionChange.objects.filter(correction=correction)
    assert [
        (row.entrant.full_name, row.old_score, row.new_score, row.old_rank, row.new_rank)
        for row in rows
    ] == [
        ("Lê Nhất Ví Dụ", Decimal(8), Decimal(7), 1, 2),
        ("Võ Sai Ví Dụ", Decimal(7), Decimal(8), 4, 1),
        ("Trần Nhì Ví Dụ", Decimal(8), Decimal(7), 2, 3),
        ("Phạm Ba Ví Dụ", Decimal(8), Decimal(7), 3, 4),
    ]
    assert [(row.old_prize, row.new_prize) for row in rows] == [
        ("Giải Nhất", "Giải Nhì"),
        ("", "Giải Nhất"),
        ("Giải Nhì", "Dự bị 1"),
        ("Dự bị 1", ""),
    ]
    assert stored(made) == before


@pytest.mark.parametrize(
    ("remedy", "keys", "expected"),
    [
        (KeyRemedy.REPLACE, True, [(7, 7, 8), (7, 7, 8), (7, 7, 8), (8, 8, 8)]),
        (KeyRemedy.ACCEPT_BOTH, True, [(8, 8, 8)] * 4),
        (KeyRemedy.MARKS_TO_ALL, False, [(8, 8, 8)] * 4),
        (KeyRemedy.DROP, False, [(7, 7, 7)] * 4),
    ],
)
def test_the_four_remedies(remedy, keys, expected):
    made = released()
    correction = begin(made)
    wrong = Attempt.objects.get(entrant__full_name="Võ Sai Ví Dụ").answers[0].bit_length() - 1
    amend(made, correction, remedy, *([wrong] if keys else []))
    preview(correction)
    run(SUBMIT, correction)
    decide(made, correction)
    assert list(marks(made).values()) == expected


def test_a_correction_becomes_the_next_release():
    made = released()
    first = current_release(round=made.round)
    correction = begin(made)
    award = Award.objects.get(round=made.round, kind="prize", place=1)
    withdraw_prize(correction=correction, award=award, reason="Thi hộ", user=made.organiser)
    run(PREVIEW, correction)
    before = stored(made)
    run(SUBMIT, correction)
    second = correction.release
    assert stored(made)[:4] == before[:4]
    assert (second.number, second.previous, second.state) == (2, first, ReleaseState.SUBMITTED)
    assert current_release(round=made.round) == first
    approve_release(release=second, user=made.reviewer, **CORRECTED)
    second.refresh_from_db()
    assert second.state == ReleaseState.APPLYING
    assert prizes(made)[0] == ("Giải Nhất", "Lê Nhất Ví Dụ")
    run_job(job_id=Job.objects.latest("pk").pk)
    second.refresh_from_db()
    assert (second.state, second.decision_number) == (ReleaseState.RELEASED, "130/QĐ-UBND")
    assert current_release(round=made.round) == second
    assert prizes(made) == [
        ("Giải Nhất", "Trần Nhì Ví Dụ"),
        ("Giải Nhì", "Phạm Ba Ví Dụ"),
        ("Dự bị", "Võ Sai Ví Dụ"),
    ]
    document = second.document
    assert document["previous"] == first.digest
    assert document["format"] == "minhthi-release/2"
    [told] = document["corrections"]
    assert [(one["group"], one["prize"]) for one in told["withdrawn"]] == [
        ("nguoi-dan", "Giải Nhất")
    ]
    assert "Thi hộ" not in str(document)
    assert [w["name"] for w in document["winners"]] == ["Trần Nhì Ví Dụ", "Phạm Ba Ví Dụ"]
