"""What is made of a typed search before the database is asked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.search_terms import (
    all_query,
    marked_words,
    most_query,
    phrase_query,
    read_terms,
    telling_terms,
)

# Words in quotes, and what stands between them.
HARMLESS = re.compile(r"(?:'[a-z0-9]+'(?::\*)?|[()&| ]|<->)*")


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("Một cửa ", "'mot' & 'cua'"),
        ("một cửa", "'mot' & 'cua':*"),
        ("118/2025/NĐ-CP ", "'118' & '2025' & 'nd' & 'cp'"),
        ("đ ", "'d'"),
        ("x", "'x'"),
        ("cửa một cửa ", "'cua' & 'mot'"),
        ("", ""),
        ("'; --", ""),
    ],
)
def test_words_are_folded_and_the_last_may_be_unfinished(typed: str, query: str) -> None:
    assert all_query(read_terms(typed)) == query


def test_old_words_stand_for_the_new_ones_too() -> None:
    [term] = read_terms("Mức độ 3, 4")
    assert term.as_query() == (
        "(('muc' <-> 'do' <-> '3' <-> '4') | ('toan' <-> 'trinh') | ('mot' <-> 'phan'))"
    )
    assert all_query(read_terms("dịch vụ công mức độ 4")) == (
        "'dich' & 'vu' & 'cong' & (('muc' <-> 'do' <-> '4') | ('toan' <-> 'trinh'))"
    )


def test_a_phrase_keeps_the_order_typed() -> None:
    assert phrase_query(read_terms("một cửa liên")) == "'mot' <-> 'cua' <-> 'lien':*"
    assert phrase_query(read_terms("cửa")) == ""


def test_words_that_stand_everywhere_are_given_up_first() -> None:
    terms = read_terms("thời hạn cấp là bao nhiêu ")
    assert all_query(telling_terms(terms)) == "'thoi' & 'han' & 'cap'"
    assert all_query(telling_terms(read_terms("là gì "))) == "'la' & 'gi'"


def test_then_any_one_of_the_others() -> None:
    terms = read_terms("ho khau moi ")
    assert most_query(terms, missing=1) == "('khau' & 'moi') | ('khau' & 'ho') | ('moi' & 'ho')"
    assert most_query(terms, missing=2) == ""


def test_only_words_with_marks_can_be_written_exactly_so() -> None:
    assert marked_words("Thủ tục hanh chinh Đất") == ["thủ", "tục", "đất"]


@given(st.text(max_size=300))
def test_nothing_typed_reaches_the_query_but_letters_and_digits(typed: str) -> None:
    terms = read_terms(typed)
    for query in (
        all_query(terms),
        phrase_query(terms),
        most_query(telling_terms(terms), missing=1),
        most_query(telling_terms(terms), missing=2),
    ):
        assert HARMLESS.fullmatch(query)
