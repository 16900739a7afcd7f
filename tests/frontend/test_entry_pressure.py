"""Registering while one address sends far too much: page, plain form and API."""

import json
import time
import uuid

import altcha
import pytest
import time_machine
from django.test import Client

from quiz.domain import admission
from quiz.models import Entrant
from tests.factories import make_open_contest
from tests.frontend.test_entry import form_of, path, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch, settings):
    settings.ENTRY_ADDRESS_LIMIT = 0
    settings.ENTRY_QUEUE_SECONDS = 15
    monkeypatch.setattr(admission, "_pressure", admission.Pressure())
    return make_open_contest()


def filled(**fields) -> dict:
    return typed(**fields) | {"consent": "1", "request_key": str(uuid.uuid4())}


def solved(challenge: dict) -> str:
    asked = altcha.Challenge.from_dict(challenge)
    return altcha.Payload(asked, altcha.solve_challenge(asked)).to_base64()


def test_the_plain_form_waits_its_turn_and_loses_nothing(client: Client, made):
    action = path(made, "dang-ky")
    with time_machine.travel(int(time.time()), tick=False) as clock:
        asked = client.post(action, filled(full_name="Trần Thị Chờ"))
        assert (asked.status_code, asked["Cache-Control"]) == (429, "no-store")
        fields = form_of(asked, action)
        assert fields["full_name"] == ["Trần Thị Chờ"]
        clock.shift(14)
        assert client.post(action, fields).status_code == 429
        assert Entrant.objects.count() == 0
        clock.shift(2)
        assert client.post(action, fields).status_code == 303
    assert Entrant.objects.get().full_name == "Trần Thị Chờ"


def test_a_mistake_is_told_before_a_proof_is_asked_for(client: Client, made):
    answer = client.post(path(made, "dang-ky"), filled(full_name=""))
    assert answer.status_code == 422


def test_the_api_names_the_challenge_and_takes_the_proof(client: Client, made):
    url = f"/api/v1/entry/contests/{made.contest.code}/register"
    body = filled() | {"consent": True}

    def post(**headers):
        sent = json.dumps(body)
        return client.post(url, sent, content_type="application/json", headers=headers)

    asked = post()
    assert (asked.status_code, asked["Retry-After"]) == (429, "16")
    refusal = asked.json()
    assert refusal["code"] == "proof_needed"
    proof = solved(refusal["details"]["challenge"])
    assert post(**{"X-Entry-Proof": proof[:-8]}).status_code == 429
    entered, again = post(**{"X-Entry-Proof": proof}), post(**{"X-Entry-Proof": proof})
    assert entered.status_code == again.status_code == 200
    assert entered.json()["entry_code"] == again.json()["entry_code"]
    assert Entrant.objects.count() == 1
