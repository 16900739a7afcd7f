"""A survey sums answers up and keeps none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from training.engine.surveys import (
    Prompt,
    SurveyDocument,
    add_counts,
    count_answer,
    no_counts,
    satisfied,
)

FACT = Prompt(kind="choice", text="Bạn nộp hồ sơ", options=("Tại quầy", "Trực tuyến"))
DOCUMENT = SurveyDocument(prompts=(Prompt(kind="scale", text="Nhìn chung"), FACT))
answers = st.tuples(st.integers(0, 4), st.none() | st.integers(0, 1))


@given(st.lists(answers))
def test_sums_are_of_all_answers_in_whatever_order(given_answers):
    counted = [count_answer(DOCUMENT, answer) for answer in given_answers]
    whole = add_counts(no_counts(DOCUMENT), *counted)
    assert whole == add_counts(no_counts(DOCUMENT), *reversed(counted))
    assert sum(whole[0]) == len(given_answers)
    assert sum(whole[1]) == sum(fact is not None for _scale, fact in given_answers)
    assert satisfied([whole[0]]) == (
        sum(scale < 2 for scale, _fact in given_answers),
        len(given_answers),
    )


@pytest.mark.parametrize("chosen", [(None, 0), (5, 0), (-1, None), (0, 2), (0,)])
def test_an_answer_that_does_not_fit_is_refused(chosen):
    with pytest.raises(ValueError, match=r"left out|no such|zip"):
        count_answer(DOCUMENT, chosen)


@pytest.mark.parametrize(
    "prompts",
    [
        (),
        (FACT,),
        ({"kind": "scale", "text": ""},),
        ({"kind": "scale", "text": "a", "options": ("b", "c")},),
        ({"kind": "scale", "text": "a"}, {"kind": "choice", "text": "b", "options": ("một",)}),
        ({"kind": "scale", "text": "a"}, {"kind": "choice", "text": "b", "options": ("c", "c")}),
        ({"kind": "scale", "text": "a", "sipas": True},),
    ],
)
def test_a_document_that_makes_no_survey_is_refused(prompts):
    with pytest.raises(ValidationError):
        SurveyDocument(prompts=prompts)
