"""A contest from set-up to release as steps that say what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from quiz.domain.bank_counts import count_by_group
from quiz.domain.rule_sets import rules_of
from quiz.enums import ContestState, DuplicateState, ReleaseState, RoundState
from quiz.models import Contest, DuplicateCase, Round
from quiz.rules.document import check_feasible

AFTER_FREEZE = (RoundState.FROZEN, RoundState.CLOSED, RoundState.SEALED, RoundState.RELEASED)


@dataclass(frozen=True)
class Step:
    """`state`: done, current (the next thing to do), todo, or waiting (for the clock).

    `missing` says in words what is not there yet; `route` and `kwargs` lead to the place.
    """

    code: str
    title: str
    done: bool
    missing: tuple[str, ...] = ()
    route: str = "w-contest"
    kwargs: dict[str, int] = field(default_factory=dict)
    waiting: bool = False
    state: str = "todo"


def contest_steps(*, contest: Contest, now: datetime) -> list[Step]:
    """The steps of setting the contest up, then those of each round, in order.

    The first step not done is `current`; those waiting for the clock are `waiting`.
    """
    steps = [*_set_up_steps(contest)]
    for round in contest.rounds.order_by("number"):
        steps.extend(_round_steps(round, now))
    return _with_states(steps)


def _with_states(steps: list[Step]) -> list[Step]:
    found_current = False
    marked = []
    for step in steps:
        state = "done"
        if not step.done:
            state = "todo" if found_current else ("waiting" if step.waiting else "current")
            found_current = True
        marked.append(Step(**{**step.__dict__, "state": state}))
    return marked


def _set_up_steps(contest: Contest) -> Iterator[Step]:
    key = {"pk": contest.pk}
    groups = list(contest.groups.all())
    without_bank = [group.name for group in groups if group.bank_id is None]
    yield Step(
        "groups",
        _("Đối tượng dự thi và ngân hàng câu hỏi"),
        bool(groups) and not without_bank,
        tuple(_("“%(group)s” chưa chọn ngân hàng câu hỏi.") % {"group": g} for g in without_bank),
        "w-contest-settings",
        key,
    )
    document = rules_of(contest=contest)
    yield Step(
        "rules",
        _("Thể lệ"),
        document is not None,
        () if document else (_("Chưa có thể lệ."),),
        "w-rules",
        key,
    )
    shortages = check_feasible(document, count_by_group(contest=contest)) if document else []
    yield Step(
        "items",
        _("Đủ câu hỏi đã duyệt"),
        document is not None and not shortages,
        tuple(str(fault) for fault in shortages),
        "w-banks",
    )
    yield Step(
        "rounds",
        _("Thời gian các vòng thi"),
        contest.rounds.exists(),
        () if contest.rounds.exists() else (_("Chưa có vòng thi nào."),),
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


def _round_steps(round: Round, now: datetime) -> Iterator[Step]:
    key = {"pk": round.contest_id, "round_pk": round.pk}
    name = {"round": round.name}
    closed = round.state in (RoundState.CLOSED, RoundState.SEALED, RoundState.RELEASED)
    sealed = round.state in (RoundState.SEALED, RoundState.RELEASED)
    yield Step(
        "freeze",
        _("%(round)s: chốt đề") % name,
        round.state in AFTER_FREEZE,
        (),
        "w-round",
        key,
    )
    yield Step(
        "close",
        _("%(round)s: đóng vòng") % name,
        closed,
        () if closed or now >= round.closes_at else (_("Vòng thi chưa đến giờ đóng."),),
        "w-round",
        key,
        waiting=not closed and now < round.closes_at,
    )
    cases = _open_cases(round) if closed and not sealed else 0
    yield Step(
        "duplicates",
        _("%(round)s: xem xét bài trùng") % name,
        closed and cases == 0,
        (_("Còn %(count)s trường hợp nghi trùng chưa quyết định.") % {"count": cases},)
        if cases
        else (),
        "w-duplicates",
        {"pk": round.contest_id},
    )
    ranked = sealed or (closed and round.awards.exists())
    yield Step(
        "rank", _("%(round)s: chấm, xếp hạng, xét giải") % name, ranked, (), "w-results", key
    )
    yield Step("seal", _("%(round)s: niêm phong kết quả") % name, sealed, (), "w-results", key)
    yield from _release_steps(round, key)


def _open_cases(round: Round) -> int:
    return DuplicateCase.objects.filter(
        contest_id=round.contest_id, state=DuplicateState.OPEN
    ).count()


def _release_steps(round: Round, key: dict[str, int]) -> Iterator[Step]:
    name = {"round": round.name}
    newest = round.releases.order_by("-number").first()
    submitted = newest is not None and newest.state != ReleaseState.RETURNED
    yield Step("submit", _("%(round)s: trình ký") % name, submitted, (), "w-results", key)
    released = round.state == RoundState.RELEASED
    waits = submitted and not released
    yield Step(
        "release",
        _("%(round)s: người thứ hai duyệt và công bố") % name,
        released,
        (_("Chờ người thứ hai nhập số quyết định và duyệt."),) if waits else (),
        "w-results",
        key,
    )
