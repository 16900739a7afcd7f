"""Erasing who an entrant was: what was counted and proved stays, who it was does not.

The row of the entrant stays without anything that names them, with the birth year, sex, group and
unit that figures are made of. Of each attempt the secret of its leaf goes: the leaf itself is kept,
so the round's tree and its root are whole, but nobody can open this entry any more, not even with
the database. Answers, marks and places stay; they point to a row that says “(đã xoá)”.

What was published by a signed decision (name, unit, result of a winner) is a record of its own and
is not touched.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.audit import record_act
from accounts.errors import DomainError
from accounts.models import User
from quiz.domain.attempt_events import record_event
from quiz.domain.leaves import leaves_of
from quiz.engine.commitments import SECRET_BYTES
from quiz.enums import (
    UNDER_SIGNATURE,
    AppealState,
    AttemptState,
    ClosedBy,
    EventKind,
    RoundState,
)
from quiz.models import Attempt, Entrant, ErasedLeaf, Release, Round

ERASED = "(đã xoá)"
VOID_REASON = _("Xoá theo yêu cầu của người dự thi")
# What is left of the secret: it gives the leaf its place in the tree's order and opens nothing.
PLACE_BYTES = 8
SUBJECT = "quiz.entrant"


class ErasureMustWait(DomainError):
    """The seal says of every entry what it is; a draft on the chairman's desk names winners."""

    code = "erasure_must_wait"
    status = 409
    message = _("Kết quả có bài của người này đã niêm phong hoặc đang trình ký.")
    hint = _("Công bố kết quả, hoặc mở niêm phong, rồi thực hiện yêu cầu xoá.")


@transaction.atomic
def erase_entrant(*, entrant: Entrant, user: User | None, now: datetime) -> None:
    """Erase one entrant as they asked. Entries of rounds not sealed yet are voided first, so that
    no prize and no published bundle needs them. Raises ErasureMustWait.
    """
    held = Entrant.objects.select_for_update(of=("self",)).get(pk=entrant.pk)
    if held.erased_at is not None:
        return
    rounds = Round.objects.filter(pk__in=Attempt.objects.filter(entrant=held).values("round"))
    submitted = Release.objects.filter(round__in=rounds, state__in=UNDER_SIGNATURE)
    if submitted.exists() or rounds.filter(state=RoundState.SEALED).exists():
        raise ErasureMustWait
    for round in rounds.filter(state__in=[RoundState.FROZEN, RoundState.CLOSED]):
        _void(held, round, user, now)
    erase_entrants(entrants=[held.pk], now=now)
    record_act(actor=user, act="erase_entrant", subject=held, unit_id=held.contest.unit_id)


def _void(entrant: Entrant, round: Round, user: User | None, now: datetime) -> None:
    standing = Attempt.objects.filter(entrant=entrant, round=round, voided_at=None)
    for attempt in standing:
        Attempt.objects.filter(pk=attempt.pk).update(
            voided_at=now.replace(microsecond=now.microsecond // 1000 * 1000),
            void_reason=str(VOID_REASON),
        )
        record_event(attempt=attempt, kind=EventKind.VOID, actor=user)


def erase_entrants(*, entrants: Sequence[int], now: datetime) -> None:
    """Erase many, whatever the state of their rounds; those erased before stay as they are."""
    with transaction.atomic(), connection.cursor() as cursor:
        ids: dict[str, Any] = {"ids": list(entrants), "now": now, "erased": ERASED}
        cursor.execute(_CLOSE, ids)
        _keep_leaves(entrants, now)
        for statement in _STATEMENTS:
            cursor.execute(statement, ids)


def _keep_leaves(entrants: Sequence[int], now: datetime) -> None:
    attempts = Attempt.objects.filter(entrant__in=entrants, erased_leaf__isnull=True)
    by_round: dict[int, list[int]] = {}
    for round_id, attempt in attempts.values_list("round", "pk"):
        by_round.setdefault(round_id, []).append(attempt)
    for round in Round.objects.filter(pk__in=by_round):
        ErasedLeaf.objects.bulk_create(
            ErasedLeaf(attempt_id=attempt, leaf=leaf, erased_at=now)
            for attempt, leaf in leaves_of(round=round, attempts=by_round[round.pk]).items()
        )


_CLOSE = f"""
UPDATE quiz_attempt SET state = {AttemptState.CLOSED}, closed_by = {ClosedBy.ORGANISER},
    ended_at = least(date_trunc('milliseconds', %(now)s::timestamptz), deadline_at)
WHERE entrant_id = ANY(%(ids)s) AND state = {AttemptState.OPEN}
"""
# The epoch rises, so that a browser which still holds the attempt's token opens nothing.
_ATTEMPTS = f"""
UPDATE quiz_attempt SET secret = substring(secret FOR {PLACE_BYTES}), journal = '',
    void_reason = CASE WHEN void_reason = '' THEN '' ELSE %(erased)s END, writer = 0,
    epoch = epoch + 1
WHERE entrant_id = ANY(%(ids)s) AND octet_length(secret) = {SECRET_BYTES}
"""
_EVENTS = """
UPDATE quiz_attemptevent event SET details = '{}' FROM quiz_attempt a
WHERE a.id = event.attempt_id AND a.entrant_id = ANY(%(ids)s) AND event.details <> '{}'
"""
_CORRECTED = """
UPDATE quiz_attemptcorrection made SET reason = %(erased)s FROM quiz_attempt a
WHERE a.id = made.attempt_id AND a.entrant_id = ANY(%(ids)s)
"""
_WITHDRAWN = "UPDATE quiz_prizewithdrawal SET reason = %(erased)s WHERE entrant_id = ANY(%(ids)s)"
# A list that serves somebody's entry elsewhere keeps its line; then only the way to it is cut.
_ROSTER = """
WITH listed AS (
    SELECT e.roster_entry_id AS id FROM quiz_entrant e
    WHERE e.id = ANY(%(ids)s) AND e.erased_at IS NULL AND e.roster_entry_id IS NOT NULL
), shared AS (
    SELECT DISTINCT other.roster_entry_id AS id FROM quiz_entrant other
    JOIN listed ON listed.id = other.roster_entry_id
    WHERE other.erased_at IS NULL AND other.id <> ALL(%(ids)s)
), cut AS (
    UPDATE quiz_entrant e SET roster_entry_id = NULL
    FROM shared WHERE shared.id = e.roster_entry_id AND e.id = ANY(%(ids)s)
)
UPDATE accounts_rosterentry r SET full_name = %(erased)s, folded_name = '', staff_code = '',
    birth_date = NULL, exemption = CASE WHEN exemption = '' THEN '' ELSE %(erased)s END
FROM listed WHERE listed.id = r.id AND r.id NOT IN (SELECT id FROM shared)
"""
_MATCHES = "DELETE FROM quiz_rostermatch WHERE entrant_id = ANY(%(ids)s)"
_STAFF_ENTRIES = "DELETE FROM quiz_staffentry WHERE entrant_id = ANY(%(ids)s)"
_CONSENTS = f"""
UPDATE accounts_consent SET given_by = '', withdrawn_at = coalesce(withdrawn_at, %(now)s)
WHERE subject_kind = '{SUBJECT}' AND subject_id = ANY(%(ids)s)
"""
# Name, numbers and indexes go; the year of birth and what an entry was counted under stay.
_ENTRANTS = """
UPDATE quiz_entrant SET full_name = %(erased)s, folded_name = '', sort_name = '',
    birth_date = date_trunc('year', birth_date)::date, birth_precision = 1, phone = '',
    phone_index = '', national_id = '', national_id_index = '', email = '', address = '',
    staff_code = '', identity_index = '', contact_confirmed_at = NULL,
    request_key = gen_random_uuid(),
    code_digest = sha256(gen_random_uuid()::text::bytea),
    withdrawn_at = coalesce(withdrawn_at, %(now)s), erased_at = %(now)s
WHERE id = ANY(%(ids)s) AND erased_at IS NULL
"""
# A case's mark is the digest of what its members share: it goes with the last of them.
_DUPLICATES = """
UPDATE quiz_duplicatecase c SET mark = sha256(gen_random_uuid()::text::bytea), note = ''
WHERE c.id IN (SELECT case_id FROM quiz_duplicatemember WHERE entrant_id = ANY(%(ids)s))
    AND NOT EXISTS (
        SELECT FROM quiz_duplicatemember m JOIN quiz_entrant e ON e.id = m.entrant_id
        WHERE m.case_id = c.id AND e.erased_at IS NULL)
"""
# What they complained of goes, that they did and how it ended stays; nobody answers it any more.
_APPEALS = f"""
UPDATE quiz_appeal SET text = %(erased)s, contact = '', evidence = NULL, slot = NULL,
    answer = CASE WHEN answer = '' THEN '' ELSE %(erased)s END, returned_because = '',
    request_key = gen_random_uuid(), code_digest = sha256(gen_random_uuid()::text::bytea),
    decided_at = coalesce(decided_at, %(now)s),
    state = CASE WHEN decided_at IS NULL THEN '{AppealState.WITHDRAWN}' ELSE state END
WHERE entrant_id = ANY(%(ids)s) AND text <> %(erased)s
"""
_STATEMENTS = (
    _ATTEMPTS,
    _EVENTS,
    _CORRECTED,
    _WITHDRAWN,
    _ROSTER,
    _MATCHES,
    _STAFF_ENTRIES,
    _CONSENTS,
    _ENTRANTS,
    _DUPLICATES,
    _APPEALS,
)
