"""A workbook on the command line: checked by its rows, with a copy to mend."""

import sys
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from quiz.domain.banks import lock_bank
from quiz.domain.item_checks import Findings, check_items
from quiz.interfaces.excel.item_import import check_file, import_read, imported_sentence
from quiz.interfaces.excel.items_annotated import write_annotated
from quiz.interfaces.excel.items_reader import ReadItems
from quiz.interfaces.shell.advising import advice_lines, row_notices
from quiz.interfaces.shell.orders import FAULTY, UNREADABLE, Order


def take_workbook(order: Order, author: User) -> None:
    """Check, store and tell; ends the process by its exit code where there are faults."""
    with transaction.atomic():
        lock_bank(order.bank)
        read = check_file(bank=order.bank, source=order.path)
        found = check_items(read.drafts, bank=order.bank)
        imported = 0
        if not order.dry_run and not read.faults:
            imported = import_read(bank=order.bank, read=read, author=author, name=order.path.name)
    if order.report and not read.unreadable:
        notices = [*read.notices, *row_notices(read.drafts, found)]
        write_annotated(order.path, read.faults, notices, order.report)
    if order.as_json:
        order.tell(
            rows=read.rows,
            imported=imported,
            faults=[asdict(fault) for fault in read.faults],
            notices=[asdict(notice) for notice in read.notices],
            findings=[asdict(notice) for notice in row_notices(read.drafts, found)],
            seconds=round(read.seconds, 3),
        )
    else:
        _print(order, read, found, imported)
    if read.faults:
        sys.exit(UNREADABLE if read.unreadable else FAULTY)


def _print(order: Order, read: ReadItems, found: Findings, imported: int) -> None:
    for fault in read.faults:
        order.say(str(fault))
    for notice in read.notices:
        order.say(_("Lưu ý – %s") % notice)
    for line in advice_lines(found):
        order.say(line)
    if order.report and not read.unreadable:
        order.say(_("Đã ghi bản sao có ghi chú lỗi: %s") % order.report)
    if read.faults:
        order.say(_("Có %d lỗi; chưa câu nào được lưu.") % len(read.faults))
    elif imported:
        order.say(imported_sentence(imported))
    else:
        order.say(_("Tệp có %d câu, không có lỗi.") % len(read.drafts))
