"""The pictures and sound of an item's form: what is there, what was chosen, what it shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.errors import DomainError
from quiz.domain.media import MOST_SOUND_BYTES, keep_media, media_of
from quiz.drafts import MAX_OPTIONS, STEM, Media, option_letter
from quiz.enums import MediaKind
from quiz.models import ItemBank, ItemVersion

IMAGES, SOUNDS = "image/png,image/jpeg,image/webp", "audio/mpeg,.mp3"
# Read whole, so nothing larger than the largest file taken is looked at.
_MOST_BYTES = MOST_SOUND_BYTES + 1


@dataclass(frozen=True)
class Slot:
    """A place for one file. Its fields are `file-…`, `alt-…`, `kept-…` and `drop-…`."""

    place: int
    kind: str
    sha256: str = ""
    alt: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """“stem-image”, “0-image”."""
        return f"{'stem' if self.place == STEM else self.place}-{self.kind}"

    @property
    def label(self) -> str:
        if self.kind == MediaKind.SOUND:
            return _("Âm thanh của câu dẫn")
        if self.place == STEM:
            return _("Hình của câu dẫn")
        return _("Hình của phương án %s") % option_letter(self.place)

    @property
    def accept(self) -> str:
        return SOUNDS if self.kind == MediaKind.SOUND else IMAGES

    @property
    def help(self) -> str:
        return (
            _("MP3, không quá 3 MB.")
            if self.kind == MediaKind.SOUND
            else _("PNG, JPEG hoặc WebP, không quá 1 MB.")
        )


def all_slots() -> list[Slot]:
    """Two of the stem, one of each option there may be."""
    options = [Slot(place, MediaKind.IMAGE) for place in range(MAX_OPTIONS)]
    return [Slot(STEM, MediaKind.IMAGE), Slot(STEM, MediaKind.SOUND), *options]


def filled_slots(media: Iterable[Media]) -> list[Slot]:
    """The slots with what a version or an unfinished item shows."""
    held = {(each.place, each.kind): each for each in media}
    return [
        Slot(slot.place, slot.kind, each.sha256, each.alt)
        if (each := held.get((slot.place, slot.kind)))
        else slot
        for slot in all_slots()
    ]


def slots_of(version: ItemVersion) -> list[Slot]:
    return filled_slots(media_of(version))


def read_slots(request: HttpRequest, bank: ItemBank) -> list[Slot]:
    """The slots as posted; files chosen are kept, so that they stay whatever else is refused."""
    return [_read(request, bank, slot) for slot in all_slots()]


def _read(request: HttpRequest, bank: ItemBank, slot: Slot) -> Slot:
    """A new file takes the place of the one before; one that can't be used leaves it."""
    alt = request.POST.get(f"alt-{slot.name}", "").strip()
    kept = request.POST.get(f"kept-{slot.name}", "")
    if f"drop-{slot.name}" in request.POST:
        kept = ""
    chosen = request.FILES.get(f"file-{slot.name}")
    if chosen is None:
        return Slot(slot.place, slot.kind, kept, alt)
    try:
        file = keep_media(bank=bank, content=chosen.read(_MOST_BYTES), user=request.user)
        return Slot(slot.place, slot.kind, file.sha256, alt)
    except DomainError as refusal:
        return Slot(slot.place, slot.kind, kept, alt, str(refusal))


def media_in(slots: Sequence[Slot]) -> tuple[Media, ...]:
    """What the slots show, as a draft has it."""
    return tuple(
        Media(place=slot.place, kind=slot.kind, sha256=slot.sha256, alt=slot.alt)
        for slot in slots
        if slot.sha256
    )
