"""What stays of an erased attempt in the round's tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ErasedLeaf(models.Model):
    """The leaf as it was before the attempt's secret went; the tree and its root stay whole.

    Kept beside the attempt and not in its row, which the hot path rewrites at every save.
    """

    attempt = models.OneToOneField(
        "Attempt",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="erased_leaf",
    )
    leaf = models.BinaryField()
    erased_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lá của bài thi đã xoá")

    def __str__(self) -> str:
        return str(self.attempt_id)
