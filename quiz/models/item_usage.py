"""Where a version was used, and what the answers told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.queries.item_usage import ItemUsageQuerySet


class ItemUsage(models.Model):
    """A version in a pool, from the freeze on; gone when the freeze is taken back.

    The figures are 0 until papers are counted after the close, and again when the seal is opened;
    `told()` reads those of sealed rounds alone. `papers` and `drawn` count papers of entries
    that are not voided and not a duplicate's; the rest is of each entrant's first entry, so that
    who enters ten times weighs as much as others. `choices`: by the version's option id, how many
    chose it; `upper`, `lower`: which share of the best and the weakest 27 %.
    Formulas and their sources: quiz/engine/item_analysis.py.
    """

    version = models.ForeignKey("ItemVersion", on_delete=models.PROTECT, related_name="usages")
    pool = models.ForeignKey("Pool", on_delete=models.CASCADE, related_name="usages")
    papers = models.PositiveIntegerField(_("số đề"), default=0)
    drawn = models.PositiveIntegerField(_("số đề có câu này"), default=0)
    met = models.PositiveIntegerField(_("số người gặp câu này"), default=0)
    answered = models.PositiveIntegerField(_("số người trả lời"), default=0)
    not_reached = models.PositiveIntegerField(_("số người chưa làm tới"), default=0)
    correct = models.PositiveIntegerField(_("số người trả lời đúng"), default=0)
    discrimination = models.FloatField(_("độ phân biệt"), null=True)
    correlation = models.FloatField(_("tương quan với phần còn lại"), null=True)
    choices = models.JSONField(default=list)
    upper = models.JSONField(default=list)
    lower = models.JSONField(default=list)

    objects = ItemUsageQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần dùng câu hỏi")
        constraints = [
            models.UniqueConstraint(fields=["pool", "version"], name="one_usage_per_pool"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} in {self.pool_id}"


class PoolUsage(models.Model):
    """How many first entries had each number of right answers, out of `slots`; with the counting.

    `totals`: by number of right answers, from none on.
    """

    pool = models.OneToOneField(
        "Pool", on_delete=models.CASCADE, primary_key=True, related_name="usage"
    )
    counted_at = models.DateTimeField(_("đếm lúc"))
    slots = models.PositiveSmallIntegerField(_("số câu mỗi đề"))
    totals = models.JSONField(default=list)

    class Meta:
        verbose_name = _("phổ điểm của bộ câu hỏi")

    def __str__(self) -> str:
        return str(self.pool_id)
