from datetime import timedelta
from decimal import Decimal

import pytest

from quiz.domain.attempt_events import attempt_history
from quiz.domain.attempts import read_attempt, save_attempt, start_attempt, submit_attempt
from quiz.domain.clock import shifted_clock
from quiz.domain.papers import present_paper
from quiz.domain.tokens import open_attempt_token, seal_attempt_token
from quiz.engine import journal
from quiz.engine.deadlines import TimeRules
from quiz.enums import AttemptState, ClosedBy, EventKind, RoundState
from quiz.errors import (
    AttemptClosed,
    AttemptOpen,
    AttemptSubmitted,
    InputRefused,
    NoAttemptLeft,
    SaveConflict,
    SaveTooLate,
    TooEarly,
    TooLate,
    UnknownToken,
)
from quiz.models import Attempt, AttemptEvent, Round
from quiz.rules.document import PredictionRules
from tests.factories import (
    HOUR,
    answers_input,
    make_open_contest,
    make_rules,
    register,
    start,
)

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
LIMIT = timedelta(seconds=900)
GRACE = timedelta(milliseconds=5000)


@pytest.fixture
def made():
    return make_open_contest()


@pytest.fixture
def sitting(made):
    return start(made, register(made))


def events_of(sitting) -> list[str]:
    return list(AttemptEvent.objects.filter(attempt=sitting.row.id).values_list("kind", flat=True))


# Starting


def test_an_attempt_starts_with_an_empty_answer_set_and_its_deadline(made, sitting):
    attempt = Attempt.objects.get()
    assert attempt.answers == [0, 0, 0, 0, 0]
    assert attempt.deadline_at - attempt.started_at == LIMIT
    assert (attempt.round_id, attempt.ordinal, attempt.state) == (made.round.pk, 1, 1)
    assert (attempt.rules_id, attempt.group_id) == (made.round.rules_id, made.groups[0].pk)
    assert (len(attempt.seed), len(attempt.secret)) == (16, 32)


def test_starting_again_is_the_same_attempt(made):
    who = register(made)
    first, again = start(made, who), start(made, who)
    assert first.row.id == again.row.id
    assert bytes(first.row.seed) == bytes(again.row.seed)
    assert open_attempt_token(first.token) == open_attempt_token(again.token)
    assert events_of(first) == [EventKind.RESUME]


def test_too_early_and_too_late():
    made = make_open_contest(opens_in=HOUR, closes_in=2 * HOUR)
    who = register(made)
    with pytest.raises(TooEarly):
        start(made, who)
    with shifted_clock(HOUR + SECOND):
        start(made, who)
    late = register(made, full_name="Người đến muộn")
    with shifted_clock(2 * HOUR + SECOND), pytest.raises(TooLate):
        start(made, late)


def test_a_round_the_organiser_closed_early_takes_no_start(made):
    who = register(made)
    Round.objects.update(state=RoundState.CLOSED)
    with pytest.raises(TooLate):
        start(made, who)


def test_a_start_whose_reply_was_lost_is_answered_after_the_close_too(made):
    who = register(made)
    first = start(made, who)
    with shifted_clock(HOUR + SECOND):
        assert start(made, who).row.id == first.row.id


def test_the_next_attempt_waits_for_the_one_before(made):
    who = register(made)
    first = start(made, who)
    with pytest.raises(AttemptOpen):
        start(made, who, 2)
    submit_attempt(token=first.token, given=answers_input(first))
    second = start(made, who, 2)
    assert second.row.id != first.row.id
    assert bytes(second.row.seed) != bytes(first.row.seed)
    with pytest.raises(NoAttemptLeft):
        start(made, who, 3)


def test_an_attempt_past_deadline_and_grace_is_over_though_nobody_wrote_it_down(made):
    who = register(made)
    first = start(made, who)
    with shifted_clock(LIMIT + GRACE - SECOND), pytest.raises(AttemptOpen):
        start(made, who, 2)
    with shifted_clock(LIMIT + GRACE + SECOND):
        assert start(made, who, 2).row.ordinal == 2
        assert read_attempt(token=first.token).row.state == AttemptState.CLOSED


def test_an_ordinal_is_never_left_out(made):
    with pytest.raises(AttemptOpen):
        start(made, register(made), 2)


@pytest.mark.parametrize(
    ("at_close", "limit"),
    [("last_save", None), ("last_save", 900), ("last_save", 3500), ("last_start", 3500)],
)
@pytest.mark.parametrize("minutes", [0, 50])
def test_the_statement_and_the_published_rule_give_one_deadline(at_close, limit, minutes):
    made = make_open_contest(
        rules=make_rules(entry={"at_close": at_close, "time_limit_seconds": limit})
    )
    who = register(made)
    with shifted_clock(timedelta(minutes=minutes)):
        row = start(made, who).row
    rule = TimeRules(made.round.opens_at, made.round.closes_at, limit, at_close)
    assert row.deadline_at == rule.deadline_at(row.started_at)


def test_an_entrant_of_another_contest_does_not_start_here(made):
    stranger = register(make_open_contest())
    with pytest.raises(UnknownToken):
        start(made, stranger)
    with pytest.raises(UnknownToken):
        start_attempt(entrant_token="x", round_id=made.round.pk, ordinal=1)
    with pytest.raises(UnknownToken):
        start_attempt(entrant_token=register(made).token, round_id=10**9, ordinal=1)


def test_the_paper_is_the_same_each_time_it_is_shown(sitting):
    pool = sitting.round.pool(sitting.row.pool_id)
    paper = present_paper(pool, sitting.row.seed)
    assert paper == present_paper(pool, sitting.row.seed)
    assert [item.number for item in paper] == [1, 2, 3, 4, 5]
    assert len({item.place for item in paper}) == 5
    assert all(sorted(i for i, _text in item.options) == [0, 1, 2, 3] for item in paper)


# Saving


def test_a_save_stores_the_whole_set(sitting):
    saved = save_attempt(token=sitting.token, given=answers_input(sitting, [1, 2, 0, 4, 8]))
    stored = Attempt.objects.get()
    assert (stored.answers, stored.revision, stored.writer) == ([1, 2, 0, 4, 8], 1, 1)
    assert saved.row.answers == [1, 2, 0, 4, 8]


def test_a_replayed_save_is_a_success_and_changes_nothing(sitting):
    given = answers_input(sitting, [1, 0, 0, 0, 0])
    save_attempt(token=sitting.token, given=given)
    again = save_attempt(token=sitting.token, given=given)
    assert (again.row.revision, again.row.done) == (1, False)
    assert events_of(sitting) == []


def test_a_tab_that_never_heard_back_goes_on(sitting):
    save_attempt(token=sitting.token, given=answers_input(sitting, [1, 0, 0, 0, 0]))
    later = answers_input(sitting, [1, 2, 0, 0, 0], base=0, revision=5)
    assert save_attempt(token=sitting.token, given=later).row.revision == 5
    overtaken = answers_input(sitting, [1, 0, 0, 0, 0], base=0, revision=3)
    assert save_attempt(token=sitting.token, given=overtaken).row.answers == [1, 2, 0, 0, 0]


def test_another_tab_conflicts_and_learns_what_is_stored(sitting):
    save_attempt(token=sitting.token, given=answers_input(sitting, [1, 0, 0, 0, 0]))
    other = answers_input(sitting, [0, 2, 0, 0, 0], writer=2, base=0)
    with pytest.raises(SaveConflict) as refusal:
        save_attempt(token=sitting.token, given=other)
    details = refusal.value.details
    assert (details["revision"], details["answers"]) == (1, [1, 0, 0, 0, 0])
    assert events_of(sitting) == [EventKind.CONFLICT]
    merged = answers_input(sitting, [1, 2, 0, 0, 0], writer=2, base=1, revision=2)
    assert save_attempt(token=sitting.token, given=merged).row.answers == [1, 2, 0, 0, 0]


def test_a_plain_form_names_no_revision_and_its_last_page_wins(sitting):
    first = answers_input(sitting, [1, 0, 0, 0, 0], revision=None)
    assert save_attempt(token=sitting.token, given=first).row.revision == 1
    went_back = answers_input(sitting, [2, 0, 0, 0, 0], base=0, revision=None)
    assert save_attempt(token=sitting.token, given=went_back).row.answers == [2, 0, 0, 0, 0]


def test_answer_within_the_grace_is_taken_and_after_it_refused(sitting):
    with shifted_clock(LIMIT + GRACE - SECOND):
        save_attempt(token=sitting.token, given=answers_input(sitting, [1, 0, 0, 0, 0]))
    late = answers_input(sitting, [2, 0, 0, 0, 0], revision=2)
    with shifted_clock(LIMIT + GRACE + SECOND), pytest.raises(SaveTooLate):
        save_attempt(token=sitting.token, given=late)
    assert Attempt.objects.get().answers == [1, 0, 0, 0, 0]
    assert events_of(sitting) == [EventKind.REFUSAL]


def test_a_page_gone_wild_leaves_twenty_refusals_not_a_million(sitting):
    late = answers_input(sitting, [2, 0, 0, 0, 0])
    with shifted_clock(LIMIT + GRACE + SECOND):
        for _time in range(23):
            with pytest.raises(SaveTooLate):
                save_attempt(token=sitting.token, given=late)
    assert events_of(sitting) == [EventKind.REFUSAL] * 20


def test_a_set_of_the_wrong_length_is_refused(sitting):
    for answers in ([], [0] * 4, [0] * 6):
        with pytest.raises(InputRefused):
            save_attempt(token=sitting.token, given=answers_input(sitting, answers))


def test_the_journal_tells_each_change_once_with_its_moment(sitting):
    with shifted_clock(3 * SECOND):
        save_attempt(token=sitting.token, given=answers_input(sitting, [1, 0, 0, 0, 8]))
    second = answers_input(sitting, [1, 0, 0, 0, 300], base=1, revision=200)
    with shifted_clock(70 * SECOND):
        save_attempt(token=sitting.token, given=second)
    same = answers_input(sitting, [1, 0, 0, 0, 300], base=200, revision=20_000)
    save_attempt(token=sitting.token, given=same)
    last = answers_input(sitting, [2, 0, 0, 0, 300], base=20_000, revision=20_001)
    submit_attempt(token=sitting.token, given=last)
    changes = journal.decode(bytes(Attempt.objects.get().journal))
    assert [(c.revision, c.slot, c.mask) for c in changes] == [
        (1, 0, 1),
        (1, 4, 8),
        (200, 4, 300),
        (20_001, 0, 2),
    ]
    assert [round(c.ms / 10_000) for c in changes[:3]] == [0, 0, 7]
    assert journal.replay(changes, 5) == (2, 0, 0, 0, 300)


def test_a_full_journal_stops_and_saving_goes_on(sitting):
    for revision in range(1, 160):
        mask = 1 + revision % 2
        given = answers_input(sitting, [mask] * 5, base=revision - 1, revision=revision)
        save_attempt(token=sitting.token, given=given)
    stored = Attempt.objects.get()
    assert stored.revision == 159
    assert 1200 < len(stored.journal) < 1250
    journal.decode(bytes(stored.journal))


def test_a_prediction_is_read_as_written_in_vietnamese():
    rules = make_rules(
        entry={"prediction": PredictionRules(decimals=0)},
        result={
            "chain": [{"kind": kind} for kind in ("score", "prediction_error", "lot")],
        },
    )
    made = make_open_contest(rules=rules)
    sitting = start(made, register(made))
    save_attempt(token=sitting.token, given=answers_input(sitting, prediction="14.492"))
    assert Attempt.objects.get().prediction == Decimal(14492)
    for wrong in ("-1", "1e9", "abc", "٣", "1,5e1", "14,5", "14.49", "9" * 10):
        given = answers_input(sitting, prediction=wrong, base=1)
        with pytest.raises(InputRefused):
            save_attempt(token=sitting.token, given=given)


def test_a_prediction_nobody_asked_for_is_not_kept(sitting):
    save_attempt(token=sitting.token, given=answers_input(sitting, prediction="7"))
    assert Attempt.objects.get().prediction is None


# Submitting


def test_a_submit_is_a_save_that_ends_the_attempt(sitting):
    with shifted_clock(60 * SECOND):
        done = submit_attempt(token=sitting.token, given=answers_input(sitting, [1, 2, 4, 8, 1]))
    stored = Attempt.objects.get()
    assert (stored.state, stored.closed_by) == (AttemptState.SUBMITTED, ClosedBy.ENTRANT)
    assert stored.answers == [1, 2, 4, 8, 1]
    assert stored.ended_at == done.row.ended_at == done.row.at
    assert [event.kind for event in attempt_history(attempt=stored)] == ["start", "submit"]


def test_a_submit_in_the_grace_ends_at_the_deadline(sitting):
    with shifted_clock(LIMIT + GRACE - SECOND):
        submit_attempt(token=sitting.token, given=answers_input(sitting))
    stored = Attempt.objects.get()
    assert stored.ended_at == stored.deadline_at


def test_a_repeated_submit_tells_of_the_same_ended_attempt(sitting):
    given = answers_input(sitting, [1, 0, 0, 0, 0])
    first = submit_attempt(token=sitting.token, given=given)
    changed = answers_input(sitting, [2, 0, 0, 0, 0], base=1, revision=9)
    for again in (given, changed):
        row = submit_attempt(token=sitting.token, given=again).row
        assert (row.answers, row.ended_at) == ([1, 0, 0, 0, 0], first.row.ended_at)


def test_a_submit_with_the_number_of_its_save_is_still_a_submit(sitting):
    given = answers_input(sitting, [1, 0, 0, 0, 0])
    save_attempt(token=sitting.token, given=given)
    assert submit_attempt(token=sitting.token, given=given).row.state == AttemptState.SUBMITTED


def test_nothing_is_saved_after_the_submit(sitting):
    submit_attempt(token=sitting.token, given=answers_input(sitting, [1, 0, 0, 0, 0]))
    with pytest.raises(AttemptSubmitted):
        save_attempt(token=sitting.token, given=answers_input(sitting, base=1))
    assert Attempt.objects.get().answers == [1, 0, 0, 0, 0]


def test_a_submit_from_an_old_tab_conflicts_instead_of_losing_answers(sitting):
    save_attempt(token=sitting.token, given=answers_input(sitting, [1, 1, 1, 1, 1]))
    old = answers_input(sitting, [0, 0, 0, 0, 2], writer=2, base=0)
    with pytest.raises(SaveConflict):
        submit_attempt(token=sitting.token, given=old)
    assert Attempt.objects.get().state == AttemptState.OPEN


def test_a_submit_after_the_time_is_refused_and_the_saved_answers_stay(sitting):
    save_attempt(token=sitting.token, given=answers_input(sitting, [1, 0, 0, 0, 0]))
    late = answers_input(sitting, [2, 0, 0, 0, 0], base=1)
    with shifted_clock(LIMIT + GRACE + SECOND):
        with pytest.raises(SaveTooLate):
            submit_attempt(token=sitting.token, given=late)
        row = read_attempt(token=sitting.token).row
    assert (row.state, row.closed_by) == (AttemptState.CLOSED, ClosedBy.DEADLINE)
    assert (row.answers, row.ended_at) == ([1, 0, 0, 0, 0], row.deadline_at)


# Whose attempt


def test_a_token_of_another_epoch_is_unknown(sitting):
    Attempt.objects.update(epoch=1)
    for act in (save_attempt, submit_attempt):
        with pytest.raises(UnknownToken):
            act(token=sitting.token, given=answers_input(sitting))
    with pytest.raises(UnknownToken):
        read_attempt(token=sitting.token)


def test_a_token_of_no_attempt_is_unknown(sitting):
    opened = open_attempt_token(sitting.token)
    forged = seal_attempt_token(type(opened)(opened.round_id, opened.pool_id, 10**9, b"s" * 16, 0))
    with pytest.raises(UnknownToken):
        save_attempt(token=forged, given=answers_input(sitting))


def test_a_closed_attempt_says_so(made, sitting):
    Attempt.objects.update(state=AttemptState.CLOSED)
    with pytest.raises(AttemptClosed):
        save_attempt(token=sitting.token, given=answers_input(sitting))
