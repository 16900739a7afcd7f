"""The printed regulations as a Word paper."""

from collections.abc import Iterable
from typing import IO

from django.utils.translation import gettext as _
from docx.document import Document as DocxDocument

from quiz.interfaces.word.decree30 import (
    new_paper,
    write_article,
    write_attachment_note,
    write_letterhead,
    write_paragraph,
    write_table,
    write_title,
)
from quiz.rules.sections import Clause, ProseContext, Section


def write_rules_docx(
    sections: Iterable[Section], heading: ProseContext, file: str | IO[bytes]
) -> None:
    """Write the articles of `describe_rules` under the head of the body that issues them.

    Without a decision number the note under the title keeps blanks to be written in.
    """
    document = new_paper(title=heading.contest_title, author=heading.body_name)
    write_letterhead(
        document,
        body_name=heading.body_name,
        parent_body=heading.parent_body,
        place=heading.place,
        signed_on=heading.decision_date,
    )
    write_title(document, _("Thể lệ"), heading.contest_title)
    write_attachment_note(
        document,
        body_name=heading.body_name,
        number=heading.decision_number,
        signed_on=heading.decision_date,
    )
    for section in sections:
        write_article(document, section.heading)
        for clause in section.clauses:
            _write_clause(document, clause)
    document.save(file)


def _write_clause(document: DocxDocument, clause: Clause) -> None:
    paragraph = write_paragraph(document, clause.text)
    if clause.table is None:
        for bullet in clause.bullets:
            write_paragraph(document, bullet)
        return
    paragraph.paragraph_format.keep_with_next = True
    table = clause.table
    write_table(document, table.headers, table.rows, numeric=table.numeric, total=table.total)
