"""The log of an attempt says what happened and nothing that others may not know."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from quiz.domain.answer_letters import seen_paper
from quiz.domain.attempt_logs import attempt_log, log_digest, log_document, log_notes
from quiz.domain.attempts import save_attempt, start_attempt, submit_attempt
from quiz.domain.clock import shifted_clock
from quiz.domain.closing import close_overdue_attempts
from quiz.domain.emergency_files import compare_evidence, outbox_key, read_emergency_file
from quiz.domain.extensions import extend_attempt, void_attempt
from quiz.domain.own_papers import own_paper, paper_for_review
from quiz.errors import InputRefused, SaveConflict, SaveTooLate
from quiz.models import Appeal, Attempt, Correction, KeyAmendment
from tests.factories import (
    answers_input,
    make_attempt,
    make_open_contest,
    make_rules,
    register,
    right_answers,
    start,
)
from tests.quiz.domain.appeals import appeal, released

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def told(pk: int) -> Attempt:
    rows = Attempt.objects.select_related("pool__key", "round__contest", "round__rules")
    return rows.get(pk=pk)


def eventful():
    """Saved twice, conflicting once, resumed, too late, extended, submitted."""
    made = make_open_contest()
    who = register(made)
    sitting = start(made, who)
    with shifted_clock(MINUTE):
        sitting = save_attempt(token=sitting.token, given=answers_input(sitting, [1, 0, 0, 0, 2]))
    with shifted_clock(2 * MINUTE):
        other = answers_input(sitting, [2, 2, 2, 2, 2], writer=9, base=0)
        with pytest.raises(SaveConflict):
            save_attempt(token=sitting.token, given=other)
        start_attempt(entrant_token=who.token, round_id=made.round.pk, ordinal=1)
    late = answers_input(sitting, [1, 4, 0, 0, 2])
    with shifted_clock(20 * MINUTE), pytest.raises(SaveTooLate):
        save_attempt(token=sitting.token, given=late)
    attempt = told(sitting.row.id)
    extend_attempt(attempt=attempt, seconds=600, reason="Mất điện", user=made.organiser)
    with shifted_clock(3 * MINUTE):
        submit_attempt(token=sitting.token, given=late)
    return made, told(sitting.row.id)


def test_each_save_and_refusal_stands_at_its_moment_in_the_letters_that_were_seen():
    _made, attempt = eventful()
    log = attempt_log(attempt=attempt)
    paper = seen_paper(attempt)
    kinds = {line.kind for line in log.lines}
    assert kinds == {"start", "save", "conflict", "resume", "refusal", "extension", "submit"}
    saves = [line for line in log.lines if line.kind == "save"]
    assert [line.at - attempt.started_at for line in saves] == [MINUTE, 3 * MINUTE]
    first, last = paper.letters(0, 1), paper.letters(4, 2)
    assert saves[0].detail == f"câu 1: {first}; câu 5: {last}"
    assert (log.saves, log.full, log.replays) == (2, False, True)
    assert log.answers == [first, paper.letters(1, 4), "–", "–", last]
    assert [line.detail for line in log.lines if line.kind == "extension"] == ["thêm 600 giây"]
    assert [line.at for line in log.lines] == sorted(line.at for line in log.lines)


def test_the_paper_to_hand_out_names_no_official_no_reason_and_no_key():
    made, attempt = eventful()
    void_attempt(attempt=attempt, reason="Trùng với ông Nguyễn Văn Kia", user=made.organiser)
    attempt = told(attempt.pk)
    made_at = timezone.now()
    document = log_document(log=attempt_log(attempt=attempt), made_at=made_at)
    text = json.dumps(document, ensure_ascii=False)
    for secret in ("Nguyễn Văn Kia", "Mất điện", made.organiser.full_name):
        assert secret not in text
    assert "Ban Tổ chức huỷ bài" in text
    again = log_document(log=attempt_log(attempt=told(attempt.pk)), made_at=made_at)
    assert log_digest(again) == log_digest(document)
    assert log_digest(again | {"answers": ["A"] * 5}) != log_digest(document)


def test_a_log_does_not_depend_on_who_else_entered():
    made, attempt = eventful()
    made_at = timezone.now()
    before = log_document(log=attempt_log(attempt=attempt), made_at=made_at)
    for _person in range(3):
        make_attempt(made)
    assert log_document(log=attempt_log(attempt=told(attempt.pk)), made_at=made_at) == before


def test_answers_that_the_journal_does_not_give_are_told():
    _made, attempt = eventful()
    attempt.answers = [0, 0, 0, 0, 0]
    assert "không cho đúng" in " ".join(log_notes(attempt_log(attempt=attempt)))
    attempt.journal = bytes(attempt.journal) * 100
    assert "đã đầy" in " ".join(log_notes(attempt_log(attempt=attempt)))


def test_an_attempt_that_time_has_closed_says_so_before_and_after_it_is_written_down():
    made = make_open_contest()
    attempt = make_attempt(made, finish=False)
    with shifted_clock(20 * MINUTE):
        close_overdue_attempts()
    lines = attempt_log(attempt=told(attempt.pk)).lines
    assert [line.what for line in lines][-1] == "Hệ thống đóng bài khi hết giờ"
    assert [line.kind for line in lines].count("close") == 1


@pytest.mark.parametrize(("key_shown", "keys"), [("after_release", True), ("never", False)])
def test_ones_own_paper_opens_as_the_rules_say(key_shown, keys):
    made = make_open_contest(rules=make_rules(result={"key_shown": key_shown}))
    pk = make_attempt(made, wrong=1).pk
    shown = own_paper(attempt=told(pk))
    assert (shown.items, shown.keys, shown.mark) == ([], False, None)  # others still sit it
    assert paper_for_review(attempt=told(pk), keys=True).items == []
    released(made)
    shown = own_paper(attempt=told(pk))
    assert (shown.keys, shown.mark.correct, shown.mark.rank) == (keys, 4, 1)
    rights = [item.right for item in shown.items]
    assert rights == ([False, True, True, True, True] if keys else [None] * 5)
    marked = sum(option.right for item in shown.items for option in item.options)
    assert marked == (5 if keys else 0)
    assert paper_for_review(attempt=told(pk), keys=True).keys is True
    assert sum(option.chosen for item in shown.items for option in item.options) == 5


def emergency(attempt: Attempt, **fields) -> bytes:
    """As the attempt page writes it."""
    data = {
        "attempt": outbox_key(attempt.secret),
        "writer": 281474976710655,
        "base": 1,
        "revision": 3,
        "answers": [1, 2, 4, 8, 1],
        "prediction": None,
        "acknowledged": {"answers": [1, 0, 0, 0, 0], "prediction": ""},
        "browser_time": "2026-11-22T02:59:58.123Z",
    }
    return json.dumps(data | fields).encode()


def test_an_emergency_file_is_shown_beside_the_answers_and_changes_none():
    made = make_open_contest()
    who = register(made)
    sitting = start(made, who)
    save_attempt(token=sitting.token, given=answers_input(sitting, [1, 2, 0, 0, 0]))
    attempt = told(sitting.row.id)
    appeal(made, code=who.code, evidence=emergency(attempt))
    row = Appeal.objects.get()
    seen = compare_evidence(attempt=attempt, kept=row.evidence)
    assert (seen.belongs, seen.differing) == (True, [(3, 0, 4), (4, 0, 8), (5, 0, 1)])
    assert f"{seen.browser_time:%H:%M:%S}" == "02:59:58"
    assert told(attempt.pk).answers == [1, 2, 0, 0, 0]
    elsewhere = compare_evidence(attempt=told(make_attempt(made).pk), kept=row.evidence)
    assert elsewhere.belongs is False


@pytest.mark.parametrize(
    "content",
    [
        b"khong phai json",
        b"[" * 30000,
        b"\xff\xfe\x00",
        b"{}",
        b"x" * 40000,
        *(
            json.dumps({"answers": wrong}).encode()
            for wrong in ([], [-1], [2**15], ["1"], [1] * 301)
        ),
    ],
)
def test_what_is_no_emergency_file_is_refused(content):
    with pytest.raises(InputRefused) as refused:
        read_emergency_file(content)
    assert list(refused.value.details["fields"]) == ["evidence"]


def test_with_a_file_that_is_none_nothing_is_stored():
    with pytest.raises(InputRefused):
        appeal(make_open_contest(), evidence=b"khong phai json")
    assert Appeal.objects.count() == 0


def test_a_right_paper_is_right():
    made = make_open_contest()
    who = register(made)
    sitting = start(made, who)
    given = answers_input(sitting, right_answers(sitting))
    submit_attempt(token=sitting.token, given=given)
    released(made)
    assert [item.right for item in own_paper(attempt=told(sitting.row.id)).items] == [True] * 5


@pytest.mark.parametrize(
    ("remedy", "right", "marked"),
    [("replace", False, 5), ("accept_both", True, 6), ("marks_to_all", True, 4), ("drop", None, 4)],
)
def test_ones_own_paper_shows_the_key_that_a_correction_left(remedy, right, marked):
    made = make_open_contest()
    attempt = told(make_attempt(made).pk)
    released(made)
    place = seen_paper(attempt).slots[0].item_ref
    old = attempt.pool.key.masks[place]
    now = timezone.now()
    correction = Correction.objects.create(
        round=made.round,
        number=1,
        state="applied",
        reason="Sai đáp án",
        opened_by=made.organiser,
        opened_at=now,
    )
    new = (1 if old != 1 else 2) if remedy in ("replace", "accept_both") else 0
    KeyAmendment.objects.create(
        correction=correction,
        pool=attempt.pool,
        place=place,
        remedy=remedy,
        old_mask=old,
        new_mask=new,
        reason="Sai đáp án",
    )
    items = own_paper(attempt=told(attempt.pk)).items
    assert [item.right for item in items] == [right, True, True, True, True]
    assert [bool(item.amended) for item in items] == [True, False, False, False, False]
    assert sum(option.right for item in items for option in item.options) == marked
