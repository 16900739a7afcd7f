"""Who takes a course, as lists show it: by state, unit and name, what needs doing first."""

from datetime import date

from django.db.models import Case, F, IntegerField, Value, When

from accounts.models import OrgUnit
from accounts.text import fold
from training.enums import EnrolmentStanding
from training.queries.enrolment import EnrolmentQuerySet

# What needs doing comes first.
ORDER = {
    EnrolmentStanding.LATE: 0,
    EnrolmentStanding.LEARNING: 1,
    EnrolmentStanding.WAITING: 1,
    EnrolmentStanding.DONE: 2,
    EnrolmentStanding.EXEMPT: 3,
    EnrolmentStanding.WITHDRAWN: 4,
}


def find_enrolments(
    *,
    rows: EnrolmentQuerySet,
    day: date,
    standing: str = "",
    unit: OrgUnit | None = None,
    words: str = "",
) -> EnrolmentQuerySet:
    """The newest of each person and course with `standing_now`, late first, then by due date.

    Whoever was withdrawn only if asked for. `unit`: people of it and below; `words` of a name or a
    staff code, with or without tone marks.
    """
    if standing == EnrolmentStanding.WITHDRAWN:
        rows = rows.filter(withdrawn_at__isnull=False)
    else:
        rows = rows.newest()
    if unit:
        rows = rows.filter(person__unit__in=OrgUnit.objects.below([unit.pk]))
    rows = rows.with_standing(day)
    if standing in EnrolmentStanding.values:
        rows = rows.filter(standing_now=standing)
    if words:
        rows = rows.filter(person__in=_named(rows, words))
    whens = [When(standing_now=name, then=Value(place)) for name, place in ORDER.items()]
    urgent = Case(*whens, output_field=IntegerField())
    ordered = rows.annotate(urgent=urgent).select_related("person", "person__unit")
    return ordered.order_by("urgent", F("due_on").asc(nulls_last=True), "person__full_name", "pk")


def _named(rows: EnrolmentQuerySet, words: str) -> list[int]:
    """Names are folded here: a course's people are thousands at most."""
    wanted = fold(words).split()
    people = rows.order_by().values_list("person", "person__full_name", "person__username")
    return [pk for pk, *texts in people if all(word in fold(" ".join(texts)) for word in wanted)]
