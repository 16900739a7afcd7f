"""Figures as Vietnamese papers write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from accounts.dates import show_moment
from quiz.rules.figures import (
    join_words,
    show_long_date,
    show_money,
    show_number,
    show_span,
)


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (5_000_000, "5.000.000", "5,000,000"),
        (Decimal("1234.50"), "1.234,5", "1,234.5"),
        (Decimal(20), "20", "20"),
        (Decimal("87.65432"), "87,65432", "87.65432"),
    ],
)
def test_numbers_follow_the_language(value: int | Decimal, vietnamese: str, english: str) -> None:
    with translation.override("vi"):
        assert show_number(value) == vietnamese
    with translation.override("en"):
        assert show_number(value) == english


def test_money_is_in_dong() -> None:
    assert show_money(5_000_000) == "5.000.000 đồng"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (30, "30 giây"),
        (900, "15 phút"),
        (5400, "1 giờ 30 phút"),
        (3661, "1 giờ 1 phút 1 giây"),
        (86400, "24 giờ"),
    ],
)
def test_a_limit_is_told_in_whole_units(seconds: int, text: str) -> None:
    assert show_span(seconds) == text


def test_english_tells_one_from_many() -> None:
    with translation.override("en"):
        assert show_span(3660 + 30) == "1 hour 1 minute 30 seconds"


def test_moments_are_told_in_vietnamese_time() -> None:
    assert show_moment(datetime(2026, 12, 31, 18, 5, tzinfo=UTC)) == "01:05 01/01/2027"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 15), "ngày 15 tháng 3 năm 2026"),
        (date(2026, 11, 22), "ngày 22 tháng 11 năm 2026"),
    ],
)
def test_dates_take_the_zeros_of_the_decree(day: date, text: str) -> None:
    assert show_long_date(day) == text


def test_words_are_joined_as_in_a_sentence() -> None:
    assert [join_words(list(words)) for words in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a và b",
        "a, b và c",
    ]
