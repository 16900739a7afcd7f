"""A communication plan to test with: the province's, with tasks for itself and its communes."""

from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.models import OrgUnit, User
from tests.factories import OpenContest
from training.domain.plan_due import read_due
from training.domain.plan_evidence import EvidenceInput, add_evidence
from training.domain.plan_targets import read_target
from training.domain.plan_tasks import TaskInput, add_task
from training.domain.plans import PlanInput, create_plan
from training.models import CommunicationPlan, PlanEvidence, PlanTask

YEAR = 2026
# The third quarter is over, the fourth under way.
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)
TITLE = "Kế hoạch truyền thông cải cách hành chính năm 2026"


def make_plan(unit: OrgUnit, user: User, **given: Any) -> CommunicationPlan:
    given = {"year": YEAR, "title": TITLE, "number": "12/QĐ-UBND"} | given
    given = {"issued_on": date(2026, 1, 5)} | given
    return create_plan(unit=unit, given=PlanInput(**given), user=user, now=NOW)


def make_task(
    plan: CommunicationPlan, unit: OrgUnit, due: str = "Quý III", target: str = "", **given: Any
) -> PlanTask:
    """A task added by who made the plan."""
    given = {"content": "Mở lớp tập huấn"} | given
    draft = TaskInput(unit=unit, due=read_due(due, plan.year), target=read_target(target), **given)
    return add_task(plan=plan, given=draft, user=plan.made_by)


def prove(task: PlanTask, user: User, note: str = "Đã làm", **given: Any) -> PlanEvidence:
    return add_evidence(task=task, given=EvidenceInput(note=note, **given), user=user, now=NOW)


class PlanThings:
    """What the table of routes asks of plans: this year's plan of the unit `here`, with a task
    that has evidence.
    """

    if TYPE_CHECKING:
        made: OpenContest
        unit: OrgUnit

    @cached_property
    def communication_plan(self) -> CommunicationPlan:
        return make_plan(self.unit, self.made.organiser, year=timezone.localdate().year)

    @cached_property
    def plan_evidence(self) -> PlanEvidence:
        task = make_task(self.communication_plan, self.unit, "Cả năm")
        given = EvidenceInput(note="Đã làm")
        user = self.made.organiser
        return add_evidence(task=task, given=given, user=user, now=timezone.now())

    @property
    def plan_task(self) -> PlanTask:
        return self.plan_evidence.task
