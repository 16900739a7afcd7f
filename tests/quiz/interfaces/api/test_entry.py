"""Entering by program: the same acts as the pages, over JSON."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from quiz.engine.receipts import verify_receipt
from quiz.interfaces.api.entry_models import AttemptAnswer, ReceiptAnswer, SavedAnswer
from quiz.models import Attempt, Entrant
from tests.factories import HOUR, make_open_contest, make_rules, registration_data

pytestmark = pytest.mark.django_db
ENTRY = "/api/v1/entry"


def call(path: str, body=None, **headers):
    text = body if isinstance(body, str) else json.dumps({} if body is None else body)
    return Client().post(
        ENTRY + path,
        text,
        content_type="application/json",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def begin(made) -> dict:
    registered = call(f"/contests/{made.contest.code}/register", registration_data()).json()
    started = call(
        f"/rounds/{registered['round_id']}/start",
        {"ordinal": 1},
        x_entrant_token=registered["entrant_token"],
    )
    return started.json()


def answers(attempt: dict, masks: list[int], **fields) -> dict:
    base = attempt["revision"]
    return {"writer": 7, "base": base, "revision": base + 1, "answers": masks} | fields


def test_a_program_enters_from_registering_to_the_receipt():
    made = make_open_contest()
    attempt = begin(made)
    AttemptAnswer.model_validate_json(json.dumps(attempt))
    assert [item["number"] for item in attempt["items"]] == [1, 2, 3, 4, 5]
    assert set(attempt["items"][0]) == {"number", "kind", "stem", "options", "media"}
    token = attempt["attempt_token"]
    saved = call("/save", answers(attempt, [1, 2, 0, 0, 0]), x_attempt_token=token).json()
    SavedAnswer.model_validate_json(json.dumps(saved))
    assert (saved["revision"], saved["state"]) == (1, "open")
    done = call("/submit", answers(saved, [1, 2, 4, 8, 1]), x_attempt_token=token).json()
    ReceiptAnswer.model_validate_json(json.dumps(done))
    assert (done["state"], done["provisional_correct"]) == ("submitted", None)
    assert verify_receipt(done["public_key"], done["receipt"], done["signature"])
    assert done["receipt"]["values"]["answers"] == [1, 2, 4, 8, 1]
    again = call("/receipt", x_attempt_token=token).json()
    assert (again["code"], again["signature"]) == (done["code"], done["signature"])


@pytest.mark.parametrize(("opens", "shown"), [(-HOUR, True), (HOUR, False)])
def test_the_effective_deadline_is_told_before_the_start(opens, shown):
    made = make_open_contest(opens_in=opens, closes_in=opens + HOUR + timedelta(minutes=5))
    registered = call(f"/contests/{made.contest.code}/register", registration_data()).json()
    public = Client().get(f"/api/v1/contests/{made.contest.code}/").json()["rounds"][0]
    # Five minutes of the fifteen are left: the close ends the attempt.
    assert registered["deadline_if_started_now"] == (registered["closes_at"] if shown else None)
    assert public["deadline_if_started_now"] is not None or not shown


def test_the_same_registration_sent_again_gives_the_same_code():
    made = make_open_contest()
    data = registration_data()
    path = f"/contests/{made.contest.code}/register"
    first, again = call(path, data).json(), call(path, data).json()
    assert first["entry_code"] == again["entry_code"]
    assert Entrant.objects.count() == 1


def test_a_conflict_tells_what_is_stored():
    attempt = begin(make_open_contest())
    token = attempt["attempt_token"]
    call("/save", answers(attempt, [1, 0, 0, 0, 0]), x_attempt_token=token)
    other = answers(attempt, [0, 2, 0, 0, 0], writer=8)
    refusal = call("/save", other, x_attempt_token=token)
    assert refusal.status_code == 409
    body = refusal.json()
    assert (body["code"], body["details"]["answers"]) == ("save_conflict", [1, 0, 0, 0, 0])


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/save", {}, 422, "input_refused"),
        ("/save", "{", 422, "input_refused"),
        ("/submit", "[]", 422, "input_refused"),
        ("/save", '{"writer":1,"base":0,"revision":1,"answers":[]}', 404, "unknown_token"),
        ("/receipt", {}, 404, "unknown_token"),
        ("/rounds/1/start", {"ordinal": 0}, 422, "input_refused"),
        ("/rounds/1/start", {"ordinal": 1}, 404, "unknown_token"),
        ("/rounds/99999999999999999999/start", {}, 404, "unknown_token"),
        ("/contests/khong-co/register", {}, 422, "input_refused"),
        ("/contests/khong-co/register", "7", 422, "input_refused"),
        ("/contests/khong-co/register", registration_data(), 404, "contest_not_found"),
    ],
)
def test_every_refusal_has_code_message_and_hint(path, body, status, code):
    refusal = call(path, body)
    assert refusal.status_code == status
    answer = refusal.json()
    assert (answer["code"], bool(answer["message"]), bool(answer["hint"])) == (code, True, True)


def test_fields_that_are_not_right_are_named():
    made = make_open_contest()
    data = registration_data(phone="12", consent=False)
    refusal = call(f"/contests/{made.contest.code}/register", data)
    fields = refusal.json()["details"]["fields"]
    assert {name: fault["code"] for name, fault in fields.items()} == {
        "phone": "malformed",
        "consent": "no_consent",
    }


def test_a_get_is_the_wrong_method():
    answer = Client().get(f"{ENTRY}/save")
    assert (answer.status_code, answer["Allow"], answer.json()["code"]) == (
        405,
        "POST",
        "wrong_method",
    )


def test_the_score_is_told_only_where_the_rules_say_so():
    attempt = begin(make_open_contest(rules=make_rules(result={"score_shown": "at_submit"})))
    done = call(
        "/submit", answers(attempt, [0] * 5), x_attempt_token=attempt["attempt_token"]
    ).json()
    assert done["provisional_correct"] == 0


def test_another_persons_attempt_is_not_found():
    made = make_open_contest()
    mine, other = begin(made), begin(made)
    call("/save", answers(mine, [1, 0, 0, 0, 0]), x_attempt_token=mine["attempt_token"])
    stored = {attempt.pk: attempt.answers for attempt in Attempt.objects.all()}
    assert sorted(stored.values()) == [[0] * 5, [1, 0, 0, 0, 0]]
    refusal = call("/receipt", x_attempt_token=other["attempt_token"][:-2] + "AA")
    assert refusal.json()["code"] == "unknown_token"


def test_the_entry_calls_are_in_the_openapi_document(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json",
                 "--file", str(tmp_path / "schema.json"))  # fmt: skip
    document = json.loads((tmp_path / "schema.json").read_text())
    entry = {path for path in document["paths"] if path.startswith(f"{ENTRY}/")}
    assert entry == {
        f"{ENTRY}/contests/{{code}}/register",
        f"{ENTRY}/rounds/{{round_id}}/start",
        f"{ENTRY}/save",
        f"{ENTRY}/submit",
        f"{ENTRY}/receipt",
    }
    fields = document["components"]["schemas"]["AnswersInput"]["properties"]
    assert set(fields) == {"writer", "base", "revision", "answers", "prediction"}
