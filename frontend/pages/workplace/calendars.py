"""The calendar of one contest or of all within reach, as a page and as a file for calendars."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.calendar_months import asked_month, fill_month
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.calendars import list_rounds
from quiz.interfaces.ics.calendar import write_calendar
from quiz.models import Contest
from quiz.permissions import SEE_CONTEST


@require_GET
@workplace_view(*SEE_CONTEST)
def calendar(request: HttpRequest) -> HttpResponse:
    """The rounds of a month, of every contest the person may see."""
    month = asked_month(request, timezone.localdate())
    reach = _reach(request)
    rounds = list_rounds(contests=reach, now=timezone.now(), stretch=month.stretch)
    fill_month(month, rounds)
    context = {"month": month, "rounds": rounds, "several": True, "any": reach.exists()}
    return render(request, "frontend/workplace/contest/calendar_all.html", context)


@require_GET
@contest_view(*SEE_CONTEST)
def contest_calendar(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Every round of the contest, and a month of them: the first that is not over, as a rule."""
    now = timezone.now()
    rounds = list_rounds(contests=Contest.objects.filter(pk=contest.pk), now=now)
    ahead = next((each.opens_at for each in rounds if each.ends_at > now), now)
    month = asked_month(request, timezone.localdate(ahead))
    fill_month(month, rounds)
    context = contest_context(
        request, contest, "w-contest-settings", month=month, rounds=rounds, several=False
    )
    return render(request, "frontend/workplace/contest/calendar.html", context)


@require_GET
@workplace_view(*SEE_CONTEST)
def calendar_file(request: HttpRequest) -> HttpResponse:
    return _file(_reach(request), _("Lịch các cuộc thi"), "lich-cuoc-thi.ics")


@require_GET
@contest_view(*SEE_CONTEST)
def contest_calendar_file(request: HttpRequest, contest: Contest) -> HttpResponse:
    only = Contest.objects.filter(pk=contest.pk)
    return _file(only, contest.title, f"lich-{contest.code}.ics")


def _reach(request: HttpRequest) -> QuerySet[Contest]:
    return Contest.objects.within_reach_of(request.user, *SEE_CONTEST)


def _file(contests: QuerySet[Contest], name: str, file_name: str) -> HttpResponse:
    now = timezone.now()
    content = write_calendar(list_rounds(contests=contests, now=now), name=name, now=now)
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
