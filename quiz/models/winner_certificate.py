"""A winner's certificate: numbered, and open to anyone who has its code."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WinnerCertificate(models.Model):
    """Says that an entrant was given a prize, `tier` as the release names it. It holds no name."""

    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="+")
    entrant = models.ForeignKey("Entrant", on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(_("giải"), max_length=120)
    number = models.PositiveIntegerField(_("số"))
    code = models.CharField(max_length=32, unique=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(_("cấp lúc"))

    class Meta:
        verbose_name = _("giấy chứng nhận đạt giải")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "entrant", "tier"], name="one_certificate_per_prize"
            ),
            models.UniqueConstraint(
                fields=["round", "number"], name="one_winner_certificate_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.number}"
