"""A province sets itself up and launches its first contest: desk for one, phones for the others."""

import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser

from tests.journeys import office
from tests.journeys.people import DESK, PHONE, Person, arrive, set_up_second_factor
from tests.stack import Stack

BODY, TITLE = "Ủy ban nhân dân tỉnh Cao Bằng", "Tìm hiểu cải cách hành chính năm 2026"
EMBLEM = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">
<circle cx="20" cy="20" r="18" fill="#b3261e"/></svg>"""
# From the printed link to a finished wizard; from an activation link to downloaded papers.
MOST_CLICKS = {"admin": 12, "organiser": 12, "reviewer": 10}


@pytest.mark.needs_chromium
def test_from_an_empty_installation_to_a_launched_contest(
    chromium: Browser, live_stack: Stack, tmp_path: Path
) -> None:
    base = live_stack.base_url
    admin, organiser, reviewer = (arrive(chromium, size=size) for size in (DESK, PHONE, PHONE))
    links = set_up(admin, live_stack.links[0], base)
    office.activate(organiser, links[0])
    make_from_template(organiser)
    office.activate(reviewer, links[1])
    approve_items(reviewer)
    letter, rules, poster = download_papers(organiser, tmp_path)
    assert letter_head(letter) == [BODY.upper(), "Số: ……", f"V/v phát động cuộc thi “{TITLE}”"]
    assert whole_text(rules)[:2] == ["THỂ LỆ", TITLE]
    assert poster.read_bytes().startswith(b"%PDF")
    publish(organiser, base)
    people = {"admin": admin, "organiser": organiser, "reviewer": reviewer}
    over = {name: who.clicks for name, who in people.items() if who.clicks > MOST_CLICKS[name]}
    assert over == {}
    assert [who.errors for who in people.values()] == [[], [], []]
    for who in people.values():
        who.context.close()


def set_up(admin: Person, link: str, base: str) -> list[str]:
    """The five steps; the activation links of the organiser and of the second person."""
    admin.page.goto(link)
    admin.click("Mở")
    set_up_second_factor(admin)
    assert admin.page.url == f"{base}/lam-viec/cai-dat/co-quan/"
    admin.fill("body_name", BODY)
    admin.fill("place", "Cao Bằng")
    admin.page.locator("[name=emblem]").set_input_files(
        {"name": "bieu-trung.svg", "mimeType": "image/svg+xml", "buffer": EMBLEM}
    )
    admin.click("Lưu", exact=True)
    admin.page.locator("[name=province]").select_option("04")
    admin.fill("departments", "Sở Nội vụ\nSở Tư pháp")
    admin.click("Lưu", exact=True)
    for field, value in (
        *(("first_name", "Cán bộ Tổ chức"), ("first_code", "to-chuc")),
        *(("second_name", "Cán bộ Duyệt"), ("second_code", "duyet")),
    ):
        admin.fill(field, value)
    admin.click("Thêm hai người và lấy liên kết")
    links = re.findall(r"<code>(http://[^<]+/kich-hoat/[^<]+)</code>", admin.page.content())
    admin.click("Bước tiếp theo")
    admin.click("Để bước này sau")
    admin.click("Lưu và thử mở")
    admin.page.get_by_text("Máy chủ mở được hệ thống này").wait_for()
    admin.click("Hoàn tất cài đặt")
    return links


def make_from_template(organiser: Person) -> None:
    """Only the name is typed."""
    organiser.click("Cuộc thi", exact=True)
    organiser.click("Tạo cuộc thi đầu tiên từ mẫu")
    organiser.fill("title", TITLE)
    organiser.picture("contest-template-360")
    organiser.click("Tạo cuộc thi", exact=True)
    organiser.page.get_by_text("Bài phát thanh một phút").wait_for()
    organiser.picture("papers-360")


def approve_items(reviewer: Person) -> None:
    """Page after page; those whose documents wait for a check stay."""
    reviewer.click("Mở")
    for _page in range(5):
        if not reviewer.page.get_by_role("button", name="Duyệt tất cả").count():
            break
        reviewer.click("Duyệt tất cả")


def download_papers(organiser: Person, folder: Path) -> list[Path]:
    """The letter, the regulations and the poster, as they come down."""
    files = []
    for name in ("Công văn phát động (Word)", "Thể lệ (Word)"):
        with organiser.page.expect_download() as coming:
            organiser.page.get_by_role("link", name=name).click()
        organiser.clicks += 1
        files.append(folder / coming.value.suggested_filename)
        coming.value.save_as(files[-1])
    assert all(zipfile.is_zipfile(file) for file in files)
    address = organiser.page.get_by_role("link", name="Tờ treo A5 (PDF)").get_attribute("href")
    poster = folder / "to-treo.pdf"
    origin = organiser.page.url.partition("/lam-viec")[0]
    poster.write_bytes(organiser.fetch(f"{origin}{address}"))
    return [*files, poster]


def letter_head(letter: Path) -> list[str]:
    left = Document(letter).tables[0].rows[0].cells[0]
    return [paragraph.text for paragraph in left.paragraphs if paragraph.text]


def whole_text(paper: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(paper).paragraphs if paragraph.text]


def publish(organiser: Person, base: str) -> None:
    """The contest's own list says what is next; then anybody finds it on the home page."""
    organiser.click("Việc cần làm")
    organiser.click("Đăng cuộc thi và chốt đề")
    organiser.page.goto(f"{base}/")
    organiser.click(TITLE)
    organiser.page.get_by_role("heading", name=TITLE).first.wait_for()
