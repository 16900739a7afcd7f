import copy

import pytest

from quiz.engine.commitments import FIELDS
from quiz.engine.receipts import (
    SignedReceipt,
    public_key_of,
    read_private_key,
    receipt_code,
    receipt_digest,
    receipt_document,
    sign_receipt,
    verify_receipt,
)
from tests.quiz.engine.vectors import read_vectors

VECTORS = read_vectors("proofs")
EXPECTED, LEAF = VECTORS["receipt"], VECTORS["leaf"]
PRIVATE, PUBLIC = bytes.fromhex(EXPECTED["private_key"]), EXPECTED["public_key"]


def document():
    return receipt_document(
        contest=EXPECTED["contest"],
        round_number=EXPECTED["round"],
        secret=bytes.fromhex(LEAF["secret"]),
        values=LEAF["values"],
    )


def test_the_receipt_of_the_vectors():
    assert receipt_digest(document()).hex() == EXPECTED["digest"]
    assert receipt_code(document()) == EXPECTED["code"]
    assert public_key_of(PRIVATE) == PUBLIC
    signed = sign_receipt(read_private_key(PRIVATE), document())
    assert signed == SignedReceipt(document(), EXPECTED["code"], EXPECTED["signature"])


def test_a_receipt_shows_the_whole_opening_and_no_score():
    assert set(document()) == {"format", "contest", "round", "leaf", "secret", "values"}
    assert set(document()["values"]) == set(FIELDS)


def test_a_signed_receipt_is_verified():
    assert verify_receipt(PUBLIC, document(), EXPECTED["signature"]) is True


@pytest.mark.parametrize(
    "change",
    [
        {"contest": "khac"},
        {"round": 3},
        {"leaf": "00" * 32},
        {"secret": "00" * 32},
        {"values": LEAF["values"] | {"answers": [2, 1]}},
        {"values": LEAF["values"] | {"prediction": 1.5}},
        {"extra": 1},
    ],
)
def test_a_changed_receipt_is_not(change):
    assert verify_receipt(PUBLIC, document() | change, EXPECTED["signature"]) is False


def test_a_receipt_signed_over_another_leaf_is_not():
    """The round's own key does not make a leaf fit values it was not made of."""
    forged = document() | {"leaf": "00" * 32}
    assert (
        verify_receipt(PUBLIC, forged, sign_receipt(read_private_key(PRIVATE), forged).signature)
        is False
    )


@pytest.mark.parametrize("missing", ["leaf", "secret", "values"])
def test_a_receipt_with_a_part_missing_is_not(missing):
    cut = copy.deepcopy(document())
    del cut[missing]
    assert (
        verify_receipt(PUBLIC, cut, sign_receipt(read_private_key(PRIVATE), cut).signature) is False
    )


@pytest.mark.parametrize(
    ("public_key", "signature"),
    [
        (public_key_of(bytes(32)), EXPECTED["signature"]),
        (PUBLIC, "00" * 64),
        (PUBLIC, ""),
        (PUBLIC, "xyz"),
        ("", EXPECTED["signature"]),
    ],
)
def test_another_key_or_signature_is_refused(public_key, signature):
    assert verify_receipt(public_key, document(), signature) is False
