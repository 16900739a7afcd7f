"""`manage.py backup_check`: could this installation be restored now? Exit code 1 if not."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import environ
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from config.backups import end_segment, media_faults, read_backups, training_faults


class Command(BaseCommand):
    help = "Kiểm tra bản sao lưu và nhật ký WAL; mã thoát 1 nếu không khôi phục được."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        given = environ.Env()("BACKUP_DIR", default="")
        parser.add_argument("--folder", type=Path, default=Path(given) if given else None)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path | None = options["folder"]
        if folder is None or not folder.is_dir():
            raise CommandError(_("Không có thư mục sao lưu: đặt BACKUP_DIR hoặc --folder."))
        try:
            segment = end_segment()
        except DatabaseError as error:
            raise CommandError(_("PostgreSQL không trả lời: %s") % error) from error
        now = timezone.now()
        state = read_backups(folder=folder, segment=segment, now=now)
        faults = state.faults + media_faults(folder=folder / "items", now=now)
        faults += training_faults(folder=folder / "training", now=now)
        self.stdout.write(
            _("Bản sao lưu: %(bases)d, mới nhất %(newest)s. Đoạn WAL đã lưu: %(segments)d.")
            % {
                "bases": len(state.bases),
                "newest": show_moment(state.bases[-1]) if state.bases else "–",
                "segments": state.segments,
            }
        )
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(_("Khôi phục được."))
