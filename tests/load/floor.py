"""The floor: the statements of an entry on the same web server, and nothing around them.

A bare WSGI handler for `tests.load.bench`: it takes what the statements need as JSON, runs the very
texts the product runs (FLOOR_FACTS names a file with them and the open round's facts) on one
prepared connection a process, and answers with what they return. No check, no encryption, no
token, no signature, no page made: what the product costs above this is its own.
"""

import json
import os
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg

FACTS = json.loads(Path(os.environ["FLOOR_FACTS"]).read_text(encoding="utf-8"))
PAGE = FACTS["page"].encode()
ROUND: dict[str, Any] = FACTS["round"]
NOTHING = timedelta(0)
GRACE = timedelta(milliseconds=ROUND["grace_ms"])
_connection = psycopg.connect(FACTS["dsn"], autocommit=True, prepare_threshold=0)


def run(statement: str, params: dict[str, Any]) -> tuple[Any, ...]:
    with _connection.cursor() as cursor:
        cursor.execute(FACTS["sql"][statement], {"shift": NOTHING, **params})
        return cursor.fetchall()[0]


def register(given: dict[str, Any]) -> dict[str, Any]:
    name = given["full_name"]
    row = run(
        "register",
        {
            "contest": ROUND["contest"],
            "round": ROUND["id"],
            "commitment": ROUND["commitment"],
            "consent_text": ROUND["consent_text"],
            "minimum_age": ROUND["minimum_age"],
            "group": ROUND["group"],
            "request_key": uuid.uuid4(),
            "code_digest": os.urandom(32),
            "full_name": name,
            "folded_name": name,
            "sort_name": name,
            "birth_date": date(1990, 2, 1),
            "birth_precision": 3,
            "sex": "",
            "phone": os.urandom(43),
            "phone_index": os.urandom(16),
            "national_id": b"",
            "national_id_index": b"",
            "email": "",
            "address": "",
            "unit": "",
            "staff_code": "",
            "identity_index": os.urandom(16),
            "texts": [ROUND["consent_text"]],
            "givers": [""],
        },
    )
    return {"entrant": row[0]}


def start(given: dict[str, Any]) -> dict[str, Any]:
    row = run(
        "start",
        {
            "round": ROUND["id"],
            "commitment": ROUND["commitment"],
            "entrant": given["entrant"],
            "ordinal": 1,
            "attempts": ROUND["attempts"],
            "limit": ROUND["limit"],
            "last_start": ROUND["last_start"],
            "grace": GRACE,
            "seed": os.urandom(16),
            "secret": os.urandom(32),
            "groups": f"{{{ROUND['group']}}}",
            "pools": f"{{{ROUND['pool']}}}",
            "slots": f"{{{ROUND['slots']}}}",
        },
    )
    return {"attempt": row[0]}


def _write(statement: str, given: dict[str, Any]) -> dict[str, Any]:
    row = run(
        statement,
        {
            "attempt": given["attempt"],
            "epoch": 0,
            "grace": GRACE,
            "writer": 1,
            "base": given["base"],
            "revision": given["base"] + 1,
            "answers": f"{{{','.join(map(str, given['answers']))}}}",
            "prediction": None,
        },
    )
    return {"done": row[-1]}


def save(given: dict[str, Any]) -> dict[str, Any]:
    return _write("save", given)


def submit(given: dict[str, Any]) -> dict[str, Any]:
    return _write("submit", given)


def receipt(given: dict[str, Any]) -> dict[str, Any]:
    row = run("read", {"attempt": given["attempt"], "epoch": 0})
    return {"state": row[9]}


CALLS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    f"/{call.__name__}": call for call in (register, start, save, submit, receipt)
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    call = CALLS.get(environ["PATH_INFO"])
    if call is None:
        body, kind = PAGE, "text/html; charset=utf-8"
    else:
        given = json.loads(environ["wsgi.input"].read())
        body, kind = json.dumps(call(given)).encode(), "application/json"
    start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
