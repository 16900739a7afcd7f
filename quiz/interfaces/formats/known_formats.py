"""Telling what a file is by its first bytes, and reading no more of it than is allowed."""

import os
from typing import BinaryIO

from django.utils.translation import gettext as _

from quiz.interfaces.formats.refusals import (
    AnotherFormat,
    FileTooLarge,
    TooManyLines,
    WordProtected,
)

MOST_BYTES = 20 * 1024 * 1024
MOST_LINES = 300_000  # 20,000 items of six lines are less than half of it

ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = (b"<!doctype html", b"<html", b"<?xml")


def read_bounded(source: BinaryIO, limit: int = MOST_BYTES) -> bytes:
    """The whole file. Raises FileTooLarge when it is larger than `limit` bytes."""
    if source.seekable():
        source.seek(0, os.SEEK_END)
        size = source.tell()
        source.seek(0)
        if size > limit:
            raise FileTooLarge.beyond(limit)
    data = source.read(limit + 1)
    if len(data) > limit:
        raise FileTooLarge.beyond(limit)
    return data


def require_few_lines(count: int) -> None:
    """Raise TooManyLines beyond MOST_LINES: each line costs far more than its bytes."""
    if count > MOST_LINES:
        raise TooManyLines


def refuse_other_formats(data: bytes) -> None:
    """Raise AnotherFormat for what is known and not read: .doc, .rtf, .odt, .pdf, web pages."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(_OLE):
        if _ENCRYPTED in data:
            raise WordProtected
        raise AnotherFormat(_("Tệp này thuộc loại cũ (.doc hoặc .xls), chưa đọc được."))
    if start.startswith(b"{\\rtf"):
        raise AnotherFormat(_("Tệp này thuộc loại .rtf, chưa đọc được."))
    if b"%PDF-" in data[:1024]:
        raise AnotherFormat(_("Tệp này thuộc loại .pdf, chưa đọc được."))
    if start.startswith(ZIP) and b"mimetypeapplication/vnd.oasis" in data[:200]:
        raise AnotherFormat(_("Tệp này thuộc loại .odt, chưa đọc được."))
    if start[:20].lower().startswith(_HTML):
        raise AnotherFormat(_("Tệp này là một trang web hoặc tệp XML, không phải văn bản."))
