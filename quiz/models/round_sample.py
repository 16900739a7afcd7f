"""How far an open round was at some moment, as the worker counted it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundSample(models.Model):
    """Totals since the round's first sample; `open` and `overdue` as of the moment.

    `attempt_mark` and `event_mark` are ids below which everything is counted in `counted` and will
    not change, so that the next sample reads on from there.
    """

    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="samples")
    at = models.DateTimeField()
    started = models.PositiveIntegerField()
    open = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()
    refusals = models.PositiveIntegerField()
    conflicts = models.PositiveIntegerField()
    resumes = models.PositiveIntegerField()
    attempt_mark = models.BigIntegerField()
    event_mark = models.BigIntegerField()
    counted = models.JSONField(default=dict)
    took_ms = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("số đếm của vòng thi")
        indexes = [
            models.Index(fields=["round", "at"], name="round_sample_in_time"),
            models.Index(fields=["at"], name="round_sample_age"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.at:%H:%M:%S}"
