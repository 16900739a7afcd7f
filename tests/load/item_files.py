"""Files of 5,000 items as people bring them, for the measurements of reading and importing."""

import io
import random
import re
import time
import zipfile
from collections.abc import Callable, Iterable
from html import escape, unescape

from docx import Document
from openpyxl import Workbook

ITEMS = 5000
HEAD = ["Nội dung câu hỏi", "A", "B", "C", "D", "Đáp án", "Chủ đề", "Mức độ", "Giải thích"]
SAMPLE = (
    "thủ tục hành chính dịch vụ công trực tuyến toàn trình một phần hồ sơ điện tử người dân "
    "doanh nghiệp cơ quan thẩm quyền tiếp nhận trả kết quả thời hạn giải quyết một cửa liên thông"
)
WORDS = SAMPLE.split()


def writer_of_words() -> Callable[[int, int], str]:
    """A function giving so many words, `least` to `most`; the same ones in every run."""
    chance = random.Random(1)

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(least, most))).capitalize()

    return words


def usual_book() -> bytes:
    """Stems of 20 to 40 words, options of 6 to 18, an explanation for each."""
    words = writer_of_words()
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


def _saved(rows: Iterable[list[str]]) -> bytes:
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


def usual_document(*, answer_lines: bool) -> bytes:
    """Stems of 20 to 40 words, four options of 6 to 18; keys bold, or in a line of their own."""
    words = writer_of_words()
    document = Document()
    # Every paragraph is made by copying one: python-docx's own way of adding is slower tenfold.
    body = document.element.body
    for number in range(ITEMS):
        _add(body, f"Câu {number + 1}: ", f"{words(20, 40)}?", bold=True)
        for place in range(4):
            right = not answer_lines and place == number % 4
            _add(body, f"{'ABCD'[place]}. ", words(6, 18), bold=right)
        if answer_lines:
            _add(body, "Đáp án: ", "ABCD"[number % 4], bold=False)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add(body, first: str, second: str, *, bold: bool) -> None:
    paragraph = body.add_p()
    for text in (first, second):
        run = paragraph.add_r()
        if bold:
            run.get_or_add_rPr()._add_b()
        run.text = text


def seconds(act: Callable[[], object]) -> float:
    """Of CPU."""
    began = time.process_time()
    act()
    return time.process_time() - began
