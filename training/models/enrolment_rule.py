"""Rules of enrolling that outlast the day: a course's terms, standing enrolments of units, the
log of letters.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.enums import ReminderWay


class EnrolmentTerms(models.Model):
    """How a course is assigned; a course without a row has the defaults.

    Who is enrolled without a day of their own has until `due_on`; after that day, or without one,
    `due_days` from the day of enrolment (0: no due date). A renewal opens `renew_before` days
    before what was completed expires. `reminds`: whether letters name this course.
    """

    course = models.OneToOneField(
        "Course", on_delete=models.CASCADE, related_name="terms", primary_key=True
    )
    due_on = models.DateField(_("hạn hoàn thành chung"), null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(_("số ngày được học"), default=0)
    renew_before = models.PositiveSmallIntegerField(_("mở học lại trước (ngày)"), default=30)
    reminds = models.BooleanField(_("nhắc qua thư, tin nhắn"), default=True)

    class Meta:
        verbose_name = _("điều kiện ghi danh")

    def __str__(self) -> str:
        return str(self.course)


class UnitEnrolment(models.Model):
    """Everybody of a unit and below takes a course, whoever joins later included, until it ends.

    Who joins after the beginning has `due_days` of their own where that is later than `due_on`.
    """

    course = models.ForeignKey("Course", on_delete=models.CASCADE, related_name="unit_enrolments")
    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("hạn hoàn thành"), null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(_("số ngày cho người đến sau"), default=30)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("ghi danh theo đơn vị")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "unit"],
                condition=Q(ended_at=None),
                name="one_standing_enrolment_per_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.course}"


class EnrolmentReminder(models.Model):
    """One letter or text that named a person's courses; written before it is sent.

    `failed`: the sender did not take it; the person is tried again on another day.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolment_reminders"
    )
    day = models.DateField()
    sent_at = models.DateTimeField()
    way = models.CharField(max_length=6, choices=ReminderWay)
    courses = models.PositiveSmallIntegerField()
    failed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("thư nhắc học")
        ordering = ["-sent_at"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_reminder_a_day")]

    def __str__(self) -> str:
        return f"{self.person}: {self.day}"
