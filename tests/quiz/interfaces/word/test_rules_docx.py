"""The regulations in Word say what the page says, under the body's head."""

from datetime import UTC, date, datetime
from io import BytesIO

from django.utils import translation
from docx import Document

from quiz.interfaces.word.rules_docx import write_rules_docx
from quiz.rules.presets import PRESETS
from quiz.rules.prose import ProseContext, describe_rules

CONTEXT = ProseContext(
    contest_title="Tìm hiểu cải cách hành chính",
    body_name="Ủy ban nhân dân xã",
    rounds=[("Tuần 1", datetime(2026, 11, 23, 3, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC))],
    place="Hòa Thịnh",
    decision_number="12/QĐ-BTC",
    decision_date=date(2026, 11, 20),
)


def test_every_article_clause_and_table_is_printed_in_order() -> None:
    file = BytesIO()
    with translation.override("vi"):
        sections = describe_rules(PRESETS["hue_hai_doi_tuong"].document, CONTEXT)
        write_rules_docx(sections, CONTEXT, file)
    paper = Document(BytesIO(file.getvalue()))
    expected = ["THỂ LỆ", "Tìm hiểu cải cách hành chính"]
    expected.append(
        "(Kèm theo Quyết định số 12/QĐ-BTC ngày 20 tháng 11 năm 2026 của Ủy ban nhân dân xã)"
    )
    tables = []
    for section in sections:
        expected.append(section.heading)
        for clause in section.clauses:
            expected += [clause.text, *clause.bullets]
            if clause.table is not None:
                total = [clause.table.total] if clause.table.total else []
                tables.append([clause.table.headers, *clause.table.rows, *total])
    assert [p.text for p in paper.paragraphs if p.text] == expected
    printed = [[tuple(c.text for c in row.cells) for row in t.rows] for t in paper.tables[1:]]
    assert printed == tables
    assert len(tables) == 2


def test_the_head_names_place_and_date() -> None:
    file = BytesIO()
    with translation.override("vi"):
        write_rules_docx([], CONTEXT, file)
    right = Document(BytesIO(file.getvalue())).tables[0].rows[0].cells[1]
    assert right.paragraphs[-1].text == "Hòa Thịnh, ngày 20 tháng 11 năm 2026"
