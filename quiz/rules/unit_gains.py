"""What a collective prize's formula lets a unit gain, in sentences to stand under it."""

from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

from quiz.engine.unit_gains import (
    Gain,
    cannot_be_gained,
    largest_blank_gain,
    largest_split_gain,
)
from quiz.engine.unit_prizes import Formula, Result, Unit
from quiz.rules.prose_units import EXAMPLE
from quiz.rules.unit_prizes import UnitPrizeRules
from quiz.rules.unit_words import show_points

ONE, ALL_MISSING = 1, EXAMPLE.listed - EXAMPLE.done


def gain_sentences(rules: UnitPrizeRules) -> list[str]:
    """The largest gains of the example unit (`EXAMPLE`: 70 of 100 entered, on average 20 %).

    One blank entry, 30 of them, the split; and one blank entry of a unit just below a threshold.
    """
    formula = rules.formula()
    if cannot_be_gained(formula):
        return [
            _(
                "Không lợi dụng được: nộp thêm bài trống không làm kết quả hay thứ hạng của đơn "
                "vị cao hơn; tách đơn vị thì không phần nào hơn đơn vị cũ."
            ),
            _("Đơn vị đông có nhiều người để chọn ra những người cao điểm nhất."),
        ]
    one, many, split, edges = _gains(formula)
    blanks = [gain for gain in (one, many) if gain.gained]
    return [
        *(_blank_sentence(rules, gain) for gain in blanks or [many]),
        *(_edge_sentence(rules, gain) for gain in edges),
        _split_sentence(rules, split),
    ]


@lru_cache(maxsize=50)
def _gains(formula: Formula) -> tuple[Gain, Gain, Gain, tuple[Gain, ...]]:
    return (
        largest_blank_gain(formula, EXAMPLE, ONE),
        largest_blank_gain(formula, EXAMPLE, ALL_MISSING),
        largest_split_gain(formula, EXAMPLE),
        tuple(_edge_gains(formula)),
    )


def _edge_gains(formula: Formula) -> list[Gain]:
    """Units of 100 that one blank entry lifts over a threshold."""
    found = []
    for entered in range(1, EXAMPLE.listed):
        marks = ((Fraction(20), entered),)
        unit = Unit("", 100, entered, 100, entered, marks, winners=1, points=EXAMPLE.points)
        gain = largest_blank_gain(formula, unit, ONE)
        if gain.before.barred and not gain.after.barred:
            found.append(gain)
    return found


def _blank_sentence(rules: UnitPrizeRules, gain: Gain) -> str:
    before = _shown(rules, gain.before)
    if not gain.gained:
        return _(
            "Bài trống: đơn vị trong ví dụ (%(before)s) không được lợi, dù thêm %(k)s bài trống."
        ) % {"k": ALL_MISSING, "before": before}
    return _(
        "Bài trống: trong ví dụ, %(k)s bài không có câu trả lời đúng nào đưa kết quả từ %(before)s "
        "lên %(after)s."
    ) % {"k": gain.blanks, "before": before, "after": _shown(rules, gain.after)}


def _edge_sentence(rules: UnitPrizeRules, gain: Gain) -> str:
    return _(
        "Sát ngưỡng: đơn vị 100 người có %(entered)s người đã thi, mỗi người đạt 20 %%, không được "
        "xét; thêm một bài trống thì được xét, với kết quả %(after)s."
    ) % {"entered": gain.before.unit.entrants, "after": _shown(rules, gain.after)}


def _split_sentence(rules: UnitPrizeRules, gain: Gain) -> str:
    numbers = {"before": _shown(rules, gain.before), "part": gain.part}
    if not gain.gained:
        return _("Tách đơn vị: trong ví dụ không phần nào cao hơn đơn vị cũ.")
    return _(
        "Tách đơn vị: trong ví dụ, tách riêng %(part)s người đưa kết quả của phần ấy từ %(before)s "
        "lên %(after)s."
    ) % (numbers | {"after": _shown(rules, gain.after)})


def _shown(rules: UnitPrizeRules, result: Result) -> str:
    return _("chưa được xét") if result.barred else show_points(result.sum, rules.decimals)
