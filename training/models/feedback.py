"""What people say of a course or a class at its end: sums and loose remarks, never an answer."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Feedback(models.Model):
    """The form of one course or one class. `answers` are all that were given; they are told in
    whole batches of ten, so the newest wait until their batch is full.
    """

    course = models.OneToOneField(
        "Course", on_delete=models.CASCADE, null=True, related_name="feedback"
    )
    training_class = models.OneToOneField(
        "TrainingClass", on_delete=models.CASCADE, null=True, related_name="feedback"
    )
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("phiếu đánh giá")
        constraints = [
            models.CheckConstraint(
                condition=Q(course=None) ^ Q(training_class=None), name="feedback_on_one_thing"
            )
        ]

    def __str__(self) -> str:
        return str(self.course or self.training_class)


class FeedbackSum(models.Model):
    """How many of one batch gave a statement one level."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="sums")
    batch = models.PositiveIntegerField()
    statement = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("tổng của phiếu đánh giá")
        constraints = [
            models.UniqueConstraint(
                fields=["feedback", "batch", "statement", "level"], name="one_sum_per_level"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="feedback_level_of_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.level}: {self.count}"


class FeedbackRemark(models.Model):
    """Words of somebody; its random key says nothing of when it came."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="remarks")
    batch = models.PositiveIntegerField()
    text = models.CharField(max_length=1000)

    class Meta:
        verbose_name = _("góp ý")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.text[:40]


class FeedbackGiven(models.Model):
    """That a person has answered, so that nobody answers twice; not when, and not what."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="given")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("người đã đánh giá")
        constraints = [
            models.UniqueConstraint(fields=["feedback", "person"], name="one_feedback_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.feedback}"
