"""A season of weekly rounds made in one step, and one round once more: all of it or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from accounts.errors import Fault, Faults
from accounts.models import User
from quiz.domain.contests import add_round
from quiz.domain.rule_sets import rules_of
from quiz.models import Contest, Round
from quiz.permissions import require_may_run
from quiz.rules.document import RuleDocument, check_window

WEEK = timedelta(days=7)
MOST_WEEKS = 52
# However many weeks are left out, a season ends: two years ahead nobody plans.
MOST_WEEKS_AHEAD = 104


@dataclass(frozen=True)
class PlannedRound:
    """A week of the season as it would be made."""

    name: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class SeasonPlan:
    """`weeks` rounds, the first from `opens_at` to `closes_at`, each next one seven days later.

    A week that holds one of the `skipped` days is left out and the season grows longer by it.
    `name` is what each is called before its number: “Tuần” gives “Tuần 1”.
    """

    opens_at: datetime
    closes_at: datetime
    weeks: int
    skipped: tuple[date, ...] = ()
    name: str = ""


def suggest_round(*, round: Round) -> PlannedRound:
    """The window a copy begins from: as long, at the same hour, the weeks later that put it
    behind every round of the contest."""
    last = max(each.closes_at for each in round.contest.rounds.all())
    length = round.closes_at - round.opens_at
    weeks = 1
    while round.opens_at + weeks * WEEK < last:
        weeks += 1
    opens_at = round.opens_at + weeks * WEEK
    return PlannedRound(
        _("%(round)s (bản sao)") % {"round": round.name[:100]}, opens_at, opens_at + length
    )


@transaction.atomic
def copy_round(
    *,
    round: Round,
    opens_at: datetime,
    closes_at: datetime,
    user: User,
    name: str = "",
    allow_overlap: bool = False,
) -> Round:
    """A draft round of the same contest under its rules and papers, at another time.

    Entries, results and the frozen papers stay behind: the copy draws its own when it is frozen.
    Raises NotAllowed, Faults for an impossible window or, unless allowed, an overlap.
    """
    require_may_run(user, round.contest)
    planned = PlannedRound(name, opens_at, closes_at)
    if not allow_overlap and (faults := list(_overlaps(round.contest, [planned]))):
        raise Faults(faults)
    return add_round(
        contest=round.contest, opens_at=opens_at, closes_at=closes_at, user=user, name=name
    )


def plan_season(*, contest: Contest, plan: SeasonPlan) -> list[PlannedRound]:
    """The rounds in the order of time, named on from the rounds the contest has.

    Raises Faults when the plan itself can't be: no weeks, a close before the opening.
    """
    if faults := list(_plan_faults(plan)):
        raise Faults(faults)
    held = contest.rounds.count()
    planned: list[PlannedRound] = []
    for ahead in range(MOST_WEEKS_AHEAD):
        opens_at, closes_at = plan.opens_at + ahead * WEEK, plan.closes_at + ahead * WEEK
        if len(planned) < plan.weeks and not _holds_any(opens_at, closes_at, plan.skipped):
            number = held + len(planned) + 1
            name = _("%(name)s %(number)s") % {"name": plan.name or _("Tuần"), "number": number}
            planned.append(PlannedRound(name, opens_at, closes_at))
    return planned


def _holds_any(opens_at: datetime, closes_at: datetime, days: Sequence[date]) -> bool:
    """Whether one of the days lies in the window; the day of the close alone does not count."""
    first, last = timezone.localdate(opens_at), timezone.localdate(closes_at)
    return any(first <= day < max(last, first + timedelta(days=1)) for day in days)


def _plan_faults(plan: SeasonPlan) -> Iterator[Fault]:
    if not 1 <= plan.weeks <= MOST_WEEKS:
        yield Fault(
            _("Số tuần"),
            "weeks_out_of_range",
            _("số tuần từ 1 đến %(most)s.") % {"most": MOST_WEEKS},
            _("Ghi lại số tuần thi."),
        )
    if plan.closes_at <= plan.opens_at:
        yield Fault(
            _("Tuần đầu"),
            "closes_before_opens",
            _("giờ đóng không sau giờ mở."),
            _("Đặt giờ đóng muộn hơn giờ mở."),
        )
    elif plan.weeks > 1 and plan.closes_at - plan.opens_at > WEEK:
        yield Fault(
            _("Tuần đầu"),
            "week_too_long",
            _("một tuần thi dài hơn bảy ngày nên đè lên tuần sau."),
            _("Đặt giờ đóng không muộn hơn giờ mở của tuần sau."),
        )


@transaction.atomic
def make_season(
    *, contest: Contest, plan: SeasonPlan, user: User, now: datetime, allow_overlap: bool = False
) -> list[Round]:
    """All rounds of the plan, or none.

    Raises NotAllowed, Faults with every week that can't be: over already, too short for an
    attempt, or overlapping a round the contest has (unless that is allowed).
    """
    require_may_run(user, contest)
    planned = plan_season(contest=contest, plan=plan)
    faults = season_faults(contest=contest, planned=planned, now=now, allow_overlap=allow_overlap)
    if faults:
        raise Faults(faults)
    return [
        add_round(
            contest=contest,
            opens_at=each.opens_at,
            closes_at=each.closes_at,
            user=user,
            name=each.name,
        )
        for each in planned
    ]


def season_faults(
    *, contest: Contest, planned: Sequence[PlannedRound], now: datetime, allow_overlap: bool
) -> list[Fault]:
    """Everything that keeps these rounds from being made."""
    faults = [
        Fault(
            each.name,
            "already_over",
            _("%(name)s đóng lúc %(moment)s, đã qua.")
            % {"name": each.name, "moment": show_moment(each.closes_at)},
            _("Đặt lại tuần đầu tiên."),
        )
        for each in planned
        if each.closes_at <= now
    ]
    rules = rules_of(contest=contest) or RuleDocument()
    if planned:  # every week is as long as the first
        faults += check_window(planned[0].opens_at, planned[0].closes_at, rules)
    return faults if allow_overlap else [*faults, *_overlaps(contest, planned)]


def _overlaps(contest: Contest, planned: Sequence[PlannedRound]) -> Iterator[Fault]:
    held = list(contest.rounds.order_by("opens_at"))
    for each in planned:
        for other in held:
            if each.opens_at < other.closes_at and other.opens_at < each.closes_at:
                told = {
                    "name": each.name or _("Vòng mới"),
                    "other": other.name,
                    "opens": show_moment(other.opens_at),
                    "closes": show_moment(other.closes_at),
                }
                yield Fault(
                    each.name,
                    "rounds_overlap",
                    _("%(name)s trùng thời gian với %(other)s (%(opens)s – %(closes)s).") % told,
                    _("Đổi thời gian, hoặc đánh dấu cho phép các vòng trùng nhau."),
                )
