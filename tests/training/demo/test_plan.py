"""The demo's plan has a task of each state, and its report can be made."""

import pytest
from django.utils import timezone

from quiz.demo.setting import make_setting
from tests.training.library import make_material
from training.demo.plan import load_plan
from training.domain.plan_reading import count_states, read_tasks
from training.domain.plan_reports import read_plan_report
from training.engine.plan_periods import ReportPeriod
from training.engine.plan_progress import sight_of_day
from training.models import CommunicationPlan, PlanTask


@pytest.mark.django_db
def test_the_demo_plan_shows_each_state_of_a_task() -> None:
    now = timezone.now()
    setting = make_setting(now=now)
    make_material(setting.province, setting.organiser, text="Bài", title="Một")
    load_plan(now=now)
    lines = read_tasks(tasks=PlanTask.objects.all(), sight=sight_of_day(timezone.localdate(now)))
    counts = {str(state): count for state, count in count_states(lines).items()}
    new_year = timezone.localdate(now).timetuple().tm_yday == 1
    late = 0 if new_year else 1
    assert counts == {"waiting": 3 - late, "doing": 1, "done": 1, "late": late}
    plan = CommunicationPlan.objects.get()
    period = ReportPeriod("year", plan.year)
    report = read_plan_report(plan=plan, period=period, user=setting.organiser, now=now)
    assert len(report.lines) == 5
