"""One whole contest without a person: people enter, officials close, rank, seal and release."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from quiz.demo.accounts import DEMO_ACCOUNTS
from quiz.demo.live import checks
from quiz.demo.live.books import OwnResult, own_result
from quiz.demo.live.calls import Official, call
from quiz.demo.live.entering import Arena, Driver
from quiz.demo.live.record import EntrantRecord
from quiz.demo.live.server import LiveServer
from quiz.demo.live.setting_up import GRACE_MS, live_entrants
from quiz.demo.setting import ORGANISER, REVIEWER

Tell = Callable[[str], None]
DECISION = "12/QĐ-BTC"


@dataclass(frozen=True)
class Scale:
    """How large the run is: entrants, seconds the round is open, seconds for a paper."""

    seed: int
    entrants: int
    seconds: int
    limit: int


class DemoRun:
    """`folder` receives the workbooks, the bundle and the summary."""

    def __init__(self, server: LiveServer, folder: Path, scale: Scale, tell: Tell) -> None:
        self.server, self.folder, self.scale, self.tell = server, folder, scale, tell
        links = {
            username: link
            for (_role, username), link in zip(DEMO_ACCOUNTS, server.links, strict=True)
        }
        self.organiser = Official(server.port, links[ORGANISER])
        self.second = Official(server.port, links[REVIEWER])
        self.seconds: dict[str, float] = {}

    def run(self) -> list[checks.Check]:
        """The cross-checks and whether each held; the summary is written in any case."""
        facts = self._timed("set_up", self._set_up)
        records = self._timed("entering", lambda: self._enter(facts))
        silent = self._keeps_silent(facts, len(records))
        self._wait_for_close(facts)
        self._fetch_receipts(records)
        results = self._timed("results", lambda: self._results(facts))
        own = own_result(records)
        found = [
            (_("Trang công khai không lộ số liệu khi vòng đang mở"), silent),
            *self._checks(records, own, results["root"]),
        ]
        self._write_summary(own, results, found)
        return found

    def _timed(self, name: str, act: Callable[[], Any]) -> Any:
        began = time.monotonic()
        done = act()
        self.seconds[name] = round(time.monotonic() - began, 1)
        return done

    def _set_up(self) -> dict[str, Any]:
        scale = self.scale
        printed = self.server.manage(
            "demo_contest",
            f"--seed={scale.seed}",
            f"--entrants={scale.entrants}",
            f"--seconds={scale.seconds}",
            f"--limit={scale.limit}",
        )
        return dict(json.loads(printed))

    def _enter(self, facts: dict[str, Any]) -> list[EntrantRecord]:
        self.tell(_("Đang cho %(count)s người dự thi…") % {"count": self.scale.entrants})
        arena = Arena(
            self.server.port,
            facts["contest"],
            facts["round_id"],
            self.scale.limit + GRACE_MS / 1000,
        )
        people = live_entrants(
            seed=self.scale.seed, count=self.scale.entrants, today=timezone.localdate()
        )
        return Driver(arena).enter_all(people)

    def _keeps_silent(self, facts: dict[str, Any], count: int) -> bool:
        """While the round is open no reading page tells how many registered."""
        paths = ["/", f"/cuoc-thi/{facts['contest']}/", f"/cuoc-thi/{facts['contest']}/ket-qua/"]
        dotted = f"{count:,}".replace(",", r"\.")
        told = re.compile(rf"(?<![\d.])(?:{count}|{dotted})(?![\d.]*\d)")
        texts = [re.sub(r"<[^>]*>", " ", self.organiser.get(path).decode()) for path in paths]
        return not any(told.search(text) for text in texts)

    def _wait_for_close(self, facts: dict[str, Any]) -> None:
        closes = datetime.fromisoformat(facts["closes_at"]) + timedelta(milliseconds=GRACE_MS + 500)
        left = (closes - timezone.now()).total_seconds()
        if left < 0:
            self.tell(_("Vòng thi đóng trước khi mọi người vào xong: cho thêm thời gian."))
        time.sleep(max(0.0, left))

    def _fetch_receipts(self, records: list[EntrantRecord]) -> None:
        """Those who never submitted ask for the receipt of what the deadline closed."""
        for record in records:
            for sitting in record.sittings:
                if not sitting.receipt:
                    sitting.receipt = call(
                        self.server.port,
                        "/api/v1/entry/receipt",
                        {},
                        X_Attempt_Token=sitting.token,
                    )

    def _results(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Close, keep the earliest of duplicates, rank, seal, submit, release, export."""
        self.tell(_("Đang đóng vòng, chấm, xếp hạng, niêm phong và công bố…"))
        work = f"work/rounds/{facts['round_id']}"
        closed = self.organiser.job(f"{work}/close/")["result"]
        if closed["duplicates"]:
            contest = f"/lam-viec/cuoc-thi/{facts['contest_id']}"
            self.organiser.act(f"{contest}/trung/theo-de-xuat/", scope="all")
        ranked = self.organiser.job(f"{work}/rank/")["result"]
        if ranked["ties"]:
            raise RuntimeError(_("Còn đồng hạng tới phần nghìn giây: chạy lại."))
        sealed = self.organiser.job(f"{work}/seal/")["result"]
        submitted = self.organiser.job(f"{work}/submit/")["result"]
        self.second.api(
            f"work/releases/{submitted['release']}/approve/",
            {"decision_number": DECISION, "decision_date": timezone.localdate().isoformat()},
        )
        for kind in ("winners", "participation"):
            job = self.organiser.job(f"{work}/{kind}/")
            data = self.organiser.get(f"/lam-viec/tac-vu/{job['id']}/tep/")
            (self.folder / f"{kind}.xlsx").write_bytes(data)
        page = f"/lam-viec/cuoc-thi/{facts['contest_id']}/vong/{facts['round_id']}/ketqua"
        bundle = self.organiser.get(f"{page}/goi-kiem-chung.zip")
        (self.folder / "release.zip").write_bytes(bundle)
        return {
            "duplicates": closed["duplicates"],
            "awards": ranked["awards"],
            "root": submitted["root"],
            "digest": submitted["digest"],
            "attempts": sealed["size"],
        }

    def _checks(
        self, records: list[EntrantRecord], own: OwnResult, root: str
    ) -> Iterator[checks.Check]:
        yield from checks.check_receipts(records)
        yield from checks.check_winners(self.folder / "winners.xlsx", own)
        yield from checks.check_participation(self.folder / "participation.xlsx", own)
        yield from checks.check_bundle(self.folder / "release.zip", root)

    def _write_summary(
        self, own: OwnResult, results: dict[str, Any], found: list[checks.Check]
    ) -> None:
        summary = {
            "persons": own.persons,
            "entries": own.entries,
            "all_correct": own.all_correct,
            **results,
            "registrations": self.scale.entrants,
            "seed": self.scale.seed,
            "seconds": self.seconds,
            "checks": dict(found),
        }
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        (self.folder / "summary.json").write_text(text + "\n", encoding="utf-8")
