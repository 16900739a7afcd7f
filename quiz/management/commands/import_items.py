"""`manage.py import_items FILE --bank CODE`: a workbook of items into a bank, all or nothing."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import NotAllowed
from accounts.models import User
from quiz.domain.banks import lock_bank
from quiz.domain.item_import import command_author, require_may_import
from quiz.interfaces.excel.item_import import check_file, import_read, imported_sentence
from quiz.interfaces.excel.items_annotated import write_annotated
from quiz.interfaces.excel.items_reader import ReadItems
from quiz.models import ItemBank

FAULTY, UNREADABLE = 1, 2  # exit codes; 0 is good


class Command(BaseCommand):
    help = (
        "Nhập câu hỏi từ tệp Excel vào ngân hàng: có lỗi thì không lưu câu nào. "
        "Mã kết thúc: 0 tốt, 1 tệp có lỗi, 2 không đọc được tệp."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="tệp .xlsx hoặc .xls")
        parser.add_argument("--bank", required=True, help="mã ngân hàng câu hỏi")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không lưu")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        parser.add_argument("--report", type=Path, help="ghi bản sao có ghi chú lỗi vào tệp này")
        parser.add_argument("--author", default="", help="mã cán bộ của người soạn")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        bank = find_bank(options["bank"])
        author = _author(options["author"], bank)
        if not path.is_file():
            raise CommandError(_("Không có tệp “%s”.") % path, returncode=UNREADABLE)
        with transaction.atomic():
            lock_bank(bank)
            read = check_file(bank=bank, source=path)
            stores = not options["dry_run"] and not read.faults
            imported = (
                import_read(bank=bank, read=read, author=author, name=path.name) if stores else 0
            )
        if options["report"] and not read.unreadable:
            write_annotated(path, read.faults, read.notices, options["report"])
        if options["json"]:
            self._print_json(path, bank, read, imported, dry_run=options["dry_run"])
        else:
            self._print(read, imported, options["report"])
        if read.faults:
            sys.exit(UNREADABLE if read.unreadable else FAULTY)

    def _print(self, read: ReadItems, imported: int, report: Path | None) -> None:
        for fault in read.faults:
            self.stdout.write(str(fault))
        for notice in read.notices:
            self.stdout.write(_("Lưu ý – %s") % notice)
        if report and not read.unreadable:
            self.stdout.write(_("Đã ghi bản sao có ghi chú lỗi: %s") % report)
        if read.faults:
            self.stdout.write(_("Có %d lỗi; chưa câu nào được lưu.") % len(read.faults))
        elif imported:
            self.stdout.write(imported_sentence(imported))
        else:
            self.stdout.write(_("Tệp có %d câu, không có lỗi.") % len(read.drafts))

    def _print_json(
        self, path: Path, bank: ItemBank, read: ReadItems, imported: int, *, dry_run: bool
    ) -> None:
        told = {
            "file": path.name,
            "bank": bank.code,
            "dry_run": dry_run,
            "rows": read.rows,
            "imported": imported,
            "faults": [asdict(fault) for fault in read.faults],
            "notices": [asdict(notice) for notice in read.notices],
            "seconds": round(read.seconds, 3),
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))


def find_bank(code: str) -> ItemBank:
    """Raises CommandError that names the banks there are."""
    bank = ItemBank.objects.filter(code=code).first()
    if bank is None:
        codes = ", ".join(ItemBank.objects.order_by("code").values_list("code", flat=True)[:20])
        raise CommandError(
            _("Không có ngân hàng mang mã “%(code)s”. Các mã đang có: %(codes)s.")
            % {"code": code, "codes": codes or _("chưa có")},
            returncode=UNREADABLE,
        )
    return bank


def _author(username: str, bank: ItemBank) -> User:
    if not username:
        return command_author()
    author = User.objects.filter(username=username, is_active=True).first()
    if author is None:
        message = _("Không có cán bộ mang mã “%s”.") % username
        raise CommandError(message, returncode=UNREADABLE)
    try:
        require_may_import(user=author, bank=bank)
    except NotAllowed as refusal:
        raise CommandError(str(refusal), returncode=UNREADABLE) from refusal
    return author
