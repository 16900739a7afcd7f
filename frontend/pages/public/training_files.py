"""Training files, for whoever may read what uses them."""

import re
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from training.domain.file_errors import FileNotFound
from training.domain.file_storage import POSTER
from training.domain.file_use import may_read_file
from training.domain.files import DIGEST_SHOWN, open_path
from training.enums import FileKind
from training.interfaces.serving import Served, file_answer
from training.models import TrainingFile

YEAR = 31_536_000
# What a browser shows in the page; of a package it gets the whole archive, to keep.
SHOWN = frozenset(FileKind) - {FileKind.SCORM}
_DIGEST = re.compile(rf"[0-9a-f]{{{DIGEST_SHOWN}}}")
_SUFFIX = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "text/vtt": ".vtt",
    "image/jpeg": ".jpg",
    "audio/mpeg": ".mp3",
}


@require_safe
def training_file(
    request: HttpRequest, public_id: UUID, digest: str, part: str = ""
) -> HttpResponseBase:
    """`?tai-ve` asks for it as a download. Raises FileNotFound."""
    file = TrainingFile.objects.filter(public_id=public_id).select_related("unit").first()
    if file is None or part not in ("", POSTER) or not _DIGEST.fullmatch(digest):
        raise FileNotFound
    if not file.sha256.startswith(digest) or not may_read_file(request.user, file):
        raise FileNotFound
    mime = "image/jpeg" if part else file.mime
    served = Served(
        path=open_path(file=file, part=part),
        mime=mime,
        name=part or _named(file.name, mime),
        version=f"{digest}{part}",
        cache=f"{_scope(file)}, max-age={YEAR}, immutable",
        download="tai-ve" in request.GET or file.kind not in SHOWN,
    )
    return file_answer(request, served)


def _scope(file: TrainingFile) -> str:
    """What anybody may read, a cache between may keep; the address names the content."""
    return "public" if may_read_file(AnonymousUser(), file) else "private"


def _named(name: str, mime: str) -> str:
    """As it was called, with the suffix of what it has become (.srt was made .vtt)."""
    suffix = _SUFFIX.get(mime) or "." + mime.rpartition("/")[2]
    stem, dot, _old = name.rpartition(".")
    return f"{stem if dot else name}{suffix}"
