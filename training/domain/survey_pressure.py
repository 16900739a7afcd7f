"""How many answers one network may send in ten minutes, remembered in memory alone.

The address is mixed with a salt that this process makes for each ten minutes and then throws away:
nothing of it is stored, and from one window to the next nobody could tell an address again, not
even with this process's memory. A desk's tablet and its visitors share an address, so the room is
wide.
"""

import hmac
import secrets
from collections import Counter

from accounts.errors import TooManyRequests
from quiz.domain.admission import network_of

WINDOW_SECONDS = 600
MOST_ANSWERS = 60


class SurveyPressure:
    def __init__(self) -> None:
        self._window = -1
        self._salt = b""
        self._sent: Counter[bytes] = Counter()

    def take(self, address: str, now: float) -> None:
        """Count one answer. Raises TooManyRequests."""
        window = int(now // WINDOW_SECONDS)
        if window != self._window:
            self._window, self._salt, self._sent = window, secrets.token_bytes(32), Counter()
        mark = hmac.digest(self._salt, network_of(address).encode(), "sha256")[:8]
        if self._sent[mark] >= MOST_ANSWERS:
            raise TooManyRequests
        self._sent[mark] += 1


pressure = SurveyPressure()
