"""What the board decides about collective prizes: points by hand, and who of equals leads."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.enums import UnitDecisionKind


class UnitDecision(models.Model):
    """One decision with its minutes and reason.

    `values`: of points {unit id: points as text}, the newest in force; of a tie the unit ids in the
    order decided, all in force together.
    """

    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="unit_decisions")
    kind = models.CharField(_("nội dung"), max_length=10, choices=UnitDecisionKind)
    values = models.JSONField()
    minutes = models.CharField(_("biên bản số"), max_length=200)
    reason = models.CharField(_("lý do"), max_length=400)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("quyết định về giải tập thể")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.get_kind_display()}"
