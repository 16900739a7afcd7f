"""Collective prizes that can't work."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from accounts.errors import Fault
from quiz.rules.figures import show_number
from quiz.rules.labels import describe_place
from quiz.rules.schema import RuleDocument
from quiz.rules.unit_prizes import UnitPrizeRules

_AT: list[str | int] = ["result", "unit_prizes"]


def check_unit_prizes(document: RuleDocument) -> Iterator[Fault]:
    """Weights, ties, sizes and blocs that contradict each other."""
    rules = document.result.unit_prizes
    if rules is None:
        return
    yield from _check_components(rules)
    yield from _check_board(rules)
    yield from _check_sizes(rules)
    yield from _check_blocs(rules)
    yield from _check_prizes(rules)


def _check_components(rules: UnitPrizeRules) -> Iterator[Fault]:
    place = describe_place([*_AT, "components"])
    total = sum(part.weight for part in rules.components)
    if total != 100:
        yield Fault(
            place,
            "weights_not_whole",
            _("các trọng số cộng lại là %(total)s %%.") % {"total": show_number(total)},
            _("Sửa để cộng lại đúng 100 %."),
        )
    yield from _once(place, [part.kind for part in rules.components])
    yield from _once(describe_place([*_AT, "ties"]), rules.ties)
    weighed = {part.kind for part in rules.components}
    for index, kind in enumerate(rules.ties):
        if kind not in ("share", "top", "points") or kind in weighed:
            continue
        yield Fault(
            describe_place([*_AT, "ties", index]),
            "tie_unknown",
            _("xét một số liệu mà kết quả của đơn vị không dùng, nên chưa rõ mức tính."),
            _("Thêm số liệu ấy vào các thành phần hoặc bỏ dòng này."),
        )


def _check_board(rules: UnitPrizeRules) -> Iterator[Fault]:
    for index, part in enumerate(rules.components):
        if part.kind == "points" and not part.name:
            yield Fault(
                describe_place([*_AT, "components", index]),
                "points_for_nothing_named",
                _("chưa ghi Ban Tổ chức chấm điều gì."),
                _("Ghi nội dung được chấm, ví dụ “Công tác tuyên truyền tại đơn vị”."),
            )
    if "board" in rules.ties[:-1]:
        yield Fault(
            describe_place([*_AT, "ties"]),
            "board_not_last",
            _("Ban Tổ chức quyết định xong thì không còn gì để xét tiếp."),
            _("Đặt dòng “Ban Tổ chức quyết định” xuống cuối."),
        )


def _check_sizes(rules: UnitPrizeRules) -> Iterator[Fault]:
    for index, each in enumerate(rules.conditions):
        if each.size_from and each.size_below and each.size_from >= each.size_below:
            yield Fault(
                describe_place([*_AT, "conditions", index]),
                "size_band_empty",
                _("không có đơn vị nào vừa từ %(first)s vừa dưới %(below)s người.")
                % {"first": each.size_from, "below": each.size_below},
                _("Nhập số thứ hai lớn hơn số thứ nhất."),
            )


def _check_blocs(rules: UnitPrizeRules) -> Iterator[Fault]:
    place = describe_place([*_AT, "blocs"])
    yield from _once(place, [bloc.code for bloc in rules.blocs])
    kinds = Counter(kind for bloc in rules.blocs for kind in bloc.kinds)
    if any(times > 1 for times in kinds.values()):
        yield Fault(
            place,
            "kind_in_two_blocs",
            _("một loại đơn vị nằm ở hai khối."),
            _("Mỗi loại đơn vị chỉ chọn cho một khối."),
        )


def _check_prizes(rules: UnitPrizeRules) -> Iterator[Fault]:
    place = describe_place([*_AT, "prizes"])
    if not rules.prizes:
        yield Fault(
            place,
            "no_unit_prize",
            _("chưa có giải tập thể nào."),
            _("Thêm ít nhất một giải, hoặc bỏ chọn “Có giải tập thể”."),
        )
    yield from _once(place, [tier.code for tier in rules.prizes])
    known = {bloc.code for bloc in rules.blocs}
    for index, tier in enumerate(rules.prizes):
        if tier.bloc is not None and tier.bloc not in known:
            yield Fault(
                describe_place([*_AT, "prizes", index]),
                "prize_for_unknown_bloc",
                _("giải dành cho một khối đơn vị không có trong thể lệ."),
                _("Chọn một khối có trong thể lệ hoặc để trống."),
            )


def _once(place: str, values: Sequence[str]) -> Iterator[Fault]:
    if len(set(values)) < len(values):
        yield Fault(
            place,
            "unit_rule_repeated",
            _("có hai dòng như nhau."),
            _("Giữ lại một dòng cho mỗi mục."),
        )
