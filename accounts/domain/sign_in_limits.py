"""How often a way in may be tried. No account is ever locked: turns come back by themselves.

Addresses get wide limits, because an office, a school or a mobile network of five hundred people
may share one; what is guarded tightly is one account tried from one address.
"""

from dataclasses import dataclass

from accounts.domain.throttling import give_back_turn, take_turn


@dataclass(frozen=True)
class Limit:
    """`turns` in `seconds` for one key."""

    purpose: str
    turns: int
    seconds: int

    def take(self, key: str) -> None:
        """Raises TooManyRequests."""
        take_turn(purpose=self.purpose, key=key, limit=self.turns, seconds=self.seconds)

    def give_back(self, key: str) -> None:
        give_back_turn(purpose=self.purpose, key=key, limit=self.turns, seconds=self.seconds)


PASSWORD_OF_ONE_FROM_ONE = Limit("password-pair", 10, 600)
PASSWORD_OF_ONE = Limit("password-account", 60, 3_600)
PASSWORD_FROM_ONE = Limit("password-address", 1_000, 600)
# Asked for by whoever types a phone or an address, known or not; each may cost a message.
CODE_FOR_ONE = Limit("code-contact", 3, 900)
CODE_FOR_ONE_A_DAY = Limit("code-contact-day", 10, 86_400)
CODE_FROM_ONE = Limit("code-address", 600, 600)
# Six digits, three tries: allauth counts in the session, where tries at one moment count as one.
CODE_TRIES = Limit("code-tries", 3, 600)
SECOND_FACTOR = Limit("second-factor", 6, 300)
CONTACT_CODES = Limit("contact-codes", 5, 3_600)
RESET_FOR_ONE = Limit("reset-contact", 3, 900)
RESET_FROM_ONE = Limit("reset-address", 300, 600)


@dataclass(frozen=True)
class PasswordTry:
    """One try of a password; only those that fail stay counted."""

    login: str
    address: str

    def _counted(self) -> list[tuple[Limit, str]]:
        login = self.login.casefold().strip()
        return [
            (PASSWORD_OF_ONE_FROM_ONE, f"{login}\0{self.address}"),
            (PASSWORD_OF_ONE, login),
            (PASSWORD_FROM_ONE, self.address),
        ]

    def begin(self) -> None:
        """Counted before it is looked at, so that many at once are many. Raises TooManyRequests."""
        for limit, key in self._counted():
            limit.take(key)

    def succeed(self) -> None:
        for limit, key in self._counted():
            limit.give_back(key)


def allow_code(*, contact: str, address: str) -> None:
    """One code to one phone or address. Raises TooManyRequests."""
    CODE_FROM_ONE.take(address)
    CODE_FOR_ONE.take(contact)
    CODE_FOR_ONE_A_DAY.take(contact)


def allow_reset(*, contact: str, address: str) -> None:
    """One letter that leads to a new password. Raises TooManyRequests."""
    RESET_FROM_ONE.take(address)
    RESET_FOR_ONE.take(contact)
