"""A contest from set-up to release as steps that say what is missing and where to go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.dates import show_moment
from quiz.domain.bank_counts import count_by_group
from quiz.domain.checklist_after_close import Found, after_close_steps
from quiz.domain.round_closing import last_deadline
from quiz.domain.rounds import round_faults
from quiz.domain.rule_sets import rules_of, rules_of_round
from quiz.domain.validity_decisions import open_doubts
from quiz.enums import ContestState, RoundState
from quiz.models import Contest, Round
from quiz.rules.document import RuleDocument, advise_rules, check_feasible

AFTER_CLOSE = (RoundState.CLOSED, RoundState.SEALED, RoundState.RELEASED)


@dataclass(frozen=True)
class Step:
    """One step. `state` is one of

    * done;
    * current: the next thing to do, one in the whole list;
    * waiting: nothing to do before a moment that `missing` names;
    * todo: may be done already, but something else comes first;
    * blocked: not before the step ahead of it.

    `missing` says in words what is not there yet, `advice` what invites disputes; `route` and
    `kwargs` lead to the place. Steps of a round name it; those of the set-up have none.
    """

    code: str
    title: str
    done: bool
    missing: Sequence[str] = ()
    route: str = "w-contest"
    kwargs: dict[str, int] = field(default_factory=dict)
    waits: bool = False
    round: Round | None = None
    advice: Sequence[str] = ()
    state: str = "todo"


def contest_steps(*, contest: Contest, now: datetime) -> list[Step]:
    """The steps of setting the contest up, then those of each round, in order."""
    set_up = list(_set_up_steps(contest))
    ready = all(step.done for step in set_up if step.code != "publish")
    marked = [replace(step, state="done" if step.done else "todo") for step in set_up]
    for round in contest.rounds.order_by("number"):
        marked += _in_order(_round_steps(round, now, ready=ready), ready=ready)
    return _with_current(marked)


def next_step(steps: Sequence[Step]) -> Step | None:
    """What to do now, else what is waited for; None when the contest is through."""
    for state in ("current", "waiting"):
        for step in steps:
            if step.state == state:
                return step
    return None


def _in_order(steps: Iterator[Step], *, ready: bool) -> Iterator[Step]:
    """A round's steps follow each other: behind the first that is not done all are blocked."""
    reached = ready
    for step in steps:
        if step.done:
            yield replace(step, state="done")
            continue
        state = "waiting" if step.waits else "todo"
        yield replace(step, state=state if reached else "blocked")
        reached = False


def _with_current(steps: list[Step]) -> list[Step]:
    for at, step in enumerate(steps):
        if step.state == "todo":
            return [*steps[:at], replace(step, state="current"), *steps[at + 1 :]]
    return steps


def _set_up_steps(contest: Contest) -> Iterator[Step]:
    key = {"pk": contest.pk}
    document = rules_of(contest=contest)
    yield Step("info", _("Thông tin cuộc thi"), done=True, route="w-contest-settings", kwargs=key)
    yield _groups_step(contest)
    yield Step(
        "rules",
        _("Thể lệ"),
        document is not None,
        () if document else (_("Chưa có thể lệ."),),
        "w-rules",
        key,
        advice=tuple(str(fault) for fault in advise_rules(document)) if document else (),
    )
    shortages = check_feasible(document, count_by_group(contest=contest)) if document else []
    yield Step(
        "items",
        _("Đủ câu hỏi đã duyệt"),
        document is not None and not shortages,
        tuple(str(fault) for fault in shortages),
        "w-banks",
    )
    rounds = contest.rounds.exists()
    yield Step(
        "rounds",
        _("Thời gian các vòng thi"),
        rounds,
        () if rounds else (_("Chưa có vòng thi nào."),),
        "w-contest-settings",
        key,
    )
    yield Step(
        "publish",
        _("Đăng cuộc thi lên trang công khai"),
        contest.state != ContestState.DRAFT,
        (),
        "w-contest",
        key,
    )


def _groups_step(contest: Contest) -> Step:
    groups = list(contest.groups.all())
    without_bank = [group.name for group in groups if group.bank_id is None]
    missing = tuple(
        _("“%(group)s” chưa chọn ngân hàng câu hỏi.") % {"group": name} for name in without_bank
    )
    return Step(
        "groups",
        _("Đối tượng dự thi và ngân hàng câu hỏi"),
        bool(groups) and not without_bank,
        missing or (() if groups else (_("Chưa có đối tượng dự thi nào."),)),
        "w-contest-settings",
        {"pk": contest.pk},
    )


def _round_steps(round: Round, now: datetime, *, ready: bool) -> Iterator[Step]:
    steps = [*_entry_steps(round, now, ready=ready), *after_close_steps(round, now)]
    key = {"pk": round.contest_id, "round_pk": round.pk}
    for found in steps:
        contest_wide = found.route in ("w-duplicates", "w-reports", "w-appeals")
        kwargs = {"pk": round.contest_id} if contest_wide else key
        yield Step(**found.__dict__, kwargs=kwargs, round=round)


def _entry_steps(round: Round, now: datetime, *, ready: bool) -> Iterator[Found]:
    frozen = round.state != RoundState.DRAFT
    faults = round_faults(round=round, now=now) if ready and not frozen else []
    yield Found("freeze", _("Chốt đề"), frozen, tuple(str(fault) for fault in faults), "w-round")
    opened = frozen and now >= round.opens_at
    yield _opening(round, opened=opened)
    closed = round.state in AFTER_CLOSE
    ends_at = round.closes_at if closed else _ends_at(round, rules_of_round(round=round))
    waits = not closed and now < ends_at
    yield Found(
        "close",
        _("Đóng vòng"),
        closed,
        (_("Nhận bài đến %(when)s.") % {"when": show_moment(ends_at)},) if waits else (),
        "w-control-room" if opened and waits else "w-round",
        waits=waits,
    )


def _opening(round: Round, *, opened: bool) -> Found:
    """Waited for; but not while a document that frozen items rest on went out of force since."""
    frozen = round.state != RoundState.DRAFT
    doubts = open_doubts(round=round) if frozen and not opened else []
    missing = [] if opened else [_("Tự mở lúc %(when)s.") % {"when": show_moment(round.opens_at)}]
    if doubts:
        told = _("%(count)s câu đã chốt dẫn căn cứ hết hiệu lực: quyết định hoặc bỏ chốt đề.")
        missing.insert(0, told % {"count": len(doubts)})
    route = "w-round-validity" if doubts else "w-round"
    return Found("open", _("Mở vòng"), opened, tuple(missing), route, waits=not doubts)


def _ends_at(round: Round, rules: RuleDocument | None) -> datetime:
    return last_deadline(round=round, rules=rules) if rules else round.closes_at
