"""A material's files: a picture is described, a film has subtitles, and anyone reads those of what
is published.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.errors import Fault
from accounts.models import User
from accounts.text import nfc
from training.domain.file_use import register_file_use
from training.domain.library_errors import MaterialFileNotReady, PictureNotDescribed
from training.enums import FileKind, FileState
from training.models import Material, MaterialSubtitles, TrainingFile

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

Subtitles = Mapping[str, TrainingFile]


def file_faults(*, file: TrainingFile | None, alt: str, subtitles: Subtitles) -> Iterator[Fault]:
    """What of a material's files can't be kept. A file that is still looked at is judged when the
    material is published.
    """
    kind = file.kind if file else ""
    if kind == FileKind.IMAGE and not _described(file, alt):
        message = _("Hình chưa có mô tả bằng lời.")
        hint = _("Tả nội dung hình cho người không nhìn thấy.")
        yield Fault(_("Mô tả bằng lời"), "alt_missing", message, hint)
    place = _("Phụ đề")
    if subtitles and (file is None or kind not in ("", FileKind.VIDEO)):
        message = _("Chỉ video có phụ đề.")
        yield Fault(place, "subtitles_alone", message, _("Bỏ chọn phụ đề, hoặc chọn tệp video."))
    for words in subtitles.values():
        if words.kind != FileKind.SUBTITLES or words.state != FileState.READY:
            message = _("“%(file)s” không phải phụ đề dùng được.") % {"file": words.name}
            yield Fault(place, "subtitles_unusable", message, _("Chọn tệp phụ đề khác."))


def keep_files(*, material: Material, alt: str, subtitles: Subtitles) -> None:
    """Store the description at the file, and which subtitles go with it."""
    told = nfc(alt)
    if material.file is not None and told and told != material.file.alt:
        material.file.alt = told
        material.file.save(update_fields=["alt"])
    material.subtitles.exclude(language__in=subtitles).delete()
    for language, file in subtitles.items():
        MaterialSubtitles.objects.update_or_create(
            material=material, language=language, defaults={"file": file}
        )


def require_files(material: Material) -> None:
    """What readers will be given is there. Raises MaterialFileNotReady, PictureNotDescribed."""
    file = material.file
    if file is None:
        return
    if file.state != FileState.READY:
        raise MaterialFileNotReady
    if file.kind == FileKind.IMAGE and not _described(file):
        raise PictureNotDescribed


def _described(file: TrainingFile | None, alt: str = "") -> bool:
    return bool(nfc(alt) or (file and file.alt))


def may_read(_user: "User | AnonymousUser", file: TrainingFile) -> bool:
    """Anyone reads the files of what is published."""
    shown = Material.objects.public()
    return shown.filter(file=file).exists() or shown.filter(subtitles__file=file).exists()


def register_material_files() -> None:
    """Called once when Django starts."""
    register_file_use(may_read)
