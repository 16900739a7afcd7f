"""Checking a receipt against what is published: opening, code, signature, place in the tree.

Browsers do it themselves and ask only for what is public: a round's key, and the proof of a leaf.
The same steps are here for those that can't. Before a release nothing is proved: every leaf, held
or invented, gets the same answer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from quiz.engine import merkle
from quiz.engine.canonical import CanonicalError
from quiz.engine.commitments import CommitmentError, leaf
from quiz.engine.receipts import RECEIPT_FORMAT, receipt_code, receipt_digest
from quiz.engine.tree_file import NoTree, TreeFile
from quiz.enums import ReleaseState
from quiz.errors import ReceiptUnreadable
from quiz.models import Contest, Release, Round

MOST_BYTES = 100_000
OK, WRONG, UNKNOWN = "ok", "wrong", "unknown"


@dataclass(frozen=True)
class LeafProof:
    """Where a leaf stands in the tree of a round's release in force, and the way to the root."""

    release: Release
    index: int
    size: int
    path: list[bytes]

    @property
    def root(self) -> str:
        return str(self.release.document["root"])

    def holds(self, leaf: bytes) -> bool:
        """Whether it leads from the leaf to the root that was signed."""
        root = bytes.fromhex(self.root)
        return merkle.verify_inclusion(leaf, self.index, self.size, self.path, root)


@dataclass(frozen=True)
class CheckedReceipt:
    """`steps`: opening, code, signature, inclusion → ok, wrong or unknown (it can't be told)."""

    code: str
    leaf: str
    steps: dict[str, str] = field(default_factory=dict)
    round: Round | None = None
    proof: LeafProof | None = None

    @property
    def good(self) -> bool:
        return WRONG not in self.steps.values()


def public_round(*, contest_code: str, number: int) -> Round | None:
    """A frozen round of a contest that anyone may read about."""
    rounds = Round.objects.filter(contest__in=Contest.objects.public(), contest__code=contest_code)
    return rounds.filter(number=number).exclude(commitment="").select_related("contest").first()


def prove_leaf(*, leaf: bytes) -> LeafProof | None:
    """The leaf in a published tree; None for one that is in none, and for all before a release."""
    published = Release.objects.filter(
        state=ReleaseState.RELEASED, contest__in=Contest.objects.public()
    ).exclude(tree="")
    newest = published.order_by("round_id", "-number").distinct("round_id")
    for release in newest.select_related("round", "contest"):
        if (proof := _look_into(release, leaf)) is not None:
            return proof
    return None


def _look_into(release: Release, leaf: bytes) -> LeafProof | None:
    try:
        with release.tree.open("rb") as file:
            tree = TreeFile(file)
            place = tree.find(leaf)
            return (
                None if place is None else LeafProof(release, place, tree.size, tree.proof(place))
            )
    except (OSError, NoTree):  # restored without its files: the bundle still proves it
        return None


def signature_holds(*, public_key: str, digest: bytes, signature: str) -> bool:
    """Whether the round signed the digest of a receipt."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), digest)
    except (InvalidSignature, ValueError):
        return False
    return True


def check_receipt(*, text: str) -> CheckedReceipt:
    """All that can be told of a receipt's file, of the text in its QR code, or of a leaf.

    Raises ReceiptUnreadable.
    """
    tidy = text.strip()
    if tidy.startswith("{"):
        return _check_file(tidy)
    parts = tidy.split()
    if len(parts) == 4 and parts[0] == RECEIPT_FORMAT:
        return _check_short(code=parts[1], leaf=parts[2])
    if len(parts) == 1:
        return _check_short(code="", leaf=parts[0])
    raise ReceiptUnreadable


def _bytes_of(leaf: str) -> bytes:
    try:
        data = bytes.fromhex(leaf)
    except ValueError:
        raise ReceiptUnreadable from None
    if len(data) != 32:
        raise ReceiptUnreadable
    return data


def _check_short(*, code: str, leaf: str) -> CheckedReceipt:
    """Code and signature are over the whole receipt, which a QR code does not hold."""
    named = _bytes_of(leaf)
    proof = prove_leaf(leaf=named)
    steps = dict.fromkeys(("opening", "code", "signature"), UNKNOWN)
    steps["inclusion"] = _included(proof, named)
    return CheckedReceipt(code, named.hex(), steps, proof.release.round if proof else None, proof)


def _included(proof: LeafProof | None, leaf: bytes) -> str:
    if proof is None:
        return UNKNOWN
    return OK if proof.holds(leaf) else WRONG


def _check_file(text: str) -> CheckedReceipt:
    try:
        held = json.loads(text)
        document, values = held["receipt"], held["receipt"]["values"]
        secret, named = bytes.fromhex(document["secret"]), _bytes_of(document["leaf"])
        contest, number = str(document["contest"]), int(document["round"])
        digest, code, signature = receipt_digest(document), held["code"], str(held["signature"])
    except (ValueError, KeyError, TypeError, CanonicalError):
        raise ReceiptUnreadable from None
    round = public_round(contest_code=contest, number=number)
    proof = prove_leaf(leaf=named)
    steps = {
        "opening": OK if _opens(secret, values, named, round) else WRONG,
        "code": OK if receipt_code(document) == code else WRONG,
        "signature": _signed(round, digest, signature),
        "inclusion": _included(proof, named),
    }
    if proof is None and round is not None and is_released(round=round):
        steps["inclusion"] = WRONG
    return CheckedReceipt(str(code), named.hex(), steps, round, proof)


def _opens(secret: bytes, values: Mapping[str, Any], named: bytes, round: Round | None) -> bool:
    """Whether the leaf is that of the values, made under the round's commitment."""
    try:
        fits = leaf(secret, values) == named
    except (CommitmentError, CanonicalError, AttributeError):
        return False
    promised = values.get("round")
    return fits and (promised is None or round is None or promised == round.commitment)


def _signed(round: Round | None, digest: bytes, signature: str) -> str:
    if round is None:
        return UNKNOWN
    holds = signature_holds(public_key=round.public_key, digest=digest, signature=signature)
    return OK if holds else WRONG


def is_released(*, round: Round) -> bool:
    """Whether the tree of a release in force can be read, so that a missing leaf is missing."""
    published = round.releases.filter(state=ReleaseState.RELEASED).exclude(tree="")
    release = published.order_by("-number").first()
    return release is not None and release.tree.storage.exists(str(release.tree.name))
