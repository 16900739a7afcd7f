"""The annex of winners and the sheet on which they sign for their prizes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import IO

from django.utils import timezone
from docx.document import Document as DocxDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.table import Table

from quiz.domain.finality import finality_of
from quiz.domain.paper_layouts import LaidColumn
from quiz.domain.result_papers import ResultFacts
from quiz.domain.winners import WinnerRow
from quiz.enums import PrintedPaper
from quiz.interfaces.word.decree30 import (
    write_attachment_note,
    write_paragraph,
    write_table,
    write_title,
)
from quiz.interfaces.word.layout import share_widths
from quiz.interfaces.word.results.common import (
    Office,
    begin,
    keep_together,
    money_in_words,
    sign,
    sign_together,
    write_foot,
    write_head,
)
from quiz.rules.figures import show_duration, show_number

VALUES: dict[str, Callable[[WinnerRow], str]] = {
    "name": lambda winner: winner.name,
    "birth": lambda winner: winner.birth,
    "home": lambda winner: winner.home,
    "correct": lambda winner: f"{winner.correct}/{winner.total}",
    "prediction": lambda w: "" if w.prediction is None else show_number(w.prediction),
    "duration": lambda winner: show_duration(winner.duration_ms),
    "tier": lambda winner: winner.tier,
    "money": lambda winner: show_number(winner.money) if winner.money else "",
    "note": lambda winner: "Lên thay theo thể lệ" if winner.note == "moved_up" else winner.note,
    "group": lambda winner: winner.group,
    "signed": lambda _winner: "",
}
NUMERIC = ("number", "prediction", "money")
SIGNING_MM = 14
FIXED_MM = {"number": 13, "birth": 26, "correct": 17, "prediction": 20, "duration": 19, "money": 27}
TALLEST_COLUMN = 7  # more columns need the page on its side


def write_annex(office: Office, file: IO[bytes]) -> None:
    """“Danh sách kèm theo Quyết định số …”: every winner, the sum, the signature."""
    facts, columns = office.facts, office.layout.columns
    document = begin(office, landscape=len(columns) > TALLEST_COLUMN)
    write_head(document, office, dated=False)
    write_title(
        document,
        office.layout.title,
        f"Cá nhân đạt giải {facts.round.name}, cuộc thi “{facts.title}”",
    )
    write_attachment_note(
        document,
        body_name=facts.body_name,
        number=facts.decision_number,
        signed_on=facts.decision_date,
    )
    rows = _write_list(document, office, facts.winners)
    if facts.unit_winners:
        rows += _write_units(document, facts)
    sign(document, office)
    write_foot(document, office, PrintedPaper.ANNEX, rows)
    document.save(file)


def write_signing_sheet(office: Office, file: IO[bytes]) -> None:
    """“Ký nhận”: names in full, room to sign, and until when complaints may come."""
    facts = office.facts
    document = begin(office, landscape=len(office.layout.columns) > TALLEST_COLUMN)
    write_head(document, office, dated=False)
    write_title(document, office.layout.title, f"{facts.round.name}, cuộc thi “{facts.title}”")
    write_attachment_note(
        document,
        body_name=facts.body_name,
        number=facts.decision_number,
        signed_on=facts.decision_date,
    )
    people = [
        replace(winner, name=person.full_name)
        for winner, person in zip(facts.winners, facts.entrants, strict=True)
    ]
    rows = _write_list(document, office, people, row_mm=SIGNING_MM)
    if facts.money:
        write_paragraph(document, f"Tổng số tiền: {money_in_words(facts.money)}.")
    for line in payment_lines(facts):
        write_paragraph(document, line).runs[0].italic = True
    sign_together(document, office, "Người lập")
    write_foot(document, office, PrintedPaper.SIGNING_SHEET, rows)
    document.save(file)


def payment_lines(facts: ResultFacts) -> list[str]:
    """Until when complaints may come, or since when nothing can change any more."""
    finality = finality_of(round=facts.round, now=timezone.now())
    if finality.official_at is not None:
        day = timezone.localdate(finality.official_at)
        return [f"Kết quả chính thức từ ngày {day:%d/%m/%Y}."]
    return [complaints_line(facts), "Chỉ trao thưởng khi kết quả đã chính thức."]


def complaints_line(facts: ResultFacts) -> str:
    """What whoever pays has to know: a prize may still be withdrawn."""
    if facts.complaints_until is None:
        days = facts.rules.result.complaint_days
        return f"Khiếu nại được tiếp nhận trong {days} ngày kể từ ngày công bố kết quả."
    return (
        f"Khiếu nại được tiếp nhận đến hết ngày {facts.complaints_until:%d/%m/%Y}; giải có thể "
        "bị thu hồi nếu khiếu nại đúng."
    )


def _write_list(
    document: DocxDocument, office: Office, winners: Sequence[WinnerRow], *, row_mm: int = 0
) -> list[list[str]]:
    """The table by the layout's columns, a band above each group; the rows as printed."""
    columns = office.layout.columns
    rows: list[list[str]] = []
    bands: list[int] = []
    groups = [(name, list(part)) for name, part in groupby(winners, key=lambda row: row.group)]
    number = 0
    for name, part in groups:
        if len(groups) > 1:
            bands.append(len(rows) + 1)
            rows.append([name, *[""] * (len(columns) - 1)])
        for winner in part:
            number += 1
            rows.append([_text(column, winner, number) for column in columns])
    total = _total(columns, winners)
    table = write_table(
        document,
        office.layout.headings,
        rows,
        numeric=[place for place, column in enumerate(columns) if column.code in NUMERIC],
        total=total,
        widths_mm=_widths(document, columns),
    )
    _merge(table, bands)
    keep_together(table.rows[-2:-1])
    if row_mm:
        for row in (row for place, row in enumerate(table.rows[:-1]) if place not in {0, *bands}):
            row.height, row.height_rule = Mm(row_mm), WD_ROW_HEIGHT_RULE.AT_LEAST
    return [*rows, total]


def _widths(document: DocxDocument, columns: Sequence[LaidColumn]) -> list[float]:
    """Dates and amounts get the room they need on one line; the others share what is left."""
    weights = [0 if c.code in FIXED_MM else c.column.width for c in columns]
    if not any(weights):
        return share_widths(document, [FIXED_MM[column.code] for column in columns])
    fixed = sum(FIXED_MM[column.code] for column in columns if column.code in FIXED_MM)
    room = sum(share_widths(document, [1])) - fixed
    return [
        FIXED_MM.get(c.code) or room * w / sum(weights)
        for c, w in zip(columns, weights, strict=True)
    ]


def _text(column: LaidColumn, winner: WinnerRow, number: int) -> str:
    return str(number) if column.code == "number" else VALUES[column.code](winner)


def _total(columns: Sequence[LaidColumn], winners: Sequence[WinnerRow]) -> list[str]:
    told = {
        "tier": show_number(len(winners)),
        "money": show_number(sum(row.money for row in winners)),
    }
    texts = [column.code for column in columns if column.code not in {*told, "number"}]
    said = texts[0] if texts else ""
    return ["Tổng cộng" if c.code == said else told.get(c.code, "") for c in columns]


def _merge(table: Table, bands: Sequence[int]) -> None:
    for place in bands:
        cells = table.rows[place].cells
        for cell in cells[1:]:
            cell.paragraphs[0].clear()  # else each would leave an empty line in the band
        merged = cells[0].merge(cells[-1])
        merged.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
        for run in merged.paragraphs[0].runs:
            run.bold = True


def _write_units(document: DocxDocument, facts: ResultFacts) -> list[list[str]]:
    """Collective prizes below the individual ones."""
    heading = write_paragraph(document, "Giải tập thể", indent=False)
    heading.runs[0].bold, heading.paragraph_format.keep_with_next = True, True
    rows = [
        [
            str(number),
            each.unit,
            each.bloc,
            each.tier,
            show_number(each.money) if each.money else "",
        ]
        for number, each in enumerate(facts.unit_winners, start=1)
    ]
    write_table(
        document,
        ["STT", "Đơn vị", "Khối", "Giải", "Tiền thưởng (đồng)"],
        rows,
        numeric=(0, 4),
        widths_mm=share_widths(document, (6, 40, 24, 20, 18)),
    )
    return rows
