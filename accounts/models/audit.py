"""The append-only diary. The worker chains the rows by hash; ids and digests only, no names."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import RevealReason


class AuditEntry(models.Model):
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    act = models.CharField(_("việc"), max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)
    # Filled by the worker: place in the chain and the hash over the row and the one before it.
    sequence = models.BigIntegerField(null=True, unique=True)
    hash = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("nhật ký")
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["actor", "id"], name="audit_by_actor"),
            models.Index(fields=["act", "id"], name="audit_by_act"),
            models.Index(fields=["unit_id", "id"], name="audit_by_unit"),
            models.Index(fields=["at"], name="audit_by_moment"),
            models.Index(
                fields=["id"],
                name="audit_unchained",
                condition=models.Q(sequence__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_kind} {self.subject_id}"


class ActReason(models.Model):
    """Why somebody looked at personal data or took it out, in their own words.

    People write names into reasons, so the words stand here, where they can be erased; the chained
    entry holds the code and a digest salted with `salt`. With the row goes the salt, and the digest
    says nothing any more.
    """

    entry = models.OneToOneField(
        AuditEntry, on_delete=models.PROTECT, primary_key=True, related_name="reason"
    )
    code = models.CharField(_("lý do"), max_length=20, choices=RevealReason)
    text = models.CharField(_("nói rõ"), max_length=300, blank=True)
    salt = models.BinaryField()

    class Meta:
        verbose_name = _("lý do xem dữ liệu cá nhân")

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.text}".strip()
