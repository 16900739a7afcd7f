"""Versioned consent texts and who agreed to which (Law 91/2025/QH15: never pre-ticked)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import ConsentPurpose


class ConsentText(models.Model):
    purpose = models.CharField(_("mục đích"), max_length=30, choices=ConsentPurpose)
    version = models.PositiveIntegerField(_("phiên bản"))
    body = models.TextField(_("nội dung"))
    body_en = models.TextField(_("nội dung tiếng Anh"), blank=True)
    retention_days = models.PositiveIntegerField(_("thời gian lưu (ngày)"))
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("nội dung đồng ý")
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="one_text_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} v{self.version}"


class Consent(models.Model):
    """`subject_kind`/`subject_id` name a row of an app above; no key crosses upwards."""

    text_id = models.BigIntegerField()
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    given_by = models.CharField(_("người đồng ý thay"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("lượt đồng ý")
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="consent_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"
