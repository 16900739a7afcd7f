"""What a person's copy of their own data says about their training."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.own_account import register_own_data
from accounts.models import User
from quiz.rules.figures import show_span
from training.domain.class_hours import attended_days
from training.domain.hours import credited_days, read_hours
from training.models import Credit, Lesson, StudyDay


def register_own_hours() -> None:
    """Called once when Django starts."""
    register_own_data(own_hours)


def own_hours(person: User) -> list[tuple[str, str]]:
    """(label, value): each year's sums, each lesson and day, each paper with its state."""
    rows: list[tuple[str, str]] = []
    for year in years_of(person):
        hours = read_hours(people=[person], year=year)[0]
        told = _("%(system)s phút trên hệ thống, %(elsewhere)s phút ngoài hệ thống")
        sums = {"system": hours.system_minutes, "elsewhere": hours.elsewhere_minutes}
        rows.append((_("Giờ ghi nhận trên hệ thống năm %(year)s") % {"year": year}, told % sums))
        days = credited_days(people=[person], year=year)
        titles = dict(
            Lesson.objects.filter(pk__in={each.lesson for each in days}).values_list("pk", "title")
        )
        rows += [
            (f"{each.day:%d/%m/%Y}: {titles[each.lesson]}", show_span(each.seconds))
            for each in days
        ]
        rows += [
            (f"{each.day:%d/%m/%Y}: {each.title}", show_span(each.seconds))
            for each in attended_days(people=[person.pk], year=year)
        ]
    for credit in Credit.objects.filter(person=person).order_by("taken_on", "pk"):
        label = _("Giờ học ngoài hệ thống: %(title)s") % {"title": credit.title}
        facts = [
            credit.issuer,
            credit.number,
            f"{credit.taken_on:%d/%m/%Y}",
            show_span(credit.minutes * 60),
            str(credit.get_state_display()),
            credit.refusal,
        ]
        rows.append((label, "; ".join(fact for fact in facts if fact)))
    return rows


def years_of(person: User) -> list[int]:
    """Years in which the person studied or has papers, the newest first; this year always."""
    studied = StudyDay.objects.filter(enrolment__person=person).dates("day", "year")
    taken = Credit.objects.filter(person=person).dates("taken_on", "year")
    this_year = timezone.localdate().year
    return sorted({day.year for day in [*studied, *taken]} | {this_year}, reverse=True)
