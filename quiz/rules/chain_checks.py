"""Whether a tie-break chain can be followed and always comes to an end."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.errors import Fault
from quiz.rules.labels import PRECISION, criterion_label, describe_place
from quiz.rules.schema import DEFAULT_DIRECTIONS, PRECISIONS, RuleDocument

LAST_RESORTS = ("lot", "decision")
_ONE_WAY = ("all_correct", "score", "prediction_error", "lot", "decision")
_PATH = ("result", "chain")


def check_chain(document: RuleDocument) -> Iterator[Fault]:
    """Faults of the chain: what it measures, its order, its end."""
    yield from _check_measure(document)
    yield from _check_order(document)
    yield from _check_needs(document)
    yield from _check_precision(document)
    yield from _check_end(document)


def _check_measure(document: RuleDocument) -> Iterator[Fault]:
    if not (document.result.has("all_correct") or document.result.has("score")):
        yield Fault(
            describe_place(_PATH),
            "chain_without_score",
            _("không xét điểm hay số câu đúng."),
            _("Thêm tiêu chí “Điểm bài thi” hoặc “Đúng tất cả các câu hỏi”."),
        )


def _check_order(document: RuleDocument) -> Iterator[Fault]:
    """A kind named twice, or turned against its sense, leaves the order undefined."""
    seen = set()
    for index, criterion in enumerate(document.result.chain):
        place = describe_place([*_PATH, index])
        label = criterion_label(criterion.kind)
        if criterion.kind in seen:
            yield Fault(
                place,
                "criterion_repeated",
                _("tiêu chí “%(criterion)s” có nhiều lần.") % {"criterion": label},
                _("Giữ lại một lần, ở đúng thứ tự cần xét."),
            )
        seen.add(criterion.kind)
        natural = DEFAULT_DIRECTIONS[criterion.kind]
        if criterion.kind in _ONE_WAY and criterion.direction != natural:
            yield Fault(
                place,
                "criterion_reversed",
                _("tiêu chí “%(criterion)s” bị đặt ngược thứ tự.") % {"criterion": label},
                _("Bỏ trống ô thứ tự để dùng thứ tự thông thường."),
            )
        if criterion.kind == "all_correct" and index > 0:
            yield Fault(
                place,
                "all_correct_not_first",
                _("điều kiện đúng tất cả các câu hỏi phải được xét trước tiên."),
                _("Chuyển tiêu chí này lên dòng đầu."),
            )


def _check_needs(document: RuleDocument) -> Iterator[Fault]:
    for index, criterion in enumerate(document.result.chain):
        place = describe_place([*_PATH, index])
        if criterion.kind == "prediction_error" and document.entry.prediction is None:
            yield Fault(
                place,
                "prediction_not_asked",
                _("xét sai số dự đoán nhưng đề thi không có câu hỏi dự đoán."),
                _("Thêm câu hỏi dự đoán hoặc bỏ tiêu chí này."),
            )
        if criterion.kind == "age" and "birth_date" not in document.entry.required_fields:
            yield Fault(
                place,
                "age_without_birth_date",
                _("xét theo tuổi nhưng không bắt buộc khai ngày sinh."),
                _("Đặt ngày sinh là bắt buộc hoặc bỏ tiêu chí này."),
            )


def _check_precision(document: RuleDocument) -> Iterator[Fault]:
    """A word of another kind of figure; the words for moments always stand in the box."""
    for index, criterion in enumerate(document.result.chain):
        fitting = PRECISIONS.get(criterion.kind, ())
        moment = criterion.precision in PRECISIONS["submitted_at"]
        if criterion.precision in fitting or (moment and "second" not in fitting):
            continue
        told = {"criterion": criterion_label(criterion.kind)}
        told["precision"] = str(PRECISION[criterion.precision])
        yield Fault(
            describe_place([*_PATH, index]),
            "precision_does_not_fit",
            _("tiêu chí “%(criterion)s” không tính đến %(precision)s được.") % told,
            _("Chọn độ chính xác khác cho tiêu chí này."),
        )


def _check_end(document: RuleDocument) -> Iterator[Fault]:
    kinds = [criterion.kind for criterion in document.result.chain]
    if not kinds or kinds[-1] not in LAST_RESORTS:
        yield Fault(
            describe_place(_PATH),
            "ties_remain",
            _("sau tiêu chí cuối cùng vẫn có thể còn những người bằng nhau."),
            _("Thêm “Bốc thăm” hoặc “Ban Tổ chức quyết định” vào cuối danh sách tiêu chí."),
        )
    for index, kind in enumerate(kinds[:-1]):
        if kind in LAST_RESORTS:
            yield Fault(
                describe_place([*_PATH, index]),
                "nothing_after_last_resort",
                _("sau “%(criterion)s” không còn gì để xét thêm.")
                % {"criterion": criterion_label(kind)},
                _("Chuyển tiêu chí này xuống cuối hoặc xoá các dòng phía sau."),
            )
