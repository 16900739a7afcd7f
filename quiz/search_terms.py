"""What somebody typed into a search, as terms and as PostgreSQL's tsquery.

Words are folded and matched whole, the last one also as a beginning while it is being typed; words
the law gave up stand for the new ones too. Nothing typed reaches the query but letters a-z and
digits.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from accounts.old_words import old_word_at
from accounts.text import fold
from quiz.wording import STOP_WORDS, words_of

# What is looked at of a text pasted in; the words left out of it, when not all are found.
LONGEST_QUERY = 24
_OPTIONAL_FROM = 8
_SHORTEST_BEGINNING = 2
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Term:
    """One thing looked for: any of its `forms`, each of which is words in a row."""

    forms: tuple[tuple[str, ...], ...]
    begins: bool = False

    @property
    def tells(self) -> bool:
        """Whether it is no word that stands everywhere."""
        return len(self.forms[0]) > 1 or self.forms[0][0] not in STOP_WORDS

    @property
    def weight(self) -> int:
        """Longer words are rarer: those are the last to be given up."""
        return max(sum(map(len, form)) for form in self.forms)

    def as_query(self) -> str:
        forms = [" <-> ".join(f"'{word}'" for word in form) for form in self.forms]
        query = forms[0] if len(forms) == 1 else f"({' | '.join(f'({f})' for f in forms)})"
        return f"{query}:*" if self.begins else query


def read_terms(typed: str) -> list[Term]:
    """The terms of what was typed, in order."""
    words = words_of(typed)[:LONGEST_QUERY]
    unfinished = bool(words) and not typed[-1:].isspace()
    terms, place = [], 0
    while place < len(words):
        old = old_word_at(words, place)
        if old:
            terms.append(Term(old.forms))
            place += len(old.words)
            continue
        word = words[place]
        place += 1
        begins = unfinished and place == len(words) and len(word) >= _SHORTEST_BEGINNING
        terms.append(Term(((word,),), begins))
    return terms


def phrase_query(terms: Sequence[Term]) -> str:
    """All of it in a row, as it was typed; "" for a single word."""
    if len(terms) < 2:
        return ""
    words = [word for term in terms for word in term.forms[0]]
    return " <-> ".join(f"'{word}'" for word in words) + (":*" if terms[-1].begins else "")


def all_query(terms: Iterable[Term]) -> str:
    """Every term."""
    return " & ".join(dict.fromkeys(term.as_query() for term in terms))


def telling_terms(terms: Sequence[Term]) -> list[Term]:
    """The terms without words that stand everywhere; all of them when nothing is left."""
    return [term for term in terms if term.tells] or list(terms)


def most_query(terms: Sequence[Term], *, missing: int) -> str:
    """All terms but `missing`, whichever; "" when that would be less than half of them.

    Of a long text the words least likely to be anywhere else are asked for.
    """
    asked = sorted(terms, key=lambda term: -term.weight)[:_OPTIONAL_FROM]
    if 2 * missing >= len(asked):
        return ""
    kept = combinations(asked, len(asked) - missing)
    return " | ".join(f"({all_query(several)})" for several in kept)


def marked_words(typed: str) -> list[str]:
    """The typed words that carry marks, in small letters: only these can match exactly."""
    words = _WORD.findall(unicodedata.normalize("NFC", typed.lower()))
    return [word for word in dict.fromkeys(words) if word != fold(word)][:LONGEST_QUERY]
