"""Codes that people copy, read out and type: Crockford's base32 in groups of four.

The alphabet leaves out I, L, O and U; small letters, spaces, hyphens, O for 0 and I or L for 1 are
understood. (Douglas Crockford, "Base 32", https://www.crockford.com/base32.html; his check symbols
are not used, they can't be read over a phone.)
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
ENTRY_CODE_BYTES = 10
SHORT_CODE_LETTERS = 15

_LOOKALIKES = str.maketrans("OIL", "011", " -–—‑.\u00a0\t\r\n")
_PLACE = {letter: value for value, letter in enumerate(ALPHABET)}


class BadCode(ValueError):
    """The text can't be such a code: wrong length, a foreign letter, a slip of one letter."""


def new_entry_code(random_bytes: bytes) -> str:
    """A mã dự thi of 80 random bits: "ABCD-EFGH-JKMN-PQRS"."""
    if len(random_bytes) != ENTRY_CODE_BYTES:
        raise BadCode(f"a code needs {ENTRY_CODE_BYTES} random bytes")
    return group_letters(_letters(random_bytes, 2 * 8))


def normalise_entry_code(text: str) -> str:
    """The code as it was given out. Raises `BadCode` if it can't be one."""
    return group_letters(_read(text, 2 * 8))


def short_code(digest: bytes) -> str:
    """75 bits of a digest and a check letter, 16 letters: "ABCD-EFGH-JKMN-PQRS".

    The check letter finds every single wrong letter and every two letters that changed places: it
    makes the letters, as numbers of GF(2⁵) with x⁵ = x² + 1, a multiple of x when read by Horner.
    """
    letters = _letters(digest[:10], SHORT_CODE_LETTERS + 1)[:SHORT_CODE_LETTERS]
    return group_letters(letters + ALPHABET[_times_x(_remainder(letters))])


def normalise_code(text: str) -> str:
    """The short code as printed. Raises `BadCode`, also for a slip the check letter finds."""
    letters = _read(text, SHORT_CODE_LETTERS + 1)
    if _remainder(letters):
        raise BadCode("a letter of the code is wrong")
    return group_letters(letters)


def group_letters(letters: str) -> str:
    return "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))


def _letters(data: bytes, count: int) -> str:
    number = int.from_bytes(data, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def _read(text: str, count: int) -> str:
    letters = text.upper().translate(_LOOKALIKES)
    if len(letters) != count or not set(letters) <= set(ALPHABET):
        raise BadCode(f"a code has {count} letters or digits")
    return letters


def _remainder(letters: str) -> int:
    value = 0
    for letter in letters:
        value = _times_x(value) ^ _PLACE[letter]
    return value


def _times_x(value: int) -> int:
    """Multiply by x in GF(2⁵)."""
    return value << 1 ^ (0b100101 if value & 0b10000 else 0)
