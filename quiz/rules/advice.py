"""Advice on rules that work but invite disputes. Nothing here stops an organiser."""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from accounts.errors import Fault
from quiz.rules.labels import describe_place
from quiz.rules.schema import RuleDocument


def advise_rules(document: RuleDocument) -> list[Fault]:
    """What an experienced organiser would ask about; [] when nothing comes to mind."""
    return [
        *_advise_on_secrecy(document),
        *_advise_on_entry(document),
        *_advise_on_prizes(document),
    ]


def _advise_on_secrecy(document: RuleDocument) -> Iterator[Fault]:
    prediction = document.entry.prediction
    if document.count_secrecy:
        yield Fault(
            describe_place(["entry", "prediction", "who"]),
            "count_breaks_ties",
            _("ai xem được số liệu dự thi đều có lợi thế khi dự đoán."),
            _(
                "Hỏi “bao nhiêu người trả lời đúng tất cả” thì không ai biết trước kết quả, "
                "và có thể công khai số người dự thi."
            ),
        )
    if prediction is None:
        return
    if document.result.score_shown == "at_submit" and prediction.who != "took_part":
        yield Fault(
            describe_place(["result", "score_shown"]),
            "scores_reveal_prediction",
            _("hiện điểm ngay khi nộp làm lộ dần số người trả lời đúng tất cả."),
            _("Chỉ hiện điểm sau khi công bố kết quả."),
        )
    if not document.result.has("prediction_error"):
        yield Fault(
            describe_place(["entry", "prediction"]),
            "prediction_unused",
            _("có câu hỏi dự đoán nhưng không dùng để xếp hạng."),
            _("Thêm tiêu chí “Sai số dự đoán” hoặc bỏ câu hỏi dự đoán."),
        )
    if prediction.scope == "contest":
        yield Fault(
            describe_place(["entry", "prediction", "scope"]),
            "actual_value_late",
            _("giá trị thực của toàn cuộc thi chỉ có sau vòng cuối cùng."),
            _("Nếu trao giải sau từng vòng, đổi phạm vi dự đoán thành vòng thi."),
        )


def _advise_on_entry(document: RuleDocument) -> Iterator[Fault]:
    entry = document.entry
    if entry.identity_key == ["full_name"]:
        yield Fault(
            describe_place(["entry", "identity_key"]),
            "identity_key_weak",
            _("chỉ dựa vào họ tên thì nhiều người khác nhau bị coi là trùng."),
            _("Thêm ngày sinh, số điện thoại hoặc mã cán bộ."),
        )
    if entry.reentry == "staff_code_and_birth_date":
        yield Fault(
            describe_place(["entry", "reentry"]),
            "reentry_weak",
            _("đồng nghiệp biết mã cán bộ và ngày sinh có thể vào thay người khác."),
            _("Chỉ dùng khi nhiều người không có điện thoại; mỗi lần vào lại đều được ghi nhận."),
        )
    if entry.attempts_per_round == 1 and document.result.has("attempts_used"):
        yield Fault(
            describe_place(["result", "chain"]),
            "attempts_always_one",
            _("mỗi người chỉ có một lượt nên xét số lượt đã thi không phân biệt được ai."),
            _("Bỏ tiêu chí này hoặc tăng số lượt thi."),
        )
    if "birth_date" not in entry.asked_fields and document.result.prizes:
        yield Fault(
            describe_place(["result", "minor_names"]),
            "minors_unknown",
            _("không hỏi ngày sinh nên không biết người đạt giải đã đủ 16 tuổi chưa."),
            _("Hỏi ngày sinh, hoặc tự kiểm tra trước khi công bố tên."),
        )


def _advise_on_prizes(document: RuleDocument) -> Iterator[Fault]:
    tiers = document.result.prizes
    for index, (higher, lower) in enumerate(pairwise(tiers), start=1):
        if higher.group == lower.group and lower.money > higher.money:
            yield Fault(
                describe_place(["result", "prizes", index]),
                "prize_order",
                _("giải “%(lower)s” đứng sau nhưng có tiền thưởng cao hơn “%(higher)s”.")
                % {"lower": lower.name, "higher": higher.name},
                _("Sắp xếp lại các dòng theo thứ tự trao giải, hoặc sửa mức tiền."),
            )
    if tiers and document.result.reserves == 0:
        yield Fault(
            describe_place(["result", "reserves"]),
            "no_reserves",
            _("không có người dự bị khi một giải bị thu hồi."),
            _("Đặt ít nhất vài người dự bị."),
        )
