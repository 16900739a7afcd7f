"""The demo's communication plan of this year: tasks done, under way, late and to come."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import OrgUnit, User
from quiz.demo.loading import open_setting
from quiz.demo.setting import LEAD_UNIT, UNIT_LEAD
from quiz.models import Contest
from training.domain.plan_due import Due, read_due
from training.domain.plan_evidence import EvidenceInput, add_evidence
from training.domain.plan_targets import read_target
from training.domain.plan_tasks import TaskInput, add_task, confirm_task, explain_task
from training.domain.plan_things import find_thing
from training.domain.plans import PlanInput, create_plan
from training.enums import MaterialKind, PlanThing
from training.models import CommunicationPlan, Material, PlanTask

TITLE = "Kế hoạch truyền thông cải cách hành chính năm {year} (mẫu)"


@dataclass(frozen=True)
class _Demo:
    plan: CommunicationPlan
    organiser: User
    lead: User
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def task(self, unit: OrgUnit, content: str, due: Due | str, target: str = "") -> PlanTask:
        year = self.plan.year
        given = TaskInput(
            content=content,
            unit=unit,
            due=read_due(due, year) if isinstance(due, str) else due,
            target=read_target(target),
        )
        return add_task(plan=self.plan, given=given, user=self.organiser)

    def prove(self, task: PlanTask, user: User, **given: Any) -> None:
        add_evidence(task=task, given=EvidenceInput(**given), user=user, now=self.now)


@transaction.atomic
def load_plan(*, now: datetime) -> None:
    """For the people of a demo loaded before, with its course and library."""
    setting, year = open_setting(), timezone.localdate(now).year
    lead = User.objects.get(username=UNIT_LEAD)
    given = PlanInput(
        year=year,
        title=TITLE.format(year=year),
        number="01/QĐ-UBND (mẫu)",
        issued_on=date(year, 1, 2),
        report_to="Sở Nội vụ (mẫu)",
        signer_title="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
        answer_days=10,
    )
    plan = create_plan(unit=setting.province, given=given, user=setting.organiser, now=now)
    _tasks(_Demo(plan, setting.organiser, lead, now), setting.units[LEAD_UNIT])


def _tasks(demo: _Demo, commune: OrgUnit) -> None:
    province = demo.plan.unit
    contest = demo.task(
        province, "Tổ chức cuộc thi trực tuyến tìm hiểu cải cách hành chính", "Cả năm", "1 cuộc thi"
    )
    for held in Contest.objects.public().order_by("pk")[:1]:
        _prove_by(demo, contest, PlanThing.CONTEST, held.pk)
    leaflets = demo.task(
        province, "Biên soạn tờ gấp, bài viết đăng thư viện", "Cả năm", "2 tin bài"
    )
    for post in Material.objects.public().filter(kind=MaterialKind.POST)[:2]:
        _prove_by(demo, leaflets, PlanThing.MATERIAL, post.pk)
    confirm_task(task=leaflets, note="Đủ theo kế hoạch (mẫu)", user=demo.organiser, now=demo.now)
    classes = demo.task(
        commune, "Tập huấn cán bộ một cửa về tiếp nhận hồ sơ trực tuyến", "Cả năm", "2 lớp tập huấn"
    )
    demo.prove(
        classes,
        demo.lead,
        note="Lớp ngày thứ Bảy tại hội trường xã, 35 người dự (mẫu).",
        amount=1,
    )
    late = demo.task(
        commune,
        "Phát bài tuyên truyền trên loa truyền thanh",
        _just_past(demo.today),
        "12 bài phát thanh",
    )
    explain_task(task=late, reason="Hệ thống loa đang sửa chữa (mẫu)", user=demo.lead)
    demo.task(province, "Khảo sát mức độ hài lòng tại Bộ phận Một cửa", "Cả năm", "100 phiếu")


def _prove_by(demo: _Demo, task: PlanTask, kind: str, pk: int) -> None:
    thing = find_thing(kind=kind, pk=pk, user=demo.organiser)
    demo.prove(task, demo.organiser, thing=thing)


def _just_past(today: date) -> Due:
    """Some days ago, in this year."""
    return Due(max(today - timedelta(days=5), date(today.year, 1, 1)))
