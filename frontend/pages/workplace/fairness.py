"""Whether the papers of a round are equally hard: a report before it opens and after the seal."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.count_secrecy import may_see_counts
from quiz.domain.drawable_pools import DrawablePool, drawable_pools
from quiz.domain.fair_papers import (
    ASSUMED,
    ASSUMED_WITHOUT_LEVEL,
    ExpectedSpread,
    FoundSpread,
    expected_spread,
    found_spread,
    is_told,
)
from quiz.enums import Level
from quiz.interfaces.charts.spread_chart import write_spread_chart
from quiz.models import Contest, Round
from quiz.permissions import RUN_CONTEST
from quiz.rules.figures import show_number


def shown(value: float, digits: int = 2) -> str:
    """With the decimal sign of the language."""
    return show_number(round(Decimal(value), digits))


@dataclass(frozen=True)
class GroupReport:
    """One group's part of the page, its figures as words."""

    code: str
    expected: ExpectedSpread
    facts: list[tuple[str, str]]
    bins: list[tuple[str, str]]
    found: FoundSpread | None
    parts: list[tuple[str, str, str, str]]
    correlation: str


@require_GET
@contest_view(*RUN_CONTEST)
def fairness(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    told = is_told(round) and may_see_counts(user=request.user, contest=contest)
    context = contest_context(
        request,
        contest,
        "w-contest",
        round=round,
        told=told,
        kept_secret=is_told(round) and not told,
        assumed=[(Level(level).label, shown(value)) for level, value in ASSUMED.items()],
        assumed_otherwise=shown(ASSUMED_WITHOUT_LEVEL),
    )
    try:
        pools = drawable_pools(round=round, now=timezone.now())
    except DomainError as missing:
        context["missing"] = missing
    else:
        context["groups"] = [_report(round, pool, told=told) for pool in pools]
    return render(request, "frontend/workplace/round/fairness.html", context)


def _report(round: Round, pool: DrawablePool, *, told: bool) -> GroupReport:
    expected, stored = expected_spread(round=round, pool=pool), None
    if told:
        stored = round.pools.select_related("group").filter(group=pool.group).first()
    found = found_spread(round=round, pool=stored) if stored else None
    return GroupReport(
        code=pool.group.code,
        expected=expected,
        facts=_facts(expected),
        bins=[
            (f"{shown(each.low)} – {shown(each.high)}", show_number(each.count))
            for each in expected.spread.bins
        ],
        found=found,
        parts=_parts(found),
        correlation=shown(found.correlation)
        if found and found.correlation is not None
        else _("chưa tính được: điểm hoặc độ khó không khác nhau"),
    )


def _facts(expected: ExpectedSpread) -> list[tuple[str, str]]:
    spread = expected.spread
    return [
        (_("Số câu mỗi đề"), str(expected.slots)),
        (_("Số câu trong bộ câu hỏi"), str(expected.items)),
        (_("Số câu có độ khó từ vòng đã niêm phong"), f"{expected.known}/{expected.items}"),
        (_("Số đề bốc thử"), show_number(spread.count)),
        (_("Đề khó nhất"), shown(spread.minimum)),
        (_("Trung vị"), shown(spread.median)),
        (_("Đề dễ nhất"), shown(spread.maximum)),
        (_("Chênh lệch lớn nhất"), shown(spread.width)),
        (_("Độ lệch chuẩn"), shown(spread.deviation)),
    ]


def _parts(found: FoundSpread | None) -> list[tuple[str, str, str, str]]:
    return [
        (str(part.number), show_number(part.papers), shown(part.expected), shown(part.score))
        for part in (found.parts if found else ())
    ]


@require_GET
@contest_view(*RUN_CONTEST)
def chart(request: HttpRequest, contest: Contest, round: Round, code: str) -> HttpResponse:
    """The histogram as a picture, since pages carry no styles of their own."""
    try:
        pools = drawable_pools(round=round, now=timezone.now())
    except DomainError:
        raise Http404 from None
    pool: Any = next((each for each in pools if each.group.code == code), None)
    if pool is None:
        raise Http404
    drawn = write_spread_chart(expected_spread(round=round, pool=pool).spread)
    return HttpResponse(drawn, content_type="image/svg+xml")
