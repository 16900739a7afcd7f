"""`manage.py retention [--dry-run]`: end the personal data whose time is over, now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.domain.retention import describe_stores, run_retention


class Command(BaseCommand):
    help = "Xoá dữ liệu cá nhân đã hết thời gian lưu; --dry-run chỉ đếm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm, không xoá gì")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["dry_run"]:
            for state in describe_stores(now=now):
                self.stdout.write(f"{state.store.title}: {state.due}/{state.held}")
            return
        run = run_retention(now=now)
        for code, count in run.ended.items():
            self.stdout.write(f"{code}: {count}")
        if run.failed:
            raise CommandError(f"chưa xong: {', '.join(run.failed)}")
