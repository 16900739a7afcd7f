"""The chain of criteria: what decides nothing, what decides too early, what leaves too much."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from quiz.rules.labels import criterion_label
from quiz.rules.linter.base import (
    Fix,
    RuleFinding,
    Severity,
    change_entry,
    change_result,
    with_criterion_before_last,
    with_precision,
    without_criterion,
)
from quiz.rules.schema import CriterionKind, RuleDocument

USUAL_LIMIT = 15 * 60
_MOMENTS = ("submitted_at", "registered_at")
_TIMES = ("duration", *_MOMENTS)
_FINE = (*_TIMES, "duration_share", "prediction_error")


def score_after_all_correct(document: RuleDocument) -> Iterator[RuleFinding]:
    if document.result.has("all_correct") and document.result.has("score"):
        yield RuleFinding(
            "score_after_all_correct",
            Severity.CONTRADICTION,
            _place(document, "score"),
            _("chỉ xếp hạng bài đúng tất cả nên mọi bài được xếp đều bằng điểm nhau."),
            _("Bỏ tiêu chí điểm, hoặc bỏ điều kiện đúng tất cả."),
            Fix(_("Bỏ tiêu chí điểm"), without_criterion(document, "score")),
        )


def attempts_always_one(document: RuleDocument) -> Iterator[RuleFinding]:
    if document.entry.attempts_per_round == 1 and document.result.has("attempts_used"):
        yield RuleFinding(
            "attempts_always_one",
            Severity.CONTRADICTION,
            ("result", "chain"),
            _("mỗi người chỉ có một lượt nên xét số lượt đã thi không phân biệt được ai."),
            _("Bỏ tiêu chí này hoặc tăng số lượt thi."),
            Fix(_("Bỏ tiêu chí số lượt đã thi"), without_criterion(document, "attempts_used")),
        )


def duration_without_limit(document: RuleDocument) -> Iterator[RuleFinding]:
    timed = document.result.has("duration") or document.result.has("duration_share")
    if document.entry.time_limit_seconds is None and timed:
        yield RuleFinding(
            "duration_without_limit",
            Severity.RISK,
            ("entry", "time_limit_seconds"),
            _("xếp hạng theo thời gian làm bài nhưng bài không có giới hạn thời gian."),
            _("Đặt thời gian làm bài, để ai bị gián đoạn cũng biết bài kết thúc lúc nào."),
            Fix(_("Đặt 15 phút làm bài"), change_entry(time_limit_seconds=USUAL_LIMIT)),
        )


def prediction_after_moment(document: RuleDocument) -> Iterator[RuleFinding]:
    """A moment to the second separates nearly everyone, so what follows is hardly looked at."""
    chain = document.result.chain
    kinds = [criterion.kind for criterion in chain]
    if "prediction_error" not in kinds:
        return
    at = kinds.index("prediction_error")
    earlier = [c for c in chain[:at] if c.kind in _MOMENTS and c.precision != "minute"]
    if earlier:
        first = kinds.index(earlier[0].kind)
        moved = [*chain[:first], chain[at], *chain[first:at], *chain[at + 1 :]]
        yield RuleFinding(
            "prediction_after_moment",
            Severity.RISK,
            ("result", "chain", at),
            _("đứng sau “%(criterion)s” thì số dự đoán hầu như không bao giờ được xét.")
            % {"criterion": criterion_label(earlier[0].kind)},
            _("Xét sai số dự đoán trước, như thể lệ VCNET."),
            Fix(_("Chuyển sai số dự đoán lên trước"), change_result(chain=moved)),
        )


def duration_too_fine(document: RuleDocument) -> Iterator[RuleFinding]:
    """What is compared in thousandths of a second is the network, and nothing after it counts."""
    for index, criterion in enumerate(document.result.chain):
        if criterion.kind == "duration" and criterion.precision == "ms":
            yield RuleFinding(
                "duration_too_fine",
                Severity.RISK,
                ("result", "chain", index),
                _("so thời gian làm bài đến phần nghìn giây là so đường truyền của từng người."),
                _("Tính đến giây; người bằng nhau được xét bằng tiêu chí sau."),
                Fix(_("Tính đến giây"), with_precision(document, "duration", "second")),
            )


def precision_coarse(document: RuleDocument) -> Iterator[RuleFinding]:
    """The last time in the chain cut to minutes, with nothing finer behind it."""
    chain = document.result.chain
    for index, criterion in enumerate(chain):
        later = {c.kind for c in chain[index + 1 :]}
        if criterion.kind in _TIMES and criterion.precision == "minute" and not later & set(_FINE):
            yield RuleFinding(
                "precision_coarse",
                Severity.RISK,
                ("result", "chain", index),
                _("tính đến phút thì nhiều người bằng nhau, và sau đó không còn gì để phân biệt."),
                _("Tính đến giây, hoặc thêm một tiêu chí phía sau."),
                Fix(_("Tính đến giây"), with_precision(document, criterion.kind, "second")),
            )


def much_left_to_last_resort(document: RuleDocument) -> Iterator[RuleFinding]:
    """Thousands tie on full marks; without a fine criterion all of them draw lots."""
    result = document.result
    if not result.chain or document.entry.prediction or any(result.has(kind) for kind in _FINE):
        return
    kind = "duration" if document.entry.time_limit_seconds else "submitted_at"
    label = criterion_label(kind)
    yield RuleFinding(
        "much_left_to_last_resort",
        Severity.RISK,
        ("result", "chain"),
        _("hàng nghìn người có thể cùng điểm tối đa mà không tiêu chí nào phân biệt được họ."),
        _("Thêm thời gian làm bài, thời điểm nộp bài hoặc câu hỏi dự đoán."),
        Fix(
            _("Thêm tiêu chí “%(criterion)s”") % {"criterion": label},
            with_criterion_before_last(document, kind),
        ),
    )


def _place(document: RuleDocument, kind: CriterionKind) -> tuple[str | int, ...]:
    kinds = [criterion.kind for criterion in document.result.chain]
    return ("result", "chain", kinds.index(kind))
