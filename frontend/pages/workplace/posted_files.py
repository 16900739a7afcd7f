"""What `{% upload_field %}` posts, as a training file."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError
from accounts.models import OrgUnit
from training.domain.file_errors import FileNotFound
from training.domain.file_use import may_read_file
from training.domain.files import take_whole
from training.enums import FileState
from training.models import TrainingFile


class FileNotUsable(DomainError):
    """Refused by the worker, or not whole yet; the message says why."""

    code = "file_not_usable"
    status = 422
    message = _("Tệp chưa tải lên đủ.")
    hint = _("Chọn lại tệp, chờ tải lên xong rồi lưu.")


def posted_file(
    request: HttpRequest, name: str, *, unit: OrgUnit, now: datetime
) -> TrainingFile | None:
    """The file chosen in the field `name`; None where none was. It may still be being checked.

    Raises FileNotFound, FileNotUsable, and for a file that came with the form as `take_whole`.
    """
    plain = request.FILES.get(f"{name}_plain")
    if plain is not None:
        return take_whole(unit=unit, name=plain.name or "", file=plain, user=request.user, now=now)
    posted = request.POST.get(name, "")
    if not posted:
        return None
    file = _found(posted)
    if file is None or not may_read_file(request.user, file):
        raise FileNotFound
    if file.state == FileState.REFUSED:
        raise FileNotUsable(file.refusal)
    if file.state == FileState.UPLOADING:
        raise FileNotUsable
    return file


def posted_again(request: HttpRequest, name: str) -> TrainingFile | None:
    """The file sent before, for a form that is drawn again: what is uploaded stays chosen."""
    file = _found(request.POST.get(name, ""))
    usable = file is not None and file.state in {FileState.CHECKING, FileState.READY}
    return file if usable and may_read_file(request.user, file) else None


def _found(posted: str) -> TrainingFile | None:
    try:
        return TrainingFile.objects.select_related("unit").get(public_id=UUID(posted))
    except (ValueError, TrainingFile.DoesNotExist):
        return None
