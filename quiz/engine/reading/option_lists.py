"""Which letters belong together as the options of one item."""

from collections.abc import Sequence

from quiz.engine.reading.markers import OptionMark
from quiz.engine.reading.patterns import LETTERS

_AFTER_D = "Đ"
_AHEAD = 24  # marks looked at ahead: three times the most options an item has


def option_lists(marks: Sequence[OptionMark]) -> list[list[OptionMark]]:
    """The lists of two or more options among the marks of one stretch, in order.

    A list begins at A and goes on letter by letter in one case; a letter at the head of a line is
    preferred to the same letter inside one, which may only cite “điểm b)”. At the head of a line a
    letter may be doubled or missing once: people mistype them.
    """
    lists: list[list[OptionMark]] = []
    current: list[OptionMark] = []
    for index, mark in enumerate(marks):
        later = marks[index + 1 : index + 1 + _AHEAD]
        if _goes_on(current, mark, later):
            current.append(mark)
        elif mark.letter in "Aa" and _begins(current, mark, later):
            if len(current) > 1:
                lists.append(current)
            current = [mark]
    if len(current) > 1:
        lists.append(current)
    return lists or _without_first(marks)


def _begins(current: list[OptionMark], mark: OptionMark, later: Sequence[OptionMark]) -> bool:
    if not current:
        return True
    if len(current) == 1:
        return mark.leads or not current[0].leads
    return mark.leads or (not any(each.leads for each in current[1:]) and _has_second(mark, later))


def _has_second(mark: OptionMark, later: Sequence[OptionMark]) -> bool:
    wanted = "B" if mark.letter == "A" else "b"
    return any(each.letter == wanted for each in later[:2])


def _goes_on(current: list[OptionMark], mark: OptionMark, later: Sequence[OptionMark]) -> bool:
    if not current:
        return False
    last = current[-1]
    step = _step(last.letter, mark.letter)
    if step not in (0, 1, 2) or (mark.letter in "Aa"):
        return False
    if mark.letter.isupper() != current[0].letter.isupper() and not (mark.leads and step == 1):
        return False
    if step == 1:
        return mark.leads or not _leads_later(mark, later)
    if not (mark.leads and last.leads and len(current) > 1) or mark.style != last.style:
        return False
    wanted = 1 if step == 0 else 0
    return not any(
        _step(last.letter, each.letter) == 1 and each.leads for each in later[: wanted or 3]
    )


def _step(last: str, letter: str) -> int:
    """How many letters further: 1 for the next one. Đ may stand between D and E."""
    return _rank(letter, last) - _rank(last, letter)


def _rank(letter: str, other: str) -> int:
    upper = letter.upper()
    if upper == _AFTER_D:
        return LETTERS.index("E") if other.upper() <= "D" else LETTERS.index("D")
    return LETTERS.index(upper)


def _leads_later(mark: OptionMark, later: Sequence[OptionMark]) -> bool:
    """Whether the same letter still comes at the head of a line, before the list ends."""
    for each in later:
        if not each.leads or each.letter.isupper() != mark.letter.isupper():
            continue
        return each.letter == mark.letter
    return False


def _without_first(marks: Sequence[OptionMark]) -> list[list[OptionMark]]:
    """“B. … C. … D. …” at the heads of lines, where the first letter was lost."""
    leading = [mark for mark in marks if mark.leads]
    if len(leading) >= 2 and leading[0].letter in "Bb":
        kept = leading[:1]
        for mark in leading[1:]:
            if _step(kept[-1].letter, mark.letter) == 1:
                kept.append(mark)
        if len(kept) > 1:
            return [kept]
    return []
