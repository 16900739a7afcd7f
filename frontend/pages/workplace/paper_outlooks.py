"""Whether a bank serves the papers as they stand in the boxes, told row by row in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.errors import Faults
from frontend.pages.workplace.rules_form import GroupSheet, Row, Sheet
from quiz.domain.bank_counts import Cell, count_approved
from quiz.domain.fixed_papers import look_up_items, problems_of, read_numbers
from quiz.enums import Level
from quiz.models import Contest, ItemBank
from quiz.rules.document import BlueprintRow, PaperRules
from quiz.rules.feasibility import PaperOutlook, RowOutlook, judge_paper

MOST_COUNT = 200


@dataclass(frozen=True)
class ShownRow:
    """A row of the blueprint in words; `missing` items keep a paper from being drawn."""

    source: str
    wanted: str
    held: int
    sure: int
    missing: int
    note: str
    shared: str


@dataclass(frozen=True)
class ShownOutlook:
    """One group's paper: the verdict, the sum, each row, and what else to look at."""

    code: str
    tone: str
    verdict: str
    total: str
    rows: Sequence[ShownRow] = ()
    warnings: Sequence[str] = field(default_factory=list)


def paper_outlooks(contest: Contest, sheet: Sheet) -> dict[str, ShownOutlook]:
    """By group code, for the boxes as they are, saved or not."""
    banks = {group.code: group.bank for group in contest.groups.select_related("bank")}
    return {group.code: _outlook(group, banks.get(group.code)) for group in sheet.groups}


def _outlook(group: GroupSheet, bank: ItemBank | None) -> ShownOutlook:
    if bank is None:
        verdict = _("Chưa chọn ngân hàng câu hỏi cho đối tượng này.")
        return ShownOutlook(group.code, "short", verdict, _("Chọn ở trang Thiết lập."))
    if group.fixed_items:
        return _fixed_outlook(group, bank)
    return _drawn_outlook(group, count_approved(bank=bank))


def _fixed_outlook(group: GroupSheet, bank: ItemBank) -> ShownOutlook:
    try:
        numbers = read_numbers(group.fixed_items)
    except Faults as refusal:
        return ShownOutlook(group.code, "short", str(refusal.faults[0]), "")
    problems = problems_of(look_up_items(bank=bank, numbers=numbers))
    total = ngettext("Đề có %(count)s câu.", "Đề có %(count)s câu.", len(numbers))
    total %= {"count": len(numbers)}
    if problems:
        verdict = _("Đề cố định còn câu chưa dùng được.")
        return ShownOutlook(group.code, "short", verdict, total, warnings=problems)
    return ShownOutlook(group.code, "good", _("Mọi câu của đề cố định đã duyệt."), total)


def _drawn_outlook(group: GroupSheet, counts: Mapping[Cell, int]) -> ShownOutlook:
    unread = [row for row in group.rows if not _is_count(row["count"])]
    if unread:
        verdict = _("Số câu là số từ 1 đến %(most)s.") % {"most": MOST_COUNT}
        return ShownOutlook(group.code, "short", verdict, "")
    if not group.rows:
        return ShownOutlook(group.code, "short", _("Ma trận đề chưa có dòng nào."), "")
    rows = [
        BlueprintRow(topic=row["topic"] or None, level=row["level"] or None, count=row["count"])
        for row in group.rows
    ]
    outlook = judge_paper(PaperRules(blueprint=rows), counts)
    total = ngettext(
        "Mỗi đề %(count)s câu; ngân hàng có %(held)s câu đã duyệt.",
        "Mỗi đề %(count)s câu; ngân hàng có %(held)s câu đã duyệt.",
        outlook.wanted,
    ) % {"count": outlook.wanted, "held": sum(counts.values())}
    sources = [_source(row) for row in group.rows]
    shown = [_shown(row, sources, place) for place, row in enumerate(outlook.rows)]
    tone = "good" if outlook.is_sure else "short"
    return ShownOutlook(group.code, tone, _verdict(outlook), total, shown)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text) <= MOST_COUNT


def _source(row: Row) -> str:
    level = Level(row["level"]).label if row["level"] in Level.values else row["level"]
    return f"{row['topic'] or _('Mọi chủ đề')} · {level or _('Mọi mức độ')}"


def _verdict(outlook: PaperOutlook) -> str:
    if outlook.is_sure:
        return _("Đủ câu: đề nào cũng bốc được.")
    if outlook.is_divisible:
        return _(
            "Chưa chắc đủ: chia khéo thì vừa, nhưng khi bốc ngẫu nhiên dòng này có thể lấy hết "
            "câu của dòng kia."
        )
    lacking = outlook.wanted - outlook.placed
    return _("Thiếu câu: chia cách nào cũng thiếu %(count)s câu.") % {"count": lacking}


def _shown(row: RowOutlook, sources: Sequence[str], place: int) -> ShownRow:
    note = _("thiếu %(count)s câu") % {"count": row.missing} if row.missing else _("đủ")
    others = "; ".join(dict.fromkeys(sources[other] for other in row.shares))
    shared = _("lấy chung câu với: %(rows)s") % {"rows": others} if others else ""
    return ShownRow(sources[place], str(row.wanted), row.held, row.sure, row.missing, note, shared)
