"""How much of its limit a key has used, for acts that send or test a secret."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Throttle(models.Model):
    """`digest` is keyed, so the table tells neither phones nor addresses.

    The table is UNLOGGED (migration 0006): a counter is not worth a write-ahead record, and
    starts anew after a crash.
    """

    digest = models.BinaryField(primary_key=True)
    # Each turn moves this moment on by one share of the window; past it, nothing is counted.
    free_at = models.DateTimeField()

    class Meta:
        verbose_name = _("giới hạn lượt")

    def __str__(self) -> str:
        return bytes(self.digest).hex()[:8]
