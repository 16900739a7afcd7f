"""Where a version was used, and what the answers told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.queries.item_usage import ItemUsageQuerySet


class ItemUsage(models.Model):
    """A version in a pool, from the freeze on; gone when the freeze is taken back.

    The figures are 0 until the seal counts the papers, and again when the seal is opened: nothing
    of a round that is not sealed can be read here. `papers` and `drawn` count papers of entries
    that are not voided and not a duplicate's; the rest is of each entrant's first entry, so that
    who enters ten times weighs as much as others. `choices`: by the version's option id, how many
    chose it. Formulas and their sources: quiz/engine/item_analysis.py.
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

    objects = ItemUsageQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần dùng câu hỏi")
        constraints = [
            models.UniqueConstraint(fields=["pool", "version"], name="one_usage_per_pool"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} in {self.pool_id}"
