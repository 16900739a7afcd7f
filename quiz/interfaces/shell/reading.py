"""Any other file on the command line: only what is certain is stored there, the rest is told."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from time import perf_counter
from typing import Any, NoReturn

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.installation import public_origin
from accounts.errors import DomainError
from accounts.models import User
from quiz.checks import Finding
from quiz.domain.banks import lock_bank
from quiz.domain.item_checks import Findings, check_items
from quiz.domain.item_imports import begin_import, fill_import
from quiz.interfaces.excel.item_import import imported_sentence
from quiz.interfaces.excel.reading_report import write_reading_report
from quiz.interfaces.formats.import_jobs import import_path
from quiz.interfaces.formats.reading import read_file
from quiz.interfaces.shell.advising import advice_lines, findings_document
from quiz.interfaces.shell.orders import FAULTY, UNREADABLE, Order
from quiz.interfaces.shell.unseen import against_bank, import_reading, reading_faults
from quiz.reading_documents import evidence_document, repairs_document
from quiz.readings import Reading, ReadItem


def take_reading(order: Order, author: User) -> None:
    """Read, store and tell; ends the process by its exit code where something speaks against it."""
    began = perf_counter()
    imported = 0
    with transaction.atomic():
        lock_bank(order.bank)
        reading = against_bank(_read(order), bank=order.bank)
        found, faults = _look(order, reading), reading_faults(reading)
        if not order.dry_run and not faults:
            imported = import_reading(
                bank=order.bank, reading=reading, author=author, name=order.path.name
            )
    _report(order, reading, found)
    if order.as_json:
        seconds = round(perf_counter() - began, 3)
        _tell(order, reading, found, imported=imported, seconds=seconds)
    else:
        _print(order, reading, found, imported)
    if faults:
        sys.exit(FAULTY)


def open_review(order: Order, user: User) -> None:
    """Keep what was read for this person to look through; nothing goes into the bank."""
    reading = _read(order)
    with ExitStack() as stack, transaction.atomic():
        file = stack.enter_context(order.path.open("rb"))
        session = begin_import(
            bank=order.bank,
            user=user,
            now=timezone.now(),
            file=File(file),
            name=order.path.name,
        )
        fill_import(session=session, reading=reading)
    found = _look(order, reading)
    _report(order, reading, found)
    address = public_origin() + import_path(session)
    if order.as_json:
        _tell(order, reading, found, imported=0, review=address)
    else:
        told = {"count": len(reading.items), "person": user, "address": address}
        order.say(_("%(count)d câu chờ %(person)s rà soát: %(address)s") % told)


def _read(order: Order) -> Reading:
    with ExitStack() as stack:
        file = stack.enter_context(order.path.open("rb"))
        key_file = order.key_path and stack.enter_context(order.key_path.open("rb"))
        try:
            return read_file(
                file,
                name=order.path.name,
                format=order.format,
                key_file=key_file,
                key_name=order.key_path.name if order.key_path else "",
                key_column=order.key_column,
            )
        except DomainError as refusal:
            _end_unread(order, refusal)


def _end_unread(order: Order, refusal: DomainError) -> NoReturn:
    if order.as_json:
        order.tell(format=order.format, items=[], imported=0, faults=[refusal.as_dict()])
    else:
        order.say(str(refusal))
    sys.exit(UNREADABLE)


def _look(order: Order, reading: Reading) -> Findings:
    return check_items([item.draft for item in reading.items], bank=order.bank)


def _report(order: Order, reading: Reading, found: Findings) -> None:
    if order.report:
        write_reading_report(reading, found, name=order.path.name, target=order.report)


def _print(order: Order, reading: Reading, found: Findings, imported: int) -> None:
    faults = reading_faults(reading)
    for fault in faults:
        order.say(str(fault))
    for fault in reading.skipped:
        order.say(_("Không đọc được – %s") % fault)
    for notice in (*reading.notices, *(n for item in reading.items for n in item.notices)):
        order.say(_("Lưu ý – %s") % notice)
    for line in advice_lines(found):
        order.say(line)
    if order.report:
        order.say(_("Đã ghi bảng câu hỏi đọc được: %s") % order.report)
    if faults:
        order.say(_("Có %d lỗi; chưa câu nào được lưu.") % len(faults))
        order.say(_("Để sửa và xác nhận từng câu trên trang: chạy lại với --review MÃ-CÁN-BỘ."))
    elif imported:
        order.say(imported_sentence(imported))
    else:
        order.say(_("Tệp có %d câu, không có lỗi.") % len(reading.items))


def _tell(order: Order, reading: Reading, found: Findings, **told: Any) -> None:
    items = (_item(item, found.get(at, ())) for at, item in enumerate(reading.items))
    order.tell(
        format=reading.format,
        items=list(items),
        faults=[asdict(fault) for fault in reading_faults(reading)],
        skipped=[asdict(fault) for fault in reading.skipped],
        notices=[asdict(notice) for notice in reading.notices],
        **told,
    )


def _item(item: ReadItem, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "place": item.draft.row,
        "label": item.label,
        "stem": item.draft.stem,
        "options": list(item.draft.options),
        "key": sorted(item.draft.key),
        "confidence": item.confidence,
        "evidence": evidence_document(item.evidence),
        "faults": [asdict(fault) for fault in item.faults],
        "notices": [asdict(notice) for notice in item.notices],
        "findings": findings_document(findings),
        "repairs": repairs_document(item.repairs),
    }
