"""“Kết quả đã chắc chưa?”: what open cases can still do to the prizes of a closed round."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.certainty import Certainty, GroupCertainty, OpenCase, assess_certainty
from quiz.domain.count_secrecy import may_see_counts
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.certainty import Outlook
from quiz.models import Contest, Entrant, Round
from quiz.permissions import SEE_CONTEST

MOST_SHOWN = 100
MOST_CASES = 5


@require_GET
@contest_view(*SEE_CONTEST)
def certainty(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    found: Certainty | None = None
    refusal: DomainError | None = None
    try:
        found = assess_certainty(round=round)
    except DomainError as error:
        refusal = error
    context = contest_context(
        request,
        contest,
        "w-results",
        round=round,
        refusal=refusal,
        found=found,
        groups=_groups(round, found) if found else [],
        counts_seen=may_see_counts(user=request.user, contest=contest),
        waiting=len(found.cases) if found else 0,
        effective=len(found.effective) if found else 0,
    )
    return render(request, "frontend/workplace/result/certainty.html", context)


def _groups(round: Round, found: Certainty) -> list[dict[str, Any]]:
    rules = rules_of_round(round=round)
    tiers = rules.result.prizes if rules else ()
    names = {tier.code: tier.name for tier in tiers}
    by_age = {tier.code for tier in tiers if tier.by != "rank"}
    shown = {
        one.entrant: one
        for group in found.groups
        for one in [*_sure(group), *_moving(group)[:MOST_SHOWN]]
    }
    people = Entrant.objects.select_related("unit").in_bulk(list(shown))

    def rows(outlooks: list[Outlook]) -> list[dict[str, Any]]:
        return [
            {
                "entrant": people[one.entrant],
                "tiers": [names.get(code) or _no_prize(one, by_age) for code in one.tiers],
                "tied": one.tied,
                "by_counts": one.by_counts,
                "cases": _cases(one, people[one.entrant], found.cases),
                "more": max(0, len(one.cases) - MOST_CASES),
            }
            for one in outlooks
        ]

    return [
        {
            "group": group.group,
            "bounds": group.bounds,
            "prizes": group.prizes,
            "sure": rows(_sure(group)),
            "moving": rows(_moving(group)[:MOST_SHOWN]),
            "hidden": max(0, len(_moving(group)) - MOST_SHOWN),
        }
        for group in found.groups
    ]


def _sure(group: GroupCertainty) -> list[Outlook]:
    return [one for one in group.outlooks if one.certain]


def _moving(group: GroupCertainty) -> list[Outlook]:
    return [one for one in group.outlooks if not one.certain]


def _no_prize(one: Outlook, by_age: set[str]) -> str:
    """Who doesn't get a prize by age may have one for a place, which another row tells."""
    return _("không có giải này") if by_age & set(one.tiers) else _("không có giải")


def _cases(one: Outlook, entrant: Entrant, cases: list[OpenCase]) -> list[tuple[str, str]]:
    return [_case(cases[number], entrant) for number in one.cases[:MOST_CASES]]


def _case(case: OpenCase, entrant: Entrant) -> tuple[str, str]:
    """(address, words) of an open case."""
    if case.kind == "report":
        words = _("báo mạo danh số %(number)s")
        address = reverse("w-reports", args=[entrant.contest_id])
    else:
        words = _("nghi trùng số %(number)s")
        address = f"{reverse('w-duplicates', args=[entrant.contest_id])}?case={case.pk}"
    return address, words % {"number": case.pk}
