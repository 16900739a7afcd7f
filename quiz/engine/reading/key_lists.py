"""Lists and tables of answers: “1.A 2.B 3.C”, numbers over letters, “Câu | Đáp án”."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quiz.engine.reading.flow import Flow
from quiz.engine.reading.markers import is_key_heading
from quiz.engine.reading.patterns import NAMED_ITEM, NUMBER_CELL

_LETTERS = r"[A-HĐa-hđ](?:[ ]?[,;/&+][ ]?[A-HĐa-hđ])*+|[A-H]{2,5}"
_PAIR = re.compile(
    r"(?<![\w])(?:(?:câu(?:[ ]hỏi)?|question)[ ]*+)?(?P<number>\d{1,4})[ \t]*+[-–.:)=/|]?[ \t]*+"
    r"(?:đáp[ ]án[ ]?:?[ ]?)?"
    rf"(?P<letters>{_LETTERS})(?!\w)(?![ ]?[.)][ ]?\w\w)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"[^\w\n]*+đáp án[ \t]*:[ \t]*", re.IGNORECASE)
_LETTER_CELL = re.compile(rf"\W{{0,2}}({_LETTERS})\W{{0,2}}")
_NUMBER_ROW = re.compile(
    r"[^\w\n]*+(?:câu(?: hỏi)?[^\w\n]*+)?\d{1,4}(?:[^\w\n]++\d{1,4})+[^\w\n]*+", re.IGNORECASE
)
_LETTER_ROW = re.compile(
    r"[^\w\n]*+(?:(?:đáp án|đ/?a|key)[^\w\n]*+)?(?P<letters>[A-H](?:[^\w\n]++[A-H])+)[^\w\n]*+",
    re.IGNORECASE,
)
_HEAD_NUMBER = re.compile(
    r"(?:câu(?: (?:hỏi|số|thứ))?|stt|tt|số (?:câu|tt)|số thứ tự|question|no)\W*", re.IGNORECASE
)
_HEAD_KEY = re.compile(
    r"(?:đáp án(?: đúng)?|đ/?a|phương án(?: đúng)?|trả lời|key|answer|đề gốc|gốc"
    r"|(?:mã(?: đề)?|đề)\W*\w{1,8}|\d{3,4})\W*",
    re.IGNORECASE,
)


class KeyEntry(NamedTuple):
    """The answer to one item: its number in the list, and the answer as written."""

    number: int
    written: str


@dataclass(slots=True)
class KeyList:
    """Answers in the order of the file. `name` is a column's heading: “Đề gốc”, “Mã 001”, or "".

    `start` to `end` is where it stands in a flow's text; `line` (from 1) where a person finds it.
    """

    name: str = ""
    entries: list[KeyEntry] = field(default_factory=list)
    start: int = 0
    end: int = 0
    line: int = 0

    def sections(self) -> list[dict[int, str]]:
        """Number → answer, a new dictionary wherever the numbers begin anew."""
        found: list[dict[int, str]] = []
        last = 0
        for number, written in self.entries:
            if not found or number <= last:
                found.append({})
            found[-1][number] = written
            last = number
        return found


def pairs_of(line: str) -> list[KeyEntry]:
    """The pairs of a line that holds nothing else: “1. A; 2. B”, “Câu 3: C”; else none."""
    if len(line) > 2000 or not any(map(str.isdigit, line)):
        return []
    lead = _LEAD.match(line)
    found, at = [], lead.end() if lead else 0
    for match in _PAIR.finditer(line, at):
        if any(map(str.isalnum, line[at : match.start()])):
            return []
        found.append(KeyEntry(int(match["number"]), match["letters"]))
        at = match.end()
    return [] if any(map(str.isalnum, line[at:])) else found


def key_lists(flow: Flow, *, lone: bool = False) -> list[KeyList]:
    """The lists of answers among the lines, each a run of lines that hold nothing but answers.

    One pair in a line by itself counts only beside others or below a heading “ĐÁP ÁN”: a lone
    “1. A” may be anything, except in a file of answers (`lone`).
    """
    found: list[KeyList] = []
    current, headed, named = KeyList(), False, False
    for index, entries, stop in _answer_lines(flow):
        line = flow.lines[index]
        if entries:
            if not current.entries:
                current.start, current.line = flow.starts[index], line.place
                named = NAMED_ITEM.match(line.text) is not None
            current.entries += entries
            current.end = stop
        elif line.text.strip():
            _keep(found, current, counts=lone or (headed and not named))
            current, headed = KeyList(), is_key_heading(line.text)
    _keep(found, current, counts=lone or (headed and not named))
    return found


def _keep(found: list[KeyList], current: KeyList, *, counts: bool) -> None:
    """`counts`: one answer is enough. “Câu 1: B” by itself begins a block of its own elsewhere."""
    if len(current.entries) > 1 or (current.entries and counts):
        found.append(current)


def _answer_lines(flow: Flow) -> Iterator[tuple[int, list[KeyEntry], int]]:
    """(index, its answers, where they end) of each line; rows of numbers take the next line too."""
    skip = -1
    for index, line in enumerate(flow.lines):
        if index <= skip:
            continue
        entries, last = pairs_of(line.text), index
        if not entries and _NUMBER_ROW.fullmatch(line.text[:4000]):
            entries, last = _two_rows(flow, index)
            skip = last
        yield index, entries, flow.starts[last] + len(flow.lines[last].text)


def _two_rows(flow: Flow, index: int) -> tuple[list[KeyEntry], int]:
    below = next(
        (
            i
            for i in range(index + 1, min(index + 4, len(flow.lines)))
            if flow.lines[i].text.strip()
        ),
        None,
    )
    if below is None or not (row := _LETTER_ROW.fullmatch(flow.lines[below].text[:4000])):
        return [], index
    numbers = re.findall(r"\d+", flow.lines[index].text)
    letters = re.findall(r"\w", row["letters"])
    if len(numbers) != len(letters):
        return [], index
    return [KeyEntry(int(n), w) for n, w in zip(numbers, letters, strict=True)], below


def grid_key_lists(rows: Sequence[Sequence[str]], *, lone: bool = False) -> list[KeyList]:
    """The lists of answers in a table's cells, [] when the table is something else.

    Understood are columns headed “Câu | Đáp án” or “Câu | Đề gốc | Mã 001 | …” (several side by
    side, too), the same without a heading, a row of numbers above a row of letters, and cells that
    each hold a pair; in a file of answers (`lone`) one row without a heading is enough.
    """
    cells = [[cell.strip() for cell in row] for row in rows if any(map(str.strip, row))]
    bare = _bare_columns if lone or len(cells) > 1 else _nothing
    for understand in (_headed_columns, _paired_cells, _stacked_rows, bare):
        if found := [each for each in understand(cells) if each.entries]:
            return found
    return []


def _nothing(_rows: list[list[str]]) -> Iterable[KeyList]:
    return []


def _headed_columns(rows: list[list[str]]) -> Iterable[KeyList]:
    for index, row in enumerate(rows[:10]):
        groups = _groups(row)
        if not groups:
            continue
        body = rows[index + 1 :]
        if not body or not _mostly_keys(body, groups):
            continue
        return _merged(
            KeyList(row[key], [*_column(body, number, key)])
            for number, keys in groups
            for key in keys
        )
    return []


def _groups(row: list[str]) -> list[tuple[int, list[int]]]:
    """(the column of numbers, the columns of answers behind it), from a row of headings."""
    groups: list[tuple[int, list[int]]] = []
    for column, cell in enumerate(row):
        if _HEAD_NUMBER.fullmatch(cell):
            groups.append((column, []))
        elif groups and _HEAD_KEY.fullmatch(cell):
            groups[-1][1].append(column)
        elif cell and groups:
            return []
    return [group for group in groups if group[1]]


def _mostly_keys(body: list[list[str]], groups: list[tuple[int, list[int]]]) -> bool:
    """Whether the columns hold what their headings say; a table of items holds long texts."""
    number, keys = groups[0]
    filled = [row for row in body if number < len(row) and row[number]]
    good = sum(bool(NUMBER_CELL.fullmatch(row[number])) for row in filled)
    long = sum(len(cell) > 300 for row in filled for cell in row)
    return bool(filled) and good * 10 >= len(filled) * 8 and not long and bool(keys)


def _column(body: list[list[str]], number: int, key: int) -> Iterator[KeyEntry]:
    for row in body:
        if key < len(row) and row[key] and (found := NUMBER_CELL.fullmatch(row[number])):
            yield KeyEntry(int(found[1]), row[key])


def _merged(lists: Iterable[KeyList]) -> list[KeyList]:
    """Columns of one name side by side are one list that goes on."""
    merged: dict[str, KeyList] = {}
    for each in lists:
        merged.setdefault(each.name, KeyList(each.name)).entries += each.entries
    return [*merged.values()]


def _paired_cells(rows: list[list[str]]) -> Iterable[KeyList]:
    entries: list[KeyEntry] = []
    for row in rows:
        for cell in filter(None, row):
            pairs = pairs_of(cell)
            if not pairs:
                if is_key_heading(cell) and not entries:
                    continue
                return []
            entries += pairs
    return [KeyList(entries=sorted(entries) if _is_by_columns(entries) else entries)]


def _is_by_columns(entries: list[KeyEntry]) -> bool:
    """Whether the numbers run down the columns, so that reading by rows mixed them."""
    numbers = [entry.number for entry in entries]
    return len(set(numbers)) == len(numbers)


def _stacked_rows(rows: list[list[str]]) -> Iterable[KeyList]:
    entries: list[KeyEntry] = []
    above: list[str] = []
    for row in rows:
        numbers = [bool(NUMBER_CELL.fullmatch(cell)) for cell in row]
        if sum(numbers) >= 2 and sum(numbers) >= len([*filter(None, row)]) - 1:
            above = row
        elif above and all(
            not cell or _LETTER_CELL.fullmatch(cell) or column == 0
            for column, cell in enumerate(row)
        ):
            for head, cell in zip(above, row, strict=False):
                number, letters = NUMBER_CELL.fullmatch(head), _LETTER_CELL.fullmatch(cell)
                if number and letters:
                    entries.append(KeyEntry(int(number[1]), letters[1]))
            above = []
        else:
            return []
    return [KeyList(entries=entries)]


def _bare_columns(rows: list[list[str]]) -> Iterable[KeyList]:
    """Numbers and letters side by side without a heading, in one pair of columns or several."""
    width = max((len(row) for row in rows), default=0)
    if width < 2 or width % 2:
        return []
    entries = []
    for column in range(0, width, 2):
        for row in rows:
            cells = [*row[column : column + 2], "", ""]
            if not cells[0] and not cells[1]:
                continue
            number, letters = NUMBER_CELL.fullmatch(cells[0]), _LETTER_CELL.fullmatch(cells[1])
            if not number or not letters:
                return []
            entries.append(KeyEntry(int(number[1]), letters[1]))
    return [KeyList(entries=entries)]
