"""A person like no other, planted wherever the system keeps people, and looked for everywhere."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import connection

from accounts.crypto import blind_index, open_text
from accounts.text import fold

NAME, GUARDIAN = "Kưngzô Xêrat", "Wêkina Đzũng"
PHONE, NATIONAL_ID = "0987612345", "079187654321"
EMAIL, ADDRESS = "kungzo.xerat@canary.example", "17 ngõ Zykanari"
STAFF_CODE, BORN = "ZKCB-7741", date(1987, 3, 29)

TEXTS = {
    "name": NAME,
    "folded name": fold(NAME),
    "guardian": GUARDIAN,
    "phone": PHONE,
    "national id": NATIONAL_ID,
    "email": EMAIL,
    "address": ADDRESS,
    "staff code": STAFF_CODE,
    "birth date": BORN.isoformat(),
    "written birth date": f"{BORN:%d/%m/%Y}",
}


@dataclass
class Canary:
    """The texts, and what the system made of them: indexes and digests, by what they are."""

    derived: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.derived |= {
            "phone index": blind_index("phone", PHONE),
            "national id index": blind_index("national_id", NATIONAL_ID),
        }

    def found_in(self, value: str) -> set[str]:
        """Which of them a text holds, in any letter case; bytes are looked for as hexadecimals."""
        low = value.casefold()
        told = {what for what, text in TEXTS.items() if text.casefold() in low}
        return told | {what for what, data in self.derived.items() if data.hex() in low}

    def scan(self, media: Path) -> dict[str, set[str]]:
        """{"table.column" or file: what was found there}; {} when nothing is left anywhere."""
        found: dict[str, set[str]] = {}
        for place, text in (*_tables(), *_files(media), *_cached()):
            if told := self.found_in(text):
                found.setdefault(place, set()).update(told)
        return found


def _tables() -> Iterator[tuple[str, str]]:
    """Every value of every column of every table, sealed ones opened."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND table_type = 'BASE TABLE' ORDER BY 1"
        )
        tables = [row[0] for row in cursor.fetchall()]
        assert len(tables) > 40
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column.name for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    yield f"{table}.{column}", readable(value)


def readable(value: Any) -> str:
    """A value as text; bytes as hexadecimals, as UTF-8, and opened where they are sealed."""
    if isinstance(value, memoryview):
        value = bytes(value)
    if isinstance(value, bytes):
        return f"{value.hex()} {value.decode('utf-8', 'ignore')} {_opened(value)}"
    return str(value)


def _opened(data: bytes) -> str:
    try:
        return open_text(data)
    except ValueError:
        return ""


def _files(media: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(media.rglob("*")):
        if path.is_file():
            yield f"file {path.parent.name}", unpacked(path.read_bytes())


def unpacked(data: bytes) -> str:
    """A file's text; of an archive that of all its parts."""
    if not data.startswith(b"PK\x03\x04"):
        return data.decode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(unpacked(archive.read(name)) for name in archive.namelist())


def _cached() -> Iterator[tuple[str, str]]:
    for key, value in getattr(cache, "_cache", {}).items():
        yield "cache", f"{key} {readable(value)}"
