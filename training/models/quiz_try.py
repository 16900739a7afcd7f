"""Tries of a quiz lesson: never ranked, never part of a contest."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuizTry(models.Model):
    """One try. `paper`: per slot [item version, options as shown], drawn from `seed` by the
    published drawing of `draw_version`; versions never change, so keys are looked up there and not
    kept here. `answers`: a mask of option ids per slot, None until it is given; given once, it
    stays. `score` in per cent, once all are given.
    """

    enrolment = models.ForeignKey("Enrolment", on_delete=models.CASCADE, related_name="tries")
    lesson = models.ForeignKey("Lesson", on_delete=models.PROTECT, related_name="tries")
    ordinal = models.PositiveSmallIntegerField()
    seed = models.BinaryField(max_length=16)
    draw_version = models.PositiveSmallIntegerField()
    paper = models.JSONField()
    answers = models.JSONField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta:
        verbose_name = _("lượt làm bài kiểm tra")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson", "ordinal"], name="one_quiz_try_per_time"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "lesson"],
                condition=models.Q(ended_at=None),
                name="one_open_quiz_try",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, score=None)
                | models.Q(ended_at__isnull=False, score__isnull=False),
                name="ended_quiz_try_has_its_score",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} – {self.lesson} ({self.ordinal})"
