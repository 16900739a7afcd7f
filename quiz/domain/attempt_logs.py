"""“Trích nhật ký bài thi”: everything that is recorded of one attempt, moment by moment.

Of start, resuming, conflicts, refusals, extensions, voiding and the end; and of each save that
changed an answer, what it changed. No key, no mark, no other person and no name of an official:
the same paper serves the appellant and the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from quiz.domain.answer_letters import SeenPaper, seen_paper
from quiz.domain.attempt_events import EVENTS_PER_KIND, attempt_history
from quiz.domain.attempt_sql import JOURNAL_BYTES
from quiz.engine.canonical import H, canon, plain
from quiz.engine.journal import Change, decode, replay
from quiz.enums import AttemptState, ClosedBy, EventKind
from quiz.models import Attempt, AttemptEvent

FORMAT = "minhthi-attempt-log/1"


@dataclass(frozen=True)
class LogLine:
    """`what` in words; `detail`: the answers a save changed, the minutes of an extension."""

    at: datetime
    kind: str
    what: str
    detail: str = ""


@dataclass(frozen=True)
class AttemptLog:
    """`saves`: how many saves changed an answer. `full`: the journal had no room for later ones.
    `replays`: its changes, one after the other, give the answers that are stored.
    """

    attempt: Attempt
    lines: list[LogLine]
    answers: list[str]
    saves: int
    full: bool
    replays: bool


def attempt_log(*, attempt: Attempt) -> AttemptLog:
    """Give the attempt with its pool, round and contest."""
    paper, changes = seen_paper(attempt), decode(bytes(attempt.journal))
    saved = list(_saves(attempt, changes, paper))
    lines = [*saved, *(_event(event) for event in _events(attempt))]
    answers = attempt.answers
    return AttemptLog(
        attempt=attempt,
        lines=sorted(lines, key=lambda line: line.at),
        answers=[paper.letters(slot, mask) for slot, mask in enumerate(answers)],
        saves=len(saved),
        full=len(attempt.journal) > JOURNAL_BYTES,
        replays=replay(changes, len(answers)) == tuple(answers),
    )


def _saves(attempt: Attempt, changes: list[Change], paper: SeenPaper) -> Iterator[LogLine]:
    for (revision, ms), group in groupby(changes, key=lambda change: (change.revision, change.ms)):
        told = [
            _("câu %(number)s: %(letters)s")
            % {"number": change.slot + 1, "letters": paper.letters(change.slot, change.mask)}
            for change in group
        ]
        yield LogLine(
            attempt.started_at + timedelta(milliseconds=ms),
            "save",
            _("Lưu lần %(revision)s") % {"revision": revision},
            "; ".join(told),
        )


def _events(attempt: Attempt) -> Iterator[AttemptEvent]:
    """The history, and the close that nobody has written down yet."""
    history = attempt_history(attempt=attempt)
    yield from history
    closed = attempt.closed_by in (ClosedBy.DEADLINE, ClosedBy.ORGANISER)
    if closed and attempt.ended_at and not any(event.kind == EventKind.CLOSE for event in history):
        yield AttemptEvent(attempt=attempt, at=attempt.ended_at, kind=EventKind.CLOSE)


def _event(event: AttemptEvent) -> LogLine:
    what = {
        EventKind.RESUME: _("Mở lại bài để làm tiếp"),
        EventKind.CONFLICT: _("Từ chối lưu: bài vừa được sửa ở nơi khác"),
        EventKind.REFUSAL: _("Từ chối lưu: gửi sau khi hết giờ"),
        EventKind.SUBMIT: _("Nộp bài"),
        EventKind.CLOSE: _("Hệ thống đóng bài khi hết giờ"),
        EventKind.EXTENSION: _("Ban Tổ chức gia hạn"),
        EventKind.EXTRA: _("Ban Tổ chức cho thi thêm một lượt"),
        EventKind.VOID: _("Ban Tổ chức huỷ bài"),
        EventKind.RESTORE: _("Ban Tổ chức khôi phục bài"),
    }.get(EventKind(event.kind), _("Bắt đầu làm bài"))
    detail = ""
    if seconds := event.details.get("seconds"):
        detail = _("thêm %(seconds)s giây") % {"seconds": seconds}
    return LogLine(event.at, event.kind, what, detail)


def log_notes(log: AttemptLog) -> list[str]:
    """What a reader has to know to read the log right."""
    notes = [
        _("Giờ theo đồng hồ của máy chủ cơ sở dữ liệu, múi giờ Việt Nam."),
        _("Mỗi lần lưu chỉ ghi những câu có thay đổi; lần lưu không đổi câu nào thì không ghi."),
        _("Mỗi loại sự kiện ghi tối đa %(count)s lần.") % {"count": EVENTS_PER_KIND},
    ]
    if log.full:
        notes.append(_("Nhật ký đã đầy: các thay đổi về sau không được ghi từng lần."))
    elif log.replays:
        notes.append(_("Ghép lần lượt các thay đổi cho đúng câu trả lời đang lưu."))
    else:
        notes.append(_("Ghép lần lượt các thay đổi không cho đúng câu trả lời đang lưu."))
    return notes


def log_document(*, log: AttemptLog, made_at: datetime) -> dict[str, Any]:
    """The log as JSON-ready data, in Vietnamese whoever asks: what the digest on paper is of."""
    attempt = log.attempt
    round = attempt.round
    with translation.override("vi"):
        return plain(
            {
                "format": FORMAT,
                "contest": round.contest.code,
                "round": round.number,
                "attempt": attempt.ordinal,
                "state": str(AttemptState(attempt.state).label),
                "started": attempt.started_at,
                "deadline": attempt.deadline_at,
                "ended": attempt.ended_at,
                "voided": attempt.voided_at is not None,
                "prediction": attempt.prediction,
                "answers": log.answers,
                "lines": [[line.at, line.what, line.detail] for line in log.lines],
                "made": made_at,
            }
        )


def log_digest(document: dict[str, Any]) -> str:
    """64 hexadecimal digits."""
    return H("attempt-log", canon(document)).hex()
