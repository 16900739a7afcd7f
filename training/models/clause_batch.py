"""What ten persons answered to the items of one clause, added up for good."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from training.queries.clause_batch import ClauseBatchQuerySet


class ClauseBatch(models.Model):
    """The sums of ten persons of one unit; never fewer, never changed, and nothing says whose.

    `number` counts the tens of a unit and clause; `full_on` is the day on which the tenth answered.
    """

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("quiz.LegalDocument", on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=400, blank=True)
    number = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    right = models.PositiveIntegerField()
    full_on = models.DateField()

    objects = ClauseBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("câu trả lời theo điều khoản của mười người")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "document", "clause", "number"], name="each_ten_once"
            ),
            models.CheckConstraint(
                condition=models.Q(right__lte=models.F("answers")), name="right_among_answers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.clause}: {self.unit_id}"
