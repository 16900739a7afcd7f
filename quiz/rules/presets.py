"""Starting points for an organiser: the tie-break chains of real contests.

The chains are those contests used; papers, times, prizes and amounts are suggestions to be edited.
Where a real chain left ties, the last step added here is named in the description.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from quiz.rules.schema import (
    BlueprintRow,
    Criterion,
    CriterionKind,
    EntryRules,
    GroupRules,
    IdentityField,
    IdentityName,
    PaperRules,
    Precision,
    PredictionRules,
    PrizeTier,
    ResultRules,
    RuleDocument,
)
from quiz.rules.unit_presets import DAK_LAK, HAI_DUONG, THANH_KHE


@dataclass(frozen=True)
class Preset:
    """A complete rule document to start from; both texts are translated when shown."""

    code: str
    name: Any
    description: Any
    document: RuleDocument


def _fields(
    *required: IdentityName, optional: tuple[IdentityName, ...] = ()
) -> list[IdentityField]:
    return [
        *(IdentityField(name=name, required=True) for name in required),
        *(IdentityField(name=name, required=False) for name in optional),
    ]


def _chain(*kinds: CriterionKind, precision: Precision = "second") -> list[Criterion]:
    return [Criterion(kind=kind, precision=precision) for kind in kinds]


def _paper(count: int) -> PaperRules:
    return PaperRules(blueprint=[BlueprintRow(count=count)])


def _everyone(count: int) -> list[GroupRules]:
    name = "Cán bộ, công chức, viên chức và Nhân dân"
    return [GroupRules(code="chung", name=name, paper=_paper(count))]


def _prizes(*rows: tuple[str, str, int, int], group: str | None = None) -> list[PrizeTier]:
    return [
        PrizeTier(code=code, name=name, count=count, money=money, group=group)
        for code, name, count, money in rows
    ]


_VCNET = RuleDocument(
    entry=EntryRules(
        identity_fields=_fields("full_name", "birth_date", "phone", "unit", optional=("address",)),
        identity_key=["full_name", "birth_date", "phone"],
        reentry="code_or_contact",
        time_limit_seconds=10 * 60,
        attempts_per_round=1,
        prediction=PredictionRules(count="persons", who="all_correct", scope="round"),
    ),
    result=ResultRules(
        chain=_chain("all_correct", "prediction_error", "submitted_at", "decision", precision="ms"),
        prizes=_prizes(
            ("nhat", "Giải Nhất", 1, 3_000_000),
            ("nhi", "Giải Nhì", 2, 2_000_000),
            ("ba", "Giải Ba", 3, 1_000_000),
            ("khuyen-khich", "Giải Khuyến khích", 10, 500_000),
        ),
    ),
    groups=_everyone(10),
)

_DAK_LAK = RuleDocument(
    entry=EntryRules(
        identity_fields=_fields(
            "full_name", "birth_date", "phone", "unit", optional=("sex", "address")
        ),
        identity_key=["full_name", "birth_date", "phone"],
        reentry="code_or_contact",
        minimum_age=14,
        time_limit_seconds=20 * 60,
        attempts_per_round=3,
    ),
    result=ResultRules(
        chain=_chain("score", "duration", "attempts_used", "registered_at", "decision"),
        prizes=_prizes(
            ("nhat", "Giải Nhất", 1, 5_000_000),
            ("nhi", "Giải Nhì", 2, 3_000_000),
            ("ba", "Giải Ba", 3, 2_000_000),
            ("khuyen-khich", "Giải Khuyến khích", 5, 1_000_000),
        ),
        unit_prizes=DAK_LAK,
    ),
    groups=_everyone(20),
)

_HAI_DUONG = RuleDocument(
    entry=EntryRules(
        identity_fields=_fields("full_name", "birth_date", "phone", "unit"),
        identity_key=["full_name", "birth_date", "phone"],
        reentry="code_or_contact",
        time_limit_seconds=15 * 60,
        attempts_per_round=1,
        prediction=PredictionRules(count="persons", who="took_part", scope="round"),
    ),
    result=ResultRules(
        chain=_chain("score", "duration", "prediction_error", "decision"),
        prizes=_prizes(
            ("nhat", "Giải Nhất", 1, 3_000_000),
            ("nhi", "Giải Nhì", 3, 2_000_000),
            ("ba", "Giải Ba", 5, 1_000_000),
            ("khuyen-khich", "Giải Khuyến khích", 10, 500_000),
        ),
        unit_prizes=HAI_DUONG,
    ),
    groups=_everyone(20),
)

_HUE = RuleDocument(
    entry=EntryRules(
        identity_fields=_fields("full_name", "birth_date", "phone", "unit"),
        identity_key=["full_name", "birth_date", "phone"],
        reentry="code_or_contact",
        time_limit_seconds=15 * 60,
        attempts_per_round=1,
        prediction=PredictionRules(count="persons", who="all_correct", scope="group"),
    ),
    result=ResultRules(
        chain=_chain("score", "prediction_error", "submitted_at", "lot"),
        prizes=_prizes(
            ("nhat", "Giải Nhất", 1, 2_000_000),
            ("nhi", "Giải Nhì", 1, 1_500_000),
            ("ba", "Giải Ba", 1, 1_000_000),
        ),
    ),
    groups=[
        GroupRules(code="can-bo", name="Cán bộ, công chức, viên chức", paper=_paper(20)),
        GroupRules(code="nguoi-dan", name="Người dân", paper=_paper(10)),
    ],
)

_THANH_KHE = RuleDocument(
    entry=EntryRules(
        identity_fields=_fields("full_name", "birth_date", "phone", "unit", optional=("address",)),
        identity_key=["full_name", "birth_date", "phone"],
        reentry="code_or_contact",
        minimum_age=16,
        time_limit_seconds=15 * 60,
        attempts_per_round=1,
        prediction=PredictionRules(
            count="persons", who="percent_all_correct", scope="round", decimals=5
        ),
    ),
    result=ResultRules(
        chain=_chain("score", "duration", "prediction_error", "decision"),
        prizes=_prizes(
            ("nhat", "Giải Nhất", 1, 2_000_000),
            ("nhi", "Giải Nhì", 2, 1_500_000),
            ("ba", "Giải Ba", 3, 1_000_000),
            ("khuyen-khich", "Giải Khuyến khích", 5, 500_000),
        ),
        max_share_percent=50,
        unit_prizes=THANH_KHE,
    ),
    groups=_everyone(20),
)

_ALL = (
    Preset(
        "vcnet",
        _("VCNET: đúng hết, dự đoán gần nhất, nộp sớm nhất"),
        _(
            "Chỉ xếp hạng bài đúng tất cả các câu; rồi xét số dự đoán gần nhất, sau đó thời điểm "
            "nộp bài sớm nhất. Thêm “Ban Tổ chức quyết định” cho trường hợp vẫn bằng nhau. "
            "Số câu, thời gian và giải thưởng là gợi ý."
        ),
        _VCNET,
    ),
    Preset(
        "dak_lak",
        _("Đắk Lắk: điểm, thời gian làm bài, ít lượt thi hơn, đăng ký sớm hơn"),
        _(
            "Không có câu dự đoán; mỗi vòng có nhiều lượt thi, lấy lượt tốt nhất. Thêm “Ban Tổ "
            "chức quyết định” cho trường hợp vẫn bằng nhau. Số câu, thời gian và giải thưởng là "
            "gợi ý."
        ),
        _DAK_LAK,
    ),
    Preset(
        "hai_duong",
        _("Hải Dương: điểm, thời gian làm bài, sai số dự đoán"),
        _(
            "Dự đoán số người dự thi, nên mọi số liệu dự thi được giữ kín đến khi vòng thi đóng. "
            "Thêm “Ban Tổ chức quyết định” cho trường hợp vẫn bằng nhau. Số câu, thời gian và "
            "giải thưởng là gợi ý."
        ),
        _HAI_DUONG,
    ),
    Preset(
        "hue_hai_doi_tuong",
        _("Huế: hai đối tượng, mỗi đối tượng có đề, xếp hạng và giải riêng"),
        _(
            "Cán bộ và người dân thi riêng, mỗi vòng ba giải cho mỗi đối tượng. Chuỗi xét giải "
            "(điểm, sai số dự đoán, thời điểm nộp, bốc thăm), số câu, thời gian và mức thưởng là "
            "gợi ý; bốc thăm được thêm để không còn trường hợp bằng nhau."
        ),
        _HUE,
    ),
    Preset(
        "thanh_khe",
        _("Thanh Khê: điểm, thời gian làm bài, dự đoán tỷ lệ phần trăm"),
        _(
            "Thể lệ gốc ghi “thời gian ngắn hơn và dự đoán tốt nhất” mà không nói xét cái nào "
            "trước; ở đây thời gian được xét trước, đổi thứ tự nếu cần. Thêm “Ban Tổ chức quyết "
            "định” cho trường hợp vẫn bằng nhau. Điểm trung bình của giải tập thể chia cho "
            "người đã thi. Số câu, thời gian và giải thưởng là gợi ý."
        ),
        _THANH_KHE,
    ),
)

PRESETS = {preset.code: preset for preset in _ALL}
