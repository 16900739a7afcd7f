"""Letters to people who still have courses to complete: one letter for all of them, once a day."""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.domain.installation import public_origin
from accounts.domain.sending import (
    SendingFailed,
    may_send_letters,
    may_send_texts,
    send_letter,
    send_text,
)
from accounts.models import User
from training.enums import ReminderWay
from training.models import Course, Enrolment, EnrolmentReminder
from training.queries.reminding import people_to_remind

log = logging.getLogger(__name__)
# Of one run, so that a worker is not held for long; the next run goes on.
MOST = 500
# Nobody's telephone rings at night.
FIRST_HOUR, LAST_HOUR = 7, 20
LEARNING = "/hoc/"
Send = Callable[[], None]


def remind_learners(*, now: datetime) -> int:
    """Write to whom a letter is due; how many were sent.

    A letter is written down before it is sent, so a worker killed in between sends none twice.
    """
    if not FIRST_HOUR <= timezone.localtime(now).hour < LAST_HOUR:
        return 0
    if not (may_send_letters() or may_send_texts()):
        return 0
    ids = people_to_remind(day=timezone.localdate(now), most=MOST)
    people = User.objects.filter(pk__in=ids).order_by("pk")
    with translation.override("vi"):
        return sum(_remind(person, now) for person in people)


def courses_to_name(*, person: User, day: date) -> list[Enrolment]:
    """What the person still has to complete in courses that are open and remind, late first."""
    held = Enrolment.objects.unfinished().filter(
        person=person, course__in=Course.objects.running_on(day)
    )
    shown = held.exclude(course__terms__reminds=False).select_related("course")
    return sorted(shown, key=lambda each: (each.due_on or date.max, each.pk))


def _remind(person: User, now: datetime) -> bool:
    day = timezone.localdate(now)
    enrolments = courses_to_name(person=person, day=day)
    prepared = _message(person, enrolments, day)
    if not enrolments or prepared is None:
        return False
    way, send = prepared
    try:
        with transaction.atomic():
            noted = EnrolmentReminder.objects.create(
                person=person, day=day, sent_at=now, way=way, courses=len(enrolments)
            )
    except IntegrityError:  # another worker writes to them
        return False
    try:
        send()
    except SendingFailed:
        log.warning("a reminder of courses was not sent")
        EnrolmentReminder.objects.filter(pk=noted.pk).update(failed=True)
        return False
    return True


def _message(
    person: User, enrolments: Sequence[Enrolment], day: date
) -> tuple[ReminderWay, Send] | None:
    """A letter, else a text to the phone; None where neither has a way out."""
    if person.email and may_send_letters():
        subject, text = reminder_letter(person=person, enrolments=enrolments, day=day)
        return ReminderWay.LETTER, partial(send_letter, to=person.email, subject=subject, text=text)
    if person.phone and may_send_texts():
        text = _("Bạn còn %(count)s khoá học chưa hoàn thành. Vào học: %(link)s") % {
            "count": len(enrolments),
            "link": public_origin() + LEARNING,
        }
        return ReminderWay.TEXT, partial(send_text, phone=person.phone_number, text=text)
    return None


def reminder_letter(*, person: User, enrolments: Sequence[Enrolment], day: date) -> tuple[str, str]:
    """Subject and text: every course with its due date, and where to go on."""
    lines = [_("Chào %(name)s,") % {"name": person.full_name}, ""]
    lines.append(_("Bạn còn %(count)s khoá học chưa hoàn thành:") % {"count": len(enrolments)})
    lines += [f"{place}. {_line(each, day)}" for place, each in enumerate(enrolments, 1)]
    link = _("Vào học: %(link)s") % {"link": public_origin() + LEARNING}
    return _("Nhắc hoàn thành khoá học"), "\n".join([*lines, "", link])


def _line(enrolment: Enrolment, day: date) -> str:
    due = enrolment.due_on
    if due is None:
        return enrolment.course.title
    told = {"title": enrolment.course.title, "day": date_format(due, "d/m/Y")}
    if due < day:
        return _("%(title)s – quá hạn từ %(day)s") % told
    return _("%(title)s – hạn %(day)s") % told
