"""Biên bản: how the board went through the result; who was there is left to be written in."""

from typing import IO

from quiz.enums import PrintedPaper
from quiz.interfaces.word.decree30 import BLANK, write_paragraph, write_title
from quiz.interfaces.word.results.common import (
    Office,
    begin,
    money_in_words,
    sign_together,
    write_foot,
    write_head,
    write_tiers,
)
from quiz.interfaces.word.results.findings import findings
from quiz.rules.figures import show_number

OPENING = (
    f"Hôm nay, vào hồi {BLANK} giờ {BLANK}, ngày {BLANK} tháng {BLANK} năm {BLANK}, tại "
    f"{BLANK * 6}, Ban Tổ chức họp xét kết quả và giải thưởng.",
    f"Chủ trì: {BLANK * 9}",
    f"Thư ký: {BLANK * 9}",
    f"Thành viên dự họp: {BLANK * 7}",
)


def write_minutes(office: Office, file: IO[bytes]) -> None:
    facts = office.facts
    document = begin(office)
    write_head(document, office)
    about = f"Họp xét kết quả và giải thưởng {facts.round.name}"
    write_title(document, office.layout.title, f"{about}, cuộc thi “{facts.title}”")
    for text in OPENING:
        write_paragraph(document, text)
    told = list(findings(facts))
    for number, sentence in enumerate(told, start=1):
        write_paragraph(document, f"{number}. {sentence}")
    money = f", tổng số tiền thưởng {money_in_words(facts.money)}" if facts.money else ""
    agreed = (
        f"{len(told) + 1}. Ban Tổ chức thống nhất đề nghị trao "
        f"{show_number(len(facts.winners))} giải{money}, theo danh sách kèm theo Tờ trình, gồm:"
    )
    write_paragraph(document, agreed).paragraph_format.keep_with_next = True
    rows = write_tiers(document, facts)
    write_paragraph(
        document,
        f"Cuộc họp kết thúc vào hồi {BLANK} giờ {BLANK} cùng ngày. Biên bản đã đọc cho những người "
        "dự họp cùng nghe và thống nhất ký tên./.",
    )
    sign_together(document, office, "Thư ký")
    write_foot(document, office, PrintedPaper.MINUTES, [*told, *rows])
    document.save(file)
