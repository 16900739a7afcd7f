"""How often the public pages were opened: sums, and nothing about who opened them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from training.queries.visit import VisitDayQuerySet


class VisitDay(models.Model):
    """Sums of a day in Viet Nam. `visits` came from elsewhere; `views` are all pages opened."""

    day = models.DateField(primary_key=True)
    visits = models.BigIntegerField(default=0)
    views = models.BigIntegerField(default=0)

    objects = VisitDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt truy cập trong ngày")

    def __str__(self) -> str:
        return f"{self.day}: {self.visits}"


class VisitMinute(models.Model):
    """Visits that began in one minute, for “đang truy cập”; forgotten after ten minutes.

    The table is UNLOGGED: it is not worth a write-ahead record, and starts anew after a crash.
    """

    minute = models.DateTimeField(primary_key=True)
    visits = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("lượt truy cập trong phút")

    def __str__(self) -> str:
        return f"{self.minute}: {self.visits}"
