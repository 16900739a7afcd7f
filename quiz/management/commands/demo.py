"""`manage.py demo`: runs one whole contest over HTTP against a server of its own, and checks it."""

import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from quiz.demo.live.running import DemoRun, Scale
from quiz.demo.live.server import live_server


class Command(BaseCommand):
    help = "Chạy trọn một cuộc thi không cần người, rồi tự đối chiếu kết quả."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument("--entrants", type=int, default=2000)
        parser.add_argument("--seconds", type=int, default=150, help="vòng thi mở bao lâu")
        parser.add_argument("--limit", type=int, default=25, help="thời gian làm bài, giây")
        parser.add_argument("--folder", type=Path, default=None, help="nơi để tệp kết quả")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = (options["folder"] or Path(settings.VAR_DIR) / "demo").resolve()
        shutil.rmtree(folder, ignore_errors=True)
        state = folder / "state"
        state.mkdir(parents=True)
        scale = Scale(options["seed"], options["entrants"], options["seconds"], options["limit"])
        self._say(_("Đang khởi động máy chủ…"))
        with live_server(state) as server:
            run = DemoRun(server, folder, scale, self._say)
            found = run.run()
        shutil.rmtree(state, ignore_errors=True)
        for name, held in found:
            self._say(f"  {'✓' if held else '✗'} {name}")
        self._say(_("Kết quả ở %(folder)s") % {"folder": folder})
        if not all(held for _name, held in found):
            raise CommandError(_("Có phép đối chiếu không khớp."), returncode=1)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        sys.stdout.flush()
