"""The boxes of a collective prize with their choices, and what its formula lets a unit gain."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.enums import UnitKind
from accounts.errors import Faults
from frontend.pages.workplace.rules_boxes import Faulty, list_rows
from frontend.pages.workplace.rules_form import Sheet, read_sheet
from frontend.pages.workplace.rules_rows import Row
from frontend.pages.workplace.unit_prize_form import UNIT_LISTS, unit_rows
from quiz.rules.document import parse_rules
from quiz.rules.prose_units import example_text
from quiz.rules.unit_gains import gain_sentences
from quiz.rules.unit_presets import UNIT_PRESETS
from quiz.rules.unit_prizes import UnitPrizeRules

_KINDS = ("commune,ward,special_zone", "department", "office", "province", "other")


def fill_with_preset(sheet: Sheet, code: str) -> None:
    """The rows of a formula to start from in place of those typed; unknown: nothing changes."""
    preset = UNIT_PRESETS.get(code)
    if preset is not None:
        boxes, lists = unit_rows(preset.rules)
        sheet.boxes |= boxes
        sheet.lists |= lists
        sheet.unit_prize = True


def unit_context(sheet: Sheet, faulty: Faulty) -> dict[str, Any]:
    """Rows with their faults, choices, and of rules that can be read the example and the gains."""
    rules = _readable(sheet) if sheet.unit_prize else None
    return {
        **_shown_lists(sheet, faulty),
        "presets": [(p.code, p.name, p.description) for p in UNIT_PRESETS.values()],
        "error": faulty.at("result", "unit_prizes"),
        "members": sheet.boxes["unit_members"],
        "decimals": sheet.boxes["unit_decimals"],
        "decimals_error": faulty.at("result", "unit_prizes", "decimals"),
        "member_choices": _member_choices(),
        "kinds": _figure_choices(),
        "condition_kinds": [
            choice
            for choice in _figure_choices()
            if choice[0] in ("", "completion", "participation", "winner")
        ],
        "tie_kinds": [
            *_figure_choices(),
            ("size", _("Đơn vị đông người hơn")),
            ("board", _("Ban Tổ chức quyết định")),
        ],
        "overs": [("", "–"), ("entered", _("người đã thi")), ("all", _("cả đơn vị"))],
        "unit_kinds": _kind_choices(sheet.lists["unit_blocs"]),
        "bloc_choices": [
            ("", _("Mọi khối")),
            *((row["code"], row["name"]) for row in sheet.lists["unit_blocs"] if row["code"]),
        ],
        "example": example_text(rules) if rules else "",
        "gains": gain_sentences(rules) if rules else [],
    }


def _shown_lists(sheet: Sheet, faulty: Faulty) -> dict[str, Any]:
    """Each list by its name in the rules: `rows` and the `error` of the list itself."""
    shown = {}
    for name, columns in UNIT_LISTS.items():
        part = name.removeprefix("unit_")
        path = ("result", "unit_prizes", part)
        rows = list_rows(sheet.lists[name], columns, faulty, *path)
        shown[part] = {"rows": rows, "error": faulty.at(*path)}
    return shown


def _readable(sheet: Sheet) -> UnitPrizeRules | None:
    try:
        return parse_rules(read_sheet(sheet)).result.unit_prizes
    except Faults:
        return None


def _member_choices() -> list[tuple[str, str]]:
    return [
        ("listed", _("người trong danh sách bắt buộc")),
        ("everybody", _("mọi người dự thi, so với biên chế")),
    ]


def _figure_choices() -> list[tuple[str, str]]:
    return [
        ("", _("(không dùng)")),
        ("completion", _("Tỷ lệ hoàn thành danh sách")),
        ("participation", _("Tỷ lệ tham gia trên biên chế")),
        ("average", _("Điểm trung bình")),
        ("share", _("Tỷ lệ đạt từ mức điểm")),
        ("top", _("Điểm của những người cao nhất")),
        ("winner", _("Có giải cá nhân")),
        ("points", _("Điểm do Ban Tổ chức chấm")),
    ]


def _kind_choices(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Usual sets of kinds, and what somebody put together by other means."""
    values = dict.fromkeys([*_KINDS, *(row["kinds"] for row in rows)])
    labels = dict(UnitKind.choices)
    return [
        (value, ", ".join(str(labels.get(kind, kind)) for kind in value.split(",")))
        for value in values
        if value
    ]
