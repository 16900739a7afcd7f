"""The item analysis of a round: reliable papers, hard items, options that mislead."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.jobs import queue_job
from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.figure_tabs import show_round_tab
from frontend.pages.workplace.item_statistics import percent
from quiz.domain.analysis_words import formula_lines, hint_words
from quiz.domain.item_reports import (
    AnalysedItem,
    PoolReport,
    banks_shown,
    queue_analysis,
    read_item_report,
)
from quiz.domain.key_openings import open_keys
from quiz.engine.reliability import Reliability
from quiz.models import Contest, Round
from quiz.permissions import RUN_CONTEST, SEE_CONTEST

PER_PAGE = 20


@dataclass(frozen=True)
class ShownOption:
    letter: str
    text: str
    is_key: bool
    share: str
    upper: str
    lower: str
    width: int
    attracts: bool
    idle: bool


@dataclass(frozen=True)
class ShownItem:
    """An item as the page writes it."""

    item: AnalysedItem
    facility: str
    discrimination: str
    correlation: str
    hints: list[str]

    @property
    def options(self) -> list[ShownOption]:
        return [
            ShownOption(
                letter=chr(ord("A") + place),
                text=option.text,
                is_key=option.is_key,
                share=percent(option.share),
                upper=percent(option.upper),
                lower=percent(option.lower),
                width=round(option.share * 100),
                attracts=option.attracts,
                idle=option.idle,
            )
            for place, option in enumerate(self.item.options())
        ]


def decimal(value: float | None, places: int = 2) -> str:
    """0.3142 → “0,31”; “–” where there is none."""
    return "–" if value is None else number_format(round(value, places), places)


@require_GET
@contest_view(*SEE_CONTEST)
def item_analysis(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return _page(request, round)


def _page(request: HttpRequest, round: Round, refusal: DomainError | None = None) -> HttpResponse:
    return show_round_tab(
        request,
        round,
        "frontend/workplace/round/item_analysis.html",
        here="w-item-analysis",
        read=lambda: _found(request, round),
        refusal=refusal,
        formulas=formula_lines(),
    )


def _found(request: HttpRequest, round: Round) -> dict[str, Any]:
    """One group at a time, a page of its items."""
    reports = read_item_report(round=round, user=request.user)
    if not reports:
        return {"reports": []}
    wanted = request.GET.get("group", "")
    report = next((each for each in reports if each.pool.group.code == wanted), reports[0])
    for bank in banks_shown([report]):
        open_keys(bank=bank, user=request.user)
    address = reverse("w-item-analysis", kwargs={"pk": round.contest_id, "round_pk": round.pk})
    items = report.items
    if request.GET.get("check"):
        items = [item for item in items if item.needs_checking]
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "reports": reports,
        "report": report,
        "facts": _facts(report),
        "page": page,
        "items": [_shown_item(item) for item in page.object_list],
        "group_tabs": [
            (f"{address}?group={each.pool.group.code}", each.pool.group.name, each.pool.group.code)
            for each in reports
        ],
        "only_doubtful": bool(request.GET.get("check")),
        "address": f"{address}?group={report.pool.group.code}",
    }


def _facts(report: PoolReport) -> list[tuple[str, str]]:
    found = report.reliability
    if found is None:
        return [(_("Số người (lượt đầu)"), "0")]
    return [
        (_("Số người (lượt đầu)"), number_format(found.persons)),
        (_("Số câu mỗi đề"), str(found.items)),
        (_("Số câu đúng trung bình"), decimal(float(found.mean))),
        (_("Độ lệch chuẩn"), decimal(float(found.variance) ** 0.5)),
        _reliability(found),
        (_("Sai số chuẩn của phép đo"), _error(found)),
        (_("Số câu cần kiểm tra"), f"{report.to_check}/{len(report.items)}"),
    ]


def _reliability(found: Reliability) -> tuple[str, str]:
    name = _("Độ tin cậy KR-20 (alpha)") if found.same_items else _("Độ tin cậy KR-21")
    return name, decimal(None if found.coefficient is None else float(found.coefficient))


def _error(found: Reliability) -> str:
    if found.standard_error is None:
        return "–"
    return _("%s câu") % decimal(found.standard_error)


def _shown_item(item: AnalysedItem) -> ShownItem:
    return ShownItem(
        item=item,
        facility="–" if item.facility is None else percent(item.facility),
        discrimination=decimal(item.usage.discrimination),
        correlation=decimal(item.usage.correlation),
        hints=[hint_words(hint) for hint in item.hints],
    )


@require_POST
@contest_view(*RUN_CONTEST)
def analyse(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """Count the answers anew, in the worker."""

    def act() -> HttpResponse:
        queue_analysis(round=round, user=request.user, now=timezone.now())
        return redirect("w-item-analysis", pk=contest.pk, round_pk=round.pk)

    return attempted(act, lambda refusal: _page(request, round, refusal))


@require_POST
@contest_view(*SEE_CONTEST)
def workbook(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    job = queue_job(
        kind="export_item_analysis",
        params={"round": round.pk},
        user=request.user,
        now=timezone.now(),
    )
    return redirect("w-job", public_id=job.public_id)
