"""The tree of units and their dated headcounts."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import UnitKind
from accounts.queries.org_unit import OrgUnitQuerySet
from accounts.text import fold, nfc, sort_key


class OrgUnit(models.Model):
    """A body of the administration. Dated: a merged unit is closed, never deleted.

    From the day of a merger on, the closed unit hangs below `merged_into`, so that whoever looks
    after the successor also reaches what was left in the old unit's name (lists, contests).
    """

    code = models.CharField(_("mã đơn vị"), max_length=40, unique=True)
    name = models.CharField(_("tên đơn vị"), max_length=200)
    kind = models.CharField(_("loại"), max_length=20, choices=UnitKind, default=UnitKind.OTHER)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    valid_from = models.DateField(_("có từ ngày"), null=True, blank=True)
    # The first day on which it is no more.
    valid_to = models.DateField(_("ngừng hoạt động từ ngày"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    # The day of the merger has come: people, names and units below have gone to the successor.
    merger_done = models.BooleanField(default=False, editable=False)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    sort_name = models.CharField(max_length=400, editable=False, default="")
    # Folded name, aliases and names of the units above, kept by domain.units.refresh_search_text.
    search_text = models.TextField(editable=False, default="")

    objects = OrgUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        ordering = ["sort_name", "code"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="unit_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(merged_into=None)
                | (Q(valid_to__isnull=False) & ~Q(merged_into=F("pk"))),
                name="merged_unit_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = nfc(self.name)
        self.sort_name = sort_key(self.name)
        if not self.search_text:
            self.search_text = fold(" ".join([self.name, *self.aliases]))
        super().save(*args, **kwargs)


class Headcount(models.Model):
    """How many people belong to a unit from a date on: the denominator of participation."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, related_name="headcounts")
    on_date = models.DateField(_("tính từ ngày"))
    count = models.PositiveIntegerField(_("số người"))

    class Meta:
        verbose_name = _("biên chế")
        constraints = [
            models.UniqueConstraint(fields=["unit", "on_date"], name="one_headcount_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.count}"
