"""What may be wrong with an item although it can be stored: advice, never a lock.

Each check is a small class; `ITEM_CHECKS` and `BANK_CHECKS` are all there are, in the order in
which people read them. Pure: drafts in, findings out; what a check has to know of its
surroundings (the other items, the cited documents) is handed in.
"""

from quiz.checks.bank_keys import KeyLetters
from quiz.checks.base import BankCheck, Finding, ItemCheck, Neighbour, Severity, Surroundings
from quiz.checks.citations import CitationOutdated, NoCitation
from quiz.checks.keys import LongestIsKey, NoKey
from quiz.checks.letters import LegacyLetters, ShoutedText
from quiz.checks.options import LooseSummary, TwinOptions
from quiz.checks.stems import DoubleNegation, LongText, RepeatedStem

ITEM_CHECKS: tuple[ItemCheck, ...] = (
    NoKey(),
    TwinOptions(),
    LooseSummary(),
    LongestIsKey(),
    RepeatedStem(),
    DoubleNegation(),
    CitationOutdated(),
    NoCitation(),
    LegacyLetters(),
    ShoutedText(),
    LongText(),
)
BANK_CHECKS: tuple[BankCheck, ...] = (KeyLetters(),)

__all__ = [
    "BANK_CHECKS",
    "ITEM_CHECKS",
    "BankCheck",
    "Finding",
    "ItemCheck",
    "Neighbour",
    "Severity",
    "Surroundings",
]
