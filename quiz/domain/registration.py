"""Registering: one statement stores the entrant and the consent."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from accounts.crypto import blind_index, seal_text
from accounts.text import fold, sort_key
from quiz.domain.admission import Admission, admit_registration
from quiz.domain.clock import CLOCK_CTE
from quiz.domain.entry_codes import code_digest, code_of_request, older_code
from quiz.domain.frozen import FrozenRound, entry_window, forget_round, frozen_round
from quiz.domain.hot import run_statement
from quiz.domain.registration_input import (
    Identity,
    RegistrationInput,
    check_registration,
    refuse_fields,
)
from quiz.domain.registration_refusal import refuse_registration
from quiz.domain.tokens import EntrantToken, seal_entrant_token

ENTRANT_SUBJECT = "quiz.entrant"

# A unit closed while the round is open still takes entrants: the round was frozen with it. Read for
# closed units only.
UNIT_KEPT = """EXISTS (SELECT 1 FROM quiz_unittree tree WHERE tree.id = r.unit_tree_id
    AND tree.document @> jsonb_build_array(jsonb_build_object('id', unit.id, 'open', true)))"""

# Text is named as such wherever it comes in: left to be guessed, it is guessed otherwise when the
# statement is planned anew, and pg_stat_statements counts it as another.
REGISTER = f"""
WITH {CLOCK_CTE},
allowed AS (
    SELECT c.id AS contest_id, unit.id AS unit_id, listed.id AS roster_entry_id, clock.at
    FROM clock
    JOIN quiz_contest c ON c.id = %(contest)s
    JOIN quiz_round r ON r.id = %(round)s AND r.contest_id = c.id
    LEFT JOIN accounts_orgunit unit ON unit.code = %(unit)s::text
    LEFT JOIN accounts_rosterentry listed ON listed.roster_id = c.roster_id
        AND listed.staff_code = %(staff_code)s::text AND listed.staff_code <> ''
        AND (listed.birth_date IS NULL OR listed.birth_date = %(birth_date)s::date)
    WHERE c.state = 'published' AND c.consent_text_id = %(consent_text)s
        AND r.state = 'frozen' AND r.commitment = %(commitment)s::text AND r.closes_at > clock.at
        AND (%(unit)s::text = '' OR unit.id IS NOT NULL AND (
            unit.valid_to IS NULL
            OR unit.valid_to > (clock.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
            OR {UNIT_KEPT}))
        AND (%(minimum_age)s::int IS NULL
            OR %(birth_date)s::date + make_interval(years => %(minimum_age)s::int)
                <= (clock.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
),
entrant AS (
    INSERT INTO quiz_entrant (
        contest_id, group_id, unit_id, roster_entry_id, request_key, code_digest, full_name,
        folded_name, sort_name, birth_date, birth_precision, sex, phone, phone_index, national_id,
        national_id_index, email, address, staff_code, identity_index, registered_at, may_win)
    SELECT contest_id, %(group)s, unit_id, roster_entry_id, %(request_key)s::uuid,
        %(code_digest)s, %(full_name)s::text, %(folded_name)s::text, %(sort_name)s::text,
        %(birth_date)s::date, %(birth_precision)s, %(sex)s::text, %(phone)s, %(phone_index)s,
        %(national_id)s, %(national_id_index)s, %(email)s::text, %(address)s::text,
        %(staff_code)s::text, %(identity_index)s, at, true
    FROM allowed
    ON CONFLICT (request_key) DO UPDATE SET request_key = excluded.request_key
    RETURNING id, registered_at, code_digest, (xmax = 0) AS created
),
consent AS (
    INSERT INTO accounts_consent (text_id, subject_kind, subject_id, given_at, given_by)
    SELECT given.text_id, '{ENTRANT_SUBJECT}', entrant.id, entrant.registered_at, given.giver
    FROM entrant, unnest(%(texts)s::bigint[], %(givers)s::text[]) AS given (text_id, giver)
    WHERE entrant.created
)
SELECT id, registered_at, code_digest FROM entrant
"""


@dataclass(frozen=True)
class Registered:
    """The answer to a registration: `code` is shown once, `token` goes into the browser."""

    entrant_id: int
    registered_at: datetime
    code: str
    token: str
    contest_code: str
    contest_title: str


def register_entrant(
    *, contest_code: str, given: RegistrationInput, admission: Admission | None = None
) -> Registered:
    """Store an entrant of the contest; the same form sent again gives the same answer.

    Someone whose identity is registered already is stored as well and answered alike: whether two
    entrants are one person is for a person to decide, after the close. What comes over the network
    brings its `admission`.

    Raises RegistrationClosed, UnderAge, InputRefused, ProofNeeded.
    """
    round_id = entry_window(contest_code).round_id
    frozen = frozen_round(round_id)
    params, code = _parameters(frozen, given)
    if admission is not None and not frozen.rehearsed:
        admit_registration(key=params["request_key"], admission=admission)
    rows = _store(params)
    if not rows:
        # The copy in this process may be older than the rules: look once more.
        forget_round(round_id, contest_code)
        fresh = frozen_round(entry_window(contest_code).round_id)
        if fresh.commitment == frozen.commitment:
            refuse_registration(frozen=fresh, unit=params["unit"], birth_date=params["birth_date"])
        frozen = fresh
        params, code = _parameters(frozen, given)
        rows = _store(params)
        if not rows:
            refuse_registration(frozen=frozen, unit=params["unit"], birth_date=params["birth_date"])
    entrant_id, registered_at, stored = rows[0]
    if bytes(stored) != params["code_digest"]:
        code = older_code(params["request_key"], bytes(stored)) or code
    return Registered(
        entrant_id=entrant_id,
        registered_at=registered_at,
        code=code,
        token=seal_entrant_token(EntrantToken(frozen.contest_id, entrant_id)),
        contest_code=frozen.contest_code,
        contest_title=frozen.contest_title,
    )


def _store(params: dict[str, Any]) -> list[Sequence[Any]]:
    """One form sent twice at once conflicts over its key or over its code, which is made from it:
    PostgreSQL asks the oldest index first, and a restored database has them in another order.
    """
    try:
        return run_statement(REGISTER, params)
    except IntegrityError:
        return run_statement(REGISTER, params)  # the other one is stored by now


def registration_key(
    contest_id: int, group_id: int, form_key: uuid.UUID, who: Identity
) -> uuid.UUID:
    """What makes a registration the same one: the form's random value and what was typed.

    Someone who goes back and registers a second member of the household on the same form is a
    second entrant; the same form sent twice is one.
    """
    typed = "\x1f".join(who.canonical(name) for name in sorted(Identity.model_fields))
    whole = f"{contest_id}\x1f{group_id}\x1f{form_key.hex}\x1f{typed}"
    return uuid.UUID(bytes=hashlib.sha256(whole.encode()).digest()[:16])


def identity_index(contest_id: int, names: Sequence[str], who: Identity) -> bytes:
    """What two registrations of one person share under the rules' identity key; b"" if none."""
    values = [fold(who.canonical(name)) for name in names]
    if not any(values):
        return b""
    return blind_index(f"identity:{contest_id}", "\x1f".join(values))


def _parameters(frozen: FrozenRound, given: RegistrationInput) -> tuple[dict[str, Any], str]:
    rules = frozen.rules.entry
    who = check_registration(
        given, rules=rules, groups=[pool.group_code for pool in frozen.pools.values()]
    )
    pool = frozen.pool_of_group(given.group)
    if pool is None:
        raise refuse_fields({"group": ("unknown_group", "")})
    key = registration_key(frozen.contest_id, pool.group_id, given.request_key, who)
    code = code_of_request(key)
    consents = [(frozen.consent_text_id, "")]
    if who.guardian_name and frozen.minor_text_id:
        consents.append((frozen.minor_text_id, who.guardian_name))
    return {
        "contest": frozen.contest_id,
        "round": frozen.id,
        "commitment": frozen.commitment,
        "consent_text": frozen.consent_text_id,
        "minimum_age": rules.minimum_age,
        "group": pool.group_id,
        "request_key": key,
        "code_digest": code_digest(code),
        "full_name": who.full_name,
        "folded_name": fold(who.full_name),
        "sort_name": sort_name(who.full_name),
        "birth_date": who.birth_date,
        "birth_precision": int(who.birth_precision),
        "sex": who.sex,
        "phone": seal_text(who.phone),
        "phone_index": blind_index("phone", who.phone),
        "national_id": seal_text(who.national_id),
        "national_id_index": blind_index("national_id", who.national_id),
        "email": who.email,
        "address": who.address,
        "unit": who.unit,
        "staff_code": who.staff_code,
        "identity_index": identity_index(frozen.contest_id, rules.identity_key, who),
        "texts": [text for text, _giver in consents],
        "givers": [giver for _text, giver in consents],
    }, code


def sort_name(full_name: str) -> str:
    """Vietnamese order of persons: by given name (the last word), then by the whole name."""
    return sort_key(f"{full_name.rpartition(' ')[2]} {full_name}")[:400]
