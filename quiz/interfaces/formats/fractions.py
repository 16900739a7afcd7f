"""The marks that Moodle and GIFT give each option, and what of them an item of ours can say."""

from collections.abc import Sequence

from quiz.interfaces.formats.found import MULTIPLE, Found

FULL = 100.0
_NEAR = 0.01


def read_fraction(text: str | None) -> float | None:
    """Per cent of the item's marks; None for what is no number."""
    try:
        number = float(str(text or "0").strip().replace(",", "."))
    except ValueError:
        return None
    return number if -1000 <= number <= 1000 else None


def apply_fractions(found: Found, fractions: Sequence[float]) -> None:
    """Set the key: of one answer the options with full marks, of several all with any.

    Marks that say more than right or wrong are told in a notice.
    """
    found.key_text = " ".join(f"{fraction:g}%" for fraction in fractions)
    positive = {place for place, fraction in enumerate(fractions) if fraction > 0}
    if found.kind == MULTIPLE:
        found.right = positive
        plain = _is_plain_multiple([fractions[place] for place in positive], fractions)
    else:
        most = max(fractions, default=0.0)
        found.right = {place for place in positive if fractions[place] == most}
        plain = all(fraction in (0.0, most) for fraction in fractions)
    if not plain:
        found.note("fractions_left_out", found.key_text)


def _is_plain_multiple(rights: Sequence[float], fractions: Sequence[float]) -> bool:
    """Equal shares of full marks for what is right, nothing or everything lost by what is wrong."""
    share = FULL / len(rights) if rights else 0.0
    wrongs = {fraction for fraction in fractions if fraction <= 0}
    return all(abs(right - share) < _NEAR for right in rights) and wrongs <= {0.0} | {-FULL}


def fractions_of(kind: str, key: frozenset[int], count: int) -> list[str]:
    """What to write: Moodle knows these shares, and a wrong tick loses what right ones gained."""
    if kind != MULTIPLE:
        return ["100" if place in key else "0" for place in range(count)]
    share = f"{FULL / len(key):.5f}".rstrip("0").rstrip(".") if key else "0"
    return [share if place in key else "-100" for place in range(count)]
