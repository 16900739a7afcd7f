"""Appeals by program: filed and read without an account, answered with one."""

import json
import uuid

import pytest
from django.test import Client

from accounts.enums import Role
from quiz.models import Appeal
from tests.factories import make_attempt, make_open_contest, register
from tests.people import make_person

pytestmark = pytest.mark.django_db
JSON = "application/json"


def post(client: Client, path: str, **data):
    return client.post(f"/api/v1/{path}", json.dumps(data), content_type=JSON)


def signed_in(made, role: str) -> Client:
    client = Client()
    client.force_login(make_person(f"cb-{role}", role, unit=made.unit))
    return client


def test_an_appeal_is_filed_answered_by_two_and_read(client):
    made = make_open_contest()
    who = register(made)
    make_attempt(made, who=who)
    public = f"appeals/contests/{made.contest.code}"
    filing = {
        "request_key": str(uuid.uuid4()),
        "round": 1,
        "kind": "technical",
        "text": "Treo máy",
        "entry_code": who.code,
    }
    filed = post(client, f"{public}/file", **filing).json()
    assert post(client, f"{public}/file", **filing).json() == filed
    waiting = post(client, f"{public}/answer", code=filed["code"]).json()
    assert (waiting["number"], waiting["accepted"], waiting["answer"]) == (
        filed["number"],
        None,
        "",
    )

    row = Appeal.objects.get()
    first, second = signed_in(made, Role.ORGANISER), signed_in(made, Role.ADMINISTRATOR)
    [listed] = first.get("/api/v1/work/appeals/").json()["results"]
    assert (listed["text"], listed["attempt"]) == ("Treo máy", row.attempt_id)
    work = f"work/appeals/{row.pk}"
    answered = post(first, f"{work}/answer/", accept=True, answer="Đúng là máy chủ lỗi")
    assert answered.json()["state"] == "proposed"
    assert post(client, f"{public}/answer", code=filed["code"]).json()["answer"] == ""
    assert post(first, f"{work}/confirm/").json()["code"] == "second_person_decides"
    assert post(second, f"{work}/return/", reason="Ghi rõ hơn").json()["state"] == "examining"
    post(first, f"{work}/answer/", accept=True, answer="Máy chủ lỗi 5 phút")
    assert post(second, f"{work}/confirm/").json()["state"] == "accepted"
    read = post(client, f"{public}/answer", code=filed["code"]).json()
    assert (read["accepted"], read["answer"]) == (True, "Máy chủ lỗi 5 phút")


def test_refusals_have_codes_and_wrong_codes_look_alike(client):
    made = make_open_contest()
    public = f"appeals/contests/{made.contest.code}"
    filing = {"request_key": str(uuid.uuid4()), "round": 1, "kind": "entry", "text": "Bài tôi"}
    assert post(client, f"{public}/file", **filing).json()["code"] == "who_is_missing"
    wrong = post(client, f"{public}/file", **filing, entry_code="0000-0000-0000-0000")
    assert (wrong.status_code, wrong.json()["code"]) == (404, "unknown_code")
    assert post(client, f"{public}/file", **filing, extra=1).status_code == 422
    for code in ("0000-0000-0000-0000", "x", ""):
        answer = post(client, f"{public}/answer", code=code)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_appeal")
    assert post(client, "appeals/contests/khong-co/file", **filing).json()["code"] == (
        "contest_not_found"
    )
