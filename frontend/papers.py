"""Papers and workbooks that a page hands out at once."""

import io
from collections.abc import Callable
from typing import IO

from django.http import FileResponse, HttpResponse

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_response(name: str, write: Callable[[IO[bytes]], None]) -> HttpResponse:
    """The Word paper that `write` writes, saved by the browser as `name`."""
    file = io.BytesIO()
    write(file)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type=DOCX, headers=headers)


def as_download(name: str, write: Callable[[IO[bytes]], None]) -> FileResponse:
    """What `write` writes, saved by the browser as `name`."""
    file = io.BytesIO()
    write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)
