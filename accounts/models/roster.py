"""The compulsory list by name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import BirthPrecision


class Roster(models.Model):
    name = models.CharField(_("tên danh sách"), max_length=200)
    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="rosters")
    as_of = models.DateField(_("tính đến ngày"))

    class Meta:
        verbose_name = _("danh sách bắt buộc")

    def __str__(self) -> str:
        return self.name


class RosterEntry(models.Model):
    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="entries")
    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    full_name = models.CharField(_("họ và tên"), max_length=150)
    folded_name = models.CharField(max_length=150, editable=False)
    staff_code = models.CharField(_("mã cán bộ"), max_length=60, blank=True)
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    birth_precision = models.PositiveSmallIntegerField(
        choices=BirthPrecision, default=BirthPrecision.DAY
    )
    group_code = models.CharField(_("đối tượng"), max_length=40, blank=True)
    exemption = models.CharField(_("lý do miễn"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("người trong danh sách")
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "staff_code"],
                condition=~models.Q(staff_code=""),
                name="one_roster_entry_per_staff_code",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name
