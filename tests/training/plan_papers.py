"""The report of a plan, written as a Word paper and read back."""

import re
from io import BytesIO

from django.utils import translation
from docx import Document

from tests.training.report_world import NOW
from training.domain.plan_reports import read_plan_report
from training.engine.plan_periods import ReportPeriod
from training.interfaces.word.plan_report import write_plan_report

QUARTER = ReportPeriod("q3", 2026)


def report_of(plan, user, period=QUARTER, now=NOW):
    return read_plan_report(plan=plan, period=period, user=user, now=now)


def paper_of(report):
    """The paper read back: its paragraphs in one text, its tables as rows of texts."""
    file = BytesIO()
    with translation.override("en"):  # a paper of the body stays Vietnamese
        write_plan_report(report, file)
    document = Document(BytesIO(file.getvalue()))
    text = "\n".join(plain(paragraph) for paragraph in document.paragraphs)
    tables = [
        [[plain(cell) for cell in row.cells] for row in each.rows] for each in document.tables
    ]
    return text, tables


def plain(part):
    """Its words; spaces at which no line ends are spaces."""
    return part.text.replace("\N{NO-BREAK SPACE}", " ")


def numbers(text):
    return [int(found.replace(".", "")) for found in re.findall(r"\d+(?:\.\d{3})*", text)]


def line(text, start):
    return next(row for row in text.split("\n") if row.startswith(start))
