"""Studied time put together per day, so that pages need not lay out every heartbeat."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StudyTally(models.Model):
    """Whether a person's days are up to date: `counted` of their `beats` are in them.

    Each heartbeat raises `beats` in its own statement; counters and not moments, since two
    processes' clocks may differ.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="study_tally"
    )
    beats = models.PositiveBigIntegerField(default=0)
    counted = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("sổ giờ học")

    def __str__(self) -> str:
        return f"{self.person}: {self.counted}/{self.beats}"


class StudyDay(models.Model):
    """Seconds of one lesson on one Vietnamese date, each moment in one lesson only.

    Before the cap of the lesson's minutes, which is laid on when read: it may be changed.
    """

    enrolment = models.ForeignKey("Enrolment", on_delete=models.CASCADE, related_name="study_days")
    lesson = models.ForeignKey("Lesson", on_delete=models.PROTECT, related_name="study_days")
    day = models.DateField()
    seconds = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("ngày học")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson", "day"], name="one_study_day_per_lesson"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} – {self.day}"
