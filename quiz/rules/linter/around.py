"""What rules alone do not tell: the contest's telephone, and what its banks hold."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from quiz.rules.feasibility import Cell, judge_paper
from quiz.rules.linter.base import RuleFinding, Severity
from quiz.rules.schema import RuleDocument

# Of a row that takes more than half of what there is, two neighbours' papers share most items.
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
        if group.paper.fixed_items is not None:
            continue
        outlook = judge_paper(group.paper, around.counts.get(group.code, {}))
        if not outlook.is_sure:
            continue  # told as a shortage
        for place, row in enumerate(outlook.rows):
            if row.wanted > 0 and row.held < VARIED * row.wanted:
                yield RuleFinding(
                    "papers_alike",
                    Severity.RISK,
                    ("groups", index, "paper", "blueprint", place),
                    _("lấy %(wanted)d câu từ %(held)d câu nên các đề gần như giống nhau.")
                    % {"wanted": row.wanted, "held": row.held},
                    _("Soạn thêm câu cho dòng này: nên có từ %d câu.") % (VARIED * row.wanted),
                )


AROUND_CHECKS: tuple[Callable[[RuleDocument, Around], Iterator[RuleFinding]], ...] = (
    hotline_missing,
    papers_alike,
)
