"""The code on the projector: another one every thirty seconds, worthless soon after.

A code says that its bearer saw the screen less than a window ago, not that they are in the room:
whoever is told it over the phone can use it until it ends. That is the limit of the method.
"""

from datetime import datetime, timedelta

SECONDS = 30
# Typing takes a moment: the code that has just gone still holds for this long.
GRACE = timedelta(seconds=10)
DIGITS = 6


def window_of(moment: datetime) -> int:
    """The number of the window that holds the moment."""
    return int(moment.timestamp()) // SECONDS


def windows_accepted(moment: datetime) -> list[int]:
    """The windows whose code is taken: its own, and within the grace the one before."""
    return sorted({window_of(moment - GRACE), window_of(moment)}, reverse=True)


def seconds_left(moment: datetime) -> float:
    """How long the code of the moment is still shown; more than 0, at most SECONDS."""
    return SECONDS - moment.timestamp() % SECONDS


def code_from(digest: bytes) -> str:
    """Six digits of a keyed digest; 64 bits taken, so that no code is more likely than another."""
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def tidy_code(text: str) -> str:
    """The digits of what was typed: “12 34 56” is “123456”."""
    return "".join(letter for letter in text if letter.isascii() and letter.isdigit())
