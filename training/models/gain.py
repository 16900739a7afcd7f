"""Which two quiz lessons of a course tell what was learnt between them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class GainPair(models.Model):
    """A quiz before and a quiz after; what both ask of the same person is compared."""

    course = models.OneToOneField(
        "Course", on_delete=models.CASCADE, related_name="gain_pair", primary_key=True
    )
    before = models.ForeignKey("Lesson", on_delete=models.CASCADE, related_name="+")
    after = models.ForeignKey("Lesson", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("cặp bài kiểm tra trước, sau")
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="gain_of_two_lessons")
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
