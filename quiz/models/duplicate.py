"""Entrants who may be one person: shown to a person, who decides."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.enums import DuplicateReason, DuplicateState


class DuplicateCase(models.Model):
    contest = models.ForeignKey("Contest", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("dấu hiệu"), max_length=12, choices=DuplicateReason)
    # The digest of what the members share, so that finding again finds the same case.
    mark = models.BinaryField()
    state = models.CharField(max_length=10, choices=DuplicateState, default=DuplicateState.OPEN)
    kept = models.ForeignKey("Entrant", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("ghi chú"), max_length=400, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("nghi trùng")
        constraints = [
            models.UniqueConstraint(fields=["contest", "reason", "mark"], name="one_case_per_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id}: {self.get_reason_display()}"


class DuplicateMember(models.Model):
    case = models.ForeignKey(DuplicateCase, on_delete=models.CASCADE, related_name="members")
    entrant = models.ForeignKey("Entrant", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("người trong nhóm nghi trùng")
        constraints = [models.UniqueConstraint(fields=["case", "entrant"], name="once_in_a_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.entrant_id}"
