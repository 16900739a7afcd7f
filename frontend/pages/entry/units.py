"""Finding a unit by what people type: folded words, old names, the province beside it."""

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from accounts.models import OrgUnit
from accounts.text import fold
from quiz.domain.clock import read_now

SHOWN = 12
KEPT_SECONDS = 3600


def unit_row(unit: OrgUnit) -> dict[str, str]:
    """{"code", "name", "place"}: the place names the units above, the nearest first."""
    above, place = unit.parent, []
    while above is not None and len(place) < 2:
        place.append(above.name)
        above = above.parent
    return {"code": unit.code, "name": unit.name, "place": ", ".join(place)}


def find_units(text: str) -> list[dict[str, str]]:
    """The units that hold every word typed, those whose own name begins with it first."""
    words = fold(text)[:80]
    if len(words) < 2:
        return []
    found = (
        OrgUnit.objects.valid_on(read_now().date())
        .matching(words)
        .select_related("parent__parent")
        .annotate(
            nearness=Case(
                When(search_text__startswith=words, then=Value(0)),
                When(search_text__contains=words, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )
        .order_by("nearness", "sort_name", "code")
    )
    return [unit_row(unit) for unit in found[:SHOWN]]


def unit_of(code: str) -> dict[str, str] | None:
    """The unit of a code, from a poster or a form; a merged unit's successor stands in for it."""
    unit = OrgUnit.objects.select_related("parent__parent").filter(code=code).first()
    while unit is not None and unit.merger_done:
        unit = unit.merged_into
    return unit_row(unit) if unit else None


@require_safe
def units_json(request: HttpRequest) -> JsonResponse:
    response = JsonResponse(
        {"units": find_units(request.GET.get("q", ""))}, json_dumps_params={"ensure_ascii": False}
    )
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response
