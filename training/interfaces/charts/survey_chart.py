"""How satisfied people are, prompt by prompt, as stacked bars drawn by Vega-Lite."""

from textwrap import wrap
from typing import Any

import vl_convert
from django.utils.translation import gettext as _

from quiz.interfaces.charts.spread_chart import INK, LOOK, number_locale
from training.domain.survey_figures import PromptFigures, SurveyResult
from training.domain.survey_words import level_words

# From the best to the worst, told apart without seeing red and green, and by their lightness.
LEVEL_COLOURS = ("#0b5563", "#6fb0ba", "#d9d4c7", "#f0a35e", "#a63d1f")
WIDTH_IN_LETTERS = 34
_LOOK = LOOK | {"legend": {"labelFontSize": 13, "labelColor": INK}}


def write_survey_chart(result: SurveyResult) -> bytes:
    """An SVG: for each scale the shares of its levels. The page has the figures as a table."""
    scales = [each for each in result.prompts if each.prompt.kind == "scale" and each.answers]
    drawn = vl_convert.vegalite_to_svg(
        _specification(scales), vl_version="5.20", format_locale=number_locale()
    )
    return drawn.encode()


def _name(place: int, each: PromptFigures) -> str:
    return "\n".join(wrap(f"{place}. {each.prompt.text}", WIDTH_IN_LETTERS))


def _specification(scales: list[PromptFigures]) -> dict[str, Any]:
    names = [_name(place, each) for place, each in enumerate(scales, start=1)]
    rows = [
        {"prompt": name, "level": words, "rank": rank, "count": count}
        for name, each in zip(names, scales, strict=True)
        for rank, (words, count) in enumerate(each.options)
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 420,
        "height": {"step": 46},
        "background": "#ffffff",
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 26},
        "encoding": _encoding(names),
        "config": _LOOK,
    }


def _encoding(names: list[str]) -> dict[str, Any]:
    """A bar for each prompt in the order of `names`, cut into its levels."""
    levels = level_words()
    return {
        "y": {
            "field": "prompt",
            "type": "nominal",
            "sort": names,
            "title": None,
            "axis": {
                "labelExpr": "split(datum.label, '\\n')",
                "labelLimit": 320,
                "labelLineHeight": 16,
            },
        },
        "x": {
            "field": "count",
            "type": "quantitative",
            "stack": "normalize",
            "title": _("Tỷ lệ phiếu"),
            "axis": {"format": ".0%", "tickCount": 5},
        },
        "color": {
            "field": "level",
            "type": "nominal",
            "sort": levels,
            "scale": {"domain": levels, "range": list(LEVEL_COLOURS)},
            "legend": {"orient": "top", "title": None, "columns": 3, "labelLimit": 200},
        },
        "order": {"field": "rank", "type": "quantitative"},
    }
