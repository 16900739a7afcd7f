"""The figures of a survey as the page's tables."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from quiz.interfaces.excel.participation import percent
from quiz.rules.figures import show_number
from training.domain.survey_figures import PartFigures, PromptFigures, SurveyResult
from training.domain.survey_words import level_words
from training.engine.surveys import SATISFIED

# Pixels of the chart's picture: its head and foot, and each bar.
AROUND, BAR = 130, 46


def shown_result(result: SurveyResult) -> dict[str, Any]:
    """What the page shows of a result: the table beside the chart, facts with bars, the parts."""
    scales = [each for each in result.prompts if each.prompt.kind == "scale"]
    facts = [each for each in result.prompts if each.prompt.kind == "choice"]
    return {
        "share": percent(result.satisfied, result.marks),
        "chart_height": AROUND + BAR * len(scales),
        "scale_headers": [_("Nội dung hỏi"), *level_words(), _("Hài lòng trở lên")],
        "scale_rows": [_scale(place, each) for place, each in enumerate(scales, start=1)],
        "scale_numeric": range(1, len(level_words()) + 2),
        "facts": [{"caption": each.prompt.text, "rows": _bars(each)} for each in facts],
        "unit_headers": [_("Đơn vị"), _("Số phiếu"), _("Hài lòng trở lên")],
        "month_headers": [_("Tháng"), _("Số phiếu"), _("Hài lòng trở lên")],
        "part_numeric": (1, 2),
        "unit_rows": _parts(result.units),
        "month_rows": _parts(result.months),
    }


def _scale(place: int, each: PromptFigures) -> list[str]:
    counts = [count for _words, count in each.options]
    cells = [f"{show_number(count)} ({percent(count, each.answers)})" for count in counts]
    return [f"{place}. {each.prompt.text}", *cells, percent(sum(counts[:SATISFIED]), each.answers)]


def _bars(each: PromptFigures) -> list[dict[str, Any]]:
    most = max((count for _words, count in each.options), default=0) or 1
    return [
        {
            "label": words,
            "count": count,
            "share": percent(count, each.answers),
            "width": 100 * count // most,
        }
        for words, count in each.options
    ]


def _parts(parts: Sequence[PartFigures]) -> list[list[str]]:
    return [
        [part.label, show_number(part.answers), percent(part.satisfied, part.marks)]
        for part in parts
    ]
