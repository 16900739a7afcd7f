"""Coming back by a one-time code sent to a phone or address given at registration.

Whether anybody registered with it is asked by the worker alone: the request stores the same row and
answers in the same statements for everyone, so nothing can be read from answer, size or time.
"""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.crypto import seal_text
from accounts.domain.throttling import take_turn
from accounts.phones import read_phone
from accounts.text import nfc
from quiz.domain.clock import read_now
from quiz.domain.minors import initials
from quiz.domain.registration_input import refuse_fields
from quiz.domain.return_errors import WayClosed, WrongReturnCode
from quiz.domain.return_messages import nudge_sender
from quiz.domain.return_secrets import browser_digest, code_of, new_browser_secret
from quiz.domain.return_ways import ReturnWays, ways_back
from quiz.models import Contest, Entrant, ReturnCode

CODE_LIFE = timedelta(minutes=10)
TRIES = 5
# Turns and seconds. A code is guessed with 5 in a million; one contact gets 30 of them a day.
BY_CONTACT = (6, 6 * 3600)
# A hall behind one address asks once each; a contest's messages cost money.
BY_ADDRESS = (600, 600)
BY_CONTEST = (3000, 600)

# Of two tries at once for the last one the UPDATE lets one through.
_TRY = """
UPDATE quiz_returncode SET tries = tries + 1
WHERE browser_digest = %(browser)s AND contest_id = %(contest)s AND confirmed_at IS NULL
    AND tries < %(tries)s AND asked_at > %(oldest)s
RETURNING id, entrants
"""


@dataclass(frozen=True)
class Contact:
    """A phone number as 0…, or a mail address in lower case."""

    text: str
    by_phone: bool


def read_contact(text: str, ways: ReturnWays) -> Contact:
    """Raises WayClosed where neither is open, InputRefused naming the field."""
    if not ways.by_contact:
        raise WayClosed()
    tidy = nfc(text).strip()[:250]
    if "@" in tidy:
        if not ways.by_email:
            raise refuse_fields({"contact": ("no_letters", _("Nhập số điện thoại đã khai."))})
        return Contact(tidy.lower(), by_phone=False)
    if not ways.by_phone:
        raise refuse_fields({"contact": ("no_texts", _("Nhập thư điện tử đã khai."))})
    try:
        return Contact(read_phone(tidy), by_phone=True)
    except ValueError as error:
        raise refuse_fields({"contact": ("malformed", str(error))}) from None


def ask_return_code(*, contest: Contest, contact: str, address: str) -> str:
    """Have a code sent, if anybody of the contest gave this contact; the browser's secret.

    The secret is what binds the code to the browser that asked. Nothing tells whether a message
    is sent.

    Raises WayClosed, InputRefused, TooManyRequests.
    """
    given = read_contact(contact, ways_back(contest=contest))
    _take_turns(contest, given, address)
    browser = new_browser_secret()
    with transaction.atomic():
        ReturnCode.objects.create(
            contest=contest,
            by_phone=given.by_phone,
            contact=seal_text(given.text),
            browser_digest=browser_digest(browser),
            asked_at=read_now(),
        )
        transaction.on_commit(nudge_sender)
    return browser


def _take_turns(contest: Contest, given: Contact, address: str) -> None:
    turns = (
        ("return-address", address, BY_ADDRESS),
        ("return-contact", f"{contest.pk}:{given.text}", BY_CONTACT),
        ("return-contest", str(contest.pk), BY_CONTEST),
    )
    for purpose, key, (limit, seconds) in turns:
        take_turn(purpose=purpose, key=key, limit=limit, seconds=seconds)


def confirm_return_code(*, contest: Contest, browser: str, code: str) -> list[Entrant]:
    """Whom the right code brings back, the earliest registered first; it works once.

    Raises WrongReturnCode.
    """
    digest = browser_digest(browser)
    values: dict[str, Any] = {
        "browser": digest,
        "contest": contest.pk,
        "tries": TRIES,
        "oldest": read_now() - CODE_LIFE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TRY, values)
        row = cursor.fetchone()
    typed = "".join(letter for letter in code if letter.isascii() and letter.isdigit())
    right = hmac.compare_digest(typed, code_of(digest))
    if row is None or not right or not row[1]:
        raise WrongReturnCode()
    pk, ids = row
    # Of two that send the right code at once, one comes in.
    unused = ReturnCode.objects.filter(pk=pk, confirmed_at=None)
    if not unused.update(confirmed_at=read_now()):
        raise WrongReturnCode()
    found = Entrant.objects.filter(pk__in=ids)
    found.filter(contact_confirmed_at=None).update(contact_confirmed_at=read_now())
    return list(found.order_by("registered_at", "pk"))


def short_name(full_name: str) -> str:
    """“N. T. Hoa”: the household knows who is meant, a mistyped number's owner learns little."""
    before, _space, given = full_name.rpartition(" ")
    return f"{initials(before)} {given}".strip()
