"""A second person's approval from a phone: a personal link and a one-time code."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Approval(models.Model):
    """Only keyed digests of link and code are stored; `subject_digest` is what was shown."""

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    subject_digest = models.CharField(max_length=64)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    link_digest = models.BinaryField(unique=True)
    code_digest = models.BinaryField()
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("phê duyệt")
        indexes = [models.Index(fields=["kind", "subject_id"], name="approval_by_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
