"""Codes made of names, texts in one form."""

import unicodedata

import pytest

from accounts.text import free_code, slug_of, tidy_values


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đường về – 2026!", "duong-ve-2026"),
        ("???", "mac-dinh"),
        ("một hai ba bốn năm sáu bảy", "mot-hai-ba-bon"),
    ],
)
def test_an_address_is_made_of_whole_folded_words(text, slug):
    assert slug_of(text, length=16, default="mac-dinh") == slug


def test_a_code_that_is_taken_gets_the_first_free_number():
    assert free_code("phu-hoa", {"phu-hoa", "phu-hoa-2", "phu-hoa-4"}) == "phu-hoa-3"
    assert free_code("phu-hoa", ["phu-hoa-2"]) == "phu-hoa"


def test_texts_inside_of_lists_and_mappings_are_tidied():
    nfd = unicodedata.normalize("NFD", " Hồ sơ ")
    given = {"text": nfd, "options": (nfd, 3), "none": None}
    assert tidy_values(given) == {"text": "Hồ sơ", "options": ["Hồ sơ", 3], "none": None}
