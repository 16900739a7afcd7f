"""What a flow is cut into: items as they stand there, and what lies between them."""

from dataclasses import dataclass, field

from quiz.engine.reading.notes import Note
from quiz.engine.reading.plain_options import Option, Span


@dataclass(slots=True)
class Block:
    """One item as cut out: `number` and `named` as its marker says, spans into the flow's text."""

    number: int | None
    named: bool
    start: int
    end: int
    body: int = 0  # where its marker ends
    stem: list[Span] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    loose: list[Span] = field(default_factory=list)  # left over between options and key
    crooked: bool = False  # letters doubled or missing
    borrowed: bool = False  # the stem is a passage above it
    topic: str = ""
    section: int = 0

    def first_note(self, start: int, end: int) -> int:
        """Where the first note in the stretch begins; its end when there is none."""
        return min((note.start for note in self.notes if start <= note.start < end), default=end)

    def outside(self, start: int, end: int) -> list[Span]:
        """The stretch without the notes in it."""
        spans = []
        for note in self.notes:
            if start <= note.start < end:
                spans.append((start, note.start))
                start = min(end, note.stop)
        spans.append((start, end))
        return [(first, last) for first, last in spans if first < last]


@dataclass(slots=True)
class Passage:
    """What belongs to no item; `heading` when it names a topic or announces keys."""

    start: int
    end: int
    heading: bool = False
