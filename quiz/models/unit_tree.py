"""The units as they were when a round was frozen."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitTree(models.Model):
    """All units of one moment, kept once however many rounds were frozen with it.

    `document`: [{"id", "code", "name", "kind", "parent": id or null, "open": bool}, …] in the
    order of their names; `digest`: SHA-256 of its canonical bytes.
    """

    digest = models.CharField(max_length=64, unique=True)
    document = models.JSONField()

    class Meta:
        verbose_name = _("cây đơn vị đã chốt")

    def __str__(self) -> str:
        return self.digest[:12]
