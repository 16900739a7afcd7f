"""Vietnamese names put together from lists of syllables: any likeness to a person is chance.

Syllables that would often make the name of a well-known office holder are left out.
"""

from random import Random

from quiz.enums import Sex

# Family names with rough weights, so that lists look as lists in Viet Nam do.
_FAMILY = {
    "Nguyễn": 30, "Trần": 11, "Lê": 10, "Phạm": 7, "Hoàng": 5, "Phan": 5, "Vũ": 4, "Đặng": 3,
    "Bùi": 3, "Đỗ": 3, "Hồ": 2, "Ngô": 2, "Dương": 2, "Lý": 1, "Đinh": 1, "Mai": 1, "Trương": 1,
    "Hà": 1, "Cao": 1, "Tạ": 1, "Lương": 1, "Võ": 4,
}  # fmt: skip
_MIDDLE = {
    Sex.FEMALE: ["Thị", "Thị", "Thị", "Ngọc", "Thu", "Thanh", "Kim", "Bích", "Diệu", "Thị Thu"],
    Sex.MALE: ["Văn", "Văn", "Văn", "Đức", "Hữu", "Minh", "Quang", "Thanh", "Công", "Gia"],
}
_GIVEN = {
    Sex.FEMALE: [
        "An", "Bông", "Cúc", "Dung", "Duyên", "Giang", "Hà", "Hạnh", "Hằng", "Hiền", "Hoa",
        "Huệ", "Hương", "Khánh", "Lan", "Liên", "Linh", "Loan", "Mận", "Mơ", "Nga", "Nguyệt",
        "Nhung", "Oanh", "Phượng", "Quyên", "Quỳnh", "Sen", "Tâm", "Thảo", "Thơm", "Thủy",
        "Trang", "Trinh", "Tuyết", "Uyên", "Vân", "Vy", "Yến", "Ánh",
    ],
    Sex.MALE: [
        "An", "Bách", "Bảo", "Cường", "Dũng", "Dương", "Đạt", "Giáp", "Hậu", "Hiếu", "Hoan",
        "Hoàng", "Huy", "Khang", "Khoa", "Kiên", "Lâm", "Long", "Lộc", "Mạnh", "Nam", "Nghĩa",
        "Phong", "Phú", "Quân", "Quý", "Tài", "Tấn", "Thái", "Thịnh", "Tiến", "Toàn", "Trường",
        "Tú", "Tuấn", "Tùng", "Viễn", "Vinh", "Vượng", "Ý",
    ],
}  # fmt: skip


def draw_name(rng: Random, sex: Sex) -> str:
    """Family, middle and given name; about one in five has two given syllables."""
    family = rng.choices(list(_FAMILY), weights=list(_FAMILY.values()))[0]
    given = rng.sample(_GIVEN[sex], 2 if rng.random() < 0.2 else 1)
    return " ".join([family, rng.choice(_MIDDLE[sex]), *given])
