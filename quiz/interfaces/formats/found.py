"""From what a format states of an item to what every reader answers."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from accounts.errors import Fault
from quiz.drafts import ItemDraft, draft_faults
from quiz.enums import ItemKind
from quiz.interfaces.excel.items_values import mentions_others
from quiz.interfaces.formats.extras import Extras
from quiz.interfaces.formats.markup import Reference
from quiz.interfaces.formats.sentences import listed, said
from quiz.interfaces.formats.texts import one_line, spaced
from quiz.readings import Evidence, FoundMedia, Mark, ReadItem

SINGLE, MULTIPLE, TRUE_FALSE = (kind.value for kind in ItemKind)

ContentOf = Callable[[str], bytes]


def no_content(address: str) -> bytes:
    """For formats that only name media."""
    return b""


def media_names(media: Sequence[FoundMedia]) -> str:
    """Each once: “a.png”, “b.mp3”."""
    return listed([*dict.fromkeys(each.name for each in media)])


@dataclass
class Found:
    """One item as its format states it; texts not yet mended.

    `right` are places in `options`; `fixed_order` is None where the format says nothing of it.
    `place` is how a person finds the item in the file, `row` the line it begins in.
    """

    place: str
    row: int
    source: str
    label: str = ""
    kind: str = SINGLE
    stem: str = ""
    options: list[str] = field(default_factory=list)
    right: set[int] = field(default_factory=set)
    key_text: str = ""
    fixed_order: bool | None = None
    topic: str = ""
    rationale: str = ""
    extras: Extras = field(default_factory=Extras)
    media: list[FoundMedia] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)

    def show(
        self, place: int, references: Sequence[Reference], content_of: ContentOf = no_content
    ) -> None:
        """Remember what an option (or STEM) refers to, with its bytes where the file has them."""
        for name, address, alt in references:
            self.media.append(FoundMedia(place, name, alt, content_of(address)))

    def note(self, code: str, what: object = "") -> None:
        """Something worth a look."""
        self.notices.append(said(code, self.place, what))


def made(found: Found) -> ReadItem:
    """The item with its draft, the evidence for its key, its faults and notices; not yet mended."""
    options = tuple(spaced(text) for text in found.options)
    draft = ItemDraft(
        kind=found.kind,
        stem=spaced(found.stem),
        options=options,
        key=frozenset(found.right),
        fixed_order=_fixed_order(found, options),
        topic=spaced(one_line(found.topic)),
        rationale=spaced(found.rationale),
        row=found.row,
    )
    draft = _with_extras(draft, found)
    _add_notices(found)
    faults = [replace(fault, place=found.place, row=found.row) for fault in draft_faults(draft)]
    return ReadItem(
        draft=draft,
        source=found.source,
        label=one_line(spaced(found.label)),
        evidence=_evidence(found),
        confidence=100 if found.right else 0,
        faults=(*found.faults, *faults),
        notices=tuple(found.notices),
        media=tuple(found.media),
    )


def implied_order(kind: str, options: Sequence[str]) -> bool:
    """Whether the order of options stays where a file says nothing of it."""
    return kind == TRUE_FALSE or mentions_others(options)


def _fixed_order(found: Found, options: Sequence[str]) -> bool:
    if found.fixed_order is not None:
        return found.fixed_order
    composed = [unicodedata.normalize("NFC", option) for option in options]
    stays = implied_order(found.kind, composed)
    if stays and found.kind != TRUE_FALSE and "fixed_order" not in found.extras.fields:
        found.note("order_fixed")
    return stays


def _with_extras(draft: ItemDraft, found: Found) -> ItemDraft:
    names = {"citation", "checked_by", "topic"} & found.extras.fields.keys()
    for name in names:
        text = spaced(unicodedata.normalize("NFC", found.extras.fields[name]))
        found.extras.fields[name] = text if name == "citation" else one_line(text)
    return found.extras.put_into(draft)


def _add_notices(found: Found) -> None:
    if found.media:
        found.note("media_left_out", media_names(found.media))
    if found.extras.unused:
        found.note("tags_left_out", listed(found.extras.unused))
    for level in found.extras.mapped:
        found.note("level_mapped", level)


def _evidence(found: Found) -> tuple[Evidence, ...]:
    if not found.right:
        return ()
    return (Evidence(Mark.STATED, frozenset(found.right), found.key_text),)
