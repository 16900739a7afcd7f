"""What a reader found in somebody's file: items before anyone has looked at them.

Every format's reader answers one `Reading`. Nothing in it is stored before a person has seen it:
the key says why it is believed and how firmly, repairs are proposals beside the text as it stood.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from accounts.errors import Fault
from quiz.drafts import ItemDraft

CERTAIN = 100


class Mark(StrEnum):
    """By what a file showed which option is right."""

    STATED = "stated"  # a machine-readable field of the format
    ANSWER_LINE = "answer_line"  # “Đáp án: B”
    INLINE = "inline"  # “(đáp án đúng – điểm a khoản 2 …)”
    STAR = "star"  # “*” before the option
    BOLD = "bold"
    UNDERLINE = "underline"
    HIGHLIGHT = "highlight"
    COLOUR = "colour"
    TABLE_COLUMN = "table_column"
    ANSWER_TABLE = "answer_table"  # at the end of the file
    KEY_FILE = "key_file"  # a separate file
    OPTION_TEXT = "option_text"  # the right option's words repeated
    ONLY_OPTION = "only_option"  # nothing but the right option is printed


class RepairKind(StrEnum):
    """What a proposed change of the text mends."""

    DECOMPOSED = "decomposed"  # NFD → NFC
    LOOKALIKE = "lookalike"  # ƣ → ư
    LEGACY_FONT = "legacy_font"  # TCVN3, VNI → Unicode
    PAGE_NUMBER = "page_number"  # “12” between two lines of a stem
    LETTER_PREFIX = "letter_prefix"  # “A. ” left in an option
    SPACING = "spacing"  # broken lines, nbsp, doubled blanks where words were cut


@dataclass(frozen=True)
class Evidence:
    """One sign of the key: what kind, which options (places from 0), and what was seen."""

    mark: Mark
    options: frozenset[int]
    text: str = ""


@dataclass(frozen=True)
class Repair:
    """A proposed change: `field` is “stem”, “option:2” (places from 0), “rationale” or “topic”."""

    kind: RepairKind
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class FoundMedia:
    """A picture or sound that an item of a file refers to, for the stem (STEM) or an option.

    `content` is empty where the file only names it, `alt` where it says nothing of it in words.
    """

    place: int
    name: str
    alt: str = ""
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class ReadItem:
    """One item as found. `draft` is the item with every repair made.

    `source` is the passage as it stands in the file, line for line, nothing mended. `confidence`
    of the key is 0 to 100; below 100 (`CERTAIN`) a person has to confirm it. `faults` keep the
    item from being stored as it is; `notices` are worth a look. `label` is the item's own name in
    the file (“Câu 12”, a QTI identifier). `media` are not in the draft yet; a notice names
    them.
    """

    draft: ItemDraft
    source: str
    label: str = ""
    evidence: tuple[Evidence, ...] = ()
    confidence: int = CERTAIN
    repairs: tuple[Repair, ...] = ()
    faults: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()
    media: tuple[FoundMedia, ...] = ()


@dataclass(frozen=True)
class Passage(Fault):
    """A fault that carries the passage it is about, as it stands in the file, line for line.

    Readers of free text use it, so that each line of a file is the source of an item or is here.
    """

    source: str = ""


@dataclass(frozen=True)
class Reading:
    """All of a file: the items found in order, and what could not be read, by name and place.

    `skipped` are items of an unsupported type or passages left out; the rest goes on. `notices`
    are about the file as a whole: a heading that became a topic, a table of answers and what it
    was good for. `key_columns` are those of a separate key file of several papers, `key_column` the
    one that was taken.
    """

    format: str
    items: tuple[ReadItem, ...] = ()
    skipped: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()
    key_columns: tuple[str, ...] = ()
    key_column: str = ""


@dataclass(frozen=True)
class KeyColumn:
    """Answers by number in the order of a file; `name` heads the column: “Đề gốc”, “Mã 001”, "".

    Each entry is (the item's number, the answer as written: “C”, “A, C”, or an option's words).
    """

    name: str = ""
    entries: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class ReadKeys:
    """What a separate file of answers holds; several columns when it serves several papers."""

    columns: tuple[KeyColumn, ...] = ()
    skipped: tuple[Fault, ...] = ()
