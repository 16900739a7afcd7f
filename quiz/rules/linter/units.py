"""Collective prizes: what a reader asks about what the board decides."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from quiz.rules.figures import show_number
from quiz.rules.linter.base import Fix, RuleFinding, Severity, change_result
from quiz.rules.schema import RuleDocument

HALF = Decimal(50)


def board_points_heavy(document: RuleDocument) -> Iterator[RuleFinding]:
    """No fix: what the weight should be is a question of the contest."""
    rules = document.result.unit_prizes
    for index, part in enumerate(rules.components if rules else ()):
        if part.kind == "points" and part.weight >= HALF:
            yield RuleFinding(
                "board_points_heavy",
                Severity.RISK,
                ("result", "unit_prizes", "components", index),
                _("%(weight)s %% kết quả của đơn vị do Ban Tổ chức tự chấm, không tính lại được.")
                % {"weight": show_number(part.weight)},
                _("Giảm trọng số, hoặc ghi thang điểm chi tiết trong thể lệ."),
            )


def unit_ties_unsaid(document: RuleDocument) -> Iterator[RuleFinding]:
    rules = document.result.unit_prizes
    if rules is not None and "board" not in rules.ties:
        ended = rules.model_copy(update={"ties": [*rules.ties, "board"]})
        yield RuleFinding(
            "unit_ties_unsaid",
            Severity.GAP,
            ("result", "unit_prizes", "ties"),
            _("chưa có dòng nói ai quyết định khi các đơn vị vẫn bằng nhau."),
            _("Thêm dòng “Ban Tổ chức quyết định” xuống cuối."),
            Fix(_("Thêm “Ban Tổ chức quyết định”"), change_result(unit_prizes=ended)),
        )
