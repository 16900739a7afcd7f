"""Filing an appeal, also without an account, and taking it back."""

import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.crypto import seal_text
from accounts.domain.audit import record_act
from accounts.domain.short_numbers import random_number
from accounts.domain.throttling import take_turn
from accounts.text import nfc
from quiz.domain.appeal_codes import appeal_digest, codes_of_form, is_code_of
from quiz.domain.appeal_errors import AppealDecided, AppealTooEarly
from quiz.domain.appeal_windows import appeal_windows, check_window
from quiz.domain.appellants import Appellant, identify
from quiz.domain.emergency_files import read_emergency_file
from quiz.domain.registration_input import FieldFaults, refuse_fields
from quiz.enums import AppealKind, AppealState
from quiz.models import Appeal, Contest, Round
from quiz.queries.appeal import WAITING

LONGEST = 2000
LONGEST_CONTACT = 120
MOST_SLOTS = 300
# Turns and seconds.
BY_ADDRESS = (20, 600)
BY_CONTEST = (300, 3600)
BY_ENTRANT = (10, 24 * 3600)


@dataclass(frozen=True)
class AppealInput:
    """What a form or program sends. `slot`: which item of the paper, from 1, as typed."""

    request_key: str
    round_number: str
    kind: str
    text: str
    contact: str = ""
    code: str = ""
    receipt: str = ""
    slot: str = ""
    evidence: bytes = b""


@dataclass(frozen=True)
class Filed:
    """`code` opens the appeal; it is shown once and never stored."""

    appeal: Appeal
    code: str


def file_appeal(*, contest: Contest, given: AppealInput, address: str, now: datetime) -> Filed:
    """Store an appeal. A form that is sent again leads to the same one.

    Raises InputRefused, AppealTooEarly, AppealTooLate, WhoIsMissing, UnknownCode, UnknownReceipt,
    TooManyRequests.
    """
    request_key, text, slot = _check_shape(given)
    if again := _filed_before(contest, request_key):
        return again
    _take_turns(contest, address)
    round = _round_of(contest, given, now)
    evidence = read_emergency_file(given.evidence)
    who = identify(round=round, kind=given.kind, code=given.code, receipt=given.receipt)
    _take_turn_of(who)
    code = codes_of_form(request_key)[0]
    values: dict[str, Any] = {
        "contest": contest,
        "round": round,
        "entrant": who.entrant,
        "attempt": who.attempt,
        "receipt_matches": who.receipt_matches,
        "number": random_number("KN"),
        "code_digest": appeal_digest(code),
        "kind": given.kind,
        "slot": slot,
        "text": text,
        "contact": seal_text(tidy_lines(given.contact)[:LONGEST_CONTACT]),
        "evidence": evidence,
        "filed_at": now,
    }
    with transaction.atomic():
        # Of a double click the second finds the row of the first.
        appeal, made = Appeal.objects.get_or_create(request_key=request_key, defaults=values)
        if made:
            record_act(actor=None, act="file_appeal", subject=appeal, unit_id=contest.unit_id)
    return Filed(appeal, code)


def tidy_lines(text: str) -> str:
    """NFC, line by line, without control and formatting characters that could hide or turn text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(nfc("".join(filter(_is_seen, line))) for line in lines).strip()


def _is_seen(character: str) -> bool:
    return character == "\t" or unicodedata.category(character)[0] != "C"


def _check_shape(given: AppealInput) -> tuple[uuid.UUID, str, int | None]:
    """(request key, text, slot). Raises InputRefused that names every field."""
    faults: FieldFaults = {}
    text = tidy_lines(given.text)
    if not text:
        faults["text"] = (
            "missing",
            _("Viết bạn khiếu nại điều gì, mong giải quyết thế nào."),
        )
    elif len(text) > LONGEST:
        faults["text"] = ("too_long", _("Viết ngắn lại, tối đa 2000 ký tự."))
    if given.kind not in AppealKind.values:
        faults["kind"] = ("missing", _("Chọn điều bạn khiếu nại."))
    slot = _read_slot(given.slot)
    if given.slot.strip() and slot is None:
        faults["slot"] = ("malformed", _("Ghi số thứ tự của câu trong đề của bạn, ví dụ 7."))
    elif given.kind == AppealKind.KEY and slot is None:
        faults["slot"] = ("missing", _("Ghi câu số mấy trong đề của bạn."))
    try:
        request_key = uuid.UUID(given.request_key)
    except ValueError:
        faults["request_key"] = ("malformed", _("Tải lại trang rồi gửi lại."))
        request_key = uuid.UUID(int=0)
    if faults:
        raise refuse_fields(faults)
    return request_key, text, slot


def _read_slot(typed: str) -> int | None:
    tidy = typed.strip()
    number = int(tidy) if tidy.isascii() and tidy.isdigit() and len(tidy) <= 4 else 0
    return number if 1 <= number <= MOST_SLOTS else None


def _filed_before(contest: Contest, request_key: uuid.UUID) -> Filed | None:
    found = Appeal.objects.filter(contest=contest, request_key=request_key).first()
    if found is None:
        return None
    codes = (code for code in codes_of_form(request_key) if is_code_of(found, code))
    return Filed(found, next(codes, ""))


def _take_turns(contest: Contest, address: str) -> None:
    turns = (
        ("appeal-address", f"{contest.pk}:{address}", BY_ADDRESS),
        ("appeal-contest", str(contest.pk), BY_CONTEST),
    )
    for purpose, key, (limit, seconds) in turns:
        take_turn(purpose=purpose, key=key, limit=limit, seconds=seconds)


def _take_turn_of(who: Appellant) -> None:
    if who.entrant is not None:
        limit, seconds = BY_ENTRANT
        take_turn(purpose="appeal-entrant", key=str(who.entrant.pk), limit=limit, seconds=seconds)


def _round_of(contest: Contest, given: AppealInput, now: datetime) -> Round:
    """Raises InputRefused, AppealTooEarly, AppealTooLate."""
    for window in appeal_windows(contest=contest):
        if str(window.round.number) == given.round_number:
            check_window(window=window, kind=given.kind, now=now)
            return window.round
    if not given.round_number:
        raise refuse_fields({"round": ("missing", _("Chọn vòng thi."))})
    raise AppealTooEarly


@transaction.atomic
def withdraw_appeal(*, appeal: Appeal, now: datetime) -> None:
    """The appellant takes it back. Raises AppealDecided."""
    waiting = Appeal.objects.filter(pk=appeal.pk, state__in=WAITING)
    if not waiting.update(state=AppealState.WITHDRAWN, decided_at=now):
        raise AppealDecided
    record_act(actor=None, act="withdraw_appeal", subject=appeal, unit_id=appeal.contest.unit_id)
