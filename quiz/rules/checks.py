"""Rules that can't work, told before anyone enters; and advice that stops no one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext as _

from accounts.errors import Fault
from quiz.rules.chain_checks import check_chain
from quiz.rules.feasibility import check_feasible
from quiz.rules.labels import describe_place, identity_label
from quiz.rules.linter import advise_rules
from quiz.rules.schema import RuleDocument
from quiz.rules.unit_checks import check_unit_prizes

__all__ = ["advise_rules", "check_feasible", "check_rules", "check_window"]

_T = TypeVar("_T")


def check_rules(document: RuleDocument) -> list[Fault]:
    """Everything that makes these rules impossible, in the order of the document; [] if none."""
    return [
        *_check_identity(document),
        *_check_time(document),
        *_check_prediction(document),
        *check_chain(document),
        *_check_prizes(document),
        *check_unit_prizes(document),
        *_check_groups(document),
    ]


def check_window(opens_at: datetime, closes_at: datetime, document: RuleDocument) -> list[Fault]:
    """Whether a round's window can be entered under these rules."""
    place = _("Thời gian vòng thi")
    if closes_at <= opens_at:
        return [
            Fault(
                place,
                "closes_before_opens",
                _("giờ đóng không sau giờ mở."),
                _("Đặt giờ đóng muộn hơn giờ mở."),
            )
        ]
    limit = document.entry.time_limit_seconds
    if limit is not None and (closes_at - opens_at).total_seconds() < limit:
        return [
            Fault(
                place,
                "window_shorter_than_limit",
                _("vòng thi mở ngắn hơn thời gian làm một bài."),
                _("Đặt giờ đóng muộn hơn hoặc giảm thời gian làm bài."),
            )
        ]
    return []


def _check_identity(document: RuleDocument) -> Iterator[Fault]:
    entry = document.entry
    place = describe_place(["entry", "identity_fields"])
    for name in _repeated(field.name for field in entry.identity_fields):
        yield Fault(
            place,
            "identity_field_repeated",
            _("mục “%(field)s” có nhiều lần.") % {"field": identity_label(name)},
            _("Giữ lại một dòng cho mỗi mục."),
        )
    if "full_name" not in entry.required_fields:
        yield Fault(
            place,
            "full_name_not_required",
            _("chưa bắt buộc khai họ và tên."),
            _("Thêm mục họ và tên và đặt là bắt buộc: danh sách đạt giải cần họ tên."),
        )
    if entry.persons_per_phone is not None and "phone" not in entry.asked_fields:
        yield Fault(
            describe_place(["entry", "persons_per_phone"]),
            "phone_not_asked",
            _("có giới hạn theo số điện thoại nhưng không hỏi số điện thoại."),
            _("Thêm mục số điện thoại hoặc bỏ giới hạn này."),
        )
    if entry.minimum_age is not None and "birth_date" not in entry.required_fields:
        yield Fault(
            describe_place(["entry", "minimum_age"]),
            "age_without_birth_date",
            _("có tuổi tối thiểu nhưng không bắt buộc khai ngày sinh."),
            _("Đặt ngày sinh là bắt buộc hoặc bỏ tuổi tối thiểu."),
        )
    if entry.reentry == "code_or_contact" and not entry.reentry_by_contact:
        yield Fault(
            describe_place(["entry", "reentry"]),
            "contact_not_asked",
            _("cho vào lại bằng mã gửi tới điện thoại, thư điện tử nhưng không hỏi mục nào."),
            _("Hỏi số điện thoại hoặc thư điện tử, hay chỉ cho vào lại bằng mã dự thi."),
        )
    yield from _check_identity_key(document)


def _check_identity_key(document: RuleDocument) -> Iterator[Fault]:
    entry = document.entry
    place = describe_place(["entry", "identity_key"])
    if not entry.identity_key:
        yield Fault(
            place,
            "identity_key_empty",
            _("chưa chọn thông tin nào để nhận diện một người."),
            _("Chọn ít nhất một mục bắt buộc, ví dụ số điện thoại và ngày sinh."),
        )
    for name in _repeated(entry.identity_key):
        yield Fault(
            place,
            "identity_key_repeated",
            _("mục “%(field)s” có nhiều lần.") % {"field": identity_label(name)},
            _("Giữ lại một lần."),
        )
    for name in dict.fromkeys(entry.identity_key):
        if name not in entry.required_fields:
            yield Fault(
                place,
                "identity_key_not_required",
                _("mục “%(field)s” dùng để nhận diện nhưng không bắt buộc khai.")
                % {"field": identity_label(name)},
                _("Đặt mục này là bắt buộc hoặc bỏ khỏi thông tin nhận diện."),
            )


def _check_time(document: RuleDocument) -> Iterator[Fault]:
    entry = document.entry
    if entry.time_limit_seconds is None and entry.at_close == "last_start":
        yield Fault(
            describe_place(["entry", "at_close"]),
            "attempt_never_ends",
            _("không giới hạn thời gian làm bài mà vẫn cho làm tiếp sau giờ đóng."),
            _("Đặt thời gian làm bài, hoặc cho mọi bài kết thúc khi vòng thi đóng."),
        )


def _check_prediction(document: RuleDocument) -> Iterator[Fault]:
    prediction = document.entry.prediction
    if prediction and prediction.decimals and prediction.who != "percent_all_correct":
        yield Fault(
            describe_place(["entry", "prediction", "decimals"]),
            "decimals_of_a_count",
            _("số người hoặc số lượt là số nguyên, không có phần thập phân."),
            _("Đặt số chữ số thập phân là 0, hoặc đổi sang dự đoán tỷ lệ phần trăm."),
        )


def _check_prizes(document: RuleDocument) -> Iterator[Fault]:
    known = {group.code for group in document.groups}
    for index, tier in enumerate(document.result.prizes):
        place = describe_place(["result", "prizes", index])
        if tier.count == 0:
            yield Fault(
                place,
                "prize_count_zero",
                _("giải “%(prize)s” có số lượng bằng 0.") % {"prize": tier.name},
                _("Nhập số giải hoặc xoá dòng này."),
            )
        if tier.group is not None and tier.group not in known:
            yield Fault(
                place,
                "prize_for_unknown_group",
                _("giải dành cho đối tượng “%(group)s” không có trong thể lệ.")
                % {"group": tier.group},
                _("Chọn một đối tượng có trong thể lệ hoặc để trống."),
            )
        if tier.by != "rank" and "birth_date" not in document.entry.required_fields:
            yield Fault(
                place,
                "side_prize_without_birth_date",
                _("giải “%(prize)s” xét theo tuổi nhưng không bắt buộc khai ngày sinh.")
                % {"prize": tier.name},
                _("Đặt ngày sinh là bắt buộc hoặc xét giải này theo thứ hạng."),
            )
    yield from _check_codes(["result", "prizes"], [tier.code for tier in document.result.prizes])


def _check_groups(document: RuleDocument) -> Iterator[Fault]:
    if not document.groups:
        yield Fault(
            describe_place(["groups"]),
            "no_group",
            _("chưa có đối tượng dự thi nào."),
            _("Thêm ít nhất một đối tượng dự thi cùng đề thi của đối tượng đó."),
        )
    yield from _check_codes(["groups"], [group.code for group in document.groups])
    for index in range(len(document.groups)):
        yield from _check_paper(document, index)


def _check_paper(document: RuleDocument, index: int) -> Iterator[Fault]:
    paper = document.groups[index].paper
    path: list[str | int] = ["groups", index, "paper"]
    if paper.fixed_items is not None and paper.blueprint:
        yield Fault(
            describe_place(path),
            "fixed_and_drawn",
            _("vừa có câu hỏi cố định, vừa có ma trận đề."),
            _("Chỉ giữ một cách ra đề."),
        )
    elif paper.item_count == 0:
        yield Fault(
            describe_place(path),
            "paper_empty",
            _("đề thi chưa có câu hỏi nào."),
            _("Nhập số câu vào ma trận đề hoặc chọn câu hỏi cố định."),
        )
    if paper.item_count:
        for row, cell in enumerate(paper.blueprint):
            if cell.count == 0:
                yield Fault(
                    describe_place([*path, "blueprint", row]),
                    "blueprint_count_zero",
                    _("số câu bằng 0."),
                    _("Nhập số câu hoặc xoá dòng này."),
                )
    for number in _repeated(paper.fixed_items or []):
        yield Fault(
            describe_place([*path, "fixed_items"]),
            "fixed_item_repeated",
            _("câu số %(number)s có nhiều lần.") % {"number": number},
            _("Giữ lại một lần."),
        )


def _check_codes(path: Sequence[str | int], codes: Sequence[str]) -> Iterator[Fault]:
    for code in _repeated(codes):
        yield Fault(
            describe_place(path),
            "code_repeated",
            _("mã “%(code)s” có nhiều lần.") % {"code": code},
            _("Đặt cho mỗi dòng một mã riêng."),
        )


def _repeated(values: Iterable[_T]) -> list[_T]:
    return [value for value, times in Counter(values).items() if times > 1]
