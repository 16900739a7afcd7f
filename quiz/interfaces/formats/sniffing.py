"""What a file is, by its bytes first and its name second. Codes as in `reading.FORMATS`."""

import io
import re
import zipfile
from pathlib import PurePath

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOOKED_AT = 64 * 1024
_WORKBOOK = "Workbook".encode("utf-16-le")
_AIKEN = re.compile(r"^ANSWER:\s*[A-Z]\s*$", re.MULTILINE)
_GIFT = re.compile(
    r"(?<!\\)\{[^{}]*(?<!\\)[=~]|(?<!\\)\{\s*(?:T|F|TRUE|FALSE)\s*[}#]|^::", re.MULTILINE
)
_BY_SUFFIX = {
    ".docx": "word",
    ".xlsx": "excel",
    ".xls": "excel",
    ".gift": "gift",
    ".txt": "text",
    ".md": "text",
}


def sniff(data: bytes, name: str) -> str:
    """The code of the format; "" for an archive that holds none of them.

    What is none of them otherwise goes to the reader of plain text, which names what it refuses.
    """
    suffix = PurePath(name).suffix.lower()
    if data.startswith(_ZIP):
        return _packed(data) or _BY_SUFFIX.get(suffix, "")
    if data.startswith(_OLE):
        # Else Word's old .doc, or a document with a password: its reader says which.
        return "excel" if _WORKBOOK in data or suffix in (".xlsx", ".xls") else "word"
    head = data[:_LOOKED_AT]
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml|\s*<[a-z]", head) or suffix == ".xml":
        return _marked_up(head)
    if suffix in (".xlsx", ".xls", ".docx"):
        return _BY_SUFFIX[suffix]  # whose reader says what is wrong with it
    return _typed(head, suffix)


def _packed(data: bytes) -> str:
    """Office files and packages are zip archives; the names inside tell which."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ""
    lower = {name.lower() for name in names}
    if "word/document.xml" in lower:
        return "word"
    if any(name.startswith("xl/") for name in lower):
        return "excel"
    has_items = any(name.endswith(".xml") for name in lower)
    return "qti" if "imsmanifest.xml" in lower or has_items else ""


def _marked_up(head: bytes) -> str:
    if b"<quiz" in head:
        return "moodle"
    marks = (b"assessmentItem", b"assessment-item", b"assessmentTest", b"questestinterop")
    return "qti" if any(mark in head for mark in marks) else "text"


def _typed(head: bytes, suffix: str) -> str:
    """GIFT and Aiken are plain text too; their marks are no accident of prose."""
    text = head.decode("utf-8", "replace")
    if suffix == ".gift":
        return "gift"
    if _AIKEN.search(text):
        return "aiken"
    if _GIFT.search(text):
        return "gift"
    return "text"
