"""Which of the places where an item might begin are ones: words win over mere numbers, in order."""

from bisect import bisect_left
from collections.abc import Sequence

from quiz.engine.reading.markers import ItemMark, OptionMark

_LOST = 3  # numbers in a row that may be lost


class _Options:
    """Answers whether a stretch holds the beginning of a list of options: an A and then a B."""

    def __init__(self, marks: Sequence[OptionMark]) -> None:
        self._firsts = [mark.start for mark in marks if mark.letter in "Aa"]
        self._seconds = [mark.start for mark in marks if mark.letter in "Bb"]

    def between(self, start: int, end: int) -> bool:
        first = bisect_left(self._firsts, start)
        if first == len(self._firsts) or self._firsts[first] >= end:
            return False
        second = bisect_left(self._seconds, self._firsts[first])
        return second < len(self._seconds) and self._seconds[second] < end


def true_marks(
    marks: Sequence[ItemMark], options: Sequence[OptionMark], length: int
) -> list[ItemMark]:
    """The marks that begin an item, in order; `length` is that of the whole text."""
    if not marks:
        return []
    lists = _Options(options)
    ends = [*(mark.start for mark in marks[1:]), length]
    heads = [lists.between(mark.end, end) for mark, end in zip(marks, ends, strict=True)]
    named = sum(head for mark, head in zip(marks, heads, strict=True) if mark.named)
    numbered = sum(heads) - named
    has_words = any(mark.named and not mark.inner for mark in marks)
    by_word = has_words and 3 * named >= numbered
    kept: list[ItemMark] = []
    for index, mark in enumerate(marks):
        if mark.named and not mark.inner:
            kept.append(mark)
        elif mark.inner:
            if not kept or mark.number in (kept[-1].number + 1, 1):
                kept.append(mark)
        elif by_word:
            if _fits_between(mark, kept, lists, heads[index]):
                kept.append(mark)
        elif _is_next(index, marks, kept, lists, heads):
            kept.append(mark)
    return kept


def _fits_between(mark: ItemMark, kept: list[ItemMark], lists: _Options, heads: bool) -> bool:
    """A mere number among items that begin with a word: the next one, whose word was lost."""
    return (
        heads
        and bool(kept)
        and 0 < mark.number - kept[-1].number <= _LOST
        and lists.between(kept[-1].end, mark.start)
    )


def _is_next(
    index: int,
    marks: Sequence[ItemMark],
    kept: list[ItemMark],
    lists: _Options,
    heads: Sequence[bool],
) -> bool:
    """Whether a number goes on counting items, or only counts statements inside a stem."""
    mark = marks[index]
    if not kept:
        return mark.number == 1 or heads[index]
    last = kept[-1]
    complete = lists.between(last.end, mark.start)
    if mark.number == last.number + 1:
        return complete or not _counts_statements(index, marks, lists)
    if mark.number == 1:
        return heads[index]
    return complete and heads[index]


def _counts_statements(index: int, marks: Sequence[ItemMark], lists: _Options) -> bool:
    """Whether the same number comes again right behind the options that follow: “1. … 2. …”."""
    mark = marks[index]
    for before, later in zip(marks[index:], marks[index + 1 :], strict=False):
        if lists.between(before.end, later.start):
            return later.number == mark.number or later.number < mark.number
    return heads_at_end(marks[-1], mark)


def heads_at_end(last: ItemMark, mark: ItemMark) -> bool:
    """At the end of a file: statements if the counting went on behind the mark."""
    return last.number > mark.number
