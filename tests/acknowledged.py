"""What was acknowledged to clients, held against what the database has."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg

from quiz.enums import AttemptState

SAME_NAME = "SELECT full_name, count(*) FROM quiz_entrant GROUP BY 1 HAVING count(*) > 1"
Answers = tuple[int, ...]


@dataclass
class Known:
    """What one client knows of its attempt number `ordinal`; `name` is nobody else's.

    `answers` is the last set that was acknowledged, `unanswered` those sent since without a reply:
    one of them may have arrived all the same.
    """

    name: str
    ordinal: int = 1
    started: bool = False
    answers: Answers | None = None
    unanswered: list[Answers] = field(default_factory=list)
    submitted: bool = False
    submit_unanswered: bool = False

    def may_be(self, answers: Answers) -> bool:
        """Whether these can be what the server holds, by all this client knows."""
        return answers in {*self.unanswered, self.answers or (0,) * len(answers)}


@dataclass(frozen=True)
class Stored:
    answers: Answers
    state: int


def faults_in(connection: psycopg.Connection, known: Iterable[Known]) -> list[str]:
    """A sentence for each promise that was not kept; none if all is well."""
    stored, found = _read(connection), []
    twice = dict(connection.execute(SAME_NAME).fetchall())
    for one in known:
        if one.name in twice:
            found.append(f"{one.name} is registered {twice[one.name]} times")
        attempts = stored.get((one.name, one.ordinal), [])
        if len(attempts) > 1:
            found.append(f"{one.name} has attempt {one.ordinal} {len(attempts)} times")
        elif one.started and not attempts:
            found.append(f"{one.name}: the attempt is lost")
        elif attempts:
            found += _differences(one, attempts[0])
    return found


def _differences(one: Known, attempt: Stored) -> Iterable[str]:
    if not one.may_be(attempt.answers):
        yield f"{one.name}: {one.answers} was acknowledged, {attempt.answers} is stored"
    is_submitted = attempt.state == AttemptState.SUBMITTED
    if one.submitted and not is_submitted:
        yield f"{one.name}: an acknowledged submission is lost"
    if is_submitted and not (one.submitted or one.submit_unanswered):
        yield f"{one.name}: submitted, though nobody asked for it"


def _read(connection: psycopg.Connection) -> dict[tuple[str, int], list[Stored]]:
    stored: dict[tuple[str, int], list[Stored]] = {}
    rows: Iterable[Any] = connection.execute(
        "SELECT full_name, ordinal, answers, state FROM quiz_attempt a"
        " JOIN quiz_entrant e ON e.id = a.entrant_id"
    )
    for name, ordinal, answers, state in rows:
        stored.setdefault((name, ordinal), []).append(Stored(tuple(answers), state))
    return stored
