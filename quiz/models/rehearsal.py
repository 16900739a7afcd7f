"""A rehearsal of a contest: what was asked, what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.enums import RehearsalState


class Rehearsal(models.Model):
    """`shadow` is the copy entrants were sent to, gone with all it held when the rehearsal ends.

    `report` is what `engine/rehearsing.py` makes of the measurement.
    """

    contest = models.ForeignKey("Contest", on_delete=models.CASCADE, related_name="rehearsals")
    shadow = models.ForeignKey("Contest", on_delete=models.SET_NULL, null=True, related_name="+")
    entrants = models.PositiveIntegerField(_("số người"))
    minutes = models.PositiveSmallIntegerField(_("số phút"))
    url = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=RehearsalState, default=RehearsalState.WAITING)
    cancelled = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("lần diễn tập")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.contest} {self.entrants}/{self.minutes}"
