"""What the deadline minute costs: one statement an act, by index, on the short chain."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from quiz.domain.attempts import save_attempt, submit_attempt
from quiz.domain.receipts import receipt_of
from tests.factories import (
    answers_input,
    make_open_contest,
    make_unit,
    register,
    registration_data,
    start,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch):
    """A contest this process already knows, as every process does after its first entrant.

    What is kept is read again every two seconds at most, whoever comes; here time stands still.
    """
    monkeypatch.setattr("quiz.domain.bounded_cache.monotonic", lambda: 0.0)
    made = make_open_contest()
    sitting = start(made, register(made))
    receipt_of(submit_attempt(token=sitting.token, given=answers_input(sitting)))
    return made


def statements(act: Callable[[], Any]) -> list[str]:
    """What `act` sends, with its values: prepared statements are in no query log."""
    sent = []

    def note(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        sent.append(connection.ops.compose_sql(sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        act()
    return sent


def statement_of(act: Callable[[], Any]) -> str:
    (only,) = statements(act)
    return only


def test_register_start_save_submit_and_receipt_are_one_statement_each(made):
    unit = make_unit()
    data = registration_data(unit=unit.code)
    who = register(made, **data)
    assert statement_of(lambda: register(made, **data)).count("INSERT INTO quiz_entrant") == 1
    first = registration_data()
    assert len(statements(lambda: register(made, **first))) == 1
    sittings = []
    assert len(statements(lambda: sittings.append(start(made, who)))) == 1
    again, noted = statements(lambda: sittings.append(start(made, who)))
    assert ("INSERT INTO quiz_attempt " in again, "quiz_attemptevent" in noted) == (True, True)
    sitting = sittings[0]
    given = answers_input(sitting, [1] * 5)
    assert len(statements(lambda: save_attempt(token=sitting.token, given=given))) == 1
    done = []
    given = answers_input(sitting, [2] * 5, base=1)
    act = lambda: done.append(submit_attempt(token=sitting.token, given=given))  # noqa: E731
    assert len(statements(act)) == 1
    assert statements(lambda: receipt_of(done[0])) == []


def test_the_pages_add_none(made):
    client = Client()
    path = f"/cuoc-thi/{made.contest.code}"
    form = registration_data() | {"consent": "1"}
    assert len(statements(lambda: client.post(f"{path}/dang-ky/", form))) == 1
    token = client.cookies["nguoi_du_thi"].value
    body = {"token": token, "round": made.round.pk, "ordinal": 1}
    assert len(statements(lambda: client.post(f"{path}/bat-dau/", body))) == 1
    token = client.cookies["bai_thi"].value
    assert len(statements(lambda: client.get("/bai-thi/"))) == 1
    for act, revision in (("luu", 1), ("nop", 2)):
        answers = {"writer": 1, "base": 0, "revision": revision, "answers": [1] * 5}

        def post(act: str = act, answers: dict[str, Any] = answers) -> None:
            response = client.post(
                f"/bai-thi/{act}/",
                json.dumps(answers),
                content_type="application/json",
                headers={"x-attempt-token": token},
            )
            assert response.status_code == 200

        assert len(statements(post)) == 1
    assert len(statements(lambda: client.get("/bai-thi/bien-nhan/"))) == 1


def test_each_is_parsed_and_planned_once_a_connection(made):
    who = register(made)
    sitting = start(made, who)
    for turn in range(2):
        given = answers_input(sitting, [1] * 5, base=turn, revision=turn + 1)
        save_attempt(token=sitting.token, given=given)
    submit_attempt(token=sitting.token, given=answers_input(sitting, [2] * 5, base=2))
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [statement for (statement,) in cursor.fetchall()]
    for words in ("INSERT INTO quiz_entrant", "INSERT INTO quiz_attempt", "SET state = 2"):
        assert sum(words in statement for statement in kept) == 1, words


def plan_of(sql: str) -> str:
    """The plan with sequential scans as dear as they are in a million rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + sql)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize("table", ["quiz_attempt", "quiz_entrant", "quiz_round"])
def test_no_statement_reads_a_table_from_end_to_end(made, table):
    who = register(made)
    sitting = start(made, who)
    given = answers_input(sitting, [1] * 5)
    acts = [
        lambda: register(made, unit=made.unit.code),
        lambda: start(made, who, 1),
        lambda: save_attempt(token=sitting.token, given=given),
        lambda: submit_attempt(token=sitting.token, given=given),
    ]
    for act in acts:
        plan = plan_of(statements(act)[0])
        assert f"Seq Scan on {table}" not in plan, plan
    assert "Index Scan" in plan


def test_writes_and_the_two_pages_of_an_attempt_go_through_the_short_chain_alone():
    from config.wsgi import is_hot

    hot = [
        "/cuoc-thi/tim-hieu-cchc/dang-ky/",
        "/cuoc-thi/tim-hieu-cchc/bat-dau/",
        "/bai-thi/luu/",
        "/bai-thi/nop/",
        "/bai-thi/bien-nhan/",
        "/api/v1/entry/contests/tim-hieu-cchc/register",
        "/api/v1/entry/rounds/1/start",
        "/api/v1/entry/save",
        "/api/v1/entry/submit",
        "/api/v1/entry/receipt",
    ]
    pages = ["/bai-thi/", "/bai-thi/bien-nhan/"]
    full = ["/", "/bai-thi/", "/cuoc-thi/a/vao-thi/", "/lam-viec/", "/api/v1/me/", "/don-vi.json"]

    def chain(method: str, path: str) -> bool:
        return is_hot({"REQUEST_METHOD": method, "PATH_INFO": path})

    assert [path for path in hot if not chain("POST", path)] == []
    assert [path for path in full if chain("POST", path)] == []
    assert [path for path in (*pages, *hot[:3], *full[2:]) if chain("GET", path)] == pages


def answer_of(environ: dict[str, Any]) -> tuple[str, dict[str, str], bytes]:
    """One call of the real WSGI application."""
    from config.wsgi import application

    told: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_more: Any) -> None:
        told.extend([status, dict(headers)])

    body = b"".join(application(environ, start_response))
    return told[0], told[1], body


def test_the_short_chain_answers_with_safe_headers_and_refuses_in_words(made, rf):
    environ = rf.post("/bai-thi/luu/", {"token": "x"}, HTTP_ACCEPT_LANGUAGE="vi").environ
    status, headers, body = answer_of(environ)
    assert status.startswith("404")
    assert "unknown_token" in body.decode()
    expected = {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    assert {name: headers[name] for name in expected} == expected
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


def test_a_web_process_waits_three_seconds_for_the_database_at_most():
    from config.wsgi import limit_statements

    limit_statements(connection)
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("3s",)
