import hashlib
import hmac

import pytest

from quiz.engine.commitments import (
    FIELDS,
    CommitmentError,
    commit_round,
    field_commitments,
    field_key,
    leaf,
    leaf_of_commitments,
    leaf_of_opening,
    open_leaf,
)
from tests.quiz.engine.vectors import read_vectors

VECTORS = read_vectors("proofs")
COMMIT, LEAF = VECTORS["commit"], VECTORS["leaf"]
SECRET, VALUES = bytes.fromhex(LEAF["secret"]), LEAF["values"]


def test_the_round_commits_to_its_document_behind_a_secret():
    assert commit_round(bytes.fromhex(COMMIT["secret"]), COMMIT["document"]) == COMMIT["commitment"]


def test_fields_are_committed_as_in_the_vectors():
    assert field_commitments(SECRET, VALUES) == LEAF["commitments"]
    assert {name: field_key(SECRET, name).hex() for name in FIELDS} == LEAF["field_keys"]
    assert leaf(SECRET, VALUES).hex() == LEAF["leaf"]


def test_every_field_has_a_key_of_its_own():
    same = dict.fromkeys(FIELDS, "x")
    assert len(set(field_commitments(SECRET, same).values())) == len(FIELDS)
    assert len({field_key(SECRET, name) for name in FIELDS}) == len(FIELDS)


@pytest.mark.parametrize("field", FIELDS)
def test_changing_one_field_changes_its_commitment_alone_and_the_leaf(field):
    changed = VALUES | {field: "đã sửa"}
    before, after = field_commitments(SECRET, VALUES), field_commitments(SECRET, changed)
    assert {name for name in FIELDS if before[name] != after[name]} == {field}
    assert leaf(SECRET, changed) != leaf(SECRET, VALUES)


@pytest.mark.parametrize("shown", [(), ("group",), ("group", "answers"), FIELDS])
def test_an_opening_shows_the_fields_asked_for_and_leads_to_the_leaf(shown):
    opening = open_leaf(SECRET, VALUES, shown)
    assert {name for name in FIELDS if "value" in opening[name]} == set(shown)
    assert leaf_of_opening(opening) == leaf(SECRET, VALUES)
    for name in set(FIELDS) - set(shown):
        assert opening[name] == {"commitment": LEAF["commitments"][name]}


def test_an_opened_key_opens_no_other_field():
    key = bytes.fromhex(open_leaf(SECRET, VALUES, ["group"])["group"]["key"])
    assert key != SECRET
    tried = hmac.digest(key, b'"22015"', hashlib.sha256).hex()
    assert tried != LEAF["commitments"]["unit"]


def test_a_changed_value_in_an_opening_leads_elsewhere():
    opening = open_leaf(SECRET, VALUES)
    opening["answers"]["value"] = [2, 1]
    assert leaf_of_opening(opening) != leaf(SECRET, VALUES)


@pytest.mark.parametrize(
    "part",
    [
        {},
        {"value": 1},
        {"key": "00" * 32},
        {"value": 1, "key": "00" * 32, "commitment": "00" * 32},
        {"value": 1, "key": "00" * 31},
        {"commitment": "xy" * 32},
        {"commitment": 5},
    ],
)
def test_a_field_neither_open_nor_closed_is_refused(part):
    with pytest.raises(CommitmentError):
        leaf_of_opening(open_leaf(SECRET, VALUES) | {"unit": part})


def test_a_leaf_has_exactly_its_fields():
    with pytest.raises(CommitmentError):
        leaf(SECRET, VALUES | {"score": 10})
    with pytest.raises(CommitmentError):
        leaf(SECRET, {name: VALUES[name] for name in FIELDS[1:]})
    with pytest.raises(CommitmentError):
        leaf_of_commitments({"paper": "00"})
    with pytest.raises(CommitmentError):
        open_leaf(SECRET, VALUES, ["score"])


@pytest.mark.parametrize("secret", [b"", b"x" * 31, b"x" * 33])
def test_a_secret_of_another_length_is_refused(secret):
    with pytest.raises(CommitmentError):
        leaf(secret, VALUES)
    with pytest.raises(CommitmentError):
        commit_round(secret, {})
