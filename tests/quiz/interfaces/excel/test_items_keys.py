"""Answer keys in every writing met, and nothing guessed."""

import pytest

from quiz.interfaces.excel.items_keys import Key, read_key

CITIES = ("Hà Nội", "Đà Nẵng", "Huế", "Cần Thơ")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A", {0}),
        ("a", {0}),
        ("B.", {1}),
        ("(C)", {2}),
        ("d)", {3}),
        ("2", {1}),
        ("E", {4}),
        ("Đáp án: B", {1}),
        ("Đáp án đúng là: C", {2}),
        ("phương án d", {3}),
        ("A, C", {0, 2}),
        ("AC", {0, 2}),
        ("a;c", {0, 2}),
        ("A và C", {0, 2}),
        ("A/B/D", {0, 1, 3}),
        ("1,3", {0, 2}),
        ("A\nC", {0, 2}),
        ("Huế", {2}),
        ("HUẾ.", {2}),
        ("C. Huế", {2}),
        ("c) hue", {2}),
        ("", set()),
    ],
)
def test_key_is_read(text: str, places: set[int]) -> None:
    assert read_key(text, CITIES) == Key(frozenset(places))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Đ", "key_unreadable"),
        ("?", "key_unreadable"),
        ("CA", "key_unreadable"),
        ("13", "key_unreadable"),
        ("Sài Gòn", "key_unreadable"),
        ("Đúng", "key_unreadable"),
        ("01/03/2026", "key_unreadable"),
        ("A-C", "key_disagrees"),
        ("B. Huế", "key_disagrees"),
    ],
)
def test_key_is_not_guessed(text: str, problem: str) -> None:
    assert read_key(text, CITIES) == Key(problem=problem)


def test_letter_that_is_also_another_option_is_ambiguous() -> None:
    assert read_key("1", ("3", "1", "2")) == Key(problem="key_ambiguous")
    assert read_key("b", ("O", "A", "B")) == Key(problem="key_ambiguous")
    assert read_key("C. B", ("O", "A", "B")) == Key(frozenset({2}))
    assert read_key("2", ("1", "2", "3")) == Key(frozenset({1}))


@pytest.mark.parametrize("text", ["Đúng", "đ", "TRUE", "true.", "B"])
def test_truth_is_read_whatever_the_order_of_options(text: str) -> None:
    assert read_key(text, ("Sai", "Đúng")) == Key(frozenset({1}))
