"""Who registers at once, who proves a little work first, and who waits: only under pressure.

One address that registers far more than a crowded hall would is asked for a proof of work
(ALTCHA): a second of a phone's time, a day's for whoever wants a hundred thousand entrants. Who
has no script waits in a slower queue instead; nobody meets a wall. Proof and ticket are bound to
what was typed, so each opens one registration however often it is sent, and nothing is stored.

The counts live in each web process, because the hot path asks no other service and shares no row:
with n processes an address has n times the room.
"""

import hmac
import time
from collections import Counter
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any
from uuid import UUID

import altcha
from django.conf import settings

from accounts.crypto import derived_key
from quiz.errors import ProofNeeded

WINDOW_SECONDS = 600
# On average 256 tries of 1,000 rounds each: 0.1 s on a desktop, one or two on a cheap phone, and
# 0.3 ms here to check.
ALGORITHM, ROUNDS, PREFIX = "PBKDF2/SHA-256", 1_000, "00"
PROOF_SECONDS = 1_800
# The queue lets one registration a second through per address.
SLOT_SECONDS = 1.0
LONGEST_WAIT = 300.0
MOST_ADDRESSES = 100_000


@dataclass(frozen=True)
class Admission:
    """What a browser brings along: its address, the proof it found, the ticket it waited for."""

    address: str = ""
    proof: str = ""
    ticket: str = ""


class Pressure:
    """How much was registered lately, in all and by address; a fixed window and the one before."""

    def __init__(self) -> None:
        self._window = 0
        self._now: Counter[str] = Counter()
        self._before: Counter[str] = Counter()
        self._slots: dict[str, float] = {}

    def note(self, address: str, now: float) -> None:
        self._turn(now)
        if len(self._now) >= MOST_ADDRESSES and address not in self._now:
            return
        self._now[address] += 1
        self._now[""] += 1

    def count(self, address: str, now: float) -> float:
        """Registrations of the last ten minutes; `address` "" is everybody's."""
        self._turn(now)
        left = 1 - now % WINDOW_SECONDS / WINDOW_SECONDS
        return self._now[address] + self._before[address] * left

    def next_slot(self, address: str, now: float) -> float:
        """The moment of the address's next place in the queue."""
        soonest = now + settings.ENTRY_QUEUE_SECONDS
        slot = max(soonest, self._slots.get(address, 0.0) + SLOT_SECONDS)
        slot = min(slot, now + LONGEST_WAIT)
        self._slots[address] = slot
        return slot

    def _turn(self, now: float) -> None:
        window = int(now // WINDOW_SECONDS)
        if window != self._window:
            self._before = self._now if window == self._window + 1 else Counter()
            self._now, self._window = Counter(), window
            self._slots = {a: slot for a, slot in self._slots.items() if slot > now}


_pressure = Pressure()


def admit_registration(*, key: UUID, admission: Admission) -> None:
    """Count one registration, and let it pass or raise ProofNeeded with challenge and ticket.

    `key` names the registration with all that was typed (registration_key).
    """
    now = time.time()
    network = network_of(admission.address)
    if _is_pressed(network, now) and not _has_earned(admission, key, now):
        raise _ask_proof(key, admission.ticket, network, now)
    _pressure.note(network, now)


def _is_pressed(network: str, now: float) -> bool:
    return (
        _pressure.count(network, now) >= settings.ENTRY_ADDRESS_LIMIT
        or _pressure.count("", now) >= settings.ENTRY_TOTAL_LIMIT
    )


def _has_earned(admission: Admission, key: UUID, now: float) -> bool:
    return _is_proved(admission.proof, key) or _has_waited(admission.ticket, key, now)


def network_of(address: str) -> str:
    """An address as far as one household or office has it: IPv6 by its first 64 bits."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "?"
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped) if mapped else str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)


def _key(purpose: str) -> bytes:
    return derived_key(f"admission-{purpose}", settings.TOKEN_KEY)


def _ask_proof(key: UUID, ticket: str, network: str, now: float) -> ProofNeeded:
    slot: float | None = _slot_of(ticket, key)
    if slot is None or slot + PROOF_SECONDS <= now:
        slot = _pressure.next_slot(network, now)
        ticket = _sign_ticket(int(slot) + 1, key)
    return ProofNeeded(
        challenge=_make_challenge(key, now), ticket=ticket, wait_seconds=max(1, int(slot - now) + 1)
    )


def _make_challenge(key: UUID, now: float) -> dict[str, Any]:
    challenge = altcha.create_challenge(
        ALGORITHM,
        ROUNDS,
        key_prefix=PREFIX,
        expires_at=int(now) + PROOF_SECONDS,
        data={"for": key.hex},
        hmac_secret=_key("proof"),
    )
    return challenge.to_dict()


def _is_proved(proof: str, key: UUID) -> bool:
    if not proof or len(proof) > 4_000:
        return False
    try:
        payload = altcha.Payload.from_base64(proof)
        data = payload.challenge.parameters.data
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    # The cost is part of what is signed, so an easier challenge than ours is not among them.
    return data == {"for": key.hex} and altcha.verify_solution(payload, _key("proof")).verified


def _sign_ticket(slot: int, key: UUID) -> str:
    mac = hmac.digest(_key("ticket"), f"{slot}.{key.hex}".encode(), "sha256")
    return f"{slot}.{mac.hex()}"


def _slot_of(ticket: str, key: UUID) -> int | None:
    """The moment a ticket of this registration names; None for any other."""
    slot, _dot, _mac = ticket.partition(".")
    if not (slot.isascii() and slot.isdigit() and len(slot) < 12):
        return None
    good = hmac.compare_digest(ticket.encode(), _sign_ticket(int(slot), key).encode())
    return int(slot) if good else None


def _has_waited(ticket: str, key: UUID, now: float) -> bool:
    slot = _slot_of(ticket, key)
    return slot is not None and slot <= now < slot + PROOF_SECONDS
