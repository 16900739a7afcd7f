"""Log lines say what went wrong and where, and nothing that somebody typed."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError

from config.logs import QuietFormatter, cross_out
from tests.people import make_person, make_unit

NAME, PHONE, EMAIL = "Kưngzô Xêrat", "0912 345 678", "kungzo@example.vn"


def line(message: object, *args: object, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, message, args, info)
    return QuietFormatter().format(record)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Gửi tới {EMAIL}.", "Gửi tới <…@…>."),
        (f"Số {PHONE} và +84912345678, 079187654321", "Số <…> và <…>, <…>"),
        ("Internal Server Error: /tra-cuu/?code=AB-CD&ten=x", "Internal Server Error: /tra-cuu/?…"),
        ("Forbidden: /vao/Zm9vYmFyYmF6cXV4cXV1eA/", "Forbidden: /vao/<…>/"),
        ("job 12345678: run 3, 2026-11-23", "job 12345678: run 3, 2026-11-23"),
    ],
)
def test_what_is_crossed_out(text: str, left: str):
    assert cross_out(text) == left


def test_an_exception_is_told_by_kind_and_place():
    try:
        try:
            raise ValueError(f"{NAME} {PHONE}")
        except ValueError as error:
            raise RuntimeError(NAME) from error
    except RuntimeError:
        said = line("failed %s", sys.exception(), error=sys.exception())
    assert (NAME in said, PHONE in said) == (False, False)
    assert "failed builtins.RuntimeError" in said
    assert said.index("builtins.ValueError") < said.index("-- while handling it --")
    assert "test_an_exception_is_told_by_kind_and_place" in said


@pytest.mark.django_db
def test_the_database_is_quoted_by_number_and_constraint():
    unit = make_unit()
    people = [make_person(name, unit=unit) for name in ("a", "b")]
    people[0].email = people[1].email = EMAIL
    people[0].save()
    with pytest.raises(IntegrityError) as caught:
        people[1].save()
    said = line("failed", error=caught.value)
    assert EMAIL in str(caught.value)
    assert EMAIL not in said
    assert "psycopg.errors.UniqueViolation 23505 one_person_per_email" in said


def test_celery_and_mismatched_arguments_are_told_too():
    assert "%(name)s" not in line("Task %(name)s raised %(exc)s", {"name": "a.b", "exc": NAME})
    assert NAME not in line("Task %(name)s raised %(exc)s", {"name": "a.b", "exc": NAME})
    assert "two %s %s" in line("two %s %s", 1)


def test_every_handler_is_quiet_and_nothing_is_mailed():
    handlers = settings.LOGGING["handlers"].values()
    assert [handler["formatter"] for handler in handlers] == ["quiet"]
    assert logging.getLogger("django").handlers == []
