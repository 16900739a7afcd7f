"""`manage.py export_items --bank CODE --format X FILE`: a bank's items in a file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.errors import DomainError, Fault
from accounts.models import User
from quiz.domain.item_import import command_author
from quiz.interfaces.formats.export_jobs import export_to, exported_sentence, left_out_of
from quiz.interfaces.formats.writers import WRITERS
from quiz.management.commands.import_items import find_bank
from quiz.models import ItemBank, Topic
from quiz.permissions import may_see_keys

REFUSED = 2  # exit code; 0 is good


class Command(BaseCommand):
    help = (
        "Xuất câu hỏi của một ngân hàng, kèm đáp án, ra tệp. Mã kết thúc: 0 tốt, 2 không xuất được."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="tệp sẽ ghi; đã có thì bị ghi đè")
        parser.add_argument("--bank", required=True, help="mã ngân hàng câu hỏi")
        parser.add_argument("--format", required=True, choices=list(WRITERS), help="định dạng")
        parser.add_argument("--approved", action="store_true", help="chỉ câu đã duyệt")
        parser.add_argument("--topic", default="", help="tên một chủ đề của ngân hàng")
        parser.add_argument("--user", default="", help="mã cán bộ của người nhận tệp")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        bank = find_bank(options["bank"])
        topic = _topic(bank, options["topic"])
        user = _user(options["user"], bank)
        draft = path.with_name(path.name + ".part")
        try:
            with draft.open("wb") as file:
                rows, told = export_to(
                    bank=bank,
                    writer=WRITERS[options["format"]],
                    approved=options["approved"],
                    topic=topic.pk if topic else None,
                    user=user,
                    target=file,
                )
            draft.replace(path)
        except (DomainError, OSError) as refused:
            draft.unlink(missing_ok=True)
            raise CommandError(str(refused), returncode=REFUSED) from refused
        if options["json"]:
            self._print_json(path, bank, rows, told, options["format"])
            return
        for fault in told:
            self.stdout.write(str(fault))
        self.stdout.write(exported_sentence(rows, told))

    def _print_json(
        self, path: Path, bank: ItemBank, rows: int, told: tuple[Fault, ...], format: str
    ) -> None:
        result = {
            "file": path.name,
            "bank": bank.code,
            "format": format,
            "rows": rows,
            "written": rows - left_out_of(told),
            "told": [fault.as_row() for fault in told],
        }
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))


def _topic(bank: ItemBank, name: str) -> Topic | None:
    if not name:
        return None
    topic = bank.topics.filter(name=name).first()
    if topic is None:
        raise CommandError(_("Ngân hàng không có chủ đề “%s”.") % name, returncode=REFUSED)
    return topic


def _user(username: str, bank: ItemBank) -> User:
    """Whoever is named has seen the keys; without a name nobody in particular has."""
    if not username:
        return command_author()
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(_("Không có cán bộ mang mã “%s”.") % username, returncode=REFUSED)
    if not may_see_keys(user, bank):
        message = _("Cán bộ này không được xem đáp án của ngân hàng.")
        raise CommandError(message, returncode=REFUSED)
    return user
