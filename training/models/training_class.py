"""Classes held in a room: when, where, who is invited, who came and stayed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from training.enums import SignWay
from training.queries.training_class import TrainingClassQuerySet


class TrainingClass(models.Model):
    """A class of a course, or on its own. `capacity` 0: no limit.

    `is_open`: whoever is of the unit or below may come without an invitation.
    """

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(
        "Course", on_delete=models.PROTECT, null=True, blank=True, related_name="classes"
    )
    title = models.CharField(_("tên lớp"), max_length=200)
    place = models.CharField(_("địa điểm"), max_length=200)
    teacher = models.CharField(_("báo cáo viên"), max_length=200, blank=True)
    note = models.TextField(_("dặn dò"), blank=True)
    capacity = models.PositiveSmallIntegerField(_("sức chứa"), default=0)
    is_open = models.BooleanField(_("người chưa được mời cũng được dự"), default=False)
    files = models.ManyToManyField("TrainingFile", blank=True, related_name="classes")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    objects = TrainingClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("lớp tập huấn trực tiếp")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class ClassSession(models.Model):
    """One sitting of a class: a morning, an afternoon."""

    training_class = models.ForeignKey(
        TrainingClass, on_delete=models.CASCADE, related_name="sessions"
    )
    begins_at = models.DateTimeField(_("bắt đầu"))
    ends_at = models.DateTimeField(_("kết thúc"))

    class Meta:
        verbose_name = _("buổi học")
        ordering = ["begins_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="session_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["training_class", "begins_at"], name="one_session_per_beginning"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_class}: {self.begins_at}"


class ClassInvitee(models.Model):
    """Somebody who is asked to come."""

    training_class = models.ForeignKey(
        TrainingClass, on_delete=models.CASCADE, related_name="invitees"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="class_invitations"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField()

    class Meta:
        verbose_name = _("người được mời dự lớp")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["training_class", "person"], name="invited_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.training_class}"


class Attendance(models.Model):
    """Who came to a session and who stayed to its end, by the code or ticked with a reason."""

    session = models.ForeignKey(ClassSession, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attendances"
    )
    unit = models.ForeignKey(
        "accounts.OrgUnit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    in_at = models.DateTimeField()
    in_way = models.CharField(max_length=4, choices=SignWay)
    out_at = models.DateTimeField(null=True)
    out_way = models.CharField(max_length=4, choices=SignWay, blank=True)
    reason = models.CharField(_("lý do điểm danh thay"), max_length=400, blank=True)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("điểm danh")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="one_attendance_a_session"),
            models.CheckConstraint(
                condition=Q(out_at=None, out_way="") | (Q(out_at__isnull=False) & ~Q(out_way="")),
                name="left_in_some_way",
            ),
            models.CheckConstraint(
                condition=Q(in_way=SignWay.CODE, out_way__in=["", SignWay.CODE], ticked_by=None)
                | (Q(ticked_by__isnull=False) & ~Q(reason="")),
                name="ticked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.session}"
