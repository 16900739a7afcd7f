"""Pictures and sounds found in a file, kept in a bank and given to their drafts."""

from dataclasses import replace

from accounts.models import User
from quiz.domain.media import keep_media
from quiz.drafts import LONGEST_ALT, STEM, Media
from quiz.enums import MediaKind
from quiz.errors import BadMedia
from quiz.interfaces.formats.found import media_names
from quiz.interfaces.formats.sentences import said
from quiz.models import ItemBank
from quiz.readings import FoundMedia, Reading, ReadItem

_LEFT_OUT = "media_left_out"


def take_media(*, bank: ItemBank, user: User, reading: Reading) -> Reading:
    """The reading with its pictures and sounds in the bank, as far as they may be there.

    Only what the file describes in words is taken, since an item shows nothing without; what is
    left stays named in a notice. Raises NotAllowed.
    """
    items = tuple(
        _taken(item, bank, user) if any(each.content for each in item.media) else item
        for item in reading.items
    )
    return replace(reading, items=items)


def _taken(item: ReadItem, bank: ItemBank, user: User) -> ReadItem:
    kept: dict[tuple[int, str], Media] = {}
    left: list[FoundMedia] = []
    for found in item.media:
        media = _kept(found, len(item.draft.options), bank, user)
        if media is None or kept.setdefault((media.place, media.kind), media) is not media:
            left.append(found)
    if not kept:
        return item
    notices = [notice for notice in item.notices if notice.code != _LEFT_OUT]
    if left:
        place = next(notice.place for notice in item.notices if notice.code == _LEFT_OUT)
        notices.append(said(_LEFT_OUT, place, media_names(left)))
    draft = replace(item.draft, media=tuple(kept.values()))
    return replace(item, draft=draft, notices=tuple(notices))


def _kept(found: FoundMedia, options: int, bank: ItemBank, user: User) -> Media | None:
    """None for what an item can't show: no bytes, no words, another kind, in the wrong place."""
    if not (found.content and 0 < len(found.alt) <= LONGEST_ALT and found.place < options):
        return None
    try:
        file = keep_media(bank=bank, content=found.content, user=user)
    except BadMedia:
        return None
    if file.kind != MediaKind.IMAGE and found.place != STEM:
        return None
    return Media(
        place=found.place,
        kind=file.kind,
        sha256=file.sha256,
        alt=found.alt,
        mime=file.mime,
        width=file.width,
        height=file.height,
    )
