"""“Xem thử”: a round in every state, on the very pages that entrants see.

Every way out of these pages leads back into the preview, and what is posted here is not read.
"""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from accounts.errors import DomainError, NotFound
from frontend.pages.entry.attempt import milliseconds
from frontend.pages.entry.paper_html import paper_html
from frontend.pages.entry.ready import qr_svg
from frontend.pages.workplace.contest_access import contest_view
from quiz.domain.drawable_pools import DrawablePool, drawable_pools, require_reach
from quiz.domain.sample_rounds import (
    CODE,
    Sample,
    SampleState,
    media_banks,
    sample_of,
    sample_readiness,
    sample_receipt,
    sample_result,
    sample_row,
    sample_score,
)
from quiz.engine.deadlines import WindowState
from quiz.enums import ClosedBy
from quiz.models import Contest, Round
from quiz.permissions import PREVIEW_ROUND
from quiz.rules.summary import prediction_question, summary_lines

MOST_PAPERS = 9999
# Where each address of the entrants' pages leads instead.
WAYS = {
    "start": SampleState.DURING,
    "attempt": SampleState.DURING,
    "save": SampleState.DURING,
    "ready": SampleState.READY,
    "submit": SampleState.SUBMITTED,
    "receipt": SampleState.SUBMITTED,
    "lookup": SampleState.RESULT,
}
CLOSED_WAYS = ("contest", "leave", "not-me", "receipt-file")


def state_words() -> dict[SampleState, str]:
    return {
        SampleState.BEFORE: _("Trước giờ mở"),
        SampleState.READY: _("Sẵn sàng vào thi"),
        SampleState.LATE: _("Vào sát giờ đóng"),
        SampleState.DURING: _("Đang làm bài"),
        SampleState.OVER: _("Hết giờ"),
        SampleState.SUBMITTED: _("Đã nộp: biên nhận"),
        SampleState.CLOSED: _("Hệ thống đóng: biên nhận"),
        SampleState.RESULT: _("Sau khi công bố"),
    }


@require_GET
@contest_view(*PREVIEW_ROUND)
def overview(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """The states to choose from, or what keeps a paper from being drawn."""
    context: dict[str, Any] = {"contest": contest, "round": round}
    try:
        pools = drawable_pools(round=round, now=timezone.now())
    except DomainError as missing:
        context["missing"] = missing
    else:
        context["groups"] = [
            (pool.group.name, _states(contest, round, pool.group.code, 1)) for pool in pools
        ]
    return render(request, "frontend/workplace/round/preview.html", context)


def _address(contest: Contest, round: Round, state: str, code: str, number: int) -> str:
    path = reverse("w-preview-state", args=[contest.pk, round.pk, str(state)])
    return f"{path}?doi-tuong={code}&de={number}"


def _states(
    contest: Contest, round: Round, code: str, number: int
) -> list[tuple[str, str, SampleState]]:
    return [
        (_address(contest, round, state, code, number), words, state)
        for state, words in state_words().items()
    ]


@csrf_exempt  # the entrants' forms carry no such token, and nothing posted here is read
@require_http_methods(["GET", "POST"])
@contest_view(*PREVIEW_ROUND)
def preview(request: HttpRequest, contest: Contest, round: Round, state: str) -> HttpResponse:
    """One state with the paper `?de=2` of the group `?doi-tuong=…`."""
    if request.method == "POST":
        return redirect(request.get_full_path())
    if state not in list(SampleState):
        raise NotFound
    pools = drawable_pools(round=round, now=timezone.now())
    code = request.GET.get("doi-tuong", "")
    pool = next((each for each in pools if each.group.code == code), pools[0])
    require_reach(user=request.user, pool=pool)
    sample = sample_of(round=round, pool=pool, number=_number(request))
    shown = SampleState(state)
    template, context = _pages(sample, shown, pool)
    context["preview"] = _bar(sample, shown, pools)
    return render(request, template, context)


def _number(request: HttpRequest) -> int:
    text = request.GET.get("de", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _bar(sample: Sample, state: SampleState, pools: list[DrawablePool]) -> dict[str, Any]:
    """What the strip above the page offers, and where the page's own addresses lead."""
    round, code, number = sample.round, sample.pool.group_code, sample.number
    contest, result = round.contest, sample.frozen.rules.result

    def at(shown: str, group: str = code, paper: int = number) -> str:
        return _address(contest, round, shown, group, paper)

    overview_url = reverse("w-preview", args=[contest.pk, round.pk])
    return {
        "state": state,
        "states": _states(contest, round, code, number),
        "groups": [(at(state, each.group.code), each.group.name) for each in pools],
        "group": sample.pool.group_name,
        "number": number,
        "another": at(state, paper=number % MOST_PAPERS + 1),
        "back": overview_url,
        "result": state is SampleState.RESULT,
        "score_at_once": result.score_shown == "at_submit",
        "key_shown": result.key_shown != "never",
        "urls": {name: at(way) for name, way in WAYS.items()}
        | dict.fromkeys(CLOSED_WAYS, overview_url),
    }


def _pages(sample: Sample, state: SampleState, pool: DrawablePool) -> tuple[str, dict[str, Any]]:
    """The template and context of the entrants' page."""
    if state in (SampleState.BEFORE, SampleState.READY, SampleState.LATE):
        return "frontend/entry/ready.html", _ready(sample, state)
    if state in (SampleState.DURING, SampleState.OVER):
        return "frontend/entry/attempt.html", _attempt(sample, state, pool)
    if state is SampleState.RESULT:
        return "frontend/public/lookup.html", _result(sample)
    return "frontend/entry/receipt.html", _receipt(sample, state)


def _ready(sample: Sample, state: SampleState) -> dict[str, Any]:
    standing = sample_readiness(sample, state)
    return {
        "contest": standing.contest,
        "standing": standing,
        "now": standing.now,
        "opens_later": standing.window is WindowState.BEFORE,
        "is_over": False,
        "lines": summary_lines(sample.frozen.rules, sample.pool.group_code),
        "token": "",
    }


def _attempt(sample: Sample, state: SampleState, pool: DrawablePool) -> dict[str, Any]:
    row, entry = sample_row(sample, state), sample.frozen.rules.entry
    banks = media_banks(pool)
    return {
        "contest": sample.frozen,
        "row": row,
        "now": row.at,
        "token": "",
        "key": "",
        "slots": sample.pool.slots,
        "left_ms": milliseconds(row.deadline_at - row.at),
        "grace_ms": 0,
        "writer": 0,
        "answers": ",".join(map(str, row.answers)),
        "prediction": "",
        "prediction_question": prediction_question(entry.prediction) if entry.prediction else "",
        "prediction_decimals": entry.prediction.decimals if entry.prediction else 0,
        "require_all": entry.require_all_answered,
        "paper": paper_html(
            sample.pool,
            sample.seed,
            row.answers,
            address=lambda sha256: reverse("w-media", args=[banks[sha256], sha256]),
        ),
        "unanswered": list(range(1, sample.pool.slots + 1)),
    }


def _receipt(sample: Sample, state: SampleState) -> dict[str, Any]:
    row, most = sample_row(sample, state), sample.frozen.rules.entry.attempts_per_round
    return {
        "contest": sample.frozen,
        "row": row,
        "receipt": sample_receipt(),
        "qr_address": f"data:image/svg+xml,{quote(qr_svg(CODE))}",
        "answers": "",
        "answered": sum(mask != 0 for mask in row.answers),
        "slots": len(row.answers),
        "by_deadline": row.closed_by == ClosedBy.DEADLINE,
        "prediction": row.prediction,
        "score": sample_score(sample),
        "may_start_again": most is None or most > 1,
    }


def _result(sample: Sample) -> dict[str, Any]:
    contest = sample.round.contest
    return {
        "section": "lookup",
        "contest": contest,
        "contests": [(contest.code, contest.title)],
        "chosen": contest.code,
        "code": CODE,
        "rounds": [sample_result(sample)],
        "asked": True,
    }
