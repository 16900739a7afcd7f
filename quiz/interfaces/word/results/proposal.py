"""Tờ trình: the draft result put before the head of the board to be signed."""

from typing import IO

from quiz.enums import PrintedPaper
from quiz.interfaces.word.decree30 import (
    write_paragraph,
    write_recipients,
    write_title,
)
from quiz.interfaces.word.results.common import (
    Office,
    begin,
    money_in_words,
    sign,
    write_foot,
    write_head,
    write_tiers,
)
from quiz.interfaces.word.results.findings import about_result, findings
from quiz.rules.figures import show_number


def write_proposal(office: Office, file: IO[bytes]) -> None:
    facts = office.facts
    document = begin(office)
    write_head(document, office)
    about = f"Về việc {about_result(facts)} và trao giải {facts.round.name}"
    write_title(document, office.layout.title, f"{about}, cuộc thi “{facts.title}”")
    write_recipients(document, ["Trưởng Ban Tổ chức cuộc thi"])
    opening = (
        f"Thực hiện Thể lệ cuộc thi “{facts.title}”, bộ phận giúp việc Ban Tổ chức báo cáo kết quả "
        f"{facts.round.name} như sau:"
    )
    write_paragraph(document, opening)
    told = list(findings(facts))
    for number, sentence in enumerate(told, start=1):
        write_paragraph(document, f"{number}. {sentence}")
    asks = (
        f"{len(told) + 1}. Đề nghị công nhận kết quả và trao {show_number(len(facts.winners))} giải"
    )
    money = f", tổng số tiền thưởng {money_in_words(facts.money)}" if facts.money else ""
    line = write_paragraph(document, f"{asks}{money}, gồm:")
    line.paragraph_format.keep_with_next = True
    rows = write_tiers(document, facts)
    if facts.unit_winners:
        units = "; ".join(f"{each.unit} ({each.tier})" for each in facts.unit_winners)
        write_paragraph(document, f"{len(told) + 2}. Đề nghị trao giải tập thể: {units}.")
    closing = "Kính trình Trưởng Ban Tổ chức xem xét, ký Quyết định (dự thảo kèm theo)./."
    write_paragraph(document, closing)
    sign(document, office, ["Như trên;", "Lưu: VT."])
    write_foot(document, office, PrintedPaper.SUBMISSION, [*told, *rows])
    document.save(file)
