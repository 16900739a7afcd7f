"""Entering as a person of the contest's roster, by staff code and birth date.

Both are known to colleagues. They make an entrant, as any form does; they open an earlier one only
where the rules say so and it was made this same way, and nothing that is over (quiz/README.md).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext as _

from accounts.birth_dates import read_birth_date
from accounts.domain.roster_rows import staff_key
from accounts.domain.throttling import take_turn
from accounts.enums import BirthPrecision
from accounts.models import RosterEntry
from accounts.text import nfc
from quiz.domain.clock import read_now
from quiz.domain.frozen import FrozenRound, entry_window, frozen_round
from quiz.domain.registration import Registered, register_entrant
from quiz.domain.registration_input import RegistrationInput, refuse_fields
from quiz.domain.return_errors import ClaimExpired, NotListed, SetAside, WayClosed
from quiz.domain.return_messages import nudge_sender
from quiz.domain.tokens import (
    EntrantToken,
    StaffClaim,
    open_staff_claim,
    seal_entrant_token,
    seal_staff_claim,
)
from quiz.errors import UnknownToken
from quiz.models import Contest, Entrant, StaffEntry
from quiz.rules.schema import IdentityField

CLAIM_LIFE = timedelta(minutes=30)
# A birth date is one of some 15,000 days: ten tries an hour would take two months.
BY_STAFF_CODE = (10, 3600)
BY_ADDRESS = (600, 600)
# What the roster tells; everything else the rules ask for is asked.
KNOWN = ("full_name", "birth_date", "unit", "staff_code")


@dataclass(frozen=True)
class Claimed:
    """The person of the roster; `token` names them for half an hour. `back`, where the rules let
    them come back to the entrant they made, is that entrant's weak token.
    """

    entry: RosterEntry
    token: str
    back: str


def claim_staff_entry(
    *, contest: Contest, staff_code: str, birth_date: str, address: str
) -> Claimed:
    """Who of the contest's roster has this staff code and this whole birth date.

    Raises WayClosed without a roster, InputRefused, NotListed, SetAside, TooManyRequests.
    """
    if contest.roster_id is None:
        raise WayClosed()
    code, day = _read_input(staff_code, birth_date)
    for purpose, key, (limit, seconds) in (
        ("staff-address", address, BY_ADDRESS),
        ("staff-code", f"{contest.pk}:{staff_key(code)}", BY_STAFF_CODE),
    ):
        take_turn(purpose=purpose, key=key, limit=limit, seconds=seconds)
    entry = (
        RosterEntry.objects.annotate(key=Replace(Lower("staff_code"), Value(" "), Value("")))
        .filter(
            roster=contest.roster_id,
            key=staff_key(code),
            birth_date=day,
            birth_precision=BirthPrecision.DAY,
        )
        .select_related("unit")
        .first()
    )
    if entry is None:
        raise NotListed()
    now = read_now()
    token = seal_staff_claim(StaffClaim(contest.pk, entry.pk, int(now.timestamp())))
    return Claimed(entry, token, _come_back(contest, entry, now))


def _read_input(staff_code: str, birth_date: str) -> tuple[str, date]:
    code = nfc(staff_code)[:60]
    faults = {}
    if not code:
        faults["staff_code"] = ("missing", _("Chưa điền mục này."))
    try:
        day, precision = read_birth_date(birth_date)
        if precision != BirthPrecision.DAY:
            faults["birth_date"] = ("too_short", _("Ghi đủ ngày, tháng, năm sinh."))
    except ValueError as error:
        faults["birth_date"] = ("malformed", str(error))
    if faults:
        raise refuse_fields(faults)
    return code, day


def open_claim(*, contest: Contest, token: str) -> RosterEntry:
    """The person a claim names. Raises ClaimExpired."""
    try:
        claim = open_staff_claim(token)
    except UnknownToken:
        raise ClaimExpired() from None
    oldest = (read_now() - CLAIM_LIFE).timestamp()
    people = RosterEntry.objects.filter(pk=claim.roster_entry_id, roster=contest.roster_id)
    entry = people.select_related("unit").first()
    if claim.contest_id != contest.pk or claim.at < oldest or entry is None:
        raise ClaimExpired()
    return entry


def entry_round(contest: Contest) -> FrozenRound:
    """The round people register for. Raises RegistrationClosed, ContestNotFound."""
    return frozen_round(entry_window(contest.code).round_id)


def asked_besides(frozen: FrozenRound) -> list[IdentityField]:
    """What the rules ask for and the roster does not tell."""
    return [field for field in frozen.rules.entry.identity_fields if field.name not in KNOWN]


def group_of(frozen: FrozenRound, entry: RosterEntry) -> str:
    """The code of the person's audience group, or "" where they have to say."""
    codes = [pool.group_code for pool in frozen.pools.values()]
    if entry.group_code in codes:
        return entry.group_code
    return codes[0] if len(codes) == 1 else ""


def complete_input(
    *, frozen: FrozenRound, entry: RosterEntry, typed: RegistrationInput
) -> RegistrationInput:
    """What the person typed with what the roster tells of them."""
    return typed.model_copy(
        update={
            "group": group_of(frozen, entry) or typed.group,
            "full_name": entry.full_name,
            "birth_date": f"{entry.birth_date:%d/%m/%Y}",
            "unit": entry.unit.code,
            "staff_code": entry.staff_code,
            "guardian_name": "",
        }
    )


class _MadeBefore(Exception):
    """This person has an entrant already, and the rules lead back to it."""


def register_listed(*, contest: Contest, claim: str, typed: RegistrationInput) -> Registered | str:
    """Make an entrant of a person of the roster, or their weak token where the rules lead back.

    The same form sent again gives the same answer. Otherwise somebody who has an entrant already
    gets another one, as by the form, and both are shown to the organisers as one person.

    Raises ClaimExpired, SetAside and as `register_entrant`.
    """
    entry = open_claim(contest=contest, token=claim)
    given = complete_input(frozen=entry_round(contest), entry=entry, typed=typed)
    try:
        return _register(contest, entry, given)
    except _MadeBefore:
        return _come_back(contest, entry, read_now())


@transaction.atomic
def _register(contest: Contest, entry: RosterEntry, given: RegistrationInput) -> Registered:
    # Two devices at once: the second finds what the first has made.
    RosterEntry.objects.select_for_update().get(pk=entry.pk)
    registered = register_entrant(contest_code=contest.code, given=given)
    # The same statements whether there is one or not: the time must not tell.
    mine = StaffEntry(
        contest=contest,
        roster_entry=entry,
        entrant_id=registered.entrant_id,
        made_at=registered.registered_at,
    )
    StaffEntry.objects.bulk_create([mine], ignore_conflicts=True)
    made = StaffEntry.objects.get(contest=contest, roster_entry=entry)
    if made.entrant_id != registered.entrant_id and _leads_back(contest):
        raise _MadeBefore
    Entrant.objects.filter(pk=registered.entrant_id).update(
        roster_entry=entry, staff_code=entry.staff_code
    )
    return registered


def _leads_back(contest: Contest) -> bool:
    return entry_round(contest).rules.entry.reentry == "staff_code_and_birth_date"


def _come_back(contest: Contest, entry: RosterEntry, now: datetime) -> str:
    """The weak token of the entrant this person made, noted and told to them; "" if there is none
    or the rules don't lead back. Raises SetAside.
    """
    if not _leads_back(contest):
        return ""
    made = StaffEntry.objects.filter(contest=contest, roster_entry=entry)
    found = made.select_related("entrant").first()
    if found is None:
        return ""
    if found.entrant.duplicate_of_id is not None:
        raise SetAside()
    with transaction.atomic():
        made.update(returned_at=now)
        transaction.on_commit(nudge_sender)
    return seal_entrant_token(EntrantToken(contest.pk, found.entrant_id, weak=True))


def last_return(*, entrant: Entrant) -> datetime | None:
    """When somebody last came back to this entrant by staff code; None if nobody did."""
    return StaffEntry.objects.filter(entrant=entrant).values_list("returned_at", flat=True).first()
