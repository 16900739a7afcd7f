"""What a look at a round's entries found, and that a person has seen it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.enums import HintKind


class IntegrityHint(models.Model):
    """A hint for a reviewer, never a penalty; `mark` names what it is about.

    `attempts` are ids without a constraint; a drifting item has its `version` instead. `details`:
    the figures of quiz/engine/integrity by name. When hints are looked for again, what a person has
    seen stays as it was seen.
    """

    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="hints")
    kind = models.CharField(_("dấu hiệu"), max_length=10, choices=HintKind)
    mark = models.CharField(max_length=64)
    attempts = ArrayField(models.BigIntegerField(), default=list)
    version = models.ForeignKey(
        "ItemVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    details = models.JSONField(default=dict)
    found_at = models.DateTimeField(_("tìm thấy lúc"))
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    seen_at = models.DateTimeField(_("xem lúc"), null=True)
    note = models.CharField(_("ghi chú"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("dấu hiệu cần xem")
        constraints = [
            models.UniqueConstraint(fields=["round", "mark"], name="one_hint_per_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.kind}"
