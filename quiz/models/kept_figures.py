"""Figures as the worker counted them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptFigures(models.Model):
    """What `domain.figures.Figures` says of a contest, or of one round of it, at a moment.

    No names: people at the ends of the ages are kept by id and named when somebody looks.
    """

    contest = models.ForeignKey("Contest", on_delete=models.CASCADE, related_name="+")
    round = models.ForeignKey("Round", on_delete=models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField(_("đếm lúc"))
    document = models.JSONField()

    class Meta:
        verbose_name = _("số liệu đã đếm")
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "round"],
                nulls_distinct=False,
                name="one_kept_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id}/{self.round_id}"
