"""How far stored fields have been moved under the installation's current field key."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeyRotation(models.Model):
    """One store under one key: rows up to `last_pk` are done, all of them once it is finished."""

    key_id = models.CharField(max_length=8)
    store = models.CharField(max_length=60)
    last_pk = models.BigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("đổi khóa mã hóa")
        constraints = [
            models.UniqueConstraint(fields=["key_id", "store"], name="one_rotation_per_store")
        ]

    def __str__(self) -> str:
        return f"{self.store} {self.key_id}"
