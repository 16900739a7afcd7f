"""How long 5,000 items take to read, against calamine's own reading of the same file.

    .venv/bin/python tests/load/items_reading.py

CPU time, the best of several turns in one run, so that other work on the machine matters little.
Exits 1 if the ratio exceeds 3 for a workbook of items of usual length.
"""

import io
import os
import random
import re
import sys
import time
import zipfile
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from openpyxl import Workbook  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from quiz.interfaces.excel.items_reader import read_items  # noqa: E402

ITEMS = 5000
LIMIT = 3
TURNS = 11
HEAD = ["Nội dung câu hỏi", "A", "B", "C", "D", "Đáp án", "Chủ đề", "Mức độ", "Giải thích"]
SAMPLE = (
    "thủ tục hành chính dịch vụ công trực tuyến toàn trình một phần hồ sơ điện tử người dân "
    "doanh nghiệp cơ quan thẩm quyền tiếp nhận trả kết quả thời hạn giải quyết một cửa liên thông"
)
WORDS = SAMPLE.split()


def usual_book() -> bytes:
    """Stems of 20 to 40 words, options of 6 to 18, an explanation for each."""
    chance = random.Random(1)

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(least, most))).capitalize()

    return _saved(
        [
            f"{words(20, 40)} ({n})?",
            *(f"{words(6, 18)} {place}" for place in range(4)),
            "ABCD"[n % 4],
            "Dịch vụ công",
            "Nhận biết",
            words(10, 30),
        ]
        for n in range(ITEMS)
    )


def short_book() -> bytes:
    """The least an item can say: hardly any text, so each row's own cost shows most."""
    return _saved(
        [f"Câu hỏi số {n} là gì?", *(f"Đáp {place} {n}" for place in range(4)), "B", "", "", ""]
        for n in range(ITEMS)
    )


def _saved(rows) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Câu hỏi")
    sheet.append(HEAD)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_excel_saves(data: bytes) -> bytes:
    """The same workbook with its texts in a shared table, where Excel keeps them."""
    texts: dict[str, int] = {}

    def shared(match: re.Match[bytes]) -> bytes:
        place = texts.setdefault(unescape(match[2].decode()), len(texts))
        return b'<c r="%s" t="s"><v>%d</v></c>' % (match[1], place)

    inline = re.compile(rb'<c r="(\w+)" t="inlineStr"><is><t>(.*?)</t></is></c>')
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = inline.sub(shared, parts["xl/worksheets/sheet1.xml"])
    rows = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{rows}</sst>'.encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rShared" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b"</Relationships>", link.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parse(data: bytes) -> None:
    """What calamine needs by itself."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def ratio(name: str, data: bytes) -> float:
    result = read_items(data)
    if len(result.drafts) != ITEMS or result.faults:
        sys.exit(f"{name}: {len(result.drafts)} items read, {result.faults[:3]}")
    # Turn by turn, so that a busy moment of the machine meets both.
    turns = [
        (seconds(lambda: parse(data)), seconds(lambda: read_items(data))) for _ in range(TURNS)
    ]
    parsing, reading = (min(taken) for taken in zip(*turns, strict=True))
    print(
        f"{name:32} calamine {parsing * 1000:6.0f} ms   read_items {reading * 1000:6.0f} ms   "
        f"ratio {reading / parsing:.2f}"
    )
    return reading / parsing


def main() -> int:
    usual, short = usual_book(), short_book()
    counted = [
        ratio("usual items, shared texts", as_excel_saves(usual)),
        ratio("usual items, inline texts", usual),
    ]
    ratio("shortest items, shared texts", as_excel_saves(short))
    ratio("shortest items, inline texts", short)
    return int(max(counted) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
