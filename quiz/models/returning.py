"""Coming back to a contest: one-time codes, entries by staff code, reports of misuse."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.models.entrant import SHARED


class ReturnCode(models.Model):
    """A browser asked that a code be sent to a phone or address.

    The row is made alike whether anybody registered with it or not. Neither the code nor the
    browser's cookie is stored: the code follows from `browser_digest` by a key. `contact` is sealed
    and emptied once the worker has dealt with it; `entrants` are those it then found.
    """

    contest = models.ForeignKey("Contest", **SHARED)
    by_phone = models.BooleanField()
    contact = models.BinaryField(default=b"")
    browser_digest = models.BinaryField(unique=True)
    asked_at = models.DateTimeField(db_index=True)
    handled_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    entrants = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = _("mã vào lại")

    def __str__(self) -> str:
        return f"{self.contest_id}/{self.pk}"


class StaffEntry(models.Model):
    """The first entrant that a person of the roster made by staff code and birth date.

    Where the rules allow it, the same two bring back to this entrant and to no other.
    """

    contest = models.ForeignKey("Contest", **SHARED)
    roster_entry: Any = models.ForeignKey("accounts.RosterEntry", **SHARED)
    entrant = models.OneToOneField("Entrant", on_delete=models.CASCADE, related_name="staff_entry")
    made_at = models.DateTimeField()
    returned_at = models.DateTimeField(_("vào lại lần cuối"), null=True)
    told_at = models.DateTimeField(_("báo cho người dự thi lúc"), null=True)

    class Meta:
        verbose_name = _("lượt vào bằng mã cán bộ")
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "roster_entry"], name="one_staff_entry_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id}: {self.entrant_id}"


class EntrantReport(models.Model):
    """“Không phải tôi”: someone says that another used their name or number."""

    contest = models.ForeignKey("Contest", on_delete=models.CASCADE, related_name="reports")
    entrant = models.ForeignKey(
        "Entrant", on_delete=models.SET_NULL, null=True, related_name="reports"
    )
    text = models.CharField(_("nội dung báo"), max_length=600)
    contact = models.BinaryField(default=b"")
    reported_at = models.DateTimeField(_("báo lúc"))
    handled_at = models.DateTimeField(_("xử lý lúc"), null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(_("kết quả xử lý"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("báo mạo danh")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.contest_id}/{self.pk}"
