"""The prediction: who could know the figure, whether it decides, when it is known."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from quiz.rules.linter.base import (
    Fix,
    RuleFinding,
    Severity,
    change_prediction,
    change_result,
    with_criterion_before_last,
)
from quiz.rules.schema import RuleDocument

USUAL_DECIMALS = 5
FEWEST_DECIMALS = 2


def count_breaks_ties(document: RuleDocument) -> Iterator[RuleFinding]:
    prediction = document.entry.prediction
    if prediction is not None and document.count_secrecy:
        yield RuleFinding(
            "count_breaks_ties",
            Severity.RISK,
            ("entry", "prediction", "who"),
            _("ai xem được số liệu dự thi đều có lợi thế khi dự đoán."),
            _(
                "Hỏi “bao nhiêu người trả lời đúng tất cả” thì không ai biết trước kết quả, "
                "và có thể công khai số người dự thi."
            ),
            Fix(
                _("Hỏi số người trả lời đúng tất cả"),
                change_prediction(prediction, count="persons", who="all_correct", decimals=0),
            ),
        )


def scores_reveal_prediction(document: RuleDocument) -> Iterator[RuleFinding]:
    prediction = document.entry.prediction
    if prediction is None or prediction.who == "took_part":
        return
    if document.result.score_shown == "at_submit":
        yield RuleFinding(
            "scores_reveal_prediction",
            Severity.RISK,
            ("result", "score_shown"),
            _("hiện điểm ngay khi nộp làm lộ dần số người trả lời đúng tất cả."),
            _("Chỉ hiện điểm sau khi công bố kết quả."),
            Fix(_("Hiện điểm sau khi công bố"), change_result(score_shown="after_release")),
        )


def prediction_unused(document: RuleDocument) -> Iterator[RuleFinding]:
    if document.entry.prediction is None or document.result.has("prediction_error"):
        return
    yield RuleFinding(
        "prediction_unused",
        Severity.CONTRADICTION,
        ("entry", "prediction"),
        _("có câu hỏi dự đoán nhưng không dùng để xếp hạng."),
        _("Thêm tiêu chí “Sai số dự đoán” hoặc bỏ câu hỏi dự đoán."),
        Fix(
            _("Thêm tiêu chí sai số dự đoán"),
            with_criterion_before_last(document, "prediction_error"),
        ),
    )


def actual_value_late(document: RuleDocument) -> Iterator[RuleFinding]:
    prediction = document.entry.prediction
    if prediction is not None and prediction.scope == "contest":
        yield RuleFinding(
            "actual_value_late",
            Severity.RISK,
            ("entry", "prediction", "scope"),
            _("giá trị thực của toàn cuộc thi chỉ có sau vòng cuối cùng."),
            _("Nếu trao giải sau từng vòng, đổi phạm vi dự đoán thành vòng thi."),
            Fix(_("Dự đoán theo từng vòng"), change_prediction(prediction, scope="round")),
        )


def entries_can_be_made(document: RuleDocument) -> Iterator[RuleFinding]:
    """Whoever may enter often can bring the number of entries nearer to their own prediction."""
    prediction = document.entry.prediction
    several = document.entry.attempts_per_round != 1
    if prediction is not None and prediction.count == "entries" and several:
        yield RuleFinding(
            "entries_can_be_made",
            Severity.RISK,
            ("entry", "prediction", "count"),
            _("mỗi người thi nhiều lượt nên có thể tự đẩy số lượt tới số mình đã dự đoán."),
            _("Dự đoán số người thay cho số lượt."),
            Fix(_("Dự đoán số người"), change_prediction(prediction, count="persons")),
        )


def percent_coarse(document: RuleDocument) -> Iterator[RuleFinding]:
    """87 and 87,65432: with whole per cents a hundred guesses serve thousands of entrants."""
    prediction = document.entry.prediction
    if prediction is None or prediction.who != "percent_all_correct":
        return
    if prediction.decimals < FEWEST_DECIMALS:
        yield RuleFinding(
            "percent_coarse",
            Severity.RISK,
            ("entry", "prediction", "decimals"),
            _("tỷ lệ phần trăm ít chữ số thập phân thì nhiều người dự đoán trùng nhau."),
            _("Hỏi đến 5 chữ số thập phân, ví dụ 87,65432."),
            Fix(
                _("Hỏi đến 5 chữ số thập phân"),
                change_prediction(prediction, decimals=USUAL_DECIMALS),
            ),
        )


def true_value_moves(document: RuleDocument) -> Iterator[RuleFinding]:
    moves = document.result.actual_value_policy == "recomputed"
    if moves and document.result.has("prediction_error"):
        yield RuleFinding(
            "true_value_moves",
            Severity.RISK,
            ("result", "actual_value_policy"),
            _("một bài bị huỷ sau công bố có thể đổi người đạt giải của cả vòng."),
            _("Giữ giá trị thực như lần công bố đầu."),
            Fix(_("Giữ như lần công bố đầu"), change_result(actual_value_policy="frozen")),
        )
