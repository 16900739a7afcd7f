"""What the system would decide of entrants who may be one person; a person decides.

Who showed that they hold what they registered with is kept before who merely came first: an
impostor is often the earlier one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.utils.translation import gettext as _

from quiz.models import DuplicateCase, DuplicateMember, Entrant, StaffEntry


class Proof(IntEnum):
    """How sure it is that an entrant is who they say, the stronger the higher."""

    NONE = 0
    STAFF_CODE = 1
    CONTACT = 2


@dataclass(frozen=True)
class Advice:
    """`kept`: who stays if they are one person; None: they look like different people.

    `sentence` says why, for the page and for the note of the decision.
    """

    kept: Entrant | None
    proof: Proof
    sentence: str


def proofs_of(entrants: Iterable[int]) -> dict[int, Proof]:
    """{entrant id: proof of control} of those who have any.

    A one-time code that came back shows who holds the phone or address; staff code and birth date
    are what colleagues know, and weigh less.
    """
    ids = list(entrants)
    staff = StaffEntry.objects.filter(entrant__in=ids).values_list("entrant_id", flat=True)
    confirmed = Entrant.objects.filter(pk__in=ids, contact_confirmed_at__isnull=False)
    return dict.fromkeys(staff, Proof.STAFF_CODE) | dict.fromkeys(
        confirmed.values_list("pk", flat=True), Proof.CONTACT
    )


def advise_cases(*, cases: Sequence[DuplicateCase]) -> dict[int, Advice]:
    """{case id: what to decide}, in three questions to the database however many there are."""
    members: dict[int, list[Entrant]] = defaultdict(list)
    rows = DuplicateMember.objects.filter(case__in=[case.pk for case in cases])
    for row in rows.select_related("entrant"):
        members[row.case_id].append(row.entrant)
    proofs = proofs_of({entrant.pk for found in members.values() for entrant in found})
    return {case.pk: advise(members=members[case.pk], proofs=proofs) for case in cases}


def advise(*, members: Sequence[Entrant], proofs: dict[int, Proof]) -> Advice:
    """What to decide of these; of equal proof the earliest registered is kept."""
    numbers = {bytes(entrant.national_id_index) for entrant in members} - {b""}
    if len(numbers) == len(members):
        return Advice(None, Proof.NONE, _("Mỗi người khai một số định danh cá nhân khác nhau."))
    ordered = sorted(
        members,
        key=lambda one: (-proofs.get(one.pk, Proof.NONE), one.registered_at, one.pk),
    )
    kept = ordered[0]
    proof = proofs.get(kept.pk, Proof.NONE)
    others = {proofs.get(one.pk, Proof.NONE) for one in ordered[1:]}
    if proof == Proof.NONE or proof in others:
        return Advice(kept, proof, _("Giữ người đăng ký sớm nhất."))
    return Advice(kept, proof, _proof_sentence(proof))


def _proof_sentence(proof: Proof) -> str:
    return {
        Proof.CONTACT: _("Giữ người đã xác nhận được điện thoại hoặc thư điện tử của mình."),
        Proof.STAFF_CODE: _("Giữ người đã vào bằng mã cán bộ và ngày sinh."),
    }[proof]
