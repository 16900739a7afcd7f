"""What every page of one contest shows: its head, its tabs, what was refused, what is running."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.errors import DomainError
from quiz.enums import RoundState
from quiz.models import Contest
from quiz.permissions import may_run_contest, may_see_appeals


def contest_tabs(contest: Contest, *, runs: bool, sees_appeals: bool) -> list[tuple[str, str, str]]:
    """(address, words, key); the results are those of the newest round that was frozen."""
    rows = [
        ("w-contest", _("Việc cần làm"), {}),
        ("w-contest-settings", _("Thiết lập"), {}),
        ("w-rules", _("Thể lệ"), {}),
        ("w-papers", _("Bộ tài liệu"), {}),
        ("w-entrants", _("Người dự thi"), {}),
        ("w-duplicates", _("Nghi trùng"), {}),
    ]
    if contest.roster_id is not None and runs:
        rows.append(("w-matches", _("Đối chiếu"), {}))
    if sees_appeals:
        rows.append(("w-appeals", _("Khiếu nại"), {}))
    rows.append(("w-figures", _("Số liệu"), {}))
    frozen = contest.rounds.exclude(state=RoundState.DRAFT).order_by("-number").first()
    if frozen is not None:
        rows.append(("w-results", _("Kết quả"), {"round_pk": frozen.pk}))
    return [
        (reverse(route, kwargs={"pk": contest.pk, **more}), words, route)
        for route, words, more in rows
    ]


def contest_context(
    request: HttpRequest,
    contest: Contest,
    tab: str,
    *,
    refusal: DomainError | None = None,
    **more: Any,
) -> dict[str, Any]:
    """The context of a page whose template extends contest/base.html; `tab` is a route's name."""
    runs = may_run_contest(request.user, contest)
    return {
        "contest": contest,
        "tab": tab,
        "tabs": contest_tabs(
            contest, runs=runs, sees_appeals=may_see_appeals(request.user, contest)
        ),
        "runs": runs,
        "refusal": refusal,
        **more,
    }
