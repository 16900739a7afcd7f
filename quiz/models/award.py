"""Prizes given and the decisions on ties that prizes hang on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.enums import AwardKind, TieMethod


class Award(models.Model):
    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="awards")
    group = models.ForeignKey("AudienceGroup", on_delete=models.PROTECT, related_name="+")
    entrant = models.ForeignKey("Entrant", on_delete=models.PROTECT, related_name="awards")
    attempt = models.ForeignKey("Attempt", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=AwardKind, default=AwardKind.PRIZE)
    tier = models.CharField(_("mã giải"), max_length=40)
    tier_name = models.CharField(_("giải"), max_length=120)
    money = models.PositiveBigIntegerField(_("tiền thưởng (đồng)"), default=0)
    place = models.PositiveIntegerField(_("thứ tự"))
    rank = models.PositiveIntegerField(_("hạng"))
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("giải được trao")
        ordering = ["round", "group", "kind", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "group", "kind", "place"], name="one_award_per_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.tier_name}: {self.entrant}"


class TieDecision(models.Model):
    """An order among attempts the chain can't tell apart, with how it was found.

    By lot: `seed` is what the source gave that `notice` had named. By decision: `order` is the
    board's. One made for a correction counts with it.
    """

    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="tie_decisions")
    group = models.ForeignKey("AudienceGroup", on_delete=models.PROTECT, related_name="+")
    method = models.CharField(_("cách phân định"), max_length=10, choices=TieMethod)
    notice = models.ForeignKey(
        "LotNotice", on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    source = models.CharField(_("nguồn bốc thăm"), max_length=300, blank=True)
    seed = models.CharField(_("kết quả nguồn"), max_length=200, blank=True)
    order = models.JSONField()
    minutes = models.CharField(_("biên bản số"), max_length=200)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)
    correction = models.ForeignKey(
        "Correction", on_delete=models.CASCADE, null=True, related_name="tie_decisions"
    )

    class Meta:
        verbose_name = _("phân định đồng hạng")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.get_method_display()}"
