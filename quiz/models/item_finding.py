"""What a look through a whole bank found, and what people decided to leave as it is."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BankCheckup(models.Model):
    """The last look through a bank.

    `found`: {check's code: [[version id, [[item id of a neighbour, likeness], …]], …]}. The
    sentences are made anew when they are shown, in the reader's language.
    """

    bank = models.OneToOneField(
        "ItemBank", on_delete=models.CASCADE, primary_key=True, related_name="checkup"
    )
    checked_at = models.DateTimeField(_("kiểm tra lúc"))
    items = models.PositiveIntegerField(_("số câu"))
    found = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("lần kiểm tra ngân hàng")

    def __str__(self) -> str:
        return str(self.bank_id)


class FindingDismissal(models.Model):
    """A check's finding on one version that a person looked at and left, with the reason.

    A new version is looked at anew.
    """

    version = models.ForeignKey("ItemVersion", on_delete=models.CASCADE, related_name="dismissals")
    code = models.CharField(_("nội dung kiểm tra"), max_length=40)
    reason = models.CharField(_("lý do"), max_length=400)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    dismissed_at = models.DateTimeField(_("bỏ qua lúc"))

    class Meta:
        verbose_name = _("gợi ý bỏ qua")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="one_dismissal_per_check")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.code}"
