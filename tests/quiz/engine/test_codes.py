import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.codes import (
    ALPHABET,
    BadCode,
    new_entry_code,
    normalise_code,
    normalise_entry_code,
    short_code,
)

digests = st.binary(min_size=32, max_size=32)
ten_bytes = st.binary(min_size=10, max_size=10)


def spoken(code, random):
    """As people write it: small letters, look-alikes, other spaces."""
    letters = "".join(
        random.choice({"0": "0Oo", "1": "1IiLl"}.get(c, c + c.lower())) for c in code if c != "-"
    )
    return "".join(c + random.choice(["", "", " ", "-", " – ", "\u00a0"]) for c in letters)


def test_an_entry_code_is_its_bits_in_base32():
    assert new_entry_code(bytes(10)) == "0000-0000-0000-0000"
    assert new_entry_code(b"\xff" * 10) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert new_entry_code((1).to_bytes(10, "big")) == "0000-0000-0000-0001"
    assert new_entry_code(bytes.fromhex("00443214c74254b635cf")) == "0123-4567-89AB-CDEF"


@given(ten_bytes, st.randoms(use_true_random=False))
def test_an_entry_code_is_understood_however_it_is_written(data, random):
    code = new_entry_code(data)
    assert normalise_entry_code(spoken(code, random)) == code


@given(ten_bytes)
def test_an_entry_code_keeps_all_its_bits(data):
    number = 0
    for letter in new_entry_code(data).replace("-", ""):
        number = number * 32 + ALPHABET.index(letter)
    assert number.to_bytes(10, "big") == data


@pytest.mark.parametrize("text", ["", "0123", "0123-4567-89AB-CDEU", "0123-4567-89AB-CDEF-0", "đề"])
def test_what_cannot_be_an_entry_code_is_refused(text):
    with pytest.raises(BadCode):
        normalise_entry_code(text)


@pytest.mark.parametrize("size", [9, 11])
def test_an_entry_code_needs_its_eighty_bits(size):
    with pytest.raises(BadCode):
        new_entry_code(bytes(size))


@given(digests, st.randoms(use_true_random=False))
def test_a_short_code_is_understood_however_it_is_written(digest, random):
    code = short_code(digest)
    assert [len(part) for part in code.split("-")] == [4, 4, 4, 4]
    assert normalise_code(spoken(code, random)) == code


@given(digests, st.integers(0, 15), st.sampled_from(ALPHABET))
def test_a_wrong_letter_in_a_short_code_is_found(digest, place, letter):
    letters = short_code(digest).replace("-", "")
    wrong = letters[:place] + letter + letters[place + 1 :]
    if wrong != letters:
        with pytest.raises(BadCode):
            normalise_code(wrong)


@given(digests, st.integers(0, 15), st.integers(0, 15))
def test_two_letters_that_changed_places_are_found(digest, one, other):
    letters = list(short_code(digest).replace("-", ""))
    right = "".join(letters)
    letters[one], letters[other] = letters[other], letters[one]
    wrong = "".join(letters)
    if wrong != right:
        with pytest.raises(BadCode):
            normalise_code(wrong)


@given(digests, st.integers(0, 74))
def test_each_of_the_first_75_bits_shows(digest, bit):
    number = int.from_bytes(digest, "big") ^ 1 << (255 - bit)
    assert short_code(number.to_bytes(32, "big")) != short_code(digest)
