"""`manage.py verify_audit`: does the diary still say what it said?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.domain.audit_anchors import (
    Anchor,
    AnchorsUnreadable,
    anchor_path,
    read_anchors,
)
from accounts.domain.audit_check import DiaryCheck, check_diary

BROKEN, UNREADABLE = 1, 2


class Command(BaseCommand):
    help = (
        "Đối chiếu nhật ký với chuỗi băm và mốc neo. Mã thoát 0: nguyên vẹn; 1: có chỗ bị sửa, "
        "xóa, đổi chỗ hoặc cắt đuôi; 2: không đọc được mốc neo."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchors", type=Path, help="Tệp mốc neo, ví dụ bản người chứng giữ.")

    def handle(self, *args: Any, anchors: Path | None, **options: Any) -> None:
        held = _read(anchors)
        found = check_diary(anchors=held, whole_file=anchors is None)
        for notice in _notices(found):
            self.stdout.write(notice)
        if found.broken is not None:
            raise CommandError(found.broken.sentence, returncode=BROKEN)
        told = {"lines": found.lines, "anchors": found.anchors}
        self.stdout.write(_("Nhật ký nguyên vẹn: %(lines)s dòng, khớp %(anchors)s mốc neo.") % told)


def _read(given: Path | None) -> list[Anchor]:
    """Raises CommandError. Without a file of one's own there may be none yet."""
    path = given or anchor_path()
    if given is None and not path.exists():
        return []
    try:
        return read_anchors(path)
    except AnchorsUnreadable as error:
        message = _("Không đọc được tệp mốc neo: %(error)s") % {"error": error}
        raise CommandError(message, returncode=UNREADABLE) from error


def _notices(found: DiaryCheck) -> list[str]:
    notices = []
    if not found.anchors:
        notices.append(_("Chưa có mốc neo: chưa phát hiện được việc cắt đuôi hay nối lại chuỗi."))
    if found.unchained:
        notices.append(_("%(n)s mục mới chưa nối vào chuỗi.") % {"n": found.unchained})
    if found.holes:
        places = ", ".join(
            str(first) if first == last else f"{first}–{last}" for first, last in found.first_holes
        )
        notices.append(
            _(
                "%(n)s số thứ tự không có mục nào (%(places)s…): do giao dịch bị hủy, hoặc mục bị "
                "xóa trước khi nối vào chuỗi."
            )
            % {"n": found.holes, "places": places}
        )
    return notices
