"""`manage.py rotate_field_key`: exchange the key that personal numbers are sealed with."""

import json
import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.crypto import key_id
from accounts.domain.audit_anchors import anchor_audit
from accounts.domain.key_rotation import count_left, rotate_field_key, sealed_stores
from accounts.errors import DomainError

KEY_BYTES = 48


class Command(BaseCommand):
    help = (
        "Chuyển dữ liệu đã mã hóa sang khóa hiện hành (FIELD_KEY), trong khi vẫn nhận bài thi. "
        "Dừng giữa chừng thì lần sau chạy tiếp. --new: đặt khóa mới trước khi khởi động lại."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new", action="store_true", help="Sinh khóa mới, giữ khóa đang dùng.")
        parser.add_argument("--status", action="store_true", help="Chỉ đếm số dòng còn lại.")

    def handle(self, *args: Any, new: bool, status: bool, **options: Any) -> None:
        if new:
            self.stdout.write(_new_key())
            return
        if not status:
            self._rotate()
        for store in sealed_stores():
            told = {"store": store.name, "left": count_left(store=store), "key": key_id()}
            self.stdout.write(_("%(store)s: còn %(left)s dòng chưa theo khóa %(key)s.") % told)

    def _rotate(self) -> None:
        try:
            moved = rotate_field_key(now=timezone.now())
        except DomainError as refusal:
            raise CommandError(f"{refusal} {refusal.details}") from refusal
        for name, rows in moved.items():
            told = {"store": name, "rows": rows}
            self.stdout.write(_("%(store)s: đã chuyển %(rows)s dòng.") % told)
        anchor_audit(now=timezone.now())
        self.stdout.write(
            _(
                "Giữ khóa cũ trong FIELD_KEYS_OLD cho đến khi các cuộc thi có người đăng ký bằng "
                "khóa đó kết thúc: mã dự thi, liên kết đã cấp chỉ nhận ra được bằng khóa lúc cấp."
            )
        )


def _new_key() -> str:
    """Into the installation's own file of secrets, or told to whoever keeps them elsewhere."""
    path = Path(settings.VAR_DIR) / "secret.json"
    key = secrets.token_urlsafe(KEY_BYTES)
    if os.environ.get("FIELD_KEY") or not path.exists():
        old = ",".join([settings.FIELD_KEY, *settings.FIELD_KEYS_OLD])
        return _(
            "Đặt rồi khởi động lại mọi tiến trình, sau đó chạy rotate_field_key:\n"
            "FIELD_KEY=%(key)s\nFIELD_KEYS_OLD=%(old)s"
        ) % {"key": key, "old": old}
    held = json.loads(path.read_text())
    held["field_old"] = [held["field"], *held.get("field_old", [])]
    held["field"] = key
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(held, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return _("Đã đặt khóa mới. Khởi động lại hệ thống rồi chạy rotate_field_key.")
