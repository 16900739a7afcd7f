"""How the parts of a collective prize are said, in the regulations, the form and the workbook."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from quiz.engine.unit_prizes import Component
from quiz.rules.figures import show_number
from quiz.rules.unit_prizes import UnitCondition


def show_points(value: Fraction, decimals: int) -> str:
    """A rounded figure with all its decimals: “41,42”, “70,00”."""
    text = f"{Decimal(int(value * 10**decimals)).scaleb(-decimals):f}"
    return text.replace(".", show_number(Decimal("0.5"))[1])


def short_name(component: Component) -> str:
    """The head of a column: “Tỷ lệ hoàn thành”."""
    return {
        "completion": _("Tỷ lệ hoàn thành"),
        "participation": _("Tỷ lệ tham gia"),
        "average": _("Điểm trung bình"),
        "share": _("Tỷ lệ đạt từ %(percent)s %%") % {"percent": component.at_least},
        "top": _("Điểm của %(count)s người cao nhất") % {"count": show_number(component.count)},
        "winner": _("Có giải cá nhân"),
        "points": component.name or _("Điểm do Ban Tổ chức chấm"),
    }[component.kind]


def meaning(component: Component) -> str:
    """The figure in a sentence of the regulations, without its weight."""
    if component.kind == "average":
        return {
            "entered": _(
                "điểm trung bình: tổng điểm, tính bằng phần trăm điểm tối đa, của những người "
                "được tính chia cho số người đã thi trong số đó"
            ),
            "all": _(
                "điểm trung bình: tổng điểm, tính bằng phần trăm điểm tối đa, của những người "
                "được tính chia cho số người của đơn vị; người chưa thi tính 0 điểm"
            ),
        }[component.over]
    if component.kind == "share":
        text = {
            "entered": _(
                "tỷ lệ đạt: số người đạt từ %(percent)s %% điểm tối đa chia cho số người đã thi"
            ),
            "all": _(
                "tỷ lệ đạt: số người đạt từ %(percent)s %% điểm tối đa chia cho số người của đơn vị"
            ),
        }[component.over]
        return text % {"percent": component.at_least}
    if component.kind == "top":
        return _(
            "điểm của %(count)s người cao điểm nhất: tổng điểm, tính bằng phần trăm điểm tối đa, "
            "chia cho %(count)s; thiếu người thì tính 0 điểm"
        ) % {"count": show_number(component.count)}
    if component.kind == "points":
        return _("điểm do Ban Tổ chức chấm bằng biên bản, từ 0 đến 100, về: %(name)s") % {
            "name": component.name
        }
    return {
        "completion": _(
            "tỷ lệ hoàn thành: số người trong danh sách bắt buộc đã thi chia cho số người trong "
            "danh sách"
        ),
        "participation": _(
            "tỷ lệ tham gia: số người dự thi chia cho biên chế của đơn vị, tính tối đa là 100"
        ),
        "winner": _("có người đạt giải cá nhân ở vòng thi: 100, nếu không: 0"),
    }[component.kind]


def condition_text(condition: UnitCondition) -> str:
    """“Tỷ lệ hoàn thành từ 70 % trở lên, với đơn vị từ 50 đến dưới 100 người”."""
    percent = show_number(condition.percent)
    if condition.kind == "winner":
        text = _("có người đạt giải cá nhân ở vòng thi")
    elif condition.kind == "completion" and condition.percent == 100:
        text = _("tất cả những người trong danh sách bắt buộc đã thi")
    else:
        text = {
            "completion": _("tỷ lệ hoàn thành từ %(percent)s %% trở lên"),
            "participation": _("tỷ lệ tham gia từ %(percent)s %% trở lên"),
        }[condition.kind] % {"percent": percent}
    band = _band(condition)
    return _("%(band)s: %(text)s") % {"band": band, "text": text} if band else text


def _band(condition: UnitCondition) -> str:
    sizes = {"first": condition.size_from, "below": condition.size_below}
    if condition.size_from and condition.size_below:
        return _("đơn vị từ %(first)s đến dưới %(below)s người") % sizes
    if condition.size_from:
        return _("đơn vị từ %(first)s người") % sizes
    if condition.size_below:
        return _("đơn vị dưới %(below)s người") % sizes
    return ""


def tie_text(kind: str) -> str:
    """What is compared where sums are equal."""
    return {
        "completion": _("tỷ lệ hoàn thành cao hơn"),
        "participation": _("tỷ lệ tham gia cao hơn"),
        "average": _("điểm trung bình cao hơn"),
        "share": _("tỷ lệ đạt cao hơn"),
        "top": _("điểm của những người cao nhất cao hơn"),
        "winner": _("có giải cá nhân"),
        "points": _("điểm do Ban Tổ chức chấm cao hơn"),
        "size": _("đơn vị đông người hơn"),
    }[kind]
