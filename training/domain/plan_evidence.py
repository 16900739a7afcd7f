"""Evidence that a plan's task was done: recorded by the unit that has it, taken back by it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from accounts.text import nfc
from training.domain.plan_errors import EvidenceTwice
from training.domain.plan_targets import MOST
from training.domain.plan_tasks import open_task, record_task
from training.domain.plan_things import Thing
from training.models import PlanEvidence, PlanTask, TrainingFile
from training.permissions import may_keep_evidence

LONGEST_NOTE, LONGEST_LINK = 1000, 500
_is_link = URLValidator(schemes=["https"])


@dataclass(frozen=True)
class EvidenceInput:
    """What a person gives: at least one of note, link, file, thing. Without a day, that of the
    thing, else today.
    """

    note: str = ""
    link: str = ""
    file: TrainingFile | None = None
    thing: Thing | None = None
    happened_on: date | None = None
    amount: int | None = None


@transaction.atomic
def add_evidence(
    *, task: PlanTask, given: EvidenceInput, user: User, now: datetime
) -> PlanEvidence:
    """Raises NotAllowed, TaskDone, Faults, EvidenceTwice."""
    if not may_keep_evidence(user, task):
        raise NotAllowed
    held, today = open_task(task), timezone.localdate(now)
    _check(given, today)
    thing = given.thing
    made = PlanEvidence(
        task=held,
        happened_on=given.happened_on or min((thing and thing.day) or today, today),
        note=nfc(given.note),
        link=given.link.strip(),
        file=given.file,
        thing_kind=thing.kind if thing else "",
        thing_id=thing.pk if thing else None,
        thing_title=thing.title if thing else "",
        amount=given.amount,
        added_by=user,
        added_at=now,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise EvidenceTwice from None
    record_task("add_plan_evidence", held, user, evidence=made.pk)
    return made


def _check(given: EvidenceInput, today: date) -> None:
    faults = []
    link = given.link.strip()
    if not (nfc(given.note) or link or given.file or given.thing):
        message = _("Chưa có minh chứng nào.")
        hint = _("Ghi nội dung, dán liên kết, tải tệp lên hoặc chọn nội dung trong hệ thống.")
        faults.append(Fault("", "evidence_empty", message, hint))
    if len(nfc(given.note)) > LONGEST_NOTE:
        faults.append(Fault("", "note_too_long", _("Dài quá %d ký tự.") % LONGEST_NOTE, ""))
    if link and not _is_https(link):
        message, hint = _("Liên kết chưa đúng."), _("Dán địa chỉ đầy đủ, bắt đầu bằng https://.")
        faults.append(Fault("", "link_wrong", message, hint))
    if given.happened_on and given.happened_on > today:
        message = _("Ngày thực hiện không được sau hôm nay.")
        faults.append(Fault("", "day_ahead", message, _("Ghi ngày việc đã làm.")))
    if given.amount is not None and not 0 <= given.amount <= MOST:
        faults.append(Fault("", "amount_wrong", _("Số lượng chưa đúng."), _("Ghi số nguyên.")))
    if faults:
        raise Faults(faults)


def _is_https(link: str) -> bool:
    try:
        _is_link(link)
    except ValidationError:
        return False
    return len(link) <= LONGEST_LINK


@transaction.atomic
def remove_evidence(*, evidence: PlanEvidence, user: User) -> None:
    """Recorded by mistake. Raises NotAllowed, TaskDone."""
    if not may_keep_evidence(user, evidence.task):
        raise NotAllowed
    held = open_task(evidence.task)
    record_task("remove_plan_evidence", held, user, evidence=evidence.pk)
    evidence.delete()
