import json
from decimal import Decimal

import pytest

from quiz.domain.attempts import read_attempt, submit_attempt
from quiz.domain.clock import shifted_clock
from quiz.domain.leaves import iterate_leaves
from quiz.domain.receipts import clear_receipt_keys, provisional_score, receipt_of
from quiz.engine.receipts import verify_receipt
from quiz.errors import AttemptRunning
from quiz.models import Attempt
from tests.factories import (
    HOUR,
    answers_input,
    make_open_contest,
    make_rules,
    register,
    right_answers,
    start,
)

pytestmark = pytest.mark.django_db


def finished(made, wrong: int = 0):
    sitting = start(made, register(made))
    given = answers_input(sitting, right_answers(sitting, wrong))
    return submit_attempt(token=sitting.token, given=given)


def test_a_receipt_is_the_same_whenever_it_is_asked_for_and_verifies():
    made = make_open_contest()
    done = finished(made)
    receipt = receipt_of(done)
    with shifted_clock(24 * HOUR):
        assert receipt_of(read_attempt(token=done.token)) is receipt
        clear_receipt_keys()
        assert receipt_of(read_attempt(token=done.token)) == receipt
    assert verify_receipt(receipt.public_key, receipt.document, receipt.signature)
    assert receipt.public_key == made.round.public_key
    kept = json.loads(json.dumps(receipt.as_dict()))
    assert verify_receipt(kept["public_key"], kept["receipt"], kept["signature"])


def test_a_row_changed_by_hand_gets_a_receipt_of_its_own():
    done = finished(make_open_contest())
    receipt = receipt_of(done)
    Attempt.objects.filter(pk=done.row.id).update(answers=[0] * len(done.row.answers))
    changed = receipt_of(read_attempt(token=done.token))
    assert changed.document["values"]["answers"] == [0] * len(done.row.answers)
    assert changed.code != receipt.code


def test_a_changed_answer_no_longer_verifies():
    receipt = receipt_of(finished(make_open_contest()))
    receipt.document["values"]["answers"][0] ^= 1
    assert not verify_receipt(receipt.public_key, receipt.document, receipt.signature)


def test_the_leaf_in_the_receipt_is_the_leaf_in_the_tree():
    made = make_open_contest()
    receipt = receipt_of(finished(made))
    ((_attempt, _values, leaf),) = iterate_leaves(round=made.round)
    assert receipt.document["leaf"] == leaf.hex()


def test_a_receipt_tells_neither_score_nor_key_and_its_length_tells_nothing():
    made = make_open_contest()
    right, wrong = finished(made), finished(made, wrong=5)
    assert [provisional_score(done) for done in (right, wrong)] == [None, None]
    texts = [json.dumps(receipt_of(done).as_dict()) for done in (right, wrong)]
    assert len(texts[0]) == len(texts[1])
    assert not any(word in texts[0] for word in ("score", "correct", "mask"))


def test_there_is_no_receipt_while_answers_may_change():
    made = make_open_contest()
    sitting = start(made, register(made))
    with pytest.raises(AttemptRunning):
        receipt_of(read_attempt(token=sitting.token))
    with shifted_clock(HOUR):
        receipt = receipt_of(read_attempt(token=sitting.token))
    assert receipt.document["values"]["closed_by"] == 2


def test_a_score_is_shown_at_once_only_where_the_rules_say_so():
    made = make_open_contest(rules=make_rules(result={"score_shown": "at_submit"}))
    score = provisional_score(finished(made, wrong=2))
    assert (score.score, score.correct, score.total) == (Decimal("3.00"), 3, 5)
    assert provisional_score(start(made, register(made))) is None
