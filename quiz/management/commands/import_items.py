"""`manage.py import_items FILE --bank CODE`: a file of items into a bank, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.errors import NotAllowed
from accounts.models import User
from quiz.domain.item_import import command_author, require_may_import
from quiz.interfaces.excel.items_reading import EXCEL
from quiz.interfaces.formats.reading import AUTO, FORMATS
from quiz.interfaces.formats.sniffing import sniff
from quiz.interfaces.formats.texts import MOST_BYTES
from quiz.interfaces.shell.orders import UNREADABLE, Order
from quiz.interfaces.shell.reading import open_review, take_reading
from quiz.interfaces.shell.workbook import take_workbook
from quiz.models import ItemBank


class Command(BaseCommand):
    help = (
        "Nhập câu hỏi từ tệp vào ngân hàng: có lỗi, hoặc có đáp án tệp không nói rõ, thì không lưu "
        "câu nào. Mã kết thúc: 0 tốt, 1 tệp có lỗi hoặc cần người xác nhận, 2 không đọc được tệp."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="tệp câu hỏi")
        parser.add_argument("--bank", required=True, help="mã ngân hàng câu hỏi")
        parser.add_argument(
            "--format", default=AUTO, choices=[AUTO, *FORMATS], help="định dạng (tự nhận biết)"
        )
        parser.add_argument("--key-file", type=Path, help="tệp đáp án riêng")
        parser.add_argument(
            "--key-column", default="", help="mã đề cần lấy khi tệp đáp án có nhiều mã đề"
        )
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không lưu")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        parser.add_argument(
            "--report", type=Path, help="ghi bảng câu hỏi đọc được (Excel: bản sao có ghi chú lỗi)"
        )
        parser.add_argument("--author", default="", help="mã cán bộ của người soạn")
        parser.add_argument(
            "--review",
            default="",
            metavar="USERNAME",
            help="không lưu: mở lượt rà soát cho cán bộ mang mã này",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["review"] and options["dry_run"]:
            raise CommandError(_("Chỉ chọn một trong hai: --review hoặc --dry-run."))
        order = Order(
            path=_existing(options["file"]),
            key_path=_existing(options["key_file"]) if options["key_file"] else None,
            key_column=options["key_column"],
            bank=find_bank(options["bank"]),
            format=options["format"],
            dry_run=options["dry_run"],
            as_json=options["json"],
            report=options["report"],
            say=self.stdout.write,
        )
        if options["review"]:
            open_review(order, _writer(options["review"], order.bank))
            return
        author = _writer(options["author"], order.bank) if options["author"] else command_author()
        is_workbook = not order.key_path and _format(order) == EXCEL
        (take_workbook if is_workbook else take_reading)(order, author)


def _format(order: Order) -> str:
    if order.format != AUTO:
        return order.format
    with order.path.open("rb") as file:
        return sniff(file.read(MOST_BYTES), order.path.name)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise CommandError(_("Không có tệp “%s”.") % path, returncode=UNREADABLE)
    return path


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


def _writer(username: str, bank: ItemBank) -> User:
    writer = User.objects.filter(username=username, is_active=True).first()
    if writer is None:
        message = _("Không có cán bộ mang mã “%s”.") % username
        raise CommandError(message, returncode=UNREADABLE)
    try:
        require_may_import(user=writer, bank=bank)
    except NotAllowed as refusal:
        raise CommandError(str(refusal), returncode=UNREADABLE) from refusal
    return writer
