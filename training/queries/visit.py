"""The sums of visits: written by batches, read as the footer shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models
from django.db.models import Sum
from django.db.models.functions import TruncMonth

# A visit counts as “now” for so long after it began.
NOW = timedelta(minutes=5)
FORGOTTEN = timedelta(minutes=10)

_ADD_DAY = """
INSERT INTO training_visitday AS held (day, visits, views) VALUES (%s, %s, %s)
ON CONFLICT (day) DO UPDATE
   SET visits = held.visits + excluded.visits, views = held.views + excluded.views
"""
_ADD_MINUTE = """
INSERT INTO training_visitminute AS held (minute, visits) VALUES (%s, %s)
ON CONFLICT (minute) DO UPDATE SET visits = held.visits + excluded.visits
"""
_FORGET = "DELETE FROM training_visitminute WHERE minute < %s"
_READ = """
SELECT
    (SELECT coalesce(sum(visits), 0) FROM training_visitminute
      WHERE minute > %(since)s AND minute <= %(now)s),
    coalesce(sum(visits) FILTER (WHERE day = %(today)s), 0),
    coalesce(sum(visits) FILTER (WHERE day >= %(month)s AND day <= %(today)s), 0),
    coalesce(sum(visits), 0)
FROM training_visitday
"""


@dataclass(frozen=True)
class VisitFigures:
    """Visits: begun in the last five minutes, today, this month, ever since counting began."""

    now: int
    today: int
    month: int
    total: int


def add_visits(
    *, days: Mapping[date, tuple[int, int]], minutes: Mapping[datetime, int], now: datetime
) -> None:
    """Add (visits, views) by day and visits by minute; a few short statements."""
    with connection.cursor() as cursor:
        for day, sums in sorted(days.items()):
            cursor.execute(_ADD_DAY, [day, *sums])
        for minute, visits in sorted(minutes.items()):
            cursor.execute(_ADD_MINUTE, [minute, visits])
        cursor.execute(_FORGET, [now - FORGOTTEN])


def read_visits(*, today: date, now: datetime) -> VisitFigures:
    bound = {"since": now - NOW, "now": now, "today": today, "month": today.replace(day=1)}
    with connection.cursor() as cursor:
        cursor.execute(_READ, bound)
        return VisitFigures(*(int(value) for value in cursor.fetchone()))


class VisitDayQuerySet(models.QuerySet):
    def by_month(self) -> list[dict[str, Any]]:
        """[{"month", "visits", "views"}], the newest first."""
        months = self.annotate(month=TruncMonth("day")).order_by("-month").values("month")
        return list(months.annotate(visits=Sum("visits"), views=Sum("views")))
