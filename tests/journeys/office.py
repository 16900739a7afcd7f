"""The office's side of a first contest, page by page, as few clicks as the pages allow."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from tests.journeys.people import VIETNAM, Person, set_up_second_factor

PASSWORD = "Mot-mat-khau-dai-2026"
UNIT, BANK, TITLE = "Xã Hòa Thịnh", "Câu hỏi về dịch vụ công", "Tìm hiểu dịch vụ công trực tuyến"
LETTERS = "ABCD"


def make_units_and_people(admin: Person, base: str, link: str) -> dict[str, str]:
    """From the printed link to two people; their activation links by name."""
    admin.page.goto(link)
    admin.click("Mở")
    set_up_second_factor(admin)
    admin.click("Đơn vị", exact=True)
    admin.page.locator("form[action$='/moi/'] [name=name]").fill(UNIT)
    admin.page.locator("form[action$='/moi/'] [name=kind]").select_option("commune")
    admin.click(admin.page.locator("form[action$='/moi/'] [type=submit]"))
    admin.picture("units-1280")
    links = {}
    people = {
        "Cán bộ Tổ chức": ("to-chuc", ("author", "organiser", "exporter")),
        "Cán bộ Duyệt": ("duyet", ("reviewer", "organiser")),
    }
    for name, (username, roles) in people.items():
        admin.page.goto(base + "/lam-viec/con-nguoi/moi/")
        admin.clicks += 1  # the way there from the list of people
        admin.fill("full_name", name)
        admin.fill("username", username)
        for role in roles:
            admin.tick(f"main input[value={role}]")
        admin.click("Thêm người và lấy liên kết")
        links[name] = re.findall(r"http://[^\"<\s]+/kich-hoat/[^\"<\s]+", admin.page.content())[0]
    admin.picture("person-1280")
    return links


def activate(person: Person, link: str) -> None:
    """A chosen password and a second factor, and inside."""
    person.page.goto(link)
    person.fill("password", PASSWORD)
    person.click("Kích hoạt và vào làm việc")
    person.click("Mở")
    set_up_second_factor(person)


def write_workbook(path: Path) -> None:
    """38 items as an office has them: question, four options, letter of the key."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Câu hỏi"
    sheet.append(["Nội dung câu hỏi", "A", "B", "C", "D", "Đáp án", "Chủ đề"])
    for number in range(3, 41):
        options = [f"Cách trả lời {letter} của câu {number}" for letter in LETTERS]
        key = LETTERS[number % 4]
        sheet.append([f"Câu số {number} hỏi gì về dịch vụ công?", *options, key, "Dịch vụ công"])
    book.save(path)


def fill_bank(organiser: Person, workbook: Path) -> None:
    """A bank with two items typed and 38 imported."""
    organiser.click("Ngân hàng câu hỏi", exact=True)
    organiser.click("Lập ngân hàng")
    organiser.fill("name", BANK)
    organiser.click("Lập ngân hàng")
    organiser.click("Thêm câu hỏi")
    for number, button in ((1, "Lưu và thêm câu tiếp"), (2, "Lưu")):
        organiser.fill("stem", f"Câu số {number} do cán bộ tự soạn hỏi gì?")
        for place, letter in enumerate(LETTERS):
            organiser.page.locator("main [name=option]").nth(place).fill(
                f"Phương án {letter} của câu {number}"
            )
        organiser.tick(f"main [name=key][value='{number}']")
        if number == 2:
            organiser.picture("item-1280")
        organiser.click(button, exact=True)
    organiser.page.goto(re.sub(r"/cau-hoi/.*", "/", organiser.page.url))
    organiser.click("Nhập từ tệp")
    organiser.page.locator("main [name=file]").set_input_files(workbook)
    organiser.click("Kiểm tra tệp")
    organiser.picture("import-1280")
    organiser.click("Nhập 38 câu")
    organiser.wait_for_job()
    organiser.picture("job-1280")


def approve_all(reviewer: Person, base: str) -> None:
    """On a phone, page after page, by someone who wrote none of it."""
    reviewer.page.goto(base + "/lam-viec/ngan-hang/")
    reviewer.click(BANK)
    reviewer.click("Duyệt 40 câu")
    reviewer.picture("review-360")
    while reviewer.page.get_by_role("button", name="Duyệt tất cả").count():
        reviewer.click("Duyệt tất cả")


def open_contest(organiser: Person, base: str) -> tuple[str, str, datetime]:
    """A three-minute round, published and frozen: workplace page, public page, its close."""
    organiser.page.goto(base + "/lam-viec/")
    organiser.click("Cuộc thi", exact=True)
    organiser.click("Lập cuộc thi")
    began = datetime.now(VIETNAM).replace(second=0, microsecond=0)
    closes = began + timedelta(minutes=3)
    organiser.fill("title", TITLE)
    organiser.page.locator("main [name=unit]").select_option(label=UNIT)
    organiser.page.locator("main [name=bank]").select_option(label=BANK)
    organiser.fill("opens_at", began.strftime("%Y-%m-%dT%H:%M"))
    organiser.fill("closes_at", closes.strftime("%Y-%m-%dT%H:%M"))
    organiser.tick("main [value=dak_lak]")
    for name, value in (("items", "5"), ("minutes", "2"), ("attempts", "1")):
        organiser.fill(name, value)
    organiser.fill("body_name", "Ban Tổ chức cuộc thi")
    organiser.picture("contest-new-1280")
    organiser.click("Lập cuộc thi")
    work = organiser.page.url
    organiser.click("Đăng cuộc thi và chốt đề")
    organiser.page.goto(work)
    organiser.picture("contest-1280")
    public = organiser.page.locator("main a[href*='/cuoc-thi/']", has_text="/cuoc-thi/").first
    return work, str(public.get_attribute("href")), closes
