"""The pictures of items as they leave in a file; sounds stay behind, and so does what is lost."""

from collections.abc import Sequence
from mimetypes import guess_extension
from typing import NamedTuple

from accounts.errors import Fault
from quiz.domain.media_files import read_bytes
from quiz.drafts import ItemDraft
from quiz.enums import MediaKind
from quiz.interfaces.formats.sentences import said
from quiz.interfaces.formats.writing import item_name, numbered


class Written(NamedTuple):
    """A picture of an option, or of the stem (STEM): its name in the file, words and bytes."""

    place: int
    name: str
    alt: str
    content: bytes


def pictures_of(draft: ItemDraft) -> list[Written]:
    """Those that can be written, named by what they hold."""
    found = []
    for each in draft.media:
        if each.kind != MediaKind.IMAGE:
            continue
        try:
            content = read_bytes(each.sha256)
        except FileNotFoundError:
            continue
        name = f"{each.sha256[:20]}{guess_extension(each.mime) or ''}"
        found.append(Written(each.place, name, each.alt, content))
    return found


def media_told(items: Sequence[ItemDraft], *, pictures: bool) -> tuple[Fault, ...]:
    """For formats that carry all else: the items with media that are not in the file."""
    return tuple(
        said("media_not_carried", item_name(number, draft))
        for number, draft in numbered(items)
        if draft.media and not (pictures and len(pictures_of(draft)) == len(draft.media))
    )
