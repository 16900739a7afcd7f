"""Who has been shown the keys of a bank's items."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeyOpening(models.Model):
    """The first time; whoever saw keys before a round closed can't win in it."""

    bank = models.ForeignKey("ItemBank", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("người đã xem đáp án")
        constraints = [models.UniqueConstraint(fields=["bank", "user"], name="one_key_opening")]

    def __str__(self) -> str:
        return f"{self.user}: {self.bank}"
