"""Walking a Word document once: its paragraphs as lines, its tables cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from quiz.engine.reading.flow import Line
from quiz.engine.reading.markers import begins_item
from quiz.interfaces.formats.word_numbering import Numbering
from quiz.interfaces.formats.word_package import Package, W, events
from quiz.interfaces.formats.word_paragraphs import ParagraphReader
from quiz.interfaces.formats.word_styles import Manner, Styles, read_list, read_manner

_STRUCTURE = (W + "p", W + "tbl", W + "tr", W + "tc")


@dataclass
class Cell:
    """A cell with its lines; `column` counts from 0, `width` is how many columns it spans."""

    column: int
    width: int = 1
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(line.raw for line in self.lines).strip()


@dataclass
class Table:
    """A table, row by row. Cells merged downwards stand in their first row only."""

    rows: list[list[Cell]] = field(default_factory=list)


class WordLines:
    """Walks a document once, in bounded memory: each paragraph is forgotten when it was read."""

    def __init__(self, package: Package) -> None:
        self._document = package.document
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering)
        self._place = 0
        self.hidden = False

    def parts(self) -> Iterator[list[Line] | Table]:
        """The lines of each paragraph, and each outermost table, in the order of the document."""
        tables = _OpenTables()
        inside = 0  # a paragraph may hold a text box with paragraphs of its own
        for event, element in events(self._document, _STRUCTURE):
            if element.tag == W + "p":
                inside += 1 if event == "start" else -1
                if event == "end" and inside == 0:
                    lines = self._paragraph(element)
                    _forget(element)
                    if not tables.take(lines):
                        yield lines
            elif not inside:
                table = tables.follow(event, element)
                if table is not None:
                    yield table

    def _paragraph(self, element: etree._Element) -> list[Line]:
        properties = element.find(W + "pPr")
        name = self._styles.default
        in_list, mark = None, None
        if properties is not None:
            named = properties.find(W + "pStyle")
            name = named.get(W + "val", name) if named is not None else name
            in_list, mark = read_list(properties), properties.find(W + "rPr")
        style = self._styles.of(name)
        reader = ParagraphReader(self._styles, style.manner)
        if (in_list := in_list or style.list) and in_list[0] not in {"", "0"}:
            self._number(reader, in_list, read_manner(mark).over(style.manner))
        reader.read(element)
        self.hidden = self.hidden or reader.hidden
        lines = reader.lines()
        if begins_item(lines[0].raw):
            self._numbering.item_begins()
        for line in lines:
            self._place += 1
            line.place, line.heading = self._place, style.heading
        return [*lines, *self._boxes(reader.boxes)]

    def _number(self, reader: "ParagraphReader", in_list: tuple[str, int], manner: Manner) -> None:
        """Write the automatic number down where Word shows it."""
        shown, own = self._numbering.next(*in_list)
        if shown:
            reader.add(f"{shown} ", own.over(manner)._replace(font=None, hidden=None))

    def _boxes(self, boxes: list[etree._Element]) -> list[Line]:
        """The paragraphs of text boxes, behind the paragraph they hang on."""
        return [
            line
            for box in boxes
            for paragraph in box.iterchildren(W + "p")
            for line in self._paragraph(paragraph)
        ]


class _OpenTables:
    """The tables that the walk is inside of, the innermost last."""

    def __init__(self) -> None:
        self._tables: list[Table] = []

    def take(self, lines: list[Line]) -> bool:
        """Put lines into the cell they stand in; False when they stand in no table."""
        if not self._tables:
            return False
        rows = self._tables[-1].rows
        if rows and rows[-1]:
            rows[-1][-1].lines += lines
        return True

    def follow(self, event: str, element: etree._Element) -> Table | None:
        """Enter or leave a table, row or cell; the outermost table once it ends."""
        if element.tag == W + "tbl":
            if event == "start":
                self._tables.append(Table())
                return None
            table = self._tables.pop()
            _forget(element)
            inner = [line for row in table.rows for cell in row for line in cell.lines]
            return None if self.take(inner) else table
        if self._tables:
            _step(self._tables[-1], event, element)
        return None


def _step(table: Table, event: str, element: etree._Element) -> None:
    """Open a row or a cell of the innermost table."""
    if event == "start" and element.tag == W + "tr":
        table.rows.append([])
    elif event == "start" and table.rows:
        row = table.rows[-1]
        column = row[-1].column + row[-1].width if row else 0
        row.append(Cell(column))
    elif event == "end" and element.tag == W + "tr":
        _forget(element)
    elif event == "end" and element.tag == W + "tc" and table.rows and table.rows[-1]:
        span = element.find(f"{W}tcPr/{W}gridSpan")
        value = span.get(W + "val", "1") if span is not None else "1"
        table.rows[-1][-1].width = int(value) if value.isdigit() and len(value) < 3 else 1


def _forget(element: etree._Element) -> None:
    """Free what was read; the parser still holds the element itself."""
    element.clear()
    before = element.getprevious()
    while before is not None and before.tag in _STRUCTURE:
        element.getparent().remove(before)
        before = element.getprevious()
