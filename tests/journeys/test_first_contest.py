"""A body's first contest, from an empty database to two workbooks, in real browsers."""

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from tests.journeys import entrants, office
from tests.journeys.people import DESK, PHONE, VIETNAM, Person, arrive
from tests.stack import Stack

MOST_CLICKS = 60
NAMES = ("Người Thứ Nhất", "Người Thứ Hai", "Người Thứ Ba", "Người Thứ Tư", "=Người Thứ Năm")


@pytest.mark.needs_chromium
def test_first_contest_from_an_empty_database(
    chromium: Browser, live_stack: Stack, tmp_path: Path
) -> None:
    base = live_stack.base_url
    admin, organiser = (arrive(chromium, size=DESK) for _person in range(2))
    reviewer = arrive(chromium, size=PHONE)
    links = office.make_units_and_people(admin, base, live_stack.links[0])
    office.activate(organiser, links["Cán bộ Tổ chức"])
    office.activate(reviewer, links["Cán bộ Duyệt"])
    workbook = tmp_path / "cau-hoi.xlsx"
    office.write_workbook(workbook)
    office.fill_bank(organiser, workbook)
    office.approve_all(reviewer, base)
    work, public, closes = office.open_contest(organiser, base)
    people = enter_five(chromium, base, public)
    wait_until(closes + timedelta(seconds=7))
    winners, participation = publish_and_download(organiser, reviewer, work, tmp_path)
    check_workbooks(winners, participation)
    officials = (admin, organiser, reviewer)
    assert sum(person.clicks for person in officials) <= MOST_CLICKS
    assert [person.errors for person in (*officials, *people)] == [[]] * 8
    for person in (*officials, *people):
        person.context.close()


def enter_five(browser: Browser, base: str, public: str) -> list[Person]:
    """In contexts of their own; the second loses the network, the fifth has no JavaScript."""
    people = []
    for number, name in enumerate(NAMES, start=1):
        person = arrive(browser, size=PHONE, script=number != 5)
        entrants.register(person, base, public, name, number)
        if number == 5:
            entrants.answer_without_script(person)
        else:
            entrants.answer(person, number, cut=number == 2)
        people.append(person)
    return people


def wait_until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - datetime.now(VIETNAM)).total_seconds()))


def publish_and_download(
    organiser: Person, second: Person, work: str, folder: Path
) -> tuple[Path, Path]:
    """Close, rank, seal, submit; the second person releases; both workbooks come down."""
    organiser.page.goto(work)
    for step in ("Đóng vòng", "Chấm, xếp hạng, xét giải", "Niêm phong kết quả", "Trình ký"):
        # Each page shows its work and, when that is over, the next button by itself.
        organiser.find(step).wait_for(timeout=60_000)
        organiser.click(step)
    organiser.page.get_by_role("button", name="Tạo liên kết và mã duyệt").wait_for(timeout=60_000)
    organiser.picture("results-1280")
    second.page.goto(organiser.page.url)
    second.fill("decision_number", "12/QĐ-BTC")
    second.fill("decision_date", datetime.now(VIETNAM).strftime("%Y-%m-%d"))
    second.picture("release-360")
    second.click(second.page.get_by_role("button", name="Duyệt và công bố"))
    organiser.page.goto(organiser.page.url)
    organiser.click("Lập bảng danh sách đạt giải")
    downloads = organiser.page.get_by_role("link", name="(Excel)")
    downloads.nth(1).wait_for(timeout=60_000)
    organiser.picture("released-1280")
    files = []
    for place in range(2):
        with organiser.page.expect_download() as coming:
            downloads.nth(place).click()
        organiser.clicks += 1
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        files.append(path)
    winners, participation = sorted(files, key=lambda path: "tham-gia" in path.name)
    return winners, participation


def check_workbooks(winners: Path, participation: Path) -> None:
    """What the five did stands in both files."""
    annex = load_workbook(winners)["Danh sách đạt giải"]
    names = {cell.value for row in annex.iter_rows() for cell in row}
    assert names & set(NAMES)
    summary = {
        row[0].value: row[1].value for row in load_workbook(participation)["Tổng hợp"].iter_rows()
    }
    assert (summary["Số người thi"], summary["Số lượt thi"]) == (5, 5)
