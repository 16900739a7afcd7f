"""The checklist's steps from a round's close to its published result."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.enums import JobState
from accounts.models import Job
from quiz.domain.awards import GroupTie, awards_are_current, open_ties
from quiz.domain.corrections import undecided_correction
from quiz.domain.finality import finality_of
from quiz.domain.rule_sets import rules_of_round
from quiz.enums import DuplicateState, ReleaseState, RoundState
from quiz.models import Appeal, DuplicateCase, Round

EXPORTS = ("export_winners", "export_participation")


@dataclass(frozen=True)
class Found:
    """A round's step before it is given its place in the list (see `checklist.Step`)."""

    code: str
    title: str
    done: bool
    missing: Sequence[str] = ()
    route: str = "w-results"
    waits: bool = False


def after_close_steps(round: Round, now: datetime) -> Iterator[Found]:
    """Duplicates, voids, complaints, corrections, ranking, true value, ties, seal, papers, release,
    workbooks, the end of the time for complaints.

    Until the release each can be done again; what was done before it stays in the diary.
    """
    closed = round.state == RoundState.CLOSED
    sealed = round.state in (RoundState.SEALED, RoundState.RELEASED)
    yield _duplicates_step(round, closed=closed, sealed=sealed)
    yield _voids_step(round, closed=closed, sealed=sealed)
    yield _appeals_step(round, closed=closed, sealed=sealed)
    yield _corrections_step(round, closed=closed, sealed=sealed)
    ties = open_ties(round=round) if closed else []
    ranked = sealed or (closed and awards_are_current(round=round))
    yield Found("rank", _("Chấm, xếp hạng, xét giải"), ranked)
    rules = rules_of_round(round=round) if closed or sealed else None
    if rules is not None and rules.entry.prediction is not None:
        yield Found("values", _("Chốt và giải thích giá trị thực của câu dự đoán"), ranked)
    yield _ties_step(ties, settled=sealed or (ranked and not ties))
    yield Found("seal", _("Niêm phong kết quả"), sealed)
    yield from _release_steps(round)
    yield Found("download", _("Tải bảng danh sách đạt giải, bảng tham gia"), _downloaded(round))
    yield _official_step(round, now)


def _duplicates_step(round: Round, *, closed: bool, sealed: bool) -> Found:
    waiting = (
        DuplicateCase.objects.filter(contest_id=round.contest_id, state=DuplicateState.OPEN).count()
        if closed
        else 0
    )
    missing = _("Còn %(count)s trường hợp nghi trùng chưa quyết định.") % {"count": waiting}
    return Found(
        "duplicates",
        _("Xem xét trường hợp nghi trùng"),
        sealed or (closed and not waiting),
        (missing,) if waiting else (),
        "w-duplicates",
    )


def _voids_step(round: Round, *, closed: bool, sealed: bool) -> Found:
    """Reports of misuse are answered by voiding the entry, with its reason, or by leaving it."""
    waiting = round.contest.reports.filter(handled_at=None).count() if closed else 0
    missing = _("Còn %(count)s báo mạo danh chờ xử lý.") % {"count": waiting}
    return Found(
        "voids",
        _("Xử lý báo mạo danh, huỷ bài vi phạm kèm lý do"),
        sealed or (closed and not waiting),
        (missing,) if waiting else (),
        "w-reports",
    )


def _appeals_step(round: Round, *, closed: bool, sealed: bool) -> Found:
    """What was complained about before the release is answered before it; `_official_step` has the
    rest.
    """
    released = round.state == RoundState.RELEASED
    missing = _appeals_waiting(round) if (closed or sealed) and not released else ()
    return Found(
        "appeals",
        _("Trả lời khiếu nại nhận được trước công bố"),
        released or ((closed or sealed) and not missing),
        missing,
        "w-appeals",
    )


def _appeals_waiting(round: Round) -> tuple[str, ...]:
    waiting = Appeal.objects.filter(round=round).waiting().count()
    told = _("Còn %(count)s khiếu nại chưa trả lời.") % {"count": waiting}
    return (told,) if waiting else ()


def _official_step(round: Round, now: datetime) -> Found:
    """Waited for while complaints may come; those that did have to be answered."""
    title = _("Hết thời hạn khiếu nại, xác nhận kết quả chính thức")
    if round.state != RoundState.RELEASED:
        return Found("official", title, done=False)
    finality = finality_of(round=round, now=now)
    missing = _appeals_waiting(round)
    if not finality.window_over and finality.last_day is not None:
        told = _("Khiếu nại được nhận đến hết ngày %(day)s.")
        missing = (told % {"day": f"{finality.last_day:%d/%m/%Y}"}, *missing)
    waits = not finality.window_over and not finality.waiting
    route = "w-appeals" if finality.waiting else "w-results"
    return Found("official", title, finality.official, missing, route, waits=waits)


def _corrections_step(round: Round, *, closed: bool, sealed: bool) -> Found:
    """Nothing to correct is the rule; what was begun has to be applied or dropped."""
    undecided = closed and undecided_correction(round=round) is not None
    return Found(
        "corrections",
        _("Đính chính đáp án, nếu có câu sai"),
        sealed or (closed and not undecided),
        (_("Có đính chính chưa áp dụng."),) if undecided else (),
    )


def _ties_step(ties: Sequence[GroupTie], *, settled: bool) -> Found:
    missing = [
        _("%(group)s: %(count)s người cùng hạng %(rank)s ở ranh giới giải.")
        % {"group": tied.group.name, "count": len(tied.tie.attempts), "rank": tied.tie.rank}
        for tied in ties
    ]
    return Found("ties", _("Phân định đồng hạng"), settled, tuple(missing))


def _release_steps(round: Round) -> Iterator[Found]:
    newest = round.releases.order_by("-number").first()
    submitted, returned = newest is not None, ""
    if newest is not None and newest.state == ReleaseState.RETURNED:
        submitted = False
        returned = _("Bản trình bị trả lại: %(why)s") % {"why": newest.returned_because}
    yield Found("submit", _("Trình ký"), submitted, (returned,) if returned else ())
    released = round.state == RoundState.RELEASED
    signed = released or (submitted and newest is not None and newest.decision_number != "")
    waits = (_("Chờ lãnh đạo ký; ký xong thì nhập số và ngày quyết định."),)
    yield Found(
        "decision", _("Nhập số quyết định đã ký"), signed, waits if submitted and not signed else ()
    )
    yield Found(
        "release",
        _("Người thứ hai duyệt và công bố"),
        released,
        (_("Chờ người thứ hai duyệt."),) if signed and not released else (),
    )


def _downloaded(round: Round) -> bool:
    done = Job.objects.filter(kind__in=EXPORTS, params__round=round.pk, state=JobState.DONE)
    return set(done.values_list("kind", flat=True)) == set(EXPORTS)
