"""The report of a communication plan by the worker: one button, one file."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.errors import NotFound
from accounts.models import Job, User
from training.domain.plan_reports import plan_to_report, read_plan_report, require_begun
from training.engine.plan_periods import CODES, ReportPeriod
from training.interfaces.word.plan_report import write_plan_report
from training.interfaces.word.plan_words import say_period
from training.models import CommunicationPlan

REPORT_JOB = "plan_report"


def queue_plan_report(
    *, plan: CommunicationPlan, code: str, user: User, now: datetime, back: str = ""
) -> Job:
    """`code`: one of the periods of the plan's year. Raises NotFound, PeriodNotBegun."""
    plan = plan_to_report(user=user, pk=plan.pk)
    if code not in CODES:
        raise NotFound
    period = ReportPeriod(code, plan.year)
    require_begun(period, timezone.localdate(now))
    params = {"plan": plan.pk, "period": code, "next": back}
    title = f"Báo cáo {say_period(period)}: {plan.title}"[:200]
    return queue_job(kind=REPORT_JOB, params=params, user=user, now=now, title=title)


def make_plan_report(run: JobRun) -> dict[str, Any]:
    """Job “plan_report” of {"plan": id, "period": code}; what its asker may see, as it is now."""
    plan = plan_to_report(user=run.user, pk=run.params["plan"])
    period = ReportPeriod(run.params["period"], plan.year)
    report = read_plan_report(plan=plan, period=period, user=run.user, now=run.now)
    name = f"bao-cao-truyen-thong-{plan.unit.code.lower()}-{plan.year}-{period.code}.docx"
    with run.new_file(name) as file:
        write_plan_report(report, file)
    record_act(
        actor=run.user,
        act="export_plan_report",
        subject=plan,
        unit_id=plan.unit_id,
        period=period.code,
        job=run.job.pk,
    )
    return {"rows": len(report.lines)}


def own_reports(*, plan: CommunicationPlan, user: User) -> list[Job]:
    """The newest a person had made of a plan."""
    made = Job.objects.filter(kind=REPORT_JOB, created_by=user, params__plan=plan.pk)
    return list(made.order_by("-pk")[:5])
