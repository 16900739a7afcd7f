"""Which citations speak of a clause that is out of force."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.clauses import Reference, references, speak_of_one


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("điểm a khoản 2 Điều 5", [Reference("5", "2", "a")]),
        ("Điều 5 khoản 2 điểm đ", [Reference("5", "2", "đ")]),
        ("Điều 5, khoản 2", [Reference("5", "2")]),
        (
            "khoản 1, 2 và 3 Điều 12a",
            [Reference("12a", "1"), Reference("12a", "2"), Reference("12a", "3")],
        ),
        ("điểm a, b khoản 1 Điều 4", [Reference("4", "1", "a"), Reference("4", "1", "b")]),
        ("Điều 5 và Điều 7", [Reference("5"), Reference("7")]),
        ("Điều 5, 7", [Reference("5"), Reference("7")]),
        ("Chương II", []),
        ("ngày 12/02/2026", []),
        ("", []),
    ],
)
def test_places_are_read_in_any_order(text, found):
    assert list(references(text)) == found


@pytest.mark.parametrize(
    ("cited", "ended", "met"),
    [
        ("khoản 2 Điều 5", "Điều 5", True),
        ("Điều 5", "khoản 2 Điều 5", True),
        ("điểm a khoản 2 Điều 5", "khoản 2 Điều 5", True),
        ("khoản 2 Điều 5", "khoản 3 Điều 5", False),
        ("điểm a khoản 2 Điều 5", "điểm b khoản 2 Điều 5", False),
        ("Điều 15", "Điều 5", False),
        ("Điều 5 và Điều 7", "khoản 1 Điều 7", True),
        ("", "Điều 5", False),
    ],
)
def test_a_citation_meets_what_it_is_part_of_and_what_is_part_of_it(cited, ended, met):
    assert (speak_of_one(cited, ended), speak_of_one(ended, cited)) == (met, met)


PLACES = st.builds(
    Reference,
    st.sampled_from(["1", "2", "12", "12a"]),
    st.sampled_from("123"),
    st.sampled_from("abđ"),
)


@given(PLACES)
def test_what_is_written_is_read_and_meets_itself(place):
    written = f"điểm {place.point} khoản {place.clause} Điều {place.article}"
    assert references(written) == (place,)
    assert speak_of_one(written, f"Khoản {place.clause} Điều {place.article}")


@given(st.text(), st.text())
def test_no_text_stops_the_reader(one, other):
    assert speak_of_one(one, other) == speak_of_one(other, one)
