"""Monday morning: from the close of a round to papers ready for signature, as one officer does it.

`monday_round` builds the round, `drive` clicks through it. The suite does so with a few hundred
people, `tests/load/monday.py` with 26,106 against a served installation.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.journeys.people import Person as Officer

WRONG_ITEM = "số 3 hỏi"


@dataclass(frozen=True)
class Step:
    name: str
    seconds: float
    clicks: int


class Morning:
    """Measures the steps; `settle` does what the worker would, where none runs, and says what."""

    def __init__(
        self,
        officer: Officer,
        second: Officer,
        settle: Callable[[], object],
        patience: int = 60_000,
    ) -> None:
        self.officer, self.second, self.settle = officer, second, settle
        self.patience = patience
        self.look: Callable[[], object] = lambda: None
        self.steps: list[Step] = []
        self._began, self._clicks = time.monotonic(), 0

    @property
    def clicks(self) -> int:
        return self.officer.clicks + self.second.clicks

    def work(self, click: str, until: str) -> None:
        """A click that queues work, and the wait until the page offers what comes next."""
        self.officer.click(click)
        self.rest(self.officer)
        self.officer.find(until).wait_for(timeout=self.patience)

    def rest(self, person: Officer) -> None:
        """Until the worker has done what was asked and the page has seen it."""
        if self.settle():
            person.page.goto(person.page.url)
        bar = person.page.locator("#viec-dang-chay")
        bar.wait_for(state="detached", timeout=self.patience)

    def done(self, name: str) -> None:
        now = time.monotonic()
        self.steps.append(Step(name, now - self._began, self.clicks - self._clicks))
        self._began, self._clicks = now, self.clicks


def drive(morning: Morning, base: str, *, contest: int, round: int) -> list[Step]:
    """Close, duplicates, the wrong key with a second person, awards, seal, papers.

    Between the first two the morning's `look` is called, outside what is measured.
    """
    officer = morning.officer
    officer.page.goto(f"{base}/lam-viec/cuoc-thi/{contest}/")
    morning.work("Đóng vòng", "Xem xét trường hợp nghi trùng")
    morning.done("close")
    morning.look()
    morning.done("")
    morning.steps.pop()
    _decide_duplicates(morning)
    morning.done("duplicates")
    _correct_key(morning, f"{base}/lam-viec/cuoc-thi/{contest}/vong/{round}/ketqua/dinh-chinh/")
    morning.done("wrong key")
    officer.click("Kết quả", exact=True)
    morning.work("Xếp hạng lại", "Niêm phong kết quả")
    morning.done("ranking and awards")
    morning.work("Niêm phong kết quả", "Trình ký")
    morning.done("seal")
    morning.work("Trình ký", "Tạo liên kết và mã duyệt")
    morning.done("release for signature")
    officer.click("Hồ sơ kết quả")
    morning.work("Tải tất cả trong một tệp nén", ".zip")
    morning.done("papers")
    return morning.steps


def _decide_duplicates(morning: Morning) -> None:
    officer = morning.officer
    officer.click("Nghi trùng", exact=True)
    if officer.page.get_by_role("button", name="không ảnh hưởng giải").count():
        officer.click("không ảnh hưởng giải")
    everywhere = officer.page.get_by_role("button", name="Theo đề xuất ở tất cả")
    if everywhere.count():
        officer.click(everywhere)
    morning.rest(officer)


def _correct_key(morning: Morning, address: str) -> None:
    officer, second = morning.officer, morning.second
    officer.click("Kết quả", exact=True)
    officer.click("Đính chính")
    officer.fill("reason", "Đáp án câu 3 không đúng với văn bản hiện hành.")
    officer.click("Lập đính chính")
    officer.click("Sửa đáp án một câu")
    officer.fill("q", WRONG_ITEM)
    officer.click("Tìm")
    officer.click("Chọn câu này")
    officer.tick("main [name=remedy][value=accept_both]")
    # Options are mixed anew in each round: any but the one that counted as right.
    other = officer.page.locator("main label").filter(has=officer.page.locator("[name=key]"))
    officer.click(other.filter(has_not_text="đáp án").first)
    officer.fill("reason", "Khoản 2 Điều 5 cho phép cả hai cách.")
    officer.click("Đưa vào đính chính")
    morning.work("Xem ảnh hưởng", "Trình người thứ hai duyệt")
    officer.click("Trình người thứ hai duyệt")
    second.page.goto(address)
    second.click("Duyệt đính chính")
    morning.rest(second)
    officer.page.goto(address)
