"""Log lines that tell what went wrong and where, and nothing about whom it happened to.

What an exception says often quotes what somebody typed: a name that did not fit a column, a date
that was none. So of an exception only its kind, its place in the code and, from the database, the
error's number and the constraint are written; digits in a row and addresses are crossed out
everywhere else.
"""

import logging
import re
import traceback
from types import TracebackType
from typing import Any

# Nine digits and more: telephone and identity numbers, however they are spaced.
_NUMBERS = re.compile(r"(?<![\w-])\+?\d(?:[ .-]?\d){8,}(?![\w-])")
_LETTERS_TO = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# One's data, one's code: what stands behind “?” or in a form is nobody's business.
_QUERY = re.compile(r"\?\S+")
# One-time links carry their secret in the path.
_SECRETS = re.compile(r"(?<=/)[\w-]{20,}(?=[/\s]|$)")


def cross_out(text: str) -> str:
    """The text without addresses, queries, secrets in paths and long numbers."""
    text = _LETTERS_TO.sub("<…@…>", text)
    text = _QUERY.sub("?…", text)
    for pattern in (_SECRETS, _NUMBERS):
        text = pattern.sub("<…>", text)
    return text


class QuietFormatter(logging.Formatter):
    """As logging's own, with what people typed left out."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: "
        line += cross_out(_message(record))
        if record.exc_info and record.exc_info[1] is not None:
            line += "\n" + self.formatException(record.exc_info)
        return line

    def formatException(  # noqa: N802  (logging's name)
        self, exc_info: tuple[Any, Any, Any]
    ) -> str:
        """The chain of exceptions, the innermost first: kinds and places, no sentences."""
        parts, error = [], exc_info[1]
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            parts.append(f"{_places(error.__traceback__)}{_kind(error)}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n-- while handling it --\n".join(reversed(parts))


def _message(record: logging.LogRecord) -> str:
    """An exception given as an argument is quoted by its kind alone; Celery gives it as text."""
    args = record.args
    if isinstance(args, dict):
        args = args | {"exc": "", "traceback": "", "args": "", "kwargs": ""}
    elif isinstance(args, tuple):
        args = tuple(_kind(arg) if isinstance(arg, BaseException) else arg for arg in args)
    message = _kind(record.msg) if isinstance(record.msg, BaseException) else str(record.msg)
    try:
        return message % args if args else message
    except (TypeError, ValueError):
        return message


def _places(tb: TracebackType | None) -> str:
    return "".join(
        f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}\n    {frame.line}\n'
        for frame in traceback.extract_tb(tb)
    )


def _kind(error: BaseException) -> str:
    """“psycopg.errors.UniqueViolation 23505 one_person_per_email”."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    state = getattr(error, "sqlstate", None)
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    return " ".join(str(part) for part in (kind, state, constraint) if part)
