"""Communication plans: made, changed, copied to another year, thrown away."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import OrgUnit, User
from accounts.text import nfc, tidy_text
from training.domain.plan_due import due_in_year
from training.domain.plan_errors import PlanInUse, PlanTaken
from training.models import CommunicationPlan, PlanEvidence, PlanTask
from training.permissions import may_run_training_at

FIRST_YEAR, LAST_YEAR = 2015, 2100
MOST_DAYS = 365
LONGEST = {
    "title": 250,
    "number": 80,
    "note": 4000,
    "report_to": 1000,
    "signer_title": 200,
    "signer_name": 120,
}
_OF_LINES = ("note", "report_to", "signer_title")


@dataclass(frozen=True)
class PlanInput:
    """A plan as a person writes it. `report_to`: whom its reports go to, one a line."""

    year: int
    title: str
    number: str = ""
    issued_on: date | None = None
    note: str = ""
    report_to: str = ""
    signer_title: str = ""
    signer_name: str = ""
    answer_days: int | None = None

    def tidied(self) -> "PlanInput":
        """Raises Faults."""
        texts = {
            name: (tidy_text if name in _OF_LINES else nfc)(getattr(self, name))[:longest]
            for name, longest in LONGEST.items()
        }
        made = PlanInput(**asdict(self) | texts)
        made._check()
        return made

    def _check(self) -> None:
        faults = []
        if not self.title:
            message, hint = _("Chưa có tên kế hoạch."), _("Ghi tên như trong quyết định ban hành.")
            faults.append(Fault(_("Tên kế hoạch"), "plan_title", message, hint))
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            message, hint = _("Năm chưa đúng."), _("Ghi bốn chữ số, ví dụ 2026.")
            faults.append(Fault(_("Năm"), "plan_year", message, hint))
        if self.answer_days is not None and not 1 <= self.answer_days <= MOST_DAYS:
            message = _("Số ngày trả lời chưa đúng.")
            hint = _("Ghi từ 1 đến 365, hoặc để trống.")
            faults.append(Fault(_("Số ngày trả lời"), "plan_answer_days", message, hint))
        if faults:
            raise Faults(faults)


def require_may_run_plan(user: User, plan: CommunicationPlan) -> None:
    """Raises NotAllowed."""
    if not may_run_training_at(user, plan.unit):
        raise NotAllowed


@transaction.atomic
def create_plan(*, unit: OrgUnit, given: PlanInput, user: User, now: datetime) -> CommunicationPlan:
    """Raises NotAllowed, Faults, PlanTaken."""
    if not may_run_training_at(user, unit):
        raise NotAllowed
    plan = CommunicationPlan(unit=unit, made_by=user, made_at=now, **asdict(given.tidied()))
    _save(plan)
    _record("create_communication_plan", plan, user)
    return plan


@transaction.atomic
def change_plan(*, plan: CommunicationPlan, given: PlanInput, user: User) -> None:
    """The year stays, since due days lie in it. Raises NotAllowed, Faults, PlanTaken."""
    require_may_run_plan(user, plan)
    held = CommunicationPlan.objects.select_for_update().get(pk=plan.pk)
    values = asdict(given.tidied()) | {"year": held.year}
    for name, value in values.items():
        setattr(held, name, value)
    _save(held)
    _record("change_communication_plan", held, user)
    plan.refresh_from_db()


def _save(plan: CommunicationPlan) -> None:
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise PlanTaken from None


@transaction.atomic
def copy_plan(
    *, plan: CommunicationPlan, year: int, user: User, now: datetime
) -> CommunicationPlan:
    """The same tasks a year on, undone; the decision is another one. Raises as `create_plan`."""
    title = plan.title.replace(str(plan.year), str(year))
    given = PlanInput(
        year=year,
        title=title,
        note=plan.note,
        report_to=plan.report_to,
        signer_title=plan.signer_title,
        signer_name=plan.signer_name,
        answer_days=plan.answer_days,
    )
    made = create_plan(unit=plan.unit, given=given, user=user, now=now)
    PlanTask.objects.bulk_create(_copied(task, made) for task in plan.tasks.all())
    _record("copy_communication_plan", made, user, source=plan.pk)
    return made


def _copied(task: PlanTask, plan: CommunicationPlan) -> PlanTask:
    kept = ("position", "content", "partners", "due_span", "expected", "target_kind")
    return PlanTask(
        plan=plan,
        unit_id=task.unit_id,
        target_number=task.target_number,
        due_on=due_in_year(task.due_on, task.due_span, plan.year),
        **{name: getattr(task, name) for name in kept},
    )


@transaction.atomic
def delete_plan(*, plan: CommunicationPlan, user: User) -> None:
    """One made by mistake. Raises NotAllowed, PlanInUse once there is evidence."""
    require_may_run_plan(user, plan)
    held = CommunicationPlan.objects.select_for_update().get(pk=plan.pk)
    if PlanEvidence.objects.filter(task__plan=held).exists():
        raise PlanInUse
    _record("delete_communication_plan", held, user)
    held.delete()


def _record(act: str, plan: CommunicationPlan, user: User, **more: object) -> None:
    record_act(actor=user, act=act, subject=plan, unit_id=plan.unit_id, **more)
