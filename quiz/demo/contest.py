"""The demo contest: its names, units, round and rules, as plain data.

The province and its communes bear real names, because the unit picker is tried on them; the
contest, its prizes and its entrants are made up, and the summary says so.
"""

from dataclasses import dataclass
from typing import Any

from vietnam_provinces import ProvinceCode, Ward

from accounts.enums import UnitKind

CODE = "cai-cach-hanh-chinh"
TITLE = (
    "Tìm hiểu cải cách hành chính và dịch vụ công trực tuyến "
    "(toàn trình, một phần — trước đây gọi là mức độ 3, 4)"
)
SUMMARY = (
    "Cuộc thi mẫu của phần mềm: thể lệ, giải thưởng và người dự thi đều do máy tạo ra, "
    "không phải hoạt động của cơ quan nào."
)
BODY_NAME = "Ban Tổ chức cuộc thi (dữ liệu mẫu)"
ROUND_NAME = "Tuần 1"
ROUND_DAYS = 7

BANK_CODE = "cchc-mau"
BANK_NAME = "Ngân hàng câu hỏi mẫu về cải cách hành chính"

# Đắk Lắk: 102 communes by the sea and in the highlands, one of which is called Hòa Thịnh.
PROVINCE = ProvinceCode(66)

OFFICIALS = "can-bo"
CITIZENS = "nguoi-dan"
GROUPS = {OFFICIALS: "Cán bộ, công chức, viên chức", CITIZENS: "Người dân"}


@dataclass(frozen=True)
class DemoUnit:
    """A unit below the province that the package of provinces doesn't hold."""

    code: str
    name: str
    kind: UnitKind


DEPARTMENTS = tuple(
    DemoUnit(code=f"{PROVINCE:02d}-{short}", name=name, kind=UnitKind.DEPARTMENT)
    for short, name in (
        ("VP", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("SNV", "Sở Nội vụ"),
        ("STP", "Sở Tư pháp"),
        ("STC", "Sở Tài chính"),
        ("SXD", "Sở Xây dựng"),
        ("SYT", "Sở Y tế"),
        ("SCT", "Sở Công Thương"),
        ("SKHCN", "Sở Khoa học và Công nghệ"),
        ("SGDDT", "Sở Giáo dục và Đào tạo"),
        ("SNNMT", "Sở Nông nghiệp và Môi trường"),
        ("SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("TTr", "Thanh tra tỉnh"),
    )
)

# Each row is (topic, items in a paper). The topic on procedures waits for its decrees to be
# confirmed, so only one of its items can be drawn.
_PAPERS = {
    OFFICIALS: (
        ("Chương trình cải cách hành chính", 5),
        ("Một cửa, một cửa liên thông", 6),
        ("Dịch vụ công trực tuyến", 5),
        ("Kiểm soát thủ tục, phản ánh kiến nghị, đánh giá", 1),
        ("Định danh, giao dịch điện tử", 2),
        ("Bộ máy hai cấp", 1),
    ),
    CITIZENS: (
        ("Chương trình cải cách hành chính", 3),
        ("Một cửa, một cửa liên thông", 5),
        ("Dịch vụ công trực tuyến", 7),
        ("Kiểm soát thủ tục, phản ánh kiến nghị, đánh giá", 1),
        ("Định danh, giao dịch điện tử", 2),
        ("Bộ máy hai cấp", 2),
    ),
}
ITEMS_PER_PAPER = 20
TIME_LIMIT_SECONDS = 15 * 60
ATTEMPTS_PER_ROUND = 2
MINIMUM_AGE = 14
PERSONS_PER_PHONE = 3

# (code, name, prizes in each group, VND each)
_PRIZES = (
    ("nhat", "Giải Nhất", 1, 5_000_000),
    ("nhi", "Giải Nhì", 2, 3_000_000),
    ("ba", "Giải Ba", 3, 2_000_000),
    ("khuyen-khich", "Giải Khuyến khích", 10, 500_000),
)
# Predicting how many answer everything correctly: nobody holds that figure before the seal, so
# participation may be followed while the round is open.
_CHAIN = (
    {"kind": "score"},
    {"kind": "prediction_error"},
    {"kind": "duration", "precision": "second"},
    {"kind": "submitted_at", "precision": "ms"},
    {"kind": "lot"},
)


def province_code() -> str:
    return f"{PROVINCE:02d}"


def commune_codes() -> list[str]:
    """Official five-digit codes of the province's communes, in their order."""
    return sorted(f"{ward.code:05d}" for ward in Ward.iter_by_province(PROVINCE))


def rules_data() -> dict[str, Any]:
    """The contest's rules, ready for `quiz.rules.document.parse_rules`."""
    return {
        "title": f"Thể lệ cuộc thi “{TITLE}”",
        "entry": _entry_data(),
        "result": {
            "counted_attempt": "best",
            "chain": [dict(step) for step in _CHAIN],
            "prizes": [
                {"code": code, "name": name, "count": count, "money": money}
                for code, name, count, money in _PRIZES
            ],
            "one_prize_per": "contest",
            "reserves": 5,
            "complaint_days": 3,
            "minor_names": "initials",
        },
        "groups": [
            {
                "code": code,
                "name": name,
                "paper": {
                    "blueprint": [
                        {"topic": topic, "count": count} for topic, count in _PAPERS[code]
                    ]
                },
            }
            for code, name in GROUPS.items()
        ],
    }


def _entry_data() -> dict[str, Any]:
    asked = {"full_name": True, "birth_date": True, "phone": True, "unit": True}
    return {
        "identity_fields": [
            {"name": name, "required": required}
            for name, required in (asked | {"sex": False, "staff_code": False}).items()
        ],
        "birth_precision": "day",
        "identity_key": ["full_name", "birth_date", "phone"],
        "persons_per_phone": PERSONS_PER_PHONE,
        "minimum_age": MINIMUM_AGE,
        "time_limit_seconds": TIME_LIMIT_SECONDS,
        "attempts_per_round": ATTEMPTS_PER_ROUND,
        "prediction": {"count": "persons", "who": "all_correct", "scope": "round"},
    }
