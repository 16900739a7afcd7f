"""The tasks of a plan: written, confirmed as done, opened again, explained when late."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import OrgUnit, User
from accounts.text import nfc
from training.domain.library_errors import ReasonMissing
from training.domain.plan_due import Due
from training.domain.plan_errors import (
    EvidenceMissing,
    TargetNotReached,
    TaskDone,
    TaskInUse,
    TaskNotDone,
)
from training.domain.plan_reading import reached_by, standing_evidence
from training.domain.plan_targets import Target
from training.domain.plans import require_may_run_plan
from training.models import CommunicationPlan, PlanTask
from training.permissions import may_keep_evidence

LONGEST = {"content": 1000, "partners": 500, "expected": 500}
LONGEST_REASON = 500
MOST_POSITION = 9999


@dataclass(frozen=True)
class TaskInput:
    """A task as a person writes it; without `position` it comes last."""

    content: str
    unit: OrgUnit
    due: Due
    partners: str = ""
    expected: str = ""
    target: Target = field(default_factory=Target)
    position: int | None = None

    def values(self) -> dict[str, Any]:
        """What is stored of it. Raises Faults."""
        texts = {name: nfc(getattr(self, name)) for name in LONGEST}
        faults = [
            Fault("", f"{name}_too_long", _("Dài quá %d ký tự.") % LONGEST[name], "")
            for name, text in texts.items()
            if len(text) > LONGEST[name]
        ]
        if not texts["content"]:
            message, hint = _("Chưa có nội dung nhiệm vụ."), _("Ghi việc phải làm.")
            faults.append(Fault("", "content_missing", message, hint))
        if self.position is not None and not 0 < self.position <= MOST_POSITION:
            message = _("Số thứ tự phải từ 1 đến 9999.")
            faults.append(Fault("", "position_wrong", message, ""))
        if faults:
            raise Faults(faults)
        return texts | {
            "unit": self.unit,
            "due_on": self.due.last,
            "due_span": self.due.span,
            "target_kind": self.target.kind,
            "target_number": self.target.number,
        }


def units_for_tasks(plan: CommunicationPlan) -> Any:
    """Whom a plan may give tasks: its unit and every unit below."""
    return OrgUnit.objects.below([plan.unit_id])


def _require_unit(plan: CommunicationPlan, unit: OrgUnit) -> None:
    if not units_for_tasks(plan).filter(pk=unit.pk).exists():
        message = _("Đơn vị chủ trì phải là đơn vị của kế hoạch hoặc đơn vị bên dưới.")
        hint = _("Ghi đơn vị khác vào ô đơn vị phối hợp.")
        raise Faults([Fault("", "unit_not_below", message, hint)])


@transaction.atomic
def add_task(*, plan: CommunicationPlan, given: TaskInput, user: User) -> PlanTask:
    """Raises NotAllowed, Faults."""
    require_may_run_plan(user, plan)
    _require_unit(plan, given.unit)
    CommunicationPlan.objects.select_for_update().get(pk=plan.pk)
    task = PlanTask(plan=plan, position=given.position or next_position(plan), **given.values())
    _save(task)
    record_task("add_plan_task", task, user)
    return task


def next_position(plan: CommunicationPlan) -> int:
    return (plan.tasks.aggregate(last=Max("position"))["last"] or 0) + 1


@transaction.atomic
def change_task(*, task: PlanTask, given: TaskInput, user: User) -> None:
    """Raises NotAllowed, Faults, TaskDone."""
    require_may_run_plan(user, task.plan)
    _require_unit(task.plan, given.unit)
    held = open_task(task)
    for name, value in given.values().items():
        setattr(held, name, value)
    held.position = given.position or held.position
    _save(held)
    record_task("change_plan_task", held, user)
    task.refresh_from_db()


def _save(task: PlanTask) -> None:
    try:
        with transaction.atomic():
            task.save()
    except IntegrityError:
        message = _("Số thứ tự này đã có nhiệm vụ khác.")
        hint = _("Chọn số khác, hoặc để trống để xếp cuối.")
        raise Faults([Fault("", "position_taken", message, hint)]) from None


@transaction.atomic
def delete_task(*, task: PlanTask, user: User) -> None:
    """One that was never begun. Raises NotAllowed, TaskDone, TaskInUse."""
    require_may_run_plan(user, task.plan)
    held = open_task(task)
    if held.evidence.exists():
        raise TaskInUse
    record_task("delete_plan_task", held, user)
    held.delete()


@transaction.atomic
def confirm_task(*, task: PlanTask, note: str, user: User, now: datetime) -> None:
    """It is done, on the day of its newest evidence.

    Raises NotAllowed, TaskDone, EvidenceMissing, TargetNotReached unless a note says why.
    """
    require_may_run_plan(user, task.plan)
    held, told = open_task(task), nfc(note)[:LONGEST_REASON]
    days = [each.happened_on for each in standing_evidence(held)]
    if not days:
        raise EvidenceMissing
    if held.target_number and not told and reached_by(held) < held.target_number:
        raise TargetNotReached
    held.done_on, held.decision_note = max(days), told
    held.confirmed_by, held.confirmed_at = user, now
    held.save()
    record_task("confirm_plan_task", held, user)
    task.refresh_from_db()


@transaction.atomic
def reopen_task(*, task: PlanTask, reason: str, user: User) -> None:
    """Confirmed by mistake. Raises NotAllowed, TaskNotDone, ReasonMissing."""
    require_may_run_plan(user, task.plan)
    told = nfc(reason)[:LONGEST_REASON]
    if not told:
        raise ReasonMissing
    confirmed = PlanTask.objects.filter(pk=task.pk, done_on__isnull=False)
    values = {"done_on": None, "confirmed_by": None, "confirmed_at": None}
    if not confirmed.update(**values, decision_note=told):
        raise TaskNotDone
    record_task("reopen_plan_task", task, user)
    task.refresh_from_db()


@transaction.atomic
def explain_task(*, task: PlanTask, reason: str, user: User) -> None:
    """Why it is late, for the report; "" takes it back. Raises NotAllowed, TaskDone."""
    if not may_keep_evidence(user, task):
        raise NotAllowed
    held = open_task(task)
    held.late_reason = nfc(reason)[:LONGEST_REASON]
    held.save(update_fields=["late_reason"])
    record_task("explain_plan_task", held, user)
    task.refresh_from_db()


def open_task(task: PlanTask) -> PlanTask:
    """The row, held until the act is over. Raises TaskDone."""
    held = PlanTask.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)
    if held.done_on is not None:
        raise TaskDone
    return held


def record_task(act: str, task: PlanTask, user: User, **more: object) -> None:
    """`number` is its place in the plan."""
    more |= {"plan": task.plan_id, "number": task.position}
    record_act(actor=user, act=act, subject=task, unit_id=task.unit_id, **more)
