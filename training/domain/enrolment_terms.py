"""A course's terms of enrolment: until when, whether people are reminded, when it opens again."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.domain.audit import record_act
from accounts.models import User
from training.models import Course, EnrolmentTerms
from training.permissions import require_may_run_course


def terms_of(course: Course) -> EnrolmentTerms:
    """The stored terms, or the defaults, not stored yet."""
    return EnrolmentTerms.objects.filter(course=course).first() or EnrolmentTerms(course=course)


def default_due(*, course: Course, now: datetime) -> date | None:
    """Until when somebody enrolled now has, if nobody said anything of their own."""
    terms, today = terms_of(course), timezone.localdate(now)
    if terms.due_on and terms.due_on >= today:
        return terms.due_on
    return today + timedelta(days=terms.due_days) if terms.due_days else None


@transaction.atomic
def set_terms(
    *,
    course: Course,
    due_on: date | None,
    due_days: int,
    renew_before: int,
    reminds: bool,
    user: User,
) -> EnrolmentTerms:
    """Holds for enrolments from now on; those there are keep their due date. Raises NotAllowed."""
    require_may_run_course(user, course)
    terms, _new = EnrolmentTerms.objects.update_or_create(
        course=course,
        defaults={
            "due_on": due_on,
            "due_days": due_days,
            "renew_before": renew_before,
            "reminds": reminds,
        },
    )
    record_act(actor=user, act="set_enrolment_terms", subject=course, unit_id=course.unit_id)
    return terms
