"""Papers from elsewhere out of a workbook: all rows or none, each fault with its row."""

from datetime import datetime
from typing import IO, Any

from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.dates import read_day
from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job, run_if_small
from accounts.errors import Fault, Faults
from accounts.interfaces.excel.tables import Column, TableRow, read_table
from accounts.models import Job, User
from accounts.text import nfc
from training.domain.credit_amounts import minutes_of, read_amount, read_measure
from training.domain.credits import Paper
from training.enums import CreditState
from training.models import Credit
from training.permissions import people_kept

CREDITS_JOB = "import_credits"
AT_ONCE = 128 * 1024
LONGEST = {"title": 200, "issuer": 200, "number": 60}


def credit_columns() -> list[Column]:
    """The columns looked for, by any of the words met in the wild."""
    return [
        Column("person", _("Mã cán bộ"), ("ma can bo", "ma cb", "ma cong chuc"), required=True),
        Column("title", _("Tên khoá học"), ("ten khoa hoc", "khoa hoc", "noi dung"), required=True),
        Column("issuer", _("Nơi cấp"), ("noi cap", "don vi cap", "co so dao tao"), required=True),
        Column("number", _("Số giấy"), ("so giay", "so chung chi", "so hieu", "so"), required=True),
        Column("taken_on", _("Ngày hoàn thành"), ("ngay hoan thanh", "ngay cap", "ngay")),
        Column("amount", _("Số lượng"), ("so luong", "thoi luong", "so tiet", "so phut")),
        Column("measure", _("Đơn vị tính"), ("don vi tinh", "dvt")),
    ]


def queue_credits(*, file: File, user: User, now: datetime, back: str) -> Job:
    """Enter a workbook's papers, waiting for approval; a small one is done when this returns."""
    params = {"next": back}
    job = queue_job(kind=CREDITS_JOB, params=params, user=user, now=now, upload=file)
    return run_if_small(job=job, size=file.size, at_once=AT_ONCE)


def import_credits(run: JobRun) -> dict[str, Any]:
    """Job “import_credits”: in one transaction. Raises Faults."""
    with run.job.upload.open("rb") as file:
        credits = read_credits(file, user=run.user, now=run.now)
    Credit.objects.bulk_create(credits)
    count = len(credits)
    unit = run.user.unit_id
    record_act(actor=run.user, act="enter_credits", subject=run.job, unit_id=unit, count=count)
    return {"message": _("Đã khai %(count)s giấy, chờ người khác duyệt.") % {"count": count}}


def read_credits(file: IO[bytes], *, user: User, now: datetime) -> list[Credit]:
    """The rows as credits, not stored yet. Raises Faults with everything wrong."""
    rows = read_table(file, credit_columns())
    people = {person.username.casefold(): person for person in people_kept(user)}
    known = set(
        Credit.objects.exclude(state=CreditState.REFUSED)
        .filter(person__in=people_kept(user))
        .values_list("person", "issuer", "number")
    )
    faults: list[Fault] = []
    found: list[Credit] = []
    for row in rows:
        person = people.get(row.cells["person"].strip().casefold())
        if person is None:
            told = _("Không có người này trong phạm vi của bạn.")
            faults.append(Fault(row.place, "person_unknown", told, _("Kiểm tra mã cán bộ.")))
            continue
        paper = _paper(row, person, now, faults)
        if paper is None:
            continue
        key = (person.pk, paper.issuer, paper.number)
        if key in known:
            told = _("Giấy này đã được khai cho người học.")
            faults.append(Fault(row.place, "credit_known", told, _("Bỏ dòng này.")))
            continue
        known.add(key)
        found.append(
            Credit(
                person=person,
                title=paper.title,
                issuer=paper.issuer,
                number=paper.number,
                taken_on=paper.taken_on,
                minutes=paper.minutes,
                entered_by=user,
                entered_at=now,
            )
        )
    if faults:
        raise Faults(faults)
    return found


def _paper(row: TableRow, person: User, now: datetime, faults: list[Fault]) -> Paper | None:
    before = len(faults)
    texts = {name: nfc(row.cells[name]).strip() for name in LONGEST}
    labels = {column.name: column.title for column in credit_columns()}
    for name, text in texts.items():
        if not 0 < len(text) <= LONGEST[name]:
            told = _("%(column)s để trống hoặc dài quá %(most)s ký tự.")
            said = told % {"column": labels[name], "most": LONGEST[name]}
            faults.append(Fault(row.place, "text_length", said))
    try:
        day = read_day(row.cells["taken_on"])
        if day > timezone.localdate(now):
            raise ValueError(_("Ngày hoàn thành nằm trong tương lai."))
        minutes = minutes_of(
            amount=read_amount(row.cells["amount"]),
            measure=read_measure(row.cells["measure"]),
            person=person,
            year=day.year,
        )
    except ValueError as error:
        faults.append(Fault(row.place, "malformed", str(error)))
        return None
    return Paper(taken_on=day, minutes=minutes, **texts) if len(faults) == before else None
