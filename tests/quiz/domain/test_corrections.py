"""A correction: proposed by one person, shown in full, decided by another, done exactly so."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.domain.jobs import run_job
from accounts.errors import Faults, NotAllowed
from accounts.models import Job
from quiz.domain.awards import propose_awards
from quiz.domain.correction_applying import apply_correction
from quiz.domain.correction_decisions import approve_correction, submit_correction
from quiz.domain.correction_effects import as_corrected, as_submitted
from quiz.domain.correction_jobs import PREVIEW, SUBMIT, queue_correction_job
from quiz.domain.correction_previews import preview_correction
from quiz.domain.corrections import (
    amend_key,
    correct_attempt,
    drop_correction,
    open_correction,
    take_back_change,
    withdraw_prize,
)
from quiz.domain.release_documents import published_winners
from quiz.domain.releases import (
    approve_release,
    current_release,
    return_release,
    submit_for_signature,
)
from quiz.domain.sealing import seal_round
from quiz.domain.ties import decide_tie
from quiz.enums import CorrectionState, KeyRemedy, ReleaseState
from quiz.errors import (
    CorrectionFixed,
    CorrectionUndecided,
    EffectChanged,
    EffectUnknown,
    NothingToCorrect,
    RoundNotReady,
    SecondPersonNeeded,
)
from quiz.models import Attempt, Award, Correction, CorrectionChange, Grade, Release, Standing
from quiz.rules.document import Criterion, PredictionRules, PrizeTier
from tests.factories import OpenContest, make_open_contest, make_person, make_rules
from tests.results_factory import Entry, Person, close, close_and_seal, make_entrants

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


REMEDIES = {
    KeyRemedy.REPLACE: [(7, 7, 8), (7, 7, 8), (7, 7, 8), (8, 8, 8)],
    KeyRemedy.ACCEPT_BOTH: [(8, 8, 8)] * 4,
    KeyRemedy.MARKS_TO_ALL: [(8, 8, 8)] * 4,
    KeyRemedy.DROP: [(7, 7, 7)] * 4,
}


def test_the_four_remedies():
    made = released()
    correction = begin(made)
    wrong = Attempt.objects.get(entrant__full_name="Võ Sai Ví Dụ").answers[0].bit_length() - 1
    found = {}
    for remedy in REMEDIES:
        amend(made, correction, remedy, wrong)
        with as_corrected(correction=correction, now=NOW):
            found[remedy] = list(marks(made).values())
    assert found == REMEDIES
    assert list(marks(made).values()) == [(8, 8, 8), (8, 8, 8), (8, 8, 8), (7, 7, 8)]


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


def propose(made: OpenContest, remedy: str = KeyRemedy.MARKS_TO_ALL) -> Correction:
    """A correction that was looked at."""
    correction = begin(made)
    amend(made, correction, remedy)
    preview(correction)
    correction.refresh_from_db()
    return correction


def test_before_the_seal_an_approved_amendment_marks_again():
    made = made_contest()
    close(made)
    propose_awards(round=made.round, user=made.organiser)
    correction = propose(made)
    submit_correction(correction=correction, user=made.organiser)
    with pytest.raises(CorrectionUndecided):
        seal_round(round=made.round, user=made.organiser, now=NOW)
    decide(made, correction)
    assert {right for _score, right, _of in marks(made).values()} == {8}
    assert prizes(made)[0] == ("Giải Nhất", "Võ Sai Ví Dụ")
    seal_round(round=made.round, user=made.organiser, now=NOW)
    made.round.refresh_from_db()
    document = submit_for_signature(round=made.round, user=made.organiser, now=NOW).document
    assert [key["remedy"] for key in document["corrections"][0]["keys"]] == ["marks_to_all"]


def test_who_made_it_does_not_approve_and_nobody_elsewhere_does():
    made = made_contest()
    close(made)
    propose_awards(round=made.round, user=made.organiser)
    correction = propose(made)
    submit_correction(correction=correction, user=made.organiser)
    with pytest.raises(SecondPersonNeeded):
        approve_correction(correction=correction, user=made.organiser, now=NOW)
    with pytest.raises(NotAllowed):
        approve_correction(correction=correction, user=make_person(), now=NOW)
    decide(made, correction)
    assert (correction.opened_by, correction.decided_by) == (made.organiser, made.reviewer)


def test_a_draft_is_its_makers_alone():
    made = released()
    correction = begin(made)
    with pytest.raises(CorrectionUndecided):
        begin(made)
    with pytest.raises(NotAllowed):
        amend_key(
            correction=correction,
            pool=made.round.pools.get(),
            place=0,
            remedy=KeyRemedy.DROP,
            reason="Sai",
            user=made.reviewer,
        )
    with pytest.raises(NothingToCorrect):
        preview(correction)
    with pytest.raises(EffectUnknown):
        submit_correction(correction=correction, user=made.organiser)
    made_again = amend(made, correction, KeyRemedy.DROP)
    preview(correction)
    take_back_change(change=made_again, user=made.organiser)
    correction.refresh_from_db()
    assert correction.preview is None
    assert not CorrectionChange.objects.exists()
    drop_correction(correction=correction, user=made.organiser)
    assert correction.state == CorrectionState.DROPPED
    with pytest.raises(CorrectionFixed):
        amend(made, correction, KeyRemedy.DROP)
    assert begin(made).number == 2


@pytest.mark.parametrize(
    ("remedy", "key", "code"),
    [
        ("replace", (), "bad_key"),
        ("replace", (0, 1), "bad_key"),
        ("accept_both", (1,), "same_key"),
        ("guess", (0,), "no_remedy"),
    ],
)
def test_an_amendment_has_to_fit_the_item(remedy, key, code):
    made = released()
    with pytest.raises(Faults) as refused:
        amend(made, begin(made), remedy, *key)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_an_open_round_is_not_corrected():
    with pytest.raises(RoundNotReady):
        begin(made_contest())


def test_what_would_do_anything_else_than_was_shown_is_sent_back():
    """The winner is found to be a duplicate between the submission and the worker's turn."""
    made = released()
    correction = propose(made)
    run(SUBMIT, correction)
    release = correction.release
    approve_release(release=release, user=made.reviewer, **CORRECTED)
    before = marks(made), prizes(made)
    first, other = (
        Attempt.objects.get(entrant__full_name=name).entrant
        for name in ("Lê Nhất Ví Dụ", "Phạm Ba Ví Dụ")
    )
    first.duplicate_of = other
    first.save()
    with pytest.raises(EffectChanged):
        apply_correction(correction=correction, now=NOW)
    run_job(job_id=Job.objects.latest("pk").pk)
    correction.refresh_from_db()
    release.refresh_from_db()
    assert (correction.state, correction.release) == (CorrectionState.DRAFT, None)
    assert correction.returned_because == "Kết quả của đính chính không còn đúng như đã xem."
    assert (release.state, release.returned_because) == (
        ReleaseState.RETURNED,
        correction.returned_because,
    )
    assert (marks(made), prizes(made)) == before


def predicted(seconds: float, prediction: int, wrong: int = 0) -> Person:
    return Person(
        full_name=f"Người Đoán {prediction}",
        entries=[Entry(seconds=seconds, prediction=Decimal(prediction), wrong=wrong)],
    )


@pytest.mark.parametrize(("policy", "first"), [("frozen", 1), ("recomputed", 3)])
def test_the_true_value_under_both_policies(policy, first):
    """One is all correct; dropping the item makes all three so."""
    made = released(
        [predicted(50, 1), predicted(60, 3, wrong=1), predicted(70, 9, wrong=1)],
        entry={"prediction": PredictionRules(who="all_correct")},
        result={
            "chain": [Criterion(kind=k) for k in ("score", "prediction_error", "duration", "lot")],
            "actual_value_policy": policy,
        },
    )
    correction = propose(made, KeyRemedy.DROP)
    [told] = correction.preview["values"]
    assert told == {"group": "nguoi-dan", "old": "1", "frozen": "1", "recomputed": "3"}
    run(SUBMIT, correction)
    decide(made, correction)
    assert prizes(made)[0] == ("Giải Nhất", f"Người Đoán {first}")
    values = correction.release.document["actual_values"]["nguoi-dan"]
    assert values["value"] == str(first)


def test_a_tie_that_a_correction_makes_is_settled_for_it():
    made = released(
        [
            Person(full_name="Lê Nhất Ví Dụ", entries=[Entry(seconds=50)]),
            Person(full_name="Võ Sai Ví Dụ", entries=[Entry(seconds=50, wrong=1)]),
        ]
    )
    correction = propose(made)
    [tie] = correction.preview["ties"]
    job = queue_correction_job(kind=SUBMIT, correction=correction, user=made.organiser, now=NOW)
    failed = run_job(job_id=job.pk)
    assert failed is not None
    assert failed.error_code == "ties_remain"
    decide_tie(
        round=made.round,
        group=made.groups[0],
        order=tie["attempts"][::-1],
        minutes="BB 9",
        user=made.organiser,
        correction=correction,
    )
    assert prizes(made)[0] == ("Giải Nhất", "Lê Nhất Ví Dụ")
    preview(correction)
    run(SUBMIT, correction)
    decide(made, correction)
    assert prizes(made)[0] == ("Giải Nhất", "Võ Sai Ví Dụ")


def test_a_voided_entry_is_restored_by_the_next_correction():
    made = released()
    attempt = Attempt.objects.get(entrant__full_name="Lê Nhất Ví Dụ")
    for restores, winner in ((False, "Trần Nhì Ví Dụ"), (True, "Lê Nhất Ví Dụ")):
        correction = begin(made)
        correct_attempt(
            correction=correction,
            attempt=attempt,
            reason="Thi hộ",
            user=made.organiser,
            restores=restores,
        )
        preview(correction)
        run(SUBMIT, correction)
        decide(made, correction)
        attempt.refresh_from_db()
        assert (attempt.voided_at is None) == restores
        assert prizes(made)[0] == ("Giải Nhất", winner)
    entries = [one["entries"] for one in correction.release.document["corrections"]]
    assert [[one["act"] for one in made] for made in entries] == [["void"], ["restore"]]
    assert correction.release.previous.previous is not None


def test_a_released_prize_is_taken_away_by_withdrawing_it_alone():
    """Who withdrew the consent since, or came to be barred, keeps what the decision gave."""
    made = released()
    winner = Award.objects.get(kind="prize", place=1).entrant
    winner.may_win = False
    winner.save()
    correction = propose(made, KeyRemedy.DROP)
    run(SUBMIT, correction)
    decide(made, correction)
    assert ("Giải Nhì", "Lê Nhất Ví Dụ") in prizes(made)


def test_a_returned_correction_changed_nothing_and_is_mended():
    made = released()
    correction = propose(made)
    run(SUBMIT, correction)
    before = marks(made), prizes(made)
    return_release(release=correction.release, user=made.reviewer, reason="Thiếu căn cứ")
    correction.refresh_from_db()
    assert (correction.state, correction.returned_because) == ("draft", "Thiếu căn cứ")
    assert (marks(made), prizes(made)) == before
    amend(made, correction, KeyRemedy.DROP, place=1)
    preview(correction)
    run(SUBMIT, correction)
    decide(made, correction)
    assert [r.state for r in made.round.releases.order_by("number")] == [
        "released",
        "returned",
        "released",
    ]


def test_the_annex_to_be_signed_shows_the_corrected_winners():
    made = released()
    correction = propose(made)
    run(SUBMIT, correction)
    with as_submitted(round=made.round, now=NOW) as round:
        assert [w["name"] for w in published_winners(round=round)] == [
            "Võ Sai Ví Dụ",
            "Lê Nhất Ví Dụ",
        ]
    assert prizes(made)[0] == ("Giải Nhất", "Lê Nhất Ví Dụ")
