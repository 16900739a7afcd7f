"""Entrants as the organisers see them: found, masked, and who of them may not win."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.crypto import blind_indexes, open_text
from accounts.domain.audit import record_act
from accounts.domain.reveals import Reason, record_reveal
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from accounts.text import fold, nfc
from quiz.domain.entry_codes import find_entrant
from quiz.domain.registration_input import read_national_id, read_phone
from quiz.domain.winners import birth_text, mask_number
from quiz.errors import UnknownCode
from quiz.models import Attempt, Contest, Entrant, MayNotWin
from quiz.permissions import may_export_persons, require_may_run
from quiz.queries.attempt import EntrantQuerySet


@dataclass(frozen=True)
class Numbers:
    """An entrant's phone and identity number, masked or whole."""

    phone: str
    national_id: str


def masked_numbers(*, entrant: Entrant) -> Numbers:
    """Enough to tell two people apart; what lists and pages show to everyone."""
    phone, national_id = open_text(entrant.phone), open_text(entrant.national_id)
    return Numbers(mask_number(phone), mask_number(national_id))


@transaction.atomic
def reveal_numbers(*, entrant: Entrant, user: User, reason: Reason) -> Numbers:
    """The whole numbers, for this once; who, whose and why stands in the diary.

    Raises NotAllowed without the right to take personal data out.
    """
    if not may_export_persons(user, entrant.contest):
        raise NotAllowed
    record_reveal(
        actor=user,
        act="reveal_numbers",
        subject=entrant,
        unit_id=entrant.contest.unit_id,
        reason=reason,
    )
    return Numbers(open_text(entrant.phone), open_text(entrant.national_id))


@dataclass(frozen=True)
class EntrantRow:
    """An entrant with their numbers masked, and how often they entered."""

    entrant: Entrant
    birth: str
    numbers: Numbers
    attempts: int


def describe_entrants(entrants: Sequence[Entrant]) -> dict[int, EntrantRow]:
    """{entrant id: row}, the numbers masked."""
    used = dict(
        Attempt.objects.filter(entrant__in=[entrant.pk for entrant in entrants])
        .values_list("entrant")
        .annotate(count=Count("pk"))
    )
    return {
        entrant.pk: EntrantRow(
            entrant,
            birth_text(entrant.birth_date, entrant.birth_precision),
            masked_numbers(entrant=entrant),
            used.get(entrant.pk, 0),
        )
        for entrant in entrants
    }


def search_entrants(*, contest: Contest, text: str = "") -> EntrantQuerySet:
    """Entrants whose name holds every word of `text`, or whose phone, identity number, staff code
    or mã dự thi it is; everyone for an empty text. In the order of names.
    """
    entrants = Entrant.objects.filter(contest=contest).select_related("group", "unit")
    tidy = nfc(text)
    if tidy:
        named = Q()
        for word in fold(tidy).split():
            named &= Q(folded_name__contains=word)
        entrants = entrants.filter(named | _by_number(contest, tidy))
    return entrants.order_by("sort_name", "pk")


def _by_number(contest: Contest, text: str) -> Q:
    found = Q(staff_code__iexact=text)
    with suppress(ValueError):
        found |= Q(phone_index__in=blind_indexes("phone", read_phone(text)))
    with suppress(ValueError):
        found |= Q(national_id_index__in=blind_indexes("national_id", read_national_id(text)))
    with suppress(UnknownCode):
        found |= Q(pk=find_entrant(contest_id=contest.pk, code=text).pk)
    return found


@transaction.atomic
def set_may_win(*, entrant: Entrant, may_win: bool, user: User) -> None:
    """Let an entrant win, or play without winning. Raises NotAllowed."""
    require_may_run(user, entrant.contest)
    Entrant.objects.filter(pk=entrant.pk).update(may_win=may_win)
    entrant.may_win = may_win
    record_act(
        actor=user,
        act="allow_to_win" if may_win else "bar_from_winning",
        subject=entrant,
        unit_id=entrant.contest.unit_id,
    )


@transaction.atomic
def add_may_not_win(
    *,
    contest: Contest,
    full_name: str,
    reason: str,
    user: User,
    birth_date: date | None = None,
    staff_code: str = "",
) -> MayNotWin:
    """Name someone who may play but never win. Raises NotAllowed, Faults.

    A name alone would bar namesakes: a staff code or a birth date belongs to it.
    """
    require_may_run(user, contest)
    place = _("Người không được nhận giải")
    faults = []
    if not full_name.strip():
        faults.append(Fault(place, "no_name", _("chưa có họ và tên."), _("Ghi họ và tên đầy đủ.")))
    if not staff_code.strip() and birth_date is None:
        faults.append(
            Fault(
                place,
                "no_birth_date",
                _("cần mã cán bộ hoặc ngày sinh để không nhầm người trùng tên."),
                _("Ghi mã cán bộ hoặc ngày sinh."),
            )
        )
    if not reason.strip():
        faults.append(
            Fault(place, "no_reason", _("chưa có lý do."), _("Ghi lý do, ví dụ “Tổ ra đề”."))
        )
    if faults:
        raise Faults(faults)
    named = MayNotWin.objects.create(
        contest=contest,
        full_name=nfc(full_name)[:150],
        folded_name=fold(full_name)[:150],
        birth_date=birth_date,
        staff_code=nfc(staff_code)[:60],
        reason=nfc(reason)[:200],
    )
    record_act(actor=user, act="add_may_not_win", subject=named, unit_id=contest.unit_id)
    return named


@transaction.atomic
def remove_may_not_win(*, named: MayNotWin, user: User) -> None:
    """Take someone off the list. Raises NotAllowed."""
    require_may_run(user, named.contest)
    record_act(actor=user, act="remove_may_not_win", subject=named, unit_id=named.contest.unit_id)
    named.delete()
