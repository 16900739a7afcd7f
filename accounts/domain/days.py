"""Days as they begin and end in Viet Nam."""

from datetime import date, datetime, time

from django.utils import timezone


def midnight(day: date) -> datetime:
    """The moment at which `day` begins."""
    return datetime.combine(day, time(), timezone.get_default_timezone())
