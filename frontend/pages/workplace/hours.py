"""Who still misses how much before which day; a person's evidence; table and papers."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import OrgUnit, User
from accounts.permissions import holds_any
from frontend.pages.addresses import absolute_url
from frontend.pages.learning.hours import link_to, record_response
from frontend.pages.learning.hours_showing import asked_year, hours_row, year_context
from frontend.pages.workplace.access import workplace_view
from training.domain.gaps import sorted_by_missing
from training.domain.hours import hours_by_unit, read_hours
from training.domain.hours_people import people_in_view
from training.interfaces.excel.hours import queue_hours
from training.interfaces.pdf.study_record_jobs import queue_records
from training.permissions import KEEP_CREDITS, RUN_TRAINING, SEE_TRAINING

PER_PAGE = 50
UNITS_SHOWN = 200


@dataclass(frozen=True)
class View:
    """Whose hours are asked for: a year, a unit of one's reach (None: all), words, who misses."""

    year: int
    unit: OrgUnit | None
    words: str
    only_missing: bool

    @property
    def query(self) -> str:
        unit = f"&don-vi={self.unit.code}" if self.unit else ""
        return f"?nam={self.year}{unit}"


def asked_view(request: HttpRequest) -> View:
    asked = request.GET if request.method == "GET" else request.POST
    reach = OrgUnit.objects.reached_by(request.user, *SEE_TRAINING)
    code = asked.get("don-vi", "")
    unit = get_object_or_404(reach, code=code) if code else None
    words = asked.get("q", "").strip()[:100]
    return View(asked_year(request), unit, words, "thieu" in asked)


@require_GET
@workplace_view(*SEE_TRAINING)
def hours(request: HttpRequest) -> HttpResponse:
    """Sorted by what is missing; the newest figures, whenever they are asked for."""
    view = asked_view(request)
    unit_id = view.unit.pk if view.unit else None
    people = list(people_in_view(user=request.user, unit_id=unit_id, words=view.words))
    found = sorted_by_missing(read_hours(people=people, year=view.year))
    lacking = [each for each in found if each.missing]
    page = Paginator(lacking if view.only_missing else found, PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "view": view,
        "page": page,
        "rows": [hours_row(each) for each in page.object_list],
        "people": len(found),
        "lacking": len(lacking),
        "without_duty": sum(each.duty is None for each in found),
        "units": _unit_choices(request),
        "years": _years(),
        "by_unit": _by_unit(people, view.year),
        "may_assign": holds_any(request.user, *RUN_TRAINING),
        "may_credit": holds_any(request.user, *KEEP_CREDITS),
    }
    return render(request, "frontend/workplace/training/hours.html", context)


def _years() -> list[tuple[str, str]]:
    this_year = timezone.localdate().year
    return [(str(year), str(year)) for year in range(this_year, this_year - 5, -1)]


def _unit_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """The units of one's reach from the top; a long tree is narrowed by its upper units."""
    reach = OrgUnit.objects.reached_by(request.user, *SEE_TRAINING)
    units = reach if reach.count() <= UNITS_SHOWN else reach.tops_with_children()
    return [("", _("Tất cả đơn vị")), *units.order_by("sort_name").values_list("code", "name")]


def _by_unit(people: list[User], year: int) -> list[tuple[str, int]]:
    """Minutes by the unit on the day, for the table of the units."""
    minutes = hours_by_unit(people=people, year=year)
    names = dict(OrgUnit.objects.filter(pk__in=minutes).values_list("pk", "name"))
    return sorted((names.get(unit or 0, "–"), total) for unit, total in minutes.items())


@require_GET
@workplace_view(*SEE_TRAINING)
def person_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence behind a person's figures."""
    person = get_object_or_404(people_in_view(user=request.user), pk=pk)
    context = year_context(person, asked_year(request))
    return render(request, "frontend/workplace/training/person_hours.html", context)


@require_GET
@workplace_view(*SEE_TRAINING)
def person_record(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(people_in_view(user=request.user), pk=pk)
    year = asked_year(request)
    return record_response(person, year, link_to(request, "w-person-hours", year, pk=pk))


@require_POST
@workplace_view(*SEE_TRAINING)
def export(request: HttpRequest) -> HttpResponse:
    view = asked_view(request)
    back = reverse("w-hours") + view.query
    job = queue_hours(
        unit=view.unit, year=view.year, user=request.user, now=timezone.now(), back=back
    )
    return redirect("w-job", public_id=job.public_id)


@require_POST
@workplace_view(*SEE_TRAINING)
def records(request: HttpRequest) -> HttpResponse:
    """Study records of everybody shown, by the worker."""
    view = asked_view(request)
    place = reverse("w-person-hours", args=[0]).replace("/0/", "/PERSON/")
    job = queue_records(
        unit=view.unit,
        year=view.year,
        link=absolute_url(request, f"{place}?nam={view.year}"),
        user=request.user,
        now=timezone.now(),
        back=reverse("w-hours") + view.query,
    )
    return redirect("w-job", public_id=job.public_id)
