"""The report of a plan as an office prints it: forty tasks, so that its table goes over pages."""

import os

import pypdfium2
import pytest
from django.db import transaction

from tests.rendered_papers import (
    FAMILIES,
    MM,
    TOLERANCE,
    edges,
    fonts,
    has_its_widths,
    render,
    texts,
)
from tests.training.plan_world import make_task
from tests.training.report_world import NOW, make_quarter
from training.domain.plan_reports import read_plan_report
from training.engine.plan_periods import ReportPeriod
from training.interfaces.word.plan_report import write_plan_report

pytestmark = [pytest.mark.needs_libreoffice, pytest.mark.django_db]
MORE = 40


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    with django_db_blocker.unblock(), transaction.atomic():
        world, plan = make_quarter()
        for number in range(MORE):
            make_task(plan, world.commune, "Quý II", content=f"Tuyên truyền đợt {number + 1}")
        period, user = ReportPeriod("q3", 2026), world.organiser
        report = read_plan_report(plan=plan, period=period, user=user, now=NOW)
        write_plan_report(report, str(folder / "report.docx"))
        transaction.set_rollback(True)
    render(folder)
    return pypdfium2.PdfDocument(folder / "report.pdf")


def test_pages_are_a4_upright_with_the_margins_of_the_decree(printed):
    assert len(printed) >= 4
    for page in printed:
        assert [round(side / MM) for side in page.get_size()] == [210, 297]
        left, right, top, bottom = edges(page)
        assert left >= 30 - TOLERANCE
        assert right >= 15 - TOLERANCE
        assert top >= 10 - TOLERANCE  # the page's number stands in the margin
        assert bottom >= 20 - TOLERANCE


def test_the_table_of_tasks_repeats_its_heading_on_each_page(printed):
    pages = texts(printed)
    rows = [page.count("Tuyên truyền đợt") for page in pages]
    assert sum(rows) == MORE
    with_rows = [page for page, count in zip(pages, rows, strict=True) if count]
    assert len(with_rows) >= 2
    assert all("Trạng thái" in page for page in with_rows)


def test_pages_are_numbered_and_none_holds_the_signature_alone(printed):
    pages = texts(printed)
    assert all(page.split()[0] == str(number) for number, page in enumerate(pages, 1) if number > 1)
    assert "Trần Thị Mẫu" in pages[-1]
    assert "Trên đây là báo cáo" in pages[-1]


def test_everything_is_set_in_the_decrees_font(printed):
    if not has_its_widths() and os.environ.get("REQUIRE_SERVICES") != "1":
        pytest.skip("no font with the widths of Times New Roman")
    found = {name for page in printed for name in fonts(page)}
    assert found
    assert all(name.replace(" ", "").startswith(FAMILIES) for name in found)
