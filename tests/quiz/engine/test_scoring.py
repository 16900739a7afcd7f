from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.drawing import Slot
from quiz.engine.scoring import (
    Remedy,
    RemedyKind,
    ScoredPaper,
    ScoringError,
    compile_item,
    score_paper,
)

A, B, C, D = 1, 2, 4, 8


def table(kind="single", key=B, options=4, points="1", marking="all_or_nothing", remedy=None):
    return compile_item(
        kind=kind,
        key_mask=key,
        option_count=options,
        points=Decimal(points),
        marking=marking,
        remedy=remedy,
    )


def earning(marks):
    return {mask: str(value) for mask, value in marks.items() if value}


def options_in(mask):
    return {option for option in range(8) if mask >> option & 1}


@st.composite
def multiples(draw):
    options = draw(st.integers(2, 8))
    key = draw(st.integers(1, (1 << options) - 1))
    hundredths = draw(st.integers(1, 100_000))
    return options, key, Decimal(hundredths) / 100


def test_a_single_choice_earns_its_points_with_the_key_alone():
    assert table() == {
        0: Decimal("0.00"),
        A: Decimal("0.00"),
        B: Decimal("1.00"),
        C: Decimal("0.00"),
        D: Decimal("0.00"),
    }


def test_true_or_false_has_two_answers_and_omitting():
    marks = table("true_false", A, 2, "0.5")
    assert (set(marks), earning(marks)) == ({0, A, B}, {A: "0.50"})


def test_multiple_choice_all_or_nothing_wants_the_whole_key():
    marks = table("multiple", A | C)
    assert (len(marks), earning(marks)) == (16, {A | C: "1.00"})


def test_partial_marks_by_hand():
    """Key A, B, C worth 1 point: r right and w wrong earn (r − w) / 3, cut to hundredths."""
    assert earning(table("multiple", A | B | C, marking="partial")) == {
        A: "0.33",
        B: "0.33",
        C: "0.33",
        A | B: "0.66",
        A | C: "0.66",
        B | C: "0.66",
        A | B | C: "1.00",
        A | B | D: "0.33",
        A | C | D: "0.33",
        B | C | D: "0.33",
        A | B | C | D: "0.66",
    }


@given(multiples())
def test_partial_marks_follow_the_printed_formula(item):
    options, key, points = item
    marks = table("multiple", key, options, str(points), "partial")
    assert set(marks) == set(range(1 << options))
    for mask, earned in marks.items():
        ids, key_ids = options_in(mask), options_in(key)
        exact = max(0, len(ids & key_ids) - len(ids - key_ids)) * points / len(key_ids)
        assert earned <= exact < earned + Decimal("0.01")
        assert earned.as_tuple().exponent == -2
        assert (earned == points) is (mask == key)


@given(multiples(), st.sampled_from(["all_or_nothing", "partial"]))
def test_omitting_and_ticking_everything_wrong_earn_nothing(item, marking):
    options, key, points = item
    marks = table("multiple", key, options, str(points), marking)
    assert marks[0] == 0
    assert marks[((1 << options) - 1) & ~key] == 0
    assert marks[key] == points


def test_the_key_replaced():
    marks = table(remedy=Remedy(RemedyKind.REPLACE, C))
    assert earning(marks) == {C: "1.00"}


def test_both_keys_accepted():
    marks = table(remedy=Remedy(RemedyKind.ACCEPT_BOTH, C))
    assert earning(marks) == {B: "1.00", C: "1.00"}


def test_with_both_keys_accepted_partial_marks_are_the_better_ones():
    remedy = Remedy(RemedyKind.ACCEPT_BOTH, A | B)
    marks = table("multiple", A, 3, marking="partial", remedy=remedy)
    assert earning(marks) == {A: "1.00", B: "0.50", A | B: "1.00", A | B | C: "0.50"}


def test_the_mark_given_to_all_is_given_to_those_who_omitted_it():
    marks = table(remedy=Remedy(RemedyKind.MARKS_TO_ALL))
    assert earning(marks) == dict.fromkeys([0, A, B, C, D], "1.00")


def test_remedies_are_read_from_data():
    assert earning(table(remedy=Remedy("replace", D))) == {D: "1.00"}
    with pytest.raises(ValueError, match="forgive"):
        table(remedy=Remedy("forgive", D))


def paper(*items):
    return tuple(Slot(item, (3, 2, 1, 0)) for item in items)


def test_a_paper_is_the_sum_of_its_slots():
    tables = [table(key=A), table("multiple", A | B, points="2.5"), table(key=C, points="0.25")]
    scored = score_paper(paper(2, 0, 1), [C, B, A | B], tables)
    assert scored == ScoredPaper(score=Decimal("2.75"), correct=2, answered=3, total=3)
    assert scored.all_correct is False


def test_everything_right_is_all_correct():
    scored = score_paper(paper(0, 1), [A, B], [table(key=A), table(key=B)])
    assert (scored.score, scored.correct, scored.all_correct) == (Decimal(2), 2, True)


def test_an_item_that_earns_a_part_is_not_correct():
    scored = score_paper(paper(0), [A], [table("multiple", A | B, marking="partial")])
    assert scored == ScoredPaper(score=Decimal("0.50"), correct=0, answered=1, total=1)


def test_omitted_slots_are_not_answered():
    scored = score_paper(paper(0, 1), [0, A], [table(key=A), table(key=B)])
    assert scored == ScoredPaper(score=Decimal(0), correct=0, answered=1, total=2)


def test_a_dropped_item_counts_nowhere():
    dropped = table(key=A, remedy=Remedy(RemedyKind.DROP))
    scored = score_paper(paper(0, 1), [A, B], [dropped, table(key=B)])
    assert scored == ScoredPaper(score=Decimal(1), correct=1, answered=1, total=1)
    assert scored.all_correct is True


def test_a_paper_without_items_that_count_is_not_all_correct():
    dropped = table(remedy=Remedy(RemedyKind.DROP))
    assert score_paper(paper(0), [B], [dropped]).all_correct is False


@pytest.mark.parametrize("mask", [A | B, 16, 1 << 14, -1])
def test_an_answer_the_page_cannot_send_earns_nothing(mask):
    for marking in ("all_or_nothing", "partial"):
        scored = score_paper(paper(0), [mask], [table(marking=marking)])
        assert scored == ScoredPaper(score=Decimal(0), correct=0, answered=1, total=1)


@given(st.lists(st.sampled_from([0, A, B, C, D]), min_size=1, max_size=12), st.data())
def test_the_order_of_slots_changes_no_result(masks, data):
    tables = [table(key=data.draw(st.sampled_from([A, B, C, D]))) for _mask in masks]
    slots = list(zip(paper(*range(len(masks))), masks, strict=True))
    mixed = data.draw(st.permutations(slots))
    assert score_paper(*zip(*slots, strict=True), tables) == score_paper(
        *zip(*mixed, strict=True), tables
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "essay"},
        {"key": 0},
        {"key": 16},
        {"key": A | B},
        {"kind": "true_false", "key": A | B, "options": 2},
        {"options": 1, "key": A},
        {"options": 9},
        {"points": "0"},
        {"points": "-1"},
        {"points": "0.125"},
        {"kind": "multiple", "marking": "generous"},
        {"remedy": Remedy(RemedyKind.REPLACE, 0)},
        {"remedy": Remedy(RemedyKind.ACCEPT_BOTH, 16)},
    ],
)
def test_an_item_that_cannot_be_marked_is_refused(wrong):
    with pytest.raises(ScoringError):
        table(**wrong)


def test_a_mask_too_many_or_too_few_is_refused():
    for masks in ([], [A, B]):
        with pytest.raises(ScoringError):
            score_paper(paper(0), masks, [table()])
