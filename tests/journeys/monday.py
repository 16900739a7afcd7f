"""Monday morning: from the close of a round to papers ready for signature, as one officer does it.

`make_monday` builds the round, `drive` clicks through it. The suite does so with a few hundred
people, `tests/load/monday.py` with 26,106 against a served installation.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from quiz.rules.document import BlueprintRow, Criterion, PredictionRules, PrizeTier
from tests.factories import HOUR, OpenContest, make_draft, make_open_contest, make_rules
from tests.journeys.people import Person as Officer
from tests.results_factory import Entry, Person, make_entrants

WRONG_ITEM = "số 3 hỏi"
ITEMS_IN_BANK, ITEMS_IN_PAPER = 20, 10
PERFECT = 0.45


@dataclass(frozen=True)
class Step:
    name: str
    seconds: float
    clicks: int


def make_monday(*, persons: int, twins: int, seed: int = 7) -> OpenContest:
    """A round just over: `persons` entrants, of whom `twins` pairs look like one person each.

    Hue's chain: score, nearest prediction of how many answer everything right, time, lot. The rank
    to be won hangs on the prediction, so that duplicates weigh on it.
    """
    dice = random.Random(seed)
    rules = make_rules(
        paper={"blueprint": [BlueprintRow(count=ITEMS_IN_PAPER)]},
        entry={"attempts_per_round": 1, "prediction": PredictionRules(who="all_correct")},
        result={
            "chain": [
                Criterion(kind="score"),
                Criterion(kind="prediction_error"),
                Criterion(kind="duration", precision="ms"),
                Criterion(kind="lot"),
            ],
            "prizes": [
                PrizeTier(code="nhat", name="Giải Nhất", count=1, money=3_000_000),
                PrizeTier(code="nhi", name="Giải Nhì", count=2, money=2_000_000),
                PrizeTier(code="ba", name="Giải Ba", count=3, money=1_000_000),
            ],
        },
    )
    drafts = [make_draft(number) for number in range(1, ITEMS_IN_BANK + 1)]
    made = make_open_contest(rules=rules, drafts=drafts, opens_in=-4 * HOUR)
    make_entrants(made, list(_people(dice, persons, twins)))
    made.round.closes_at = timezone.now() - timedelta(minutes=1)
    made.round.save(update_fields=["closes_at"])
    return made


def _people(dice: random.Random, persons: int, twins: int) -> Iterator[Person]:
    for number in range(persons):
        # The first 2 × twins are pairs under one name and telephone.
        who = number // 2 if number < 2 * twins else number
        guess = persons * PERFECT * dice.lognormvariate(0, 0.5)
        yield Person(
            full_name=f"Người Dự Thi Thứ {who}",
            phone=f"09{who:08d}",
            identity=f"người {who}",
            birth_date=None,
            registered=number / persons,
            entries=[
                Entry(
                    wrong=0 if dice.random() < PERFECT else dice.randint(1, 4),
                    seconds=60 + dice.randrange(840_000) / 1000,
                    prediction=Decimal(int(guess)),
                )
            ],
        )


class Morning:
    """Measures the steps; `settle` does what the worker would, where none runs, and says what."""

    def __init__(
        self,
        officer: Officer,
        second: Officer,
        settle: Callable[[], object],
        patience: int = 15_000,
    ) -> None:
        self.officer, self.second, self.settle = officer, second, settle
        self.patience = patience
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


def drive(morning: Morning, base: str, made: OpenContest) -> list[Step]:
    """Close, duplicates, the wrong key with a second person, awards, seal, papers."""
    officer = morning.officer
    contest, round = made.contest.pk, made.round.pk
    officer.page.goto(f"{base}/lam-viec/cuoc-thi/{contest}/")
    morning.work("Đóng vòng", "Xem xét trường hợp nghi trùng")
    morning.done("close")
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
    officer.tick("main [name=key]:not(:checked)")
    officer.fill("reason", "Khoản 2 Điều 5 cho phép cả hai cách.")
    officer.click("Đưa vào đính chính")
    morning.work("Xem ảnh hưởng", "Trình người thứ hai duyệt")
    officer.click("Trình người thứ hai duyệt")
    second.page.goto(address)
    second.click("Duyệt đính chính")
    morning.rest(second)
    officer.page.goto(address)
