"""What quiz keeps sealed or indexed, for the exchange of the field key.

With an entrant's indexes the marks of duplicate cases change, and a case decided stays decided.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connection

from accounts.crypto import blind_index, blind_indexes
from accounts.domain.key_rotation import (
    Change,
    SealedStore,
    is_moved,
    move_all,
    register_sealed_store,
)
from accounts.enums import BirthPrecision
from accounts.models import OrgUnit
from accounts.text import fold
from quiz.domain.registration_input import Identity
from quiz.models import Appeal, Entrant, EntrantReport, Head, ReturnCode, RoundSecret, RuleSet

ENTRANTS = "quiz.entrant"

_MARKS = """
UPDATE quiz_duplicatecase AS held SET mark = moved.after
FROM unnest(%(contests)s::bigint[], %(reasons)s::text[], %(before)s::bytea[], %(after)s::bytea[])
    AS moved (contest, reason, before, after)
WHERE held.contest_id = moved.contest AND held.reason = moved.reason AND held.mark = moved.before
    AND NOT EXISTS (SELECT FROM quiz_duplicatecase other WHERE other.contest_id = moved.contest
        AND other.reason = moved.reason AND other.mark = moved.after)
"""


class _IdentityKeys:
    """The identity keys that each contest's rules have named, the newest first."""

    def __init__(self) -> None:
        self._keys: dict[int, list[tuple[str, ...]]] = {}
        self._units: dict[int, str] = {}

    def read(self, entrants: Sequence[Entrant]) -> None:
        contests = {entrant.contest_id for entrant in entrants} - self._keys.keys()
        found: dict[int, list[tuple[str, ...]]] = defaultdict(list)
        rules = RuleSet.objects.filter(contest__in=contests).order_by("contest", "-version")
        for contest, document in rules.values_list("contest", "document"):
            names = tuple(document["entry"]["identity_key"])
            if names not in found[contest]:
                found[contest].append(names)
        self._keys |= {contest: found[contest] for contest in contests}
        units = {e.unit_id for e in entrants if e.unit_id} - self._units.keys()
        self._units |= dict(OrgUnit.objects.filter(pk__in=units).values_list("pk", "code"))

    def index(self, entrant: Entrant, texts: Mapping[str, str]) -> bytes:
        """The rules may have changed since: of the keys they named, the one the stored index was
        made with; the newest where none gives it (a name corrected since).
        """
        stored = bytes(entrant.identity_index)
        if not stored:
            return b""
        purpose = f"identity:{entrant.contest_id}"
        told = [self._text(entrant, texts, names) for names in self._keys[entrant.contest_id]]
        for text in told:
            if stored in blind_indexes(purpose, text):
                return blind_index(purpose, text)
        return blind_index(purpose, told[0]) if told else stored

    def _text(self, entrant: Entrant, texts: Mapping[str, str], names: Sequence[str]) -> str:
        who = Identity(
            full_name=entrant.full_name,
            birth_date=entrant.birth_date,
            birth_precision=BirthPrecision(entrant.birth_precision),
            sex=entrant.sex,
            phone=texts["phone"],
            national_id=texts["national_id"],
            email=entrant.email,
            address=entrant.address,
            unit=self._units.get(entrant.unit_id or 0, ""),
            staff_code=entrant.staff_code,
        )
        values = [fold(who.canonical(name)) for name in names]
        return "\x1f".join(values) if any(values) else ""


def _phone_index(_row: Any, texts: Mapping[str, str]) -> bytes:
    return blind_index("phone", texts["phone"])


def _national_id_index(_row: Any, texts: Mapping[str, str]) -> bytes:
    return blind_index("national_id", texts["national_id"])


def _move_marks(changes: Sequence[Change]) -> None:
    """Cases known by an old index are known by the new one from now on."""
    moved = {mark for change in changes for mark in _marks(change)}
    contests, reasons, before, after = zip(*moved, strict=True) if moved else ((), (), (), ())
    with connection.cursor() as cursor:
        values = {"contests": contests, "reasons": reasons, "before": before, "after": after}
        cursor.execute(_MARKS, {name: list(given) for name, given in values.items()})


def _marks(change: Change) -> Iterator[tuple[int, str, bytes, bytes]]:
    """As `quiz.queries.duplicate` makes them."""
    row, name = change.row, change.row.folded_name.encode()
    for reason, column, tail in (
        ("national_id", "national_id_index", b""),
        ("identity", "identity_index", b""),
        ("phone", "phone_index", name),
    ):
        before, after = change.before[column], getattr(row, column)
        if before and before != after:
            yield row.contest_id, reason, _sha256(before + tail), _sha256(after + tail)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def settle_indexes(*, contest_id: int) -> None:
    """Bring a contest's indexes under the current key before they are compared with one another;
    nothing to do unless keys are being exchanged.
    """
    if settings.FIELD_KEYS_OLD and not is_moved(name=ENTRANTS):
        move_all(name=ENTRANTS, rows=Entrant.objects.filter(contest=contest_id))


def register_own_stores() -> None:
    """Called once when Django starts."""
    keys = _IdentityKeys()
    indexes = {
        "phone_index": _phone_index,
        "national_id_index": _national_id_index,
        "identity_index": keys.index,
    }
    entrants = SealedStore(
        ENTRANTS, Entrant, ["phone", "national_id"], indexes, prepare=keys.read, moved=_move_marks
    )
    register_sealed_store(entrants)
    register_sealed_store(SealedStore("quiz.roundsecret", RoundSecret, ["salt", "signing_key"]))
    register_sealed_store(SealedStore("quiz.appeal", Appeal, ["contact"]))
    register_sealed_store(SealedStore("quiz.head", Head, ["nonce"]))
    register_sealed_store(SealedStore("quiz.entrantreport", EntrantReport, ["contact"]))
    register_sealed_store(SealedStore("quiz.returncode", ReturnCode, ["contact"]))
