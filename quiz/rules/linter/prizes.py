"""Prizes, their publication, and what a winner or a loser may ask."""

from collections.abc import Iterator
from itertools import count, pairwise

from django.utils.translation import gettext as _

from quiz.rules.figures import show_money
from quiz.rules.linter.base import Change, Fix, RuleFinding, Severity, change_result
from quiz.rules.linter.entry import FULL_AGE_TO_BE_NAMED
from quiz.rules.prose_prizes import all_money
from quiz.rules.schema import PrizeTier, RuleDocument

USUAL_RESERVES = 5
OVER_A_WEEKEND = 3


def prize_order(document: RuleDocument) -> Iterator[RuleFinding]:
    for index, (higher, lower) in enumerate(pairwise(document.result.prizes), start=1):
        ranked = higher.by == lower.by == "rank"
        if ranked and higher.group == lower.group and lower.money > higher.money:
            yield RuleFinding(
                "prize_order",
                Severity.RISK,
                ("result", "prizes", index),
                _("giải “%(lower)s” đứng sau nhưng có tiền thưởng cao hơn “%(higher)s”.")
                % {"lower": lower.name, "higher": higher.name},
                _("Sắp xếp lại các dòng theo thứ tự trao giải, hoặc sửa mức tiền."),
                Fix(_("Xếp theo mức tiền"), _sorted_by_money(document, higher.group)),
            )


def _sorted_by_money(document: RuleDocument, group: str | None) -> Change:
    """The tiers of one group from the most money down, in the places they held together."""

    def moves(tier: PrizeTier) -> bool:
        return tier.group == group and tier.by == "rank"

    own = (tier for tier in document.result.prizes if moves(tier))
    ordered = iter(sorted(own, key=lambda tier: -tier.money))
    return change_result(
        prizes=[next(ordered) if moves(tier) else tier for tier in document.result.prizes]
    )


def group_without_prizes(document: RuleDocument) -> Iterator[RuleFinding]:
    for index, group in enumerate(document.groups):
        own = (*document.prizes_of(group.code), *document.side_prizes_of(group.code))
        if document.result.prizes and not own:
            yield RuleFinding(
                "group_without_prizes",
                Severity.GAP,
                ("groups", index),
                _("đối tượng “%(group)s” không có giải nào trong khi đối tượng khác có.")
                % {"group": group.name},
                _("Thêm giải cho đối tượng này, hoặc trao chung bằng cách để trống đối tượng."),
                Fix(_("Thêm giải như đối tượng khác"), _copied_prizes(document, group.code)),
            )


def _copied_prizes(document: RuleDocument, group: str) -> Change:
    prizes = document.result.prizes
    taken = {tier.code for tier in prizes}
    copied: list[PrizeTier] = []
    for tier in (tier for tier in prizes if tier.group == prizes[0].group):
        codes = (f"{tier.code[:36]}-{number}" for number in count(2))
        code = next(code for code in codes if code not in taken)
        taken.add(code)
        copied.append(tier.model_copy(update={"code": code, "group": group}))
    return change_result(prizes=[*prizes, *copied])


def budget_differs(document: RuleDocument) -> Iterator[RuleFinding]:
    """What is declared and what the tables add up to are two figures of one paper."""
    declared, total = document.result.budget, all_money(document)
    if declared is None or declared == total:
        return
    words = {"total": show_money(total), "declared": show_money(declared)}
    yield RuleFinding(
        "budget_differs",
        Severity.CONTRADICTION,
        ("result", "budget"),
        (
            _("các giải cộng lại là %(total)s, vượt kinh phí đã ghi là %(declared)s.")
            if total > declared
            else _("các giải cộng lại chỉ là %(total)s, kinh phí đã ghi là %(declared)s.")
        )
        % words,
        _("Sửa số giải, mức thưởng hoặc kinh phí cho khớp nhau."),
        Fix(_("Ghi kinh phí bằng tổng các giải"), change_result(budget=total or None)),
    )


def side_prize_minor(document: RuleDocument) -> Iterator[RuleFinding]:
    """The youngest is mostly a child, whose name may not be published without consent."""
    entry = document.entry
    for index, tier in enumerate(document.result.prizes):
        if tier.by == "youngest" and (entry.minimum_age or 0) < FULL_AGE_TO_BE_NAMED:
            yield RuleFinding(
                "side_prize_minor",
                Severity.RISK,
                ("result", "prizes", index),
                _(
                    "người trẻ tuổi nhất thường chưa đủ 16 tuổi, tên chỉ công bố được khi cha mẹ "
                    "đồng ý."
                ),
                _("Đặt tuổi tối thiểu, hoặc lấy đồng ý của cha mẹ trước khi công bố."),
            )


def no_reserves(document: RuleDocument) -> Iterator[RuleFinding]:
    if document.result.prizes and document.result.reserves == 0:
        yield RuleFinding(
            "no_reserves",
            Severity.RISK,
            ("result", "reserves"),
            _("không có người dự bị khi một giải bị thu hồi."),
            _("Đặt ít nhất vài người dự bị."),
            Fix(_("Đặt 5 người dự bị"), change_result(reserves=USUAL_RESERVES)),
        )


def many_prizes_one_person(document: RuleDocument) -> Iterator[RuleFinding]:
    if document.result.prizes and document.result.one_prize_per == "none":
        yield RuleFinding(
            "many_prizes_one_person",
            Severity.RISK,
            ("result", "one_prize_per"),
            _("một người có thể nhận giải ở mọi vòng."),
            _("Giới hạn mỗi người một giải trong cả cuộc thi."),
            Fix(_("Mỗi người một giải"), change_result(one_prize_per="contest")),
        )


def complaints_over_weekend(document: RuleDocument) -> Iterator[RuleFinding]:
    if document.result.complaint_days < OVER_A_WEEKEND:
        yield RuleFinding(
            "complaints_over_weekend",
            Severity.RISK,
            ("result", "complaint_days"),
            _("công bố chiều thứ Sáu thì hết hạn khiếu nại trước khi cơ quan làm việc lại."),
            _("Đặt ít nhất 3 ngày."),
            Fix(_("Đặt 3 ngày"), change_result(complaint_days=OVER_A_WEEKEND)),
        )


def key_never_shown(document: RuleDocument) -> Iterator[RuleFinding]:
    if document.result.key_shown == "never":
        yield RuleFinding(
            "key_never_shown",
            Severity.RISK,
            ("result", "key_shown"),
            _("không công bố đáp án thì không ai ngoài Ban Tổ chức kiểm tra lại được kết quả."),
            _("Công bố đáp án cùng kết quả."),
            Fix(_("Công bố đáp án sau kết quả"), change_result(key_shown="after_release")),
        )


def decision_number_missing(document: RuleDocument) -> Iterator[RuleFinding]:
    """Only the office knows the number, so no button can put it in."""
    if not document.decision_number:
        yield RuleFinding(
            "decision_number_missing",
            Severity.GAP,
            ("decision_number",),
            _("thể lệ chưa ghi số quyết định ban hành."),
            _("Ghi số và ngày khi quyết định đã ký."),
        )
