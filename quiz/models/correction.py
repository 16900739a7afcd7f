"""What is put right in a round that is closed, or already released: proposed by one person, shown
in full, decided by another.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.enums import CorrectionState, KeyRemedy
from quiz.models.entrant import SHARED

UNDECIDED = (CorrectionState.DRAFT, CorrectionState.SUBMITTED, CorrectionState.APPROVED)
_PERSON: Any = {
    "to": settings.AUTH_USER_MODEL,
    "on_delete": models.PROTECT,
    "related_name": "+",
}


class Correction(models.Model):
    """Changes to a round that take effect together or not at all.

    Whoever opens it alone puts changes into it; another person decides. `reason` is published.
    `preview` says what the changes do (`domain.correction_previews`), entry by entry in
    `CorrectionChange`; None until it was computed for the changes as they are. Of a released round
    they are published as `release`.
    """

    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField(_("đính chính số"))
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=CorrectionState, default=CorrectionState.DRAFT
    )
    reason = models.CharField(_("lý do"), max_length=400)
    preview = models.JSONField(null=True)
    release = models.OneToOneField(
        "Release", on_delete=models.PROTECT, null=True, related_name="correction"
    )
    opened_by = models.ForeignKey(**_PERSON)
    opened_at = models.DateTimeField()
    decided_by = models.ForeignKey(**_PERSON, null=True)
    decided_at = models.DateTimeField(null=True)
    returned_because = models.CharField(_("lý do trả lại"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("đính chính")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="one_correction_per_number"),
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(state__in=UNDECIDED),
                name="one_undecided_correction",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("opened_by")),
                name="second_person_corrects",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.number}"


class KeyAmendment(models.Model):
    """Another key for one item of a frozen pool, laid over the committed one, which stays.

    `place` is the item's in the pool; `old_mask` its committed key; `new_mask` the key that
    replaces it or is accepted beside it, 0 under the other remedies.
    """

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="amendments")
    pool = models.ForeignKey("Pool", on_delete=models.PROTECT, related_name="amendments")
    place = models.PositiveSmallIntegerField()
    remedy = models.CharField(_("cách xử lý"), max_length=12, choices=KeyRemedy)
    old_mask = models.PositiveSmallIntegerField()
    new_mask = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(_("lý do"), max_length=400)

    class Meta:
        verbose_name = _("sửa đáp án")
        ordering = ["correction", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "pool", "place"], name="one_amendment_per_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pool_id}/{self.place}: {self.remedy}"


class AttemptCorrection(models.Model):
    """An entry taken out of the results after the release, or taken back into them."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="attempts")
    attempt = models.ForeignKey("Attempt", **SHARED)
    restores = models.BooleanField(default=False)
    reason = models.CharField(_("lý do"), max_length=400)

    class Meta:
        verbose_name = _("bài thi được đính chính")
        ordering = ["correction", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "attempt"], name="one_correction_per_attempt"
            )
        ]

    def __str__(self) -> str:
        return f"{self.correction}: {self.attempt_id}"


class PrizeWithdrawal(models.Model):
    """A prize taken from an entrant, who keeps their place and wins nothing more in the round."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="withdrawals")
    entrant = models.ForeignKey("Entrant", on_delete=models.PROTECT, related_name="+")
    attempt = models.ForeignKey("Attempt", **SHARED)
    group = models.ForeignKey("AudienceGroup", on_delete=models.PROTECT, related_name="+")
    tier_name = models.CharField(_("giải"), max_length=120)
    place = models.PositiveIntegerField(_("thứ tự"))
    reason = models.CharField(_("lý do"), max_length=400)

    class Meta:
        verbose_name = _("giải bị thu hồi")
        ordering = ["correction", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "entrant", "group"], name="one_withdrawal_per_prize"
            )
        ]

    def __str__(self) -> str:
        return f"{self.correction}: {self.tier_name}"


class CorrectionChange(models.Model):
    """What a correction changes of one attempt: its marks, its place, its prize.

    None is no mark (voided), no place (not the attempt that counts); "" no prize. Gone when the
    correction takes effect or is dropped.
    """

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="changes")
    attempt = models.ForeignKey("Attempt", **(SHARED | {"db_index": False}))
    entrant = models.ForeignKey("Entrant", **(SHARED | {"db_index": False}))
    group = models.ForeignKey("AudienceGroup", **(SHARED | {"db_index": False}))
    old_score = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    new_score = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    old_correct = models.PositiveSmallIntegerField(null=True)
    new_correct = models.PositiveSmallIntegerField(null=True)
    old_total = models.PositiveSmallIntegerField(null=True)
    new_total = models.PositiveSmallIntegerField(null=True)
    old_rank = models.PositiveIntegerField(null=True)
    new_rank = models.PositiveIntegerField(null=True)
    old_prize = models.CharField(max_length=160, blank=True)
    new_prize = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("thay đổi khi đính chính")
        ordering = ["correction", "pk"]

    def __str__(self) -> str:
        return f"{self.correction_id}: {self.attempt_id}"
