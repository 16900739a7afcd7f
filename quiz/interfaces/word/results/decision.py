"""Quyết định: the result is recognised and prizes are given; number and date once it is signed."""

from collections.abc import Iterator
from typing import IO

from docx.document import Document as DocxDocument

from accounts.dates import show_moment
from quiz.domain.result_papers import ResultFacts
from quiz.enums import PrintedPaper
from quiz.interfaces.word.decree30 import (
    show_date,
    write_centred,
    write_paragraph,
    write_title,
)
from quiz.interfaces.word.results.common import (
    Office,
    begin,
    money_in_words,
    sign,
    write_article,
    write_foot,
    write_head,
    write_tiers,
)
from quiz.interfaces.word.results.findings import about_result, corrected, earlier
from quiz.rules.figures import show_number


def write_decision(office: Office, file: IO[bytes]) -> None:
    facts = office.facts
    document = begin(office)
    write_head(document, office, numbered=True)
    about = f"Về việc {about_result(facts)} và trao giải {facts.round.name}"
    write_title(document, office.layout.title, f"{about}, cuộc thi “{facts.title}”")
    write_centred(document, "TRƯỞNG BAN TỔ CHỨC CUỘC THI", bold=True)
    for ground in _grounds(facts):
        write_paragraph(document, ground).runs[0].italic = True
    write_centred(document, "QUYẾT ĐỊNH:", bold=True)
    rows = _write_prizes(document, facts)
    for number, text in enumerate(_articles(facts), start=2):
        write_article(document, number, text)
    sign(document, office, ["Như Điều 4;", "Cá nhân đạt giải;", "Lưu: VT."])
    write_foot(document, office, PrintedPaper.DECISION, rows)
    document.save(file)


def _grounds(facts: ResultFacts) -> Iterator[str]:
    held = facts.round.rules
    if held is not None and held.decision_number:
        day = f" {show_date(held.decision_date)}" if held.decision_date else ""
        yield (
            f"Căn cứ Quyết định số {held.decision_number}{day} ban hành Thể lệ cuộc thi "
            f"“{facts.title}”;"
        )
    else:
        yield f"Căn cứ Thể lệ cuộc thi “{facts.title}”;"
    if facts.replaces:
        yield f"Căn cứ {earlier(facts)} công nhận kết quả và trao giải {facts.round.name};"
    yield f"Căn cứ Biên bản xét giải {facts.round.name};"
    yield "Theo đề nghị của bộ phận giúp việc Ban Tổ chức cuộc thi tại Tờ trình."


def _write_prizes(document: DocxDocument, facts: ResultFacts) -> list[list[str]]:
    money = f", tổng số tiền thưởng {money_in_words(facts.money)}" if facts.money else ""
    text = (
        f"Công nhận kết quả {facts.round.name} cuộc thi “{facts.title}” và trao "
        f"{show_number(len(facts.winners))} giải cho các cá nhân có tên trong danh sách kèm "
        f"theo{money}, gồm:"
    )
    write_article(document, 1, text).paragraph_format.keep_with_next = True
    rows = write_tiers(document, facts)
    if facts.unit_winners:
        units = "; ".join(f"{each.unit} ({each.tier})" for each in facts.unit_winners)
        write_paragraph(document, f"Trao giải tập thể cho: {units}.")
    return rows


def _articles(facts: ResultFacts) -> Iterator[str]:
    size = show_number(facts.release.document["size"])
    yield (
        f"Kết quả được lập từ {size} bài thi, niêm phong lúc "
        f"{show_moment(facts.round.seal.sealed_at)}; gốc cây băm và mã băm của bản công bố in ở "
        "chân mỗi trang. Gói kiểm chứng công bố cùng Quyết định này để mọi người tự kiểm tra lại "
        "kết quả."
    )
    days = facts.rules.result.complaint_days
    yield (
        "Kinh phí trao giải chi từ nguồn kinh phí tổ chức cuộc thi theo quy định. Khiếu nại về kết "
        f"quả được tiếp nhận trong {days} ngày kể từ ngày công bố."
    )
    instead = f", thay thế {earlier(facts)}" if facts.replaces else ""
    told = "".join(f" {corrected(made)}" for made in facts.corrections) if facts.replaces else ""
    yield (
        f"Quyết định này có hiệu lực kể từ ngày ký{instead}.{told} Các thành viên Ban Tổ chức, bộ "
        "phận giúp việc và các cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định "
        "này./."
    )
