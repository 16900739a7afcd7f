"""Coming back by program, by each way; and reporting misuse."""

import json

import pytest
from django.test import Client

from quiz.domain.tokens import open_any_entrant_token
from quiz.models import EntrantReport
from tests.factories import register, registration_data
from tests.quiz.returning import (
    BORN,
    STAFF_CODE,
    code_in,
    make_returning_contest,
    sent_by_worker,
)

pytestmark = pytest.mark.django_db
PHONE = "0999000777"


def call(made, path: str, **body):
    return Client().post(
        f"/api/v1/return/contests/{made.contest.code}/{path}",
        json.dumps(body),
        content_type="application/json",
    )


def entrant_of(token: str) -> tuple[int, bool]:
    opened = open_any_entrant_token(token)
    return opened.entrant_id, opened.weak


def test_the_code_gives_a_token_and_a_wrong_one_a_refusal():
    made = make_returning_contest()
    who = register(made)
    answer = call(made, "code", entry_code=who.code.lower()).json()
    assert entrant_of(answer["entrant_token"]) == (who.entrant_id, False)
    wrong = call(made, "code", entry_code="AAAA-AAAA-AAAA-AAAA")
    assert (wrong.status_code, wrong.json()["code"]) == (404, "unknown_code")


def test_a_message_brings_back_everybody_behind_the_phone():
    made = make_returning_contest()
    who = [register(made, phone=PHONE, full_name=name) for name in ("Lê Thị Hoa", "Lê Văn An")]
    secret = call(made, "contact", contact=PHONE).json()["secret"]
    [(_to, text)] = sent_by_worker()
    refused = call(made, "contact/confirm", secret=secret, code="x")
    assert (refused.status_code, refused.json()["code"]) == (422, "wrong_return_code")
    persons = call(made, "contact/confirm", secret=secret, code=code_in(text)).json()["persons"]
    assert [person["name"] for person in persons] == ["L. T. Hoa", "L. V. An"]
    tokens = [entrant_of(person["entrant_token"]) for person in persons]
    assert tokens == [(one.entrant_id, False) for one in who]


def test_a_person_of_the_roster_registers_and_comes_back_weakly():
    made = make_returning_contest("staff_code_and_birth_date")
    pair = {"staff_code": STAFF_CODE, "birth_date": BORN}
    claimed = call(made, "staff", **pair).json()
    assert (claimed["full_name"], claimed["entrant_token"]) == ("Phạm Thị Thử Nghiệm", None)
    body = {"claim": claimed["claim"], "phone": PHONE, "consent": True}
    body["request_key"] = registration_data()["request_key"]
    made_one = call(made, "staff/register", **body).json()
    entrant, weak = entrant_of(made_one["entrant_token"])
    assert (weak, len(made_one["entry_code"])) == (False, 19)
    again = call(made, "staff", **pair).json()
    assert entrant_of(again["entrant_token"]) == (entrant, True)


def test_a_report_is_received():
    made = make_returning_contest()
    answer = call(made, "reports", text="Không phải tôi", contact="0999")
    assert (answer.status_code, answer.json()) == (200, {"received": True})
    assert EntrantReport.objects.get().text == "Không phải tôi"


@pytest.mark.parametrize("path", ["code", "contact", "contact/confirm", "staff", "staff/register"])
def test_an_empty_body_names_what_is_missing(path):
    answer = call(make_returning_contest(), path)
    assert (answer.status_code, answer.json()["code"]) == (422, "input_refused")
