"""What is made public before a lot: the set, the source, the moment at which the source decides."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LotNotice(models.Model):
    """`digest` names the tied set (quiz.engine.lot); `attempts` are its members.

    `draws_at`: from when the source's result is known, later than `published_at`. A withdrawn
    notice stays public, so that nobody publishes several and keeps the one that suits.
    """

    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="lot_notices")
    group = models.ForeignKey("AudienceGroup", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(_("mã nhóm đồng hạng"), max_length=64)
    attempts = models.JSONField()
    source = models.CharField(_("nguồn bốc thăm"), max_length=300)
    draws_at = models.DateTimeField(_("nguồn có kết quả lúc"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(_("lý do rút"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("công bố bốc thăm")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "digest"],
                name="one_lot_notice_per_set",
                condition=models.Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                condition=models.Q(draws_at__gt=models.F("published_at")),
                name="lot_published_before_its_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.digest[:12]}"
