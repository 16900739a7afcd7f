"""A body's communication plan of a year: tasks, and the evidence that they were done."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.enums import DueSpan, PlanThing, TargetKind
from training.queries.communication_plan import (
    CommunicationPlanQuerySet,
    PlanTaskQuerySet,
)


class CommunicationPlan(models.Model):
    """Issued by a decision with number and date. `report_to`, `signer_title`, `signer_name` head
    and end its reports; `answer_days`: within how many days citizens are to be answered.
    """

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    title = models.CharField(_("tên kế hoạch"), max_length=250)
    number = models.CharField(_("số quyết định"), max_length=80, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    report_to = models.TextField(_("nơi nhận báo cáo"), blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=200, blank=True)
    signer_name = models.CharField(_("người ký"), max_length=120, blank=True)
    answer_days = models.PositiveSmallIntegerField(_("số ngày trả lời người dân"), null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = CommunicationPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("kế hoạch truyền thông")
        ordering = ["-year", "title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "title"], name="one_plan_per_title")
        ]

    def __str__(self) -> str:
        return self.title


class PlanTask(models.Model):
    """What one unit has to have done by `due_on`, the last day of what `due_span` says.

    Confirmed (`done_on` is the day it was done), its evidence stays as it is; `decision_note` says
    why it was confirmed below its target, or opened again.
    """

    plan = models.ForeignKey(CommunicationPlan, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField(_("số thứ tự"))
    content = models.CharField(_("nội dung"), max_length=1000)
    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    partners = models.CharField(_("đơn vị phối hợp"), max_length=500, blank=True)
    due_on = models.DateField(_("thời hạn"))
    due_span = models.CharField(max_length=7, choices=DueSpan, default=DueSpan.DAY)
    expected = models.CharField(_("kết quả dự kiến"), max_length=500, blank=True)
    target_kind = models.CharField(max_length=10, choices=TargetKind, blank=True)
    target_number = models.PositiveIntegerField(_("chỉ tiêu"), null=True)
    late_reason = models.CharField(_("lý do chậm"), max_length=500, blank=True)
    done_on = models.DateField(null=True)
    decision_note = models.CharField(_("ghi chú khi xác nhận"), max_length=500, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    objects = PlanTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhiệm vụ của kế hoạch")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="one_task_per_position"),
            models.CheckConstraint(
                condition=Q(target_kind="", target_number=None)
                | (~Q(target_kind="") & Q(target_number__gt=0)),
                name="target_has_kind_and_number",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, confirmed_by=None, confirmed_at=None)
                | Q(done_on__isnull=False, confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="done_task_was_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.content[:80]


class PlanEvidence(models.Model):
    """A note, a link, a file, or something that the program holds (`thing_kind`, `thing_id`).

    `thing_title` stays when the thing goes. `amount`: what it counts towards the target; without,
    what the thing itself counts (`training.domain.plan_things`).
    """

    task = models.ForeignKey(PlanTask, on_delete=models.PROTECT, related_name="evidence")
    happened_on = models.DateField(_("ngày thực hiện"))
    note = models.CharField(_("nội dung"), max_length=1000, blank=True)
    link = models.URLField(_("liên kết"), max_length=500, blank=True)
    file = models.ForeignKey(
        "TrainingFile", on_delete=models.PROTECT, null=True, related_name="plan_evidence"
    )
    thing_kind = models.CharField(max_length=8, choices=PlanThing, blank=True)
    thing_id = models.BigIntegerField(null=True)
    thing_title = models.CharField(max_length=250, blank=True)
    amount = models.PositiveIntegerField(_("số lượng"), null=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("minh chứng")
        ordering = ["happened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(note="") | ~Q(link="") | Q(file__isnull=False) | ~Q(thing_kind=""),
                name="evidence_shows_something",
            ),
            models.CheckConstraint(
                condition=Q(thing_kind="", thing_id=None)
                | (~Q(thing_kind="") & Q(thing_id__isnull=False)),
                name="thing_has_kind_and_id",
            ),
            models.UniqueConstraint(
                fields=["task", "thing_kind", "thing_id"],
                condition=Q(thing_id__isnull=False),
                name="thing_proves_a_task_once",
            ),
        ]

    def __str__(self) -> str:
        return self.note or self.thing_title or self.link
