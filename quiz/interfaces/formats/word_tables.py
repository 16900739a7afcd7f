"""What a table of a Word document is: answers, items row by row, or only a way to set options."""

from collections.abc import Iterator, Sequence

from quiz.engine.reading.flow import PLAIN, Line, Look
from quiz.engine.reading.patterns import LABEL_CELL, LETTERS_CELL, NUMBER_CELL, TICK_CELL
from quiz.interfaces.excel.items_headers import Header, find_header
from quiz.interfaces.formats.word_lines import Cell, Table

_NOTES = {"key": "cell", "rationale": "why", "citation": "cite", "level": "level", "topic": "topic"}


def texts_of(table: Table) -> list[list[str]]:
    """The table's cells as texts, every row as wide as the table; spanned columns are empty."""
    width = max((row[-1].column + row[-1].width for row in table.rows if row), default=0)
    rows = []
    for row in table.rows:
        texts = [""] * min(width, 200)
        for cell in row:
            if cell.column < len(texts):
                texts[cell.column] = cell.text
        rows.append(texts)
    return rows


def lines_of(table: Table, texts: Sequence[Sequence[str]]) -> Iterator[Line]:
    """The lines of a table of items or of a mere layout, in reading order."""
    header = find_header(texts)
    if header and "stem" in header.columns:
        yield from _items_by_header(table, texts, header)
    elif _has_keys_at_the_right(texts):
        for row in table.rows:
            yield from _numbered_row(row)
    else:
        for row in table.rows:
            yield from _plain_row(row)


def row_line(row: Sequence[Cell]) -> Line:
    """All of a row in one line."""
    lines = [line for cell in row for line in cell.lines if line.raw.strip()]
    return _joined(lines) if lines else Line("")


def _items_by_header(
    table: Table, texts: Sequence[Sequence[str]], header: Header
) -> Iterator[Line]:
    for row in table.rows[: header.data_from]:
        yield row_line(row)
    notes = {
        header.columns[field]: note for field, note in _NOTES.items() if field in header.columns
    }
    places = {column: place for place, column in enumerate(header.options)}
    for index, row in enumerate(table.rows[header.data_from :], header.data_from):
        cells = {cell.column: cell for cell in row}
        filled = [cell for cell in row if cell.text]
        if len(filled) == 1:
            yield from filled[0].lines  # a heading across the table
            continue
        stem = cells.get(header.columns["stem"])
        yield from _stem_lines(stem, _number_of(texts[index], header), index - header.data_from + 1)
        for column, cell in sorted(cells.items()):
            if column in places and cell.text:
                yield from _option_lines(cell, places[column])
        for column, note in notes.items():
            if column in cells and cells[column].text:
                line = _joined([line for line in cells[column].lines if line.raw.strip()])
                line.note = note
                yield line


def _number_of(texts: Sequence[str], header: Header) -> int | None:
    """The item's number, from the first column that is not taken by another field."""
    taken = {*header.columns.values(), *header.options}
    for column, text in enumerate(texts[:3]):
        if column not in taken and (found := NUMBER_CELL.fullmatch(text.strip())):
            return int(found[1])
    return None


def _stem_lines(cell: Cell | None, number: int | None, row: int) -> Iterator[Line]:
    lines = cell.lines if cell else [Line("")]
    for index, line in enumerate(lines):
        if index == 0:
            line.number = row if number is None else number
        yield line


def _option_lines(cell: Cell, place: int) -> Iterator[Line]:
    filled = [line for line in cell.lines if line.raw.strip()]
    for index, line in enumerate(filled):
        if index == 0:
            line.option = place
        yield line


def _has_keys_at_the_right(texts: Sequence[Sequence[str]]) -> bool:
    """A table without a heading: numbers at the left, letters at the right, words between."""
    rows = [row for row in texts if any(row)]
    if len(rows) < 2 or any(len(row) < 3 for row in rows):
        return False
    good = sum(
        bool(NUMBER_CELL.fullmatch(row[0]) and LETTERS_CELL.fullmatch(row[-1]) and row[1])
        for row in rows
    )
    return good * 10 >= len(rows) * 8


def _numbered_row(row: Sequence[Cell]) -> Iterator[Line]:
    number = NUMBER_CELL.fullmatch(row[0].text) if row else None
    for index, cell in enumerate(row[1:] if number else row):
        for line in cell.lines:
            if index == 0 and number and line is cell.lines[0]:
                line.number = int(number[1])
            yield line
    if number and len(row) > 2 and LETTERS_CELL.fullmatch(row[-1].text):
        row[-1].lines[0].note = "cell"


def _plain_row(row: Sequence[Cell]) -> Iterator[Line]:
    """Cells one after the other; one that is a mere “A.” or “Câu 1” goes before the next."""
    label: list[Line] = []
    for cell in row:
        filled = [line for line in cell.lines if line.raw.strip() or line.pictures]
        if label and filled and TICK_CELL.fullmatch(cell.text):
            continue
        if not filled:
            continue
        if LABEL_CELL.fullmatch(cell.text) and cell is not row[-1]:
            label += filled
            continue
        yield _joined([*label, filled[0]]) if label else filled[0]
        yield from filled[1:]
        label = []
    if label:
        yield _joined(label)


def _joined(lines: Sequence[Line]) -> Line:
    """Several lines as one, tabs between them."""
    first = lines[0]
    if len(lines) == 1:
        return first
    looks: list[tuple[int, Look]] = []
    encodings: list[tuple[int, int, str]] = []
    at = 0
    for line in lines:
        looks += [(at + end, look) for end, look in line.looks or ((len(line.raw), PLAIN),)]
        encodings += [(at + start, at + end, encoding) for start, end, encoding in line.encodings]
        at += len(line.raw) + 1
        looks.append((at, PLAIN))
    return Line(
        "\t".join(line.raw for line in lines),
        first.place,
        looks if any(line.looks for line in lines) else (),
        encodings,
        heading=first.heading,
        pictures=sum(line.pictures for line in lines),
        formulas=sum(line.formulas for line in lines),
    )
