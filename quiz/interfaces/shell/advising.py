"""What the item checks advise on a whole file, told on the command line and in its report."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from quiz.checks import ITEM_CHECKS, Finding
from quiz.domain.item_checks import Findings
from quiz.drafts import ItemDraft, place_of
from quiz.interfaces.excel.items_notices import Notice


def advice_lines(found: Findings) -> list[str]:
    """How many items each check has something to say of, in the order of the checks."""
    counts = Counter(finding.code for findings in found.values() for finding in findings)
    return [
        _("Gợi ý – %(title)s: %(count)d câu") % {"title": check.title, "count": counts[check.code]}
        for check in ITEM_CHECKS
        if counts[check.code]
    ]


def findings_document(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "code": finding.code,
            "message": finding.message,
            "hint": finding.hint,
            "severity": finding.severity.value,
        }
        for finding in findings
    ]


def row_notices(drafts: Sequence[ItemDraft], found: Findings) -> list[Notice]:
    """Each finding beside the row of the workbook that it is about."""
    return [
        Notice(
            place_of(drafts[at].sheet, drafts[at].row),
            finding.code,
            finding.message,
            finding.hint,
            drafts[at].sheet,
            (drafts[at].row,),
        )
        for at, findings in found.items()
        for finding in findings
    ]
