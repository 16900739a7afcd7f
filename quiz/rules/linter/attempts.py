"""Attempts, time and marking: what teaches the answers, what is useless, what is too short."""

from collections.abc import Iterator
from math import ceil

from django.utils.translation import gettext as _

from quiz.rules.figures import show_span
from quiz.rules.linter.base import Fix, RuleFinding, Severity, change_entry, change_result
from quiz.rules.schema import RuleDocument

USUAL_ATTEMPTS = 3
SHORTEST_PER_ITEM = 10
USUAL_PER_ITEM = 30
BETWEEN_ROUNDS = 30 * 60


def attempts_unlimited(document: RuleDocument) -> Iterator[RuleFinding]:
    entry = document.entry
    if entry.attempts_per_round is None and document.result.counted_attempt == "best":
        yield RuleFinding(
            "attempts_unlimited",
            Severity.RISK,
            ("entry", "attempts_per_round"),
            _("thi bao nhiêu lượt cũng được và lấy lượt tốt nhất thì người thi nhiều nhất có lợi."),
            _("Giới hạn số lượt thi mỗi vòng; thi thử không giới hạn và không tính."),
            Fix(_("Tối đa 3 lượt mỗi vòng"), change_entry(attempts_per_round=USUAL_ATTEMPTS)),
        )


def score_teaches_answers(document: RuleDocument) -> Iterator[RuleFinding]:
    several = document.entry.attempts_per_round != 1
    later_counts = document.result.counted_attempt != "first"
    if several and later_counts and document.result.score_shown == "at_submit":
        yield RuleFinding(
            "score_teaches_answers",
            Severity.RISK,
            ("result", "score_shown"),
            _("hiện điểm sau mỗi lượt thì lượt sau dò được đáp án từ lượt trước."),
            _("Chỉ hiện điểm sau khi công bố, hoặc chỉ cho thi một lượt."),
            Fix(_("Hiện điểm sau khi công bố"), change_result(score_shown="after_release")),
        )


def later_attempts_useless(document: RuleDocument) -> Iterator[RuleFinding]:
    several = document.entry.attempts_per_round != 1
    if several and document.result.counted_attempt == "first":
        yield RuleFinding(
            "later_attempts_useless",
            Severity.CONTRADICTION,
            ("result", "counted_attempt"),
            _("cho thi nhiều lượt nhưng chỉ tính lượt đầu tiên nên các lượt sau vô ích."),
            _("Cho thi một lượt, hoặc tính lượt tốt nhất."),
            Fix(_("Mỗi người một lượt"), change_entry(attempts_per_round=1)),
        )


def complete_and_partial(document: RuleDocument) -> Iterator[RuleFinding]:
    entry = document.entry
    if entry.require_all_answered and entry.multiple_marking == "partial":
        yield RuleFinding(
            "complete_and_partial",
            Severity.CONTRADICTION,
            ("entry", "multiple_marking"),
            _("bài bỏ trống một câu thì không hợp lệ mà câu chọn thiếu phương án vẫn có điểm."),
            _("Chấm câu nhiều đáp án theo cách đúng hoàn toàn mới có điểm."),
            Fix(_("Đúng hoàn toàn mới có điểm"), change_entry(multiple_marking="all_or_nothing")),
        )


def time_short(document: RuleDocument) -> Iterator[RuleFinding]:
    limit = document.entry.time_limit_seconds
    longest = max((group.paper.item_count for group in document.groups), default=0)
    if limit is None or limit >= longest * SHORTEST_PER_ITEM:
        return
    wanted = ceil(longest * USUAL_PER_ITEM / 60) * 60
    yield RuleFinding(
        "time_short",
        Severity.RISK,
        ("entry", "time_limit_seconds"),
        _("mỗi câu chưa được 10 giây nên không ai kịp đọc hết đề."),
        _("Tăng thời gian làm bài, khoảng 30 giây mỗi câu."),
        Fix(
            _("Đặt %(time)s làm bài") % {"time": show_span(wanted)},
            change_entry(time_limit_seconds=wanted),
        ),
    )


def ends_long_after_close(document: RuleDocument) -> Iterator[RuleFinding]:
    """Weekly rounds leave half an hour between a close and the next opening."""
    limit = document.entry.time_limit_seconds
    if document.entry.at_close == "last_start" and limit is not None and limit > BETWEEN_ROUNDS:
        yield RuleFinding(
            "ends_long_after_close",
            Severity.RISK,
            ("entry", "at_close"),
            _("bài bắt đầu sát giờ đóng còn làm hơn 30 phút sau đó, chưa thể lập kết quả."),
            _("Cho mọi bài kết thúc khi vòng thi đóng, hoặc công bố kết quả muộn hơn."),
            Fix(_("Kết thúc mọi bài khi đóng"), change_entry(at_close="last_save")),
        )
