"""When every round opens, closes and takes its last answer, and what about these times is odd."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from quiz.domain.deadlines import times_of
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.deadlines import TimeRules
from quiz.enums import ReleaseState, RoundState
from quiz.models import Contest, Release, Round
from quiz.rules.document import RuleDocument, check_window


@dataclass(frozen=True)
class ResultMoment:
    """A release: when it was published, and until when complaints are taken."""

    number: int
    published_at: datetime
    complaints_until: datetime


@dataclass(frozen=True)
class CalendarRound:
    """The effective window of a round.

    Attempts begin from `opens_at` until just before `closes_at`; one begun by `full_time_until`
    has its whole time (None: the round is shorter than that time). `ends_at` is the last moment at
    which an answer is taken: the deadline of the last possible attempt and the grace after it.
    Extensions granted to single attempts are not in it.
    """

    round: Round
    opens_at: datetime
    closes_at: datetime
    full_time_until: datetime | None
    ends_at: datetime
    results: Sequence[ResultMoment] = ()
    remarks: Sequence[str] = field(default_factory=list)

    @property
    def contest(self) -> Contest:
        return self.round.contest


def list_rounds(
    *,
    contests: QuerySet[Contest],
    now: datetime,
    stretch: tuple[datetime, datetime] | None = None,
) -> list[CalendarRound]:
    """The rounds of these contests in the order of opening; with a `stretch`, those touching it."""
    shown = Round.objects.filter(contest__in=contests)
    if stretch is not None:
        shown = shown.filter(opens_at__lt=stretch[1], closes_at__gte=stretch[0])
    wanted = set(shown.values_list("pk", flat=True))
    # What overlaps a round may itself lie outside the stretch.
    beside = Round.objects.filter(contest__rounds__in=wanted).distinct()
    slim = Release.objects.only("round", "number", "state", "released_at")
    rounds = list(
        beside.select_related("contest__rules", "contest__unit", "rules")
        .prefetch_related(Prefetch("releases", slim))
        .order_by("opens_at", "closes_at", "pk")
    )
    return [_calendar_round(each, rounds, now) for each in rounds if each.pk in wanted]


def _calendar_round(round: Round, others: Sequence[Round], now: datetime) -> CalendarRound:
    rules = rules_of_round(round=round)
    document = rules or RuleDocument()
    times = times_of(round=round, rules=document)
    ends_at = times.deadline_at(round.closes_at) + timedelta(milliseconds=times.grace_ms)
    return CalendarRound(
        round=round,
        opens_at=round.opens_at,
        closes_at=round.closes_at,
        full_time_until=_full_time_until(times),
        ends_at=ends_at,
        results=[
            ResultMoment(
                release.number,
                release.released_at,
                release.released_at + timedelta(days=document.result.complaint_days),
            )
            for release in round.releases.all()
            if release.state == ReleaseState.RELEASED and release.released_at is not None
        ],
        remarks=list(_remarks(round, rules, ends_at, others, now)),
    )


def _full_time_until(times: TimeRules) -> datetime | None:
    if times.limit_seconds is None or times.at_close == "last_start":
        return times.closes_at
    latest = times.closes_at - timedelta(seconds=times.limit_seconds)
    return latest if latest >= times.opens_at else None


def _remarks(
    round: Round,
    rules: RuleDocument | None,
    ends_at: datetime,
    others: Sequence[Round],
    now: datetime,
) -> Iterable[str]:
    if rules is None:
        yield _("Cuộc thi chưa có thể lệ nên chưa biết thời gian làm bài.")
    else:
        for fault in check_window(round.opens_at, round.closes_at, rules):
            yield f"{fault.message[:1].upper()}{fault.message[1:]} {fault.hint}"
    if round.state == RoundState.DRAFT and round.opens_at <= now:
        yield _("Đã qua giờ mở mà chưa chốt đề, nên chưa ai vào thi được.")
    for other in others:
        if other.pk == round.pk or other.contest_id != round.contest_id:
            continue
        told = {"round": other.name, "moment": show_moment(other.opens_at)}
        if round.opens_at < other.closes_at and other.opens_at < round.closes_at:
            yield _("Trùng thời gian với %(round)s.") % told
        elif round.closes_at <= other.opens_at < ends_at:
            late = _("Bài bắt đầu sát giờ đóng còn làm tới sau khi %(round)s mở (%(moment)s).")
            yield late % told
