"""The report of a communication plan: a period's figures against the plan, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.domain.installation import body_name_of, parent_body_of, read_installation
from accounts.errors import NotFound
from accounts.models import User
from training.domain.plan_errors import PeriodNotBegun
from training.domain.plan_figures import Figures, Stretch, read_figures
from training.domain.plan_reading import TaskLine, count_states, read_tasks
from training.engine.plan_periods import ReportPeriod
from training.engine.plan_progress import sight_of_day, sight_of_period
from training.enums import TaskState
from training.models import CommunicationPlan, PlanTask
from training.permissions import SEE_TRAINING


@dataclass(frozen=True)
class PlanReport:
    """`lines`: tasks due by the period's end or begun; `following`: what is due in the quarter
    after it and not done. `figures` are set against those of the period before.
    """

    plan: CommunicationPlan
    period: ReportPeriod
    made_at: datetime
    body_name: str
    parent_body: str
    place: str
    figures: Figures
    before: Figures
    tasks: int
    lines: Sequence[TaskLine]
    following: Sequence[TaskLine]

    @property
    def states(self) -> dict[TaskState, int]:
        return count_states(self.lines)

    @property
    def done_late(self) -> int:
        return sum(line.progress.done_late for line in self.lines)

    @property
    def late(self) -> list[TaskLine]:
        return [line for line in self.lines if line.state == TaskState.LATE]


def plan_to_report(*, user: User, pk: int) -> CommunicationPlan:
    """A plan of a unit in reach; those from above are reported there. Raises NotFound."""
    reach = CommunicationPlan.objects.within_reach_of(user, *SEE_TRAINING)
    plan = reach.select_related("unit__parent").filter(pk=pk).first()
    if plan is None:
        raise NotFound
    return plan


def require_begun(period: ReportPeriod, today: date) -> None:
    """Raises PeriodNotBegun."""
    if period.first > today:
        raise PeriodNotBegun


def read_plan_report(
    *, plan: CommunicationPlan, period: ReportPeriod, user: User, now: datetime
) -> PlanReport:
    """Raises NotFound out of reach, PeriodNotBegun."""
    plan, today = plan_to_report(user=user, pk=plan.pk), timezone.localdate(now)
    require_begun(period, today)

    def figures(of: ReportPeriod) -> Figures:
        stretch = Stretch(of.first, of.last, now)
        days = plan.answer_days
        return read_figures(unit=plan.unit, stretch=stretch, answer_days=days, user=user)

    sight = sight_of_period(period.last, today)
    lines = read_tasks(tasks=plan.tasks.all(), sight=sight)
    return PlanReport(
        plan=plan,
        period=period,
        made_at=now,
        body_name=body_name_of(unit=plan.unit),
        parent_body=parent_body_of(unit=plan.unit),
        place=read_installation().place,
        figures=figures(period),
        before=figures(period.before()),
        tasks=len(lines),
        lines=[line for line in lines if _is_told(line, period)],
        following=_following(plan, period, today),
    )


def _is_told(line: TaskLine, period: ReportPeriod) -> bool:
    """Due by the end of the period, or begun before its due day."""
    return line.task.due_on <= period.last or line.state in (TaskState.DOING, TaskState.DONE)


def _following(plan: CommunicationPlan, period: ReportPeriod, today: date) -> list[TaskLine]:
    """After the year's end it is the plan of the next year that says what comes."""
    quarter = period.next_quarter()
    holder: CommunicationPlan | None = plan
    if quarter.year != plan.year:
        plans = CommunicationPlan.objects.filter(unit=plan.unit, year=quarter.year)
        holder = plans.order_by("title", "pk").first()
    if holder is None:
        return []
    due = PlanTask.objects.filter(
        plan=holder, due_on__gte=quarter.first, due_on__lte=quarter.last, done_on=None
    )
    return read_tasks(tasks=due, sight=sight_of_day(today))
