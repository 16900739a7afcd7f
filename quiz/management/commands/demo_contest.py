"""`manage.py demo_contest`: sets up the contest that `manage.py demo` runs, open at once."""

import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from quiz.demo.live.setting_up import make_live_contest
from quiz.demo.loading import open_setting


class Command(BaseCommand):
    help = "Lập cuộc thi mẫu mở ngay, để `manage.py demo` chạy trọn một cuộc thi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--entrants", type=int, required=True)
        parser.add_argument("--seconds", type=int, required=True, help="vòng thi mở bao lâu")
        parser.add_argument("--limit", type=int, required=True, help="thời gian làm bài, giây")

    def handle(self, *args: Any, **options: Any) -> None:
        round = make_live_contest(
            setting=open_setting(),
            seed=options["seed"],
            count=options["entrants"],
            open_for=timedelta(seconds=options["seconds"]),
            limit_seconds=options["limit"],
            now=timezone.now(),
        )
        facts = {
            "contest_id": round.contest_id,
            "contest": round.contest.code,
            "round_id": round.pk,
            "closes_at": round.closes_at.isoformat(),
        }
        self.stdout.write(json.dumps(facts))
