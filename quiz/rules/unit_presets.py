"""Collective prizes to start from: formulas of real contests, and one that can't be gained.

What the contests' papers say is kept; what they leave open is named in the description.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from quiz.rules.unit_prizes import (
    ComponentKind,
    TieKind,
    UnitBloc,
    UnitComponent,
    UnitCondition,
    UnitPrizeRules,
    UnitPrizeTier,
)


@dataclass(frozen=True)
class UnitPreset:
    """Both texts are translated when shown."""

    code: str
    name: Any
    description: Any
    rules: UnitPrizeRules


def _tiers() -> list[UnitPrizeTier]:
    return [
        UnitPrizeTier(code="tap-the-nhat", name="Giải Nhất tập thể", count=1, money=3_000_000),
        UnitPrizeTier(code="tap-the-nhi", name="Giải Nhì tập thể", count=2, money=2_000_000),
        UnitPrizeTier(code="tap-the-ba", name="Giải Ba tập thể", count=3, money=1_000_000),
    ]


def _whole(kind: ComponentKind) -> list[UnitComponent]:
    return [UnitComponent(kind=kind, weight=Decimal(100))]


_THANH_KHE_TIES: list[TieKind] = ["completion", "average", "share", "board"]

THANH_KHE = UnitPrizeRules(
    components=[
        UnitComponent(kind="completion", weight=Decimal(50)),
        UnitComponent(kind="average", weight=Decimal(30), over="entered"),
        UnitComponent(kind="share", weight=Decimal(20), at_least=80, over="all"),
    ],
    conditions=[UnitCondition(kind="completion", percent=Decimal(70))],
    ties=_THANH_KHE_TIES,
    prizes=_tiers(),
)
HAI_DUONG = UnitPrizeRules(
    members="everybody",
    components=_whole("average"),
    conditions=[UnitCondition(kind="participation", percent=Decimal(50))],
    ties=["participation", "board"],
    blocs=[
        UnitBloc(
            code="khoi-xa", name="Xã, phường, đặc khu", kinds=["commune", "ward", "special_zone"]
        ),
        UnitBloc(code="khoi-so", name="Sở, ban, ngành", kinds=["department"]),
    ],
    prizes=_tiers(),
)
SOC_TRANG = UnitPrizeRules(
    members="everybody",
    components=_whole("average"),
    conditions=[
        UnitCondition(kind="participation", percent=Decimal(30), size_below=50),
        UnitCondition(kind="participation", percent=Decimal(25), size_from=50, size_below=100),
        UnitCondition(kind="participation", percent=Decimal(20), size_from=100),
    ],
    ties=["participation", "board"],
    prizes=_tiers(),
)
DAK_LAK = UnitPrizeRules(
    members="listed",
    components=_whole("participation"),
    conditions=[UnitCondition(kind="completion"), UnitCondition(kind="winner")],
    ties=["size", "board"],
    prizes=_tiers(),
)
BEST_OF_LIST = UnitPrizeRules(
    components=[UnitComponent(kind="top", weight=Decimal(100), count=10)],
    ties=["size", "board"],
    prizes=_tiers(),
)

_ALL = (
    UnitPreset(
        "best_of_list",
        _("Không lợi dụng được: tổng của những người cao điểm nhất"),
        _(
            "Lấy 10 người cao điểm nhất trong danh sách bắt buộc của đơn vị, thiếu người tính 0 "
            "điểm. Bài trống hay tách đơn vị không làm kết quả cao hơn. Nên đặt số người bằng "
            "đơn vị nhỏ nhất; đơn vị đông có nhiều người để chọn hơn."
        ),
        BEST_OF_LIST,
    ),
    UnitPreset(
        "thanh_khe",
        _("Thanh Khê: 50 % hoàn thành, 30 % điểm trung bình, 20 % tỷ lệ đạt từ 80 %"),
        _(
            "Chỉ xét đơn vị hoàn thành từ 70 %. Thể lệ gốc không nói chia cho ai: ở đây điểm trung "
            "bình chia cho người đã thi, tỷ lệ đạt từ 80 % chia cho cả danh sách. Số giải và "
            "mức thưởng là gợi ý."
        ),
        THANH_KHE,
    ),
    UnitPreset(
        "hai_duong",
        _("Hải Dương: hai khối đơn vị, tham gia từ 50 %"),
        _(
            "Hai khối xét riêng, loại đơn vị tham gia dưới 50 % biên chế. Việc xếp theo điểm "
            "trung bình, cách chia khối, số giải và mức thưởng là gợi ý."
        ),
        HAI_DUONG,
    ),
    UnitPreset(
        "soc_trang",
        _("Sóc Trăng: mức tham gia tối thiểu theo quy mô đơn vị"),
        _(
            "Dưới 50 người: 30 %; từ 50 đến 99 người: 25 %. Mức 20 % cho đơn vị từ 100 người, việc "
            "xếp theo điểm trung bình, số giải và mức thưởng là gợi ý."
        ),
        SOC_TRANG,
    ),
    UnitPreset(
        "dak_lak",
        _("Đắk Lắk: cả danh sách đã thi, có giải cá nhân, tham gia nhiều nhất"),
        _(
            "Xếp theo số người dự thi trên biên chế, tính tối đa 100 %. Bằng nhau thì đơn vị có "
            "danh sách đông hơn, số giải và mức thưởng là gợi ý."
        ),
        DAK_LAK,
    ),
)

UNIT_PRESETS = {preset.code: preset for preset in _ALL}
