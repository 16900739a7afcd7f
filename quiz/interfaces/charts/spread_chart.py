"""The distribution of papers by expected difficulty, drawn as SVG by Vega-Lite."""

from typing import Any

import vl_convert
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quiz.engine.paper_spread import Spread

TEAL, INK, LINE = "#0b5563", "#0f2430", "#d9d4c7"
# How every chart looks: Vega-Lite's `config`.
LOOK = {
    "font": "Be Vietnam Pro, Arial, sans-serif",
    "axis": {
        "labelFontSize": 13,
        "titleFontSize": 14,
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": LINE,
        "domainColor": LINE,
    },
    "view": {"stroke": None},
}


def write_spread_chart(spread: Spread) -> bytes:
    """A histogram: papers by their expected number of right answers. The page has it as a table."""
    drawn = vl_convert.vegalite_to_svg(
        _specification(spread), vl_version="5.20", format_locale=number_locale()
    )
    return drawn.encode()


def _specification(spread: Spread) -> dict[str, Any]:
    wide = 0.5 if len(spread.bins) == 1 else 0.0  # papers all alike still have a bar
    rows = [
        {"low": each.low - wide, "high": each.high + wide, "count": each.count}
        for each in spread.bins
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 400,
        "height": 220,
        "background": "#ffffff",
        "data": {"values": rows},
        "mark": {"type": "bar", "color": TEAL, "stroke": "#ffffff"},
        "encoding": {
            "x": {
                "field": "low",
                "type": "quantitative",
                "scale": {"zero": False, "nice": False},
                "title": _("Số câu đúng kỳ vọng của đề"),
                "axis": {"tickCount": 6},
            },
            "x2": {"field": "high"},
            "y": {"field": "count", "type": "quantitative", "title": _("Số đề")},
            "y2": {"datum": 0},
        },
        "config": LOOK,
    }


def number_locale() -> dict[str, Any]:
    """The decimal sign of the language, as the numbers beside the chart have it."""
    english = (get_language() or "vi").startswith("en")
    decimal, thousands = (".", ",") if english else (",", ".")
    return {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""]}
