"""Pictures and sounds that a row names and a folder does not hold, or holds otherwise."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from quiz.domain.media_files import path_in
from quiz.models import MediaFile


@dataclass(frozen=True)
class LostMedia:
    """A file of a bank; `number` is an item that shows it, None where none does."""

    sha256: str
    bank: str
    number: int | None
    differs: bool

    def __str__(self) -> str:
        values = {"name": self.sha256[:12], "bank": self.bank, "number": self.number}
        if self.number is None:
            where = _("ngân hàng “%(bank)s”") % values
        else:
            where = _("câu %(number)d của ngân hàng “%(bank)s”") % values
        if self.differs:
            return _("%(where)s: tệp %(name)s… đã bị đổi nội dung") % {**values, "where": where}
        return _("%(where)s: không có tệp %(name)s…") % {**values, "where": where}


def lost_media(*, folder: Path, added_before: datetime | None = None) -> list[LostMedia]:
    """Those of every bank whose bytes under `folder` are not what their name, a SHA-256, says.

    Each content is read once.
    """
    rows = MediaFile.objects.order_by("bank__name", "pk")
    if added_before is not None:
        rows = rows.filter(added_at__lt=added_before)
    found: dict[str, bool | None] = {}
    lost = []
    for pk, sha256, bank in rows.values_list("pk", "sha256", "bank__name").iterator():
        if sha256 not in found:
            found[sha256] = _differs(path_in(folder, sha256), sha256)
        if (differs := found[sha256]) is not False:
            lost.append(LostMedia(sha256, bank, _item_showing(pk), differs=bool(differs)))
    return lost


def _differs(path: Path, sha256: str) -> bool | None:
    """Whether the bytes are others; None where there are none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() != sha256
    except FileNotFoundError:
        return None


def _item_showing(pk: int) -> int | None:
    shown = MediaFile.objects.filter(pk=pk).order_by("-uses__version_id")
    return shown.values_list("uses__version__item__number", flat=True).first()
