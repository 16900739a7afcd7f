"""What a unit asks of its people per year, from a date on."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.enums import Measure, Rounding


class DutySetting(models.Model):
    """For a unit and all below it, as far as none of these has a setting of its own.

    A year is judged by the newest setting that begins before the year is over; `source` names the
    document it follows.
    """

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField(_("áp dụng từ ngày"))
    measure = models.CharField(_("đơn vị tính"), max_length=6, choices=Measure)
    minutes_per_unit = models.PositiveSmallIntegerField(
        _("số phút của một đơn vị tính"), validators=[MinValueValidator(1), MaxValueValidator(1440)]
    )
    yearly = models.DecimalField(
        _("phải học mỗi năm"),
        max_digits=6,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(2000)],
    )
    rounding = models.CharField(
        _("cách làm tròn"), max_length=7, choices=Rounding, default=Rounding.DOWN
    )
    due_month = models.PositiveSmallIntegerField(
        _("hạn: tháng"), default=12, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    due_day = models.PositiveSmallIntegerField(
        _("hạn: ngày"), default=31, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    source = models.CharField(_("căn cứ"), max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("định mức giờ học")
        ordering = ["unit", "-from_date"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "from_date"], name="one_duty_per_day"),
            models.CheckConstraint(condition=Q(minutes_per_unit__gt=0), name="a_unit_has_minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.yearly} {self.get_measure_display()}"
