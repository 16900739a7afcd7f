"""From when until when a round may be complained about, as its rules declare."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from quiz.domain.appeal_errors import AppealTooEarly, AppealTooLate
from quiz.domain.lookup_reasons import last_complaint_day
from quiz.domain.rule_sets import rules_of_round
from quiz.enums import AppealKind, ReleaseState, RoundState
from quiz.models import Contest, Round

# About what the release says; everything else may be reported as soon as it happens.
ABOUT_RESULTS = frozenset({AppealKind.MARK, AppealKind.WINNER})


@dataclass(frozen=True)
class AppealWindow:
    """`released_at`: of the first release, None before it; `last_day` counts whole."""

    round: Round
    days: int
    released_at: datetime | None
    last_day: date | None

    def is_over(self, now: datetime) -> bool:
        return self.last_day is not None and timezone.localdate(now) > self.last_day

    def takes(self, now: datetime) -> bool:
        """Whether any complaint is taken now."""
        return self.round.opens_at <= now and not self.is_over(now)


def appeal_windows(*, contest: Contest) -> list[AppealWindow]:
    """Of the rounds whose papers are fixed, by number."""
    fixed = contest.rounds.exclude(state=RoundState.DRAFT).select_related("rules")
    published = Q(releases__state=ReleaseState.RELEASED)
    first = Min("releases__released_at", filter=published)
    released = dict(fixed.annotate(first=first).values_list("pk", "first"))
    return [_window(round, contest, released[round.pk]) for round in fixed.order_by("number")]


def _window(round: Round, contest: Contest, released_at: datetime | None) -> AppealWindow:
    round.contest = contest
    rules = rules_of_round(round=round)
    if rules is None:  # a round is frozen with its rules
        raise ValueError(f"round {round.pk} is frozen without rules")
    until = None if released_at is None else last_complaint_day(rules=rules, since=released_at)
    return AppealWindow(round, rules.result.complaint_days, released_at, until)


def check_window(*, window: AppealWindow, kind: str, now: datetime) -> None:
    """Raises AppealTooEarly, AppealTooLate; each names the window."""
    round = window.round
    if round.opens_at > now:
        raise AppealTooEarly(_("%(round)s chưa mở.") % {"round": round.name})
    if window.last_day is None or window.released_at is None:
        if kind in ABOUT_RESULTS:
            told = _(
                "Kết quả %(round)s chưa công bố. Khiếu nại về kết quả được nhận trong %(days)s "
                "ngày kể từ ngày công bố."
            )
            raise AppealTooEarly(told % {"round": round.name, "days": window.days})
        return
    if window.is_over(now):
        told = _(
            "Khiếu nại về %(round)s được nhận từ %(first)s đến hết ngày %(last)s; thời hạn này đã "
            "hết."
        )
        first = timezone.localdate(window.released_at)
        days = {"first": f"{first:%d/%m/%Y}", "last": f"{window.last_day:%d/%m/%Y}"}
        raise AppealTooLate(told % {"round": round.name, **days})
