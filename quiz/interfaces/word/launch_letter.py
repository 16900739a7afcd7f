"""The letter (“công văn”) by which a body launches its contest among the units below it.

A paper of a Vietnamese body: Vietnamese in every language of the interface.
"""

from collections.abc import Iterator
from typing import IO

from django.utils import translation
from docx.document import Document as DocxDocument

from accounts.dates import show_moment
from quiz.domain.launch_papers import LaunchFacts
from quiz.interfaces.word.decree30 import (
    new_paper,
    show_date,
    write_letterhead,
    write_paragraph,
    write_recipients,
    write_signature,
    write_table,
)
from quiz.rules.prose_prizes import write_prizes
from quiz.rules.summary import summary_lines


def write_launch_letter(facts: LaunchFacts, file: str | IO[bytes]) -> None:
    """Write the letter; number, date and signature are left to be written in."""
    with translation.override("vi"):
        document = new_paper(title=f"Phát động {facts.title}", author=facts.body_name)
        write_letterhead(
            document,
            body_name=facts.body_name,
            parent_body=facts.parent_body,
            number="",
            place=facts.place or "……",
            about=f"V/v phát động cuộc thi “{facts.title}”",
        )
        write_recipients(document, facts.addressees)
        write_paragraph(document, _opening(facts))
        _write_points(document, facts)
        write_paragraph(document, _closing(facts))
        write_signature(
            document,
            title="TM. BAN TỔ CHỨC\nTRƯỞNG BAN",
            recipients=["Như trên;", "Ban Tổ chức cuộc thi;", "Lưu: VT."],
        )
        document.save(file)


def _opening(facts: LaunchFacts) -> str:
    launches = f"{facts.body_name} phát động cuộc thi “{facts.title}” với các nội dung sau:"
    if not facts.decision_number:
        return launches
    decision = f"Quyết định số {facts.decision_number} {show_date(facts.decision_date)}"
    return f"Thực hiện {decision} ban hành Thể lệ cuộc thi, {launches}"


def _write_points(document: DocxDocument, facts: LaunchFacts) -> None:
    """Who, when, how, which prizes, what the units do: each numbered."""
    number = iter(range(1, 10))
    names = "; ".join(name for _code, name in facts.groups)
    age = facts.document.entry.minimum_age
    who = f"{names}" + (f", từ đủ {age} tuổi trở lên" if age else "")
    write_paragraph(document, f"{next(number)}. Đối tượng dự thi: {who}.")
    _write_schedule(document, facts, next(number))
    write_paragraph(document, f"{next(number)}. Hình thức: {_way(facts)}")
    # Not justified: an address can't be parted, and would stretch the words before it.
    write_paragraph(document, f"Địa chỉ dự thi: {facts.link}", indent=False)
    _write_prizes(document, facts, next(number))
    write_paragraph(document, f"{next(number)}. Đề nghị các cơ quan, đơn vị:")
    for letter, duty in zip("abcd", _duties(facts), strict=False):
        write_paragraph(document, f"{letter}) {duty}")


def _write_schedule(document: DocxDocument, facts: LaunchFacts, number: int) -> None:
    if not facts.rounds:
        write_paragraph(document, f"{number}. Thời gian: thông báo trên trang của cuộc thi.")
        return
    if len(facts.rounds) == 1:
        _name, opens, closes = facts.rounds[0]
        span = f"từ {show_moment(opens)} đến {show_moment(closes)}"
        write_paragraph(document, f"{number}. Thời gian: {span}.")
        return
    line = write_paragraph(document, f"{number}. Thời gian:")
    line.paragraph_format.keep_with_next = True
    rows = [(name, show_moment(opens), show_moment(closes)) for name, opens, closes in facts.rounds]
    write_table(document, ("Vòng thi", "Mở lúc", "Đóng lúc"), rows)


def _way(facts: LaunchFacts) -> str:
    takes = [line for line in summary_lines(facts.document) if not line.startswith("Từ đủ ")]
    told = "; ".join(line[0].lower() + line[1:] for line in takes)
    return f"thi trắc nghiệm trực tuyến, không cần tài khoản; {told}."


def _write_prizes(document: DocxDocument, facts: LaunchFacts, number: int) -> None:
    _title, clauses = write_prizes(facts.document, facts.context)
    first, *rest = clauses
    line = write_paragraph(
        document, f"{number}. Giải thưởng: {first.text[0].lower()}{first.text[1:]}"
    )
    if first.table is None:
        return
    line.paragraph_format.keep_with_next = True
    table = first.table
    write_table(document, table.headers, table.rows, numeric=table.numeric, total=table.total)
    for clause in rest[:1]:
        write_paragraph(document, clause.text)


def _duties(facts: LaunchFacts) -> Iterator[str]:
    yield (
        "Phổ biến Thể lệ và vận động cán bộ, công chức, viên chức và Nhân dân dự thi; gửi tin "
        "nhắn có địa chỉ cuộc thi đến các nhóm của cơ quan, thôn, tổ dân phố."
    )
    yield "In và treo tờ có mã QR của cuộc thi tại trụ sở, Bộ phận Một cửa và nơi sinh hoạt chung."
    yield "Phát bài tuyên truyền kèm theo trên hệ thống truyền thanh khi cuộc thi diễn ra."
    if facts.hotline:
        yield f"Khi có vướng mắc, liên hệ Ban Tổ chức theo số {facts.hotline}."
    else:
        yield "Khi có vướng mắc, liên hệ Ban Tổ chức để được hướng dẫn."


def _closing(facts: LaunchFacts) -> str:
    return f"{facts.body_name} đề nghị các cơ quan, đơn vị quan tâm triển khai thực hiện./."
