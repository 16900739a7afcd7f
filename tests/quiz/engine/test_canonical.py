import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.canonical import CanonicalError, H, canon, decimal_text, moment_text, plain
from tests.quiz.engine.vectors import read_vectors, untag

VECTORS = read_vectors("canonical")

texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=5)
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=7))]))
values = st.recursive(
    scalars
    | st.decimals(allow_nan=False, allow_infinity=False, places=3)
    | moments
    | st.dates()
    | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


def canon_if_any(value):
    """Two keys of a drawn mapping may compose to one: such a value has no bytes."""
    try:
        return canon(value)
    except CanonicalError:
        return None


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda v: v["name"])
def test_canonical_bytes_are_those_of_the_vectors(vector):
    assert canon(untag(vector["value"])) == vector["text"].encode()


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda v: v["name"])
def test_a_value_without_one_form_is_refused(vector):
    with pytest.raises(CanonicalError):
        canon(untag(vector["value"]))


@pytest.mark.parametrize("value", [{1: "a"}, {None: 1}, {"a": {1, 2}}, object(), [0.5]])
def test_what_json_cannot_say_is_refused(value):
    with pytest.raises(CanonicalError):
        canon(value)


@pytest.mark.parametrize("vector", VECTORS["hash"], ids=lambda v: v["tag"])
def test_tagged_hashes_are_those_of_the_vectors(vector):
    assert H(vector["tag"], bytes.fromhex(vector["message"])).hex() == vector["sha256"]


def test_a_hash_is_sha256_behind_name_version_and_tag():
    assert H("leaf", b"abc") == hashlib.sha256(b"minhthi/1/leaf\x00abc").digest()


@pytest.mark.parametrize("tag", ["", "a\0b", "đề"])
def test_a_tag_that_could_be_misread_is_refused(tag):
    with pytest.raises(CanonicalError):
        H(tag, b"")


def test_enumerations_are_written_as_their_values():
    kind = StrEnum("kind", {"SINGLE": "single"})
    state = IntEnum("state", {"OPEN": 1})
    assert canon([kind.SINGLE, state.OPEN]) == b'["single",1]'


def test_a_tuple_is_a_list_and_any_buffer_is_bytes():
    assert canon((1, (2, 3))) == b"[1,[2,3]]"
    assert canon([memoryview(b"\x0a"), bytearray(b"\xff")]) == b'["0a","ff"]'


@given(values)
def test_what_is_published_as_json_hashes_the_same(value):
    data = canon_if_any(value)
    if data is not None:
        assert canon(plain(value)) == data
        assert canon(json.loads(data)) == data


@given(st.dictionaries(keys, scalars))
def test_the_order_of_keys_does_not_matter(mapping):
    backwards = dict(reversed(list(mapping.items())))
    assert canon_if_any(mapping) == canon_if_any(backwards)


@given(st.dictionaries(keys, st.integers(0, 9), min_size=2))
def test_keys_are_sorted_as_javascript_sorts_them(mapping):
    data = canon_if_any(mapping)
    if data is not None:
        names = list(json.loads(data))
        assert names == sorted(names, key=lambda name: name.encode("utf-16-be"))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_equal_decimals_have_one_text_that_reads_back(value):
    if abs(value.adjusted()) > 40:
        return
    text = decimal_text(value)
    assert Decimal(text) == value
    assert decimal_text(Decimal(text)) == text
    assert "E" not in text
    assert text.lstrip("-") == "0" or not text.endswith(".")
    assert "." not in text or text[-1] != "0"


@given(moments)
def test_a_moment_is_the_same_in_every_time_zone_and_cut_to_milliseconds(moment):
    text = moment_text(moment)
    assert text == moment_text(moment.astimezone(timezone(timedelta(hours=-3, minutes=-30))))
    read = datetime.fromisoformat(text)
    assert timedelta(0) <= moment - read < timedelta(milliseconds=1)
