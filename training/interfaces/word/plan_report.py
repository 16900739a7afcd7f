"""The quarterly report of a communication plan as a Word paper after Decree 30/2020/NĐ-CP.

A paper of a Vietnamese body: Vietnamese in every language of the interface.
"""

from typing import IO

from django.utils import translation
from docx.document import Document as DocxDocument

from accounts.dates import show_moment
from quiz.interfaces.word.decree30 import (
    BLANK,
    new_paper,
    show_date,
    write_letterhead,
    write_paragraph,
    write_recipients,
    write_signature,
    write_title,
)
from training.domain.plan_reports import PlanReport
from training.interfaces.word.plan_figure_parts import FIGURE_PARTS
from training.interfaces.word.plan_task_parts import TASK_PARTS
from training.interfaces.word.plan_words import say_days, say_period

_SIGNER = "THỦ TRƯỞNG CƠ QUAN"


def write_plan_report(report: PlanReport, file: str | IO[bytes]) -> None:
    """Number, date and signature are left to be written in."""
    with translation.override("vi"):
        document = _begin(report)
        for write in (*FIGURE_PARTS, *TASK_PARTS):
            write(document, report)
        _end(document, report)
        document.save(file)


def _begin(report: PlanReport) -> DocxDocument:
    plan, period = report.plan, report.period
    about = f"Kết quả {say_period(period)} thực hiện {plan.title}"
    document = new_paper(title=f"Báo cáo: {about}", author=report.body_name)
    write_letterhead(
        document,
        body_name=report.body_name,
        parent_body=report.parent_body,
        number="",
        place=report.place or BLANK,
    )
    write_title(document, "Báo cáo", about)
    lines = plan.report_to.splitlines() or [report.parent_body or BLANK]
    write_recipients(document, lines)
    write_paragraph(document, _opening(report))
    write_paragraph(document, _source(report))
    return document


def _opening(report: PlanReport) -> str:
    plan = report.plan
    told = (
        f"{report.body_name} báo cáo kết quả {say_period(report.period)} "
        f"({say_days(report.period)}) như sau:"
    )
    if not plan.number:
        return f"Thực hiện {plan.title}, {told}"
    decision = f"Quyết định số {plan.number} {show_date(plan.issued_on)}"
    return f"Thực hiện {decision} ban hành {plan.title}, {told}"


def _source(report: PlanReport) -> str:
    told = (
        "Số liệu do hệ thống tổng hợp tự động từ dữ liệu của cơ quan và các đơn vị bên dưới, "
        f"tại thời điểm {show_moment(report.made_at)}"
    )
    return f"{told}." if report.figures.stretch.over else f"{told}, khi kỳ báo cáo chưa kết thúc."


def _end(document: DocxDocument, report: PlanReport) -> None:
    closing = write_paragraph(
        document, f"Trên đây là báo cáo của {report.body_name} {say_period(report.period)}./."
    )
    closing.paragraph_format.keep_with_next = True
    plan = report.plan
    write_signature(
        document,
        title=plan.signer_title or _SIGNER,
        name=plan.signer_name,
        recipients=["Như trên;", "Lãnh đạo cơ quan;", "Lưu: VT."],
    )
