"""2,000 people entering over HTTP, each in their own way."""

import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Thread
from typing import Any

from quiz.demo.answers import plan_answers
from quiz.demo.behaviours import AttemptPlan
from quiz.demo.content import load_items
from quiz.demo.entering import registration_of
from quiz.demo.entrant import DemoEntrant
from quiz.demo.live.calls import Refused, call
from quiz.demo.live.record import EntrantRecord, SittingRecord

THREADS = 24
PAUSE_BEFORE_LATE = 1.0


@dataclass(frozen=True)
class Arena:
    """Where people enter: the server and the contest. `limit` is the time for a paper, seconds."""

    port: int
    contest: str
    round_id: int
    limit: float


class Driver:
    """Runs all entrants and keeps the books. It knows the keys because it wrote the items."""

    def __init__(self, arena: Arena) -> None:
        self.arena = arena
        self._keys = {
            (item.stem, tuple(sorted(item.options))): frozenset(
                item.options[place] for place in item.key
            )
            for item in load_items()
        }
        self._waiting: list[Thread] = []

    def enter_all(self, entrants: Sequence[DemoEntrant]) -> list[EntrantRecord]:
        """First those who come once, then those who come again under another phone or year."""
        records: list[EntrantRecord] = []
        for again in (False, True):
            wave = [one for one in entrants if (one.duplicate_of is not None) is again]
            with ThreadPoolExecutor(THREADS) as pool:
                records += pool.map(self._enter, wave)
        for thread in self._waiting:
            thread.join()
        return records

    def _enter(self, person: DemoEntrant) -> EntrantRecord:
        record = EntrantRecord(person)
        token = self._register(record)
        for ordinal, plan in enumerate(person.behaviour.attempts, start=1):
            last = ordinal == len(person.behaviour.attempts)
            self._sit(record, token, plan, ordinal, last=last)
        return record

    def _register(self, record: EntrantRecord) -> str:
        data = registration_of(record.person, uuid.uuid4())
        path = f"/api/v1/entry/contests/{self.arena.contest}/register"
        if record.person.behaviour.forgets_consent:
            try:
                call(self.arena.port, path, data | {"consent": False})
                raise AssertionError("registered without consent")
            except Refused as refusal:
                if refusal.code != "input_refused":
                    raise
        answer = call(self.arena.port, path, data)
        if call(self.arena.port, path, data)["entry_code"] != answer["entry_code"]:
            raise AssertionError("the same form sent again gave another entrant")
        record.code = answer["entry_code"]
        return str(answer["entrant_token"])

    def _sit(
        self, record: EntrantRecord, token: str, plan: AttemptPlan, ordinal: int, *, last: bool
    ) -> None:
        paper = call(
            self.arena.port,
            f"/api/v1/entry/rounds/{self.arena.round_id}/start",
            {"ordinal": ordinal},
            X_Entrant_Token=token,
        )
        answers = self._answers(paper["items"], plan, record.person.number * 10 + ordinal)
        sitting = SittingRecord(
            ordinal,
            self._count(paper["items"], answers),
            len(answers),
            token=paper["attempt_token"],
        )
        record.sittings.append(sitting)
        page = Page(self.arena.port, paper["attempt_token"], record, sitting)
        behaviour = record.person.behaviour
        half = [mask if place % 2 else 0 for place, mask in enumerate(answers)]
        page.save(half)
        if last and behaviour.two_tabs:
            page.save_from_other_tab(half)
        if last and behaviour.abandoned:
            page.save(answers)
        elif last and behaviour.late:
            page.save(answers)
            self._later(page, self._all_right(paper["items"]))
        elif last and behaviour.double_submit:
            page.submit_twice(answers)
        else:
            page.submit(answers)

    def _later(self, page: "Page", answers: list[int]) -> None:
        """After the time is up, send what was left out; it has to be refused."""

        def wait_and_send() -> None:
            time.sleep(self.arena.limit + PAUSE_BEFORE_LATE)
            page.send_too_late(answers)

        self._waiting.append(Thread(target=wait_and_send))
        self._waiting[-1].start()

    def _right(self, item: dict[str, Any]) -> int:
        texts = tuple(sorted(option["text"] for option in item["options"]))
        key = self._keys[item["stem"], texts]
        return sum(1 << option["id"] for option in item["options"] if option["text"] in key)

    def _all_right(self, items: list[dict[str, Any]]) -> list[int]:
        return [self._right(item) for item in items]

    def _answers(self, items: list[dict[str, Any]], plan: AttemptPlan, seed: int) -> list[int]:
        return plan_answers(
            kinds=[item["kind"] for item in items],
            option_counts=[len(item["options"]) for item in items],
            keys=self._all_right(items),
            wrong=plan.wrong,
            omitted=plan.omitted,
            seed=seed,
        )

    def _count(self, items: list[dict[str, Any]], answers: list[int]) -> int:
        return sum(mask == self._right(item) for item, mask in zip(items, answers, strict=True))


class Page:
    """One open attempt page: it knows the revision it last heard of."""

    def __init__(
        self, port: int, token: str, record: EntrantRecord, sitting: SittingRecord
    ) -> None:
        self.port, self.token, self.record, self.sitting = port, token, record, sitting
        self.writer, self.revision = record.person.number * 100 + sitting.ordinal, 0

    def _send(self, act: str, answers: list[int], **changed: int) -> dict[str, Any]:
        guess = self.record.person.behaviour.prediction
        body = {
            "writer": self.writer,
            "base": self.revision,
            "revision": self.revision + 1,
            "answers": answers,
            "prediction": None if guess is None else str(guess),
        } | changed
        return call(self.port, f"/api/v1/entry/{act}", body, X_Attempt_Token=self.token)

    def save(self, answers: list[int]) -> None:
        """Save, and send the same once more as after a lost reply."""
        stored = self._send("save", answers)
        if self._send("save", answers)["revision"] != stored["revision"]:
            raise AssertionError("a replayed save changed the attempt")
        self.revision = stored["revision"]

    def save_from_other_tab(self, answers: list[int]) -> None:
        """A second tab that has not heard of the first one's save is told of the conflict."""
        try:
            self._send("save", answers, writer=self.writer + 50, base=0, revision=1)
            raise AssertionError("the second tab overwrote the first")
        except Refused as refusal:
            if refusal.code != "save_conflict":
                raise
        self.record.conflicts += 1

    def submit(self, answers: list[int]) -> None:
        self._keep(self._send("submit", answers))

    def submit_twice(self, answers: list[int]) -> None:
        """Two clicks at once: both get the same receipt."""
        with ThreadPoolExecutor(2) as pool:
            for receipt in pool.map(lambda _click: self._send("submit", answers), range(2)):
                self._keep(receipt)

    def _keep(self, receipt: dict[str, Any]) -> None:
        self.sitting.submitted = True
        self.sitting.receipt = receipt
        self.sitting.receipts_seen.add(receipt["code"])

    def send_too_late(self, answers: list[int]) -> None:
        try:
            self._send("submit", answers)
            raise AssertionError("answers were taken after the deadline")
        except Refused as refusal:
            if refusal.code not in ("save_too_late", "attempt_closed"):
                raise
        self.record.late_refused = True
