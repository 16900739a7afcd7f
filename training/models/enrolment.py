"""Who takes a course, and how far they are in each lesson."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.enums import EnrolmentSource
from training.queries.enrolment import EnrolmentQuerySet


class Enrolment(models.Model):
    """A person takes a course; `ordinal` counts the times (re-certification begins the next).

    `unit` is the person's unit on the day of enrolment; reports use the unit on their own date.
    Exempted: need not take it, with the reason. Withdrawn: enrolled by mistake, kept for the diary.
    """

    course = models.ForeignKey("Course", on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments"
    )
    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=9, choices=EnrolmentSource)
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    enrolled_at = models.DateTimeField()
    due_on = models.DateField(_("hạn hoàn thành"), null=True, blank=True)
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    exempted_at = models.DateTimeField(null=True)
    exempt_reason = models.CharField(_("lý do miễn"), max_length=400, blank=True)
    exempted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("ghi danh")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person", "ordinal"], name="one_enrolment_per_time"
            ),
            models.CheckConstraint(
                condition=Q(exempted_at=None, exempted_by=None, exempt_reason="")
                | (Q(exempted_at__isnull=False, exempted_by__isnull=False) & ~Q(exempt_reason="")),
                name="exempted_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.course}"


class LessonProgress(models.Model):
    """How far one enrolment is in one lesson.

    `state` is what `training.engine.completion` judges: {"pages": [[1, 4]], "watched": [[0, 61]],
    "position": 61.5, "seconds": 240, "score": 80, "scorm": {…}}; segments are half-open and in
    seconds or pages. It only grows; `revision` rises with each save, so that of two devices'
    reports none is lost.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="progress")
    lesson = models.ForeignKey("Lesson", on_delete=models.PROTECT, related_name="progress")
    state = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tiến độ bài học")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="one_progress_per_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} – {self.lesson}"


class StudySpan(models.Model):
    """A stretch of studying, from heartbeats: the raw evidence of credited time.

    A heartbeat within 60 s of the span's end lengthens it, a later one begins the next. Spans of
    one person may overlap (tabs, devices): their union counts. `media_ms` is how far the media
    went meanwhile, `rate` how fast at most, in hundredths.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="spans")
    lesson = models.ForeignKey("Lesson", on_delete=models.PROTECT, related_name="spans")
    # Random per open page.
    tab = models.CharField(max_length=22)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    media_ms = models.BigIntegerField(default=0)
    rate = models.PositiveSmallIntegerField(default=100)

    class Meta:
        verbose_name = _("khoảng học")
        ordering = ["began_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__gte=models.F("began_at")), name="span_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["enrolment", "began_at"], name="spans_of_an_enrolment")]

    def __str__(self) -> str:
        return f"{self.enrolment} – {self.began_at}"
