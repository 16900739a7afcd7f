"""Registering under pressure: a proof of work, or a slower queue, and never a wall."""

import uuid

import altcha
import pytest
import time_machine

from quiz.domain import admission
from quiz.domain.admission import Admission, admit_registration, network_of
from quiz.errors import ProofNeeded

HERE, ELSEWHERE = "203.0.113.7", "198.51.100.1"


@pytest.fixture(autouse=True)
def calm(monkeypatch, settings):
    settings.ENTRY_ADDRESS_LIMIT = 3
    settings.ENTRY_QUEUE_SECONDS = 15
    monkeypatch.setattr(admission, "_pressure", admission.Pressure())


def ask(key=None, **brought) -> ProofNeeded | None:
    """What a registration is asked for; None when it passed."""
    try:
        admit_registration(key=key or uuid.uuid4(), admission=Admission(HERE, **brought))
    except ProofNeeded as asked:
        return asked
    return None


def press() -> None:
    for _number in range(3):
        assert ask() is None


def solve(asked: ProofNeeded) -> str:
    challenge = altcha.Challenge.from_dict(asked.details["challenge"])
    solution = altcha.solve_challenge(challenge)
    assert solution is not None
    return altcha.Payload(challenge, solution).to_base64()


def test_below_the_limit_nobody_is_asked_and_another_address_never():
    press()
    assert ask() is not None
    admit_registration(key=uuid.uuid4(), admission=Admission(ELSEWHERE))


def test_a_proof_opens_its_registration_again_and_again_and_no_other():
    press()
    key = uuid.uuid4()
    proof = solve(ask(key))
    assert ask(key, proof=proof) is None
    assert ask(key, proof=proof) is None  # sent again after a lost reply
    assert ask(uuid.uuid4(), proof=proof) is not None


def test_an_easier_challenge_of_ones_own_is_no_proof():
    press()
    key = uuid.uuid4()
    own = altcha.create_challenge(
        "PBKDF2/SHA-256", 1, key_prefix="", data={"for": key.hex}, hmac_secret=b"guess"
    )
    proof = altcha.Payload(own, altcha.solve_challenge(own)).to_base64()
    assert ask(key, proof=proof) is not None
    for rubbish in ("x", "e30=", "bnVsbA==", "W10=", "eyJjaGFsbGVuZ2UiOiAxfQ==", "é" * 5_000):
        assert ask(key, proof=rubbish) is not None


def test_an_old_proof_is_refused():
    press()
    key = uuid.uuid4()
    with time_machine.travel(0, tick=False) as clock:
        press()
        proof = solve(ask(key))
        assert ask(key, proof=proof) is None
        clock.shift(1_801)
        assert not admission._is_proved(proof, key)


def test_who_has_no_script_waits_and_then_passes():
    with time_machine.travel(1_700_000_000.5, tick=False) as clock:
        press()
        key = uuid.uuid4()
        asked = ask(key)
        assert asked.details["wait_seconds"] == 16
        ticket = asked.details["ticket"]
        clock.shift(10)
        assert ask(key, ticket=ticket).details["wait_seconds"] == 6
        assert ask(key, ticket=ticket).details["ticket"] == ticket  # asking again costs no place
        clock.shift(6)
        assert ask(uuid.uuid4(), ticket=ticket) is not None
        assert ask(key, ticket=ticket[:-1] + "0") is not None or ticket.endswith("0")
        assert ask(key, ticket=ticket) is None


def test_the_queue_lets_one_a_second_through_and_ends():
    with time_machine.travel(1_700_000_000, tick=False):
        press()
        waits = [ask().details["wait_seconds"] for _number in range(3)]
        assert waits == [16, 17, 18]
        for _number in range(500):
            longest = ask().details["wait_seconds"]
        assert longest == 301


def test_pressure_is_forgotten_after_ten_minutes():
    with time_machine.travel(1_700_000_400, tick=False) as clock:  # a window has begun
        press()
        assert ask() is not None
        clock.shift(599)
        assert ask() is not None
        clock.shift(600)
        assert ask() is None


def test_all_addresses_together_can_be_too_many(settings):
    settings.ENTRY_TOTAL_LIMIT = 2
    press_from = ["192.0.2.1", "192.0.2.2"]
    for address in press_from:
        admit_registration(key=uuid.uuid4(), admission=Admission(address))
    with pytest.raises(ProofNeeded):
        admit_registration(key=uuid.uuid4(), admission=Admission("192.0.2.3"))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("", "?"),
        ("rubbish", "?"),
    ],
)
def test_a_household_is_one_network(address, network):
    assert network_of(address) == network
