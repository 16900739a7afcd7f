"""What rules alone do not tell: the contest's telephone, and what its banks hold."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from quiz.rules.feasibility import Cell, cells_used, judge_paper
from quiz.rules.linter.base import RuleFinding, Severity
from quiz.rules.schema import RuleDocument

# Where a paper takes more than half of what there is, two neighbours share most items.
VARIED = 2


@dataclass(frozen=True)
class Around:
    """`hotline` of the contest; `counts`: usable items of each group's bank by topic and level."""

    hotline: str = ""
    counts: Mapping[str, Mapping[Cell, int]] = field(default_factory=dict)


def hotline_missing(_document: RuleDocument, around: Around) -> Iterator[RuleFinding]:
    """Only the office knows its telephone, so no button can put it in."""
    if not around.hotline.strip():
        yield RuleFinding(
            "hotline_missing",
            Severity.GAP,
            ("hotline",),
            _("thể lệ chưa có số để người dự thi hỏi hoặc báo sự cố."),
            _("Ghi số điện thoại ở trang “Thiết lập” của cuộc thi."),
        )


def papers_alike(document: RuleDocument, around: Around) -> Iterator[RuleFinding]:
    """A bank that just suffices gives everybody the same items. More items are the only way out."""
    for index, group in enumerate(document.groups):
        counts = around.counts.get(group.code, {})
        outlook = judge_paper(group.paper, counts)
        if group.paper.fixed_items is not None or not outlook.is_sure:
            continue  # the same for all on purpose, or told as a shortage
        held = sum(counts[cell] for cell in cells_used(group.paper, counts))
        if held < VARIED * outlook.wanted:
            yield RuleFinding(
                "papers_alike",
                Severity.RISK,
                ("groups", index, "paper"),
                _("mỗi đề lấy %(wanted)d câu từ %(held)d câu nên các đề gần như giống nhau.")
                % {"wanted": outlook.wanted, "held": held},
                _("Soạn thêm câu: nên có từ %d câu.") % (VARIED * outlook.wanted),
            )


AROUND_CHECKS: tuple[Callable[[RuleDocument, Around], Iterator[RuleFinding]], ...] = (
    hotline_missing,
    papers_alike,
)
