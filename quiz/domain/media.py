"""Pictures and sounds of items: taken in, attached to versions, shown to entrants."""

from collections.abc import Iterable
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import Fault, Faults
from accounts.interfaces.decoding import decodes
from accounts.models import User
from accounts.pictures import NoPictureError, Picture, read_picture
from accounts.text import nfc
from quiz.domain.frozen import frozen_round
from quiz.domain.media_files import store_bytes
from quiz.domain.media_locks import hold_content
from quiz.domain.tokens import open_attempt_token
from quiz.drafts import ItemDraft, Media
from quiz.engine.sounds import NoSoundError, Sound, read_sound
from quiz.enums import MediaKind
from quiz.errors import BadMedia, MediaNotFound
from quiz.models import ItemBank, ItemMedia, ItemVersion, MediaFile
from quiz.permissions import require_may_write

MOST_IMAGE_BYTES = 2**20  # ten seconds on 3G
MOST_SOUND_BYTES = 3 * 2**20
MOST_SIDE = 4096
MOST_PIXELS = 12_000_000  # 48 MB once decoded
MOST_SECONDS = 300
_SOUND_STARTS = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")


@transaction.atomic
def keep_media(*, bank: ItemBank, content: bytes, user: User) -> MediaFile:
    """Take a picture (PNG, JPEG, WebP) or sound (MP3) into a bank, without what it tells besides.

    What it is follows from its bytes, whatever it was called. Raises NotAllowed, BadMedia.
    """
    require_may_write(user, bank)
    taken: Picture | Sound
    sides = {}
    if content.startswith(_SOUND_STARTS):
        taken, kind = _sound(content), MediaKind.SOUND
    else:
        taken, kind = _picture(content), MediaKind.IMAGE
        sides = {"width": taken.width, "height": taken.height}
    name = sha256(taken.content).hexdigest()
    hold_content(name)
    file, _new = MediaFile.objects.update_or_create(
        bank=bank,
        sha256=name,
        defaults={"added_at": timezone.now()},
        create_defaults={
            "kind": kind,
            "mime": taken.mime,
            "size": len(taken.content),
            "added_by": user,
            "added_at": timezone.now(),
            **sides,
        },
    )
    store_bytes(taken.content)
    return file


def _picture(content: bytes) -> Picture:
    if len(content) > MOST_IMAGE_BYTES:
        raise BadMedia(
            _("Hình lớn quá 1 MB."), _("Thu nhỏ hình rồi chọn lại: rộng 1.600 điểm là đủ.")
        )
    try:
        picture = read_picture(content)
    except NoPictureError as error:
        raise BadMedia from error
    wide, high = picture.width, picture.height
    if not (0 < wide <= MOST_SIDE and 0 < high <= MOST_SIDE and wide * high <= MOST_PIXELS):
        raise BadMedia(
            _("Hình rộng hoặc cao quá mức cho phép."),
            _("Thu nhỏ hình rồi chọn lại: rộng 1.600 điểm là đủ."),
        )
    if not decodes(content=picture.content, mime=picture.mime):
        raise BadMedia
    return picture


def _sound(content: bytes) -> Sound:
    if len(content) > MOST_SOUND_BYTES:
        raise BadMedia(
            _("Âm thanh lớn quá 3 MB."), _("Cắt ngắn hoặc giảm chất lượng rồi chọn lại.")
        )
    try:
        sound = read_sound(content)
    except NoSoundError as error:
        raise BadMedia from error
    if sound.seconds > MOST_SECONDS:
        raise BadMedia(_("Âm thanh dài quá 5 phút."), _("Cắt ngắn rồi chọn lại."))
    return sound


def media_of(version: ItemVersion) -> tuple[Media, ...]:
    """What a stored version shows, as a draft has it."""
    return as_media(version.media.select_related("file"))


def as_media(attached: Iterable[ItemMedia]) -> tuple[Media, ...]:
    """The same of rows fetched with their files, for many versions at once."""
    return tuple(
        Media(
            place=each.place,
            kind=each.kind,
            sha256=each.file.sha256,
            alt=each.alt,
            mime=each.file.mime,
            width=each.file.width,
            height=each.file.height,
        )
        for each in attached
    )


def shown_media(*, bank: ItemBank, shown: Iterable[tuple[str, int, str]]) -> tuple[Media, ...]:
    """Files of the bank as a draft shows them, each (SHA-256, place, words). Raises Faults."""
    wanted = list(shown)
    files = {file.sha256: file for file in bank.media.filter(sha256__in=[n for n, *_ in wanted])}
    if any(name not in files for name, _place, _alt in wanted):
        raise Faults([_unknown_media()])
    rows = [
        ItemMedia(file=files[name], place=place, kind=files[name].kind, alt=alt)
        for name, place, alt in wanted
    ]
    return as_media(rows)


def media_faults(*, bank: ItemBank, draft: ItemDraft) -> list[Fault]:
    """A draft may only show what lies in its own bank."""
    wanted = {(each.sha256, str(each.kind)) for each in draft.media}
    found = bank.media.filter(sha256__in=[sha256 for sha256, _kind in wanted])
    if wanted <= set(found.values_list("sha256", "kind")):
        return []
    return [_unknown_media()]


def _unknown_media() -> Fault:
    message = _("Không tìm thấy một tệp hình hoặc âm thanh của câu.")
    return Fault(_("Hình, âm thanh"), "media_unknown", message, _("Chọn lại tệp đó."))


def attach_media(*, versions_and_drafts: Iterable[tuple[ItemVersion, ItemDraft]]) -> None:
    """Store what the sound drafts of just stored versions of one bank show, in bulk."""
    showing = [(version, draft) for version, draft in versions_and_drafts if draft.media]
    if not showing:
        return
    wanted = {each.sha256 for _version, draft in showing for each in draft.media}
    bank = showing[0][0].item.bank
    files = {file.sha256: file for file in bank.media.filter(sha256__in=wanted)}
    ItemMedia.objects.bulk_create(
        ItemMedia(
            version=version,
            file=files[each.sha256],
            place=each.place,
            kind=each.kind,
            alt=nfc(each.alt),
        )
        for version, draft in showing
        for each in draft.media
    )


def attempt_media(*, token: str, name: str) -> str:
    """The type of the file of this name (SHA-256) in the papers an attempt was drawn from.

    Whose attempt it is and how it stands is not asked: the items were shown to its holder anyway.
    Raises UnknownToken, MediaNotFound.
    """
    opened = open_attempt_token(token)
    mime = frozen_round(opened.round_id).pool(opened.pool_id).mime_types.get(name)
    if mime is None:
        raise MediaNotFound
    return mime
