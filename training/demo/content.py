"""The demo's course in words: its texts, its slides, its film's cards, its items."""

from dataclasses import dataclass

from quiz.drafts import ItemDraft

CODE = "mot-cua-can-nho"
TITLE = "Một cửa, một cửa liên thông: những điều cần nhớ"
SUMMARY = """Khoá học ngắn cho người làm việc ở Trung tâm Phục vụ hành chính công cấp xã.
Học xong, bạn:

- nói được người dân nộp hồ sơ ở đâu và bằng những cách nào;
- biết khi nào **không được** đòi thêm giấy tờ;
- chọn đúng mẫu giấy khi nhận hồ sơ và khi trễ hẹn."""
GROUPS = ("Công chức một cửa cấp xã", "Lãnh đạo Trung tâm Phục vụ hành chính công")

WHERE = "Bộ phận Một cửa hiện nay"
WHERE_TEXT = """## Ba nơi tiếp nhận

Từ ngày 01/7/2025, Bộ phận Một cửa gồm:

1. Bộ phận Tiếp nhận và Trả kết quả của bộ;
2. Trung tâm Phục vụ hành chính công **cấp tỉnh**;
3. Trung tâm Phục vụ hành chính công **cấp xã**.

## Không phụ thuộc địa giới

Trong phạm vi một tỉnh, người dân chọn nơi nộp thuận tiện nhất. Trung tâm không từ chối hồ sơ chỉ vì
người nộp ở xã khác.

| Người dân hỏi | Trả lời |
|---|---|
| Nhà ở xã bên, nộp đây được không? | Được, nếu cùng tỉnh. |
| Thủ tục hải quan một cửa quốc gia thì sao? | Theo Luật Hải quan, không theo nghị định này. |"""
WHERE_CITED = "Nghị định 118/2025/NĐ-CP, Điều 1"

FILM = "Bốn cách nộp hồ sơ"
FILM_TEXT = "Video ngắn, không lời; có phụ đề tiếng Việt."
FILM_CITED = "Nghị định 118/2025/NĐ-CP\nNghị định 367/2025/NĐ-CP"
CARDS = (
    ("Bốn cách nộp hồ sơ", "và nhận kết quả"),
    ("1. Trực tiếp", "tại Trung tâm Phục vụ hành chính công"),
    ("2. Bưu chính công ích", "thuê dịch vụ hoặc uỷ quyền"),
    ("3. Cổng Dịch vụ công quốc gia", "dichvucong.gov.vn"),
    ("4. Ứng dụng VNeID", "bổ sung từ Nghị định 367/2025/NĐ-CP"),
)
CARD_SECONDS = 4

SLIDES = "Không đòi giấy tờ đã có"
SLIDES_TEXT = "Ba trang trình chiếu cho buổi họp giao ban."
SLIDES_CITED = "Nghị quyết 66.7/2025/NQ-CP, khoản 1 Điều 2"
PAGES = (
    (
        "Dữ liệu đã có thì không đòi giấy",
        "Không yêu cầu thành phần hồ sơ mà thông tin đã có trong cơ sở dữ liệu được cơ quan chủ "
        "quản công bố. Tra cứu trước, hỏi người dân sau.",
    ),
    (
        "Từ ngày 01/01/2026",
        "Gần 800 thủ tục có thành phần hồ sơ được thay bằng dữ liệu từ cơ sở dữ liệu quốc gia, "
        "chuyên ngành.",
    ),
    (
        "Khi hệ thống lỗi",
        "Cơ quan cung cấp dịch vụ phải có phương án làm trực tiếp để người dân không thiệt thòi.",
    ),
)

QUIZ = "Kiểm tra cuối khoá"
BANK = "Ôn luyện một cửa (mẫu)"
BANK_CODE = "on-luyen-mot-cua"
_TOPIC = "Một cửa, một cửa liên thông"


@dataclass(frozen=True)
class _Item:
    stem: str
    options: tuple[str, ...]
    key: int
    rationale: str
    citation: str


_ITEMS = (
    _Item(
        "Bà Hoa ở xã A đến nộp hồ sơ tại Trung tâm Phục vụ hành chính công xã B cùng tỉnh. Cán bộ "
        "tiếp nhận làm gì?",
        (
            "Tiếp nhận hồ sơ",
            "Hướng dẫn bà Hoa về xã A nộp",
            "Chỉ nhận nếu có giấy giới thiệu của xã A",
            "Chuyển bà Hoa lên Trung tâm cấp tỉnh",
        ),
        0,
        "Trong phạm vi cấp tỉnh, nơi tiếp nhận không phụ thuộc địa giới hành chính.",
        "Nghị định 118/2025/NĐ-CP",
    ),
    _Item(
        "Nơi nào sau đây là Bộ phận Một cửa?",
        (
            "Phòng công chứng tư",
            "Trung tâm Phục vụ hành chính công cấp xã",
            "Bưu điện huyện",
            "Ban quản lý chợ",
        ),
        1,
        "Cùng với Trung tâm cấp tỉnh và Bộ phận Tiếp nhận và Trả kết quả của bộ.",
        "Nghị định 118/2025/NĐ-CP, khoản 1 Điều 1",
    ),
    _Item(
        "Cách nộp hồ sơ nào được bổ sung bởi Nghị định 367/2025/NĐ-CP?",
        ("Nộp trực tiếp", "Qua bưu chính công ích", "Qua ứng dụng VNeID", "Qua thư điện tử"),
        2,
        "VNeID là cách thứ tư, bên cạnh trực tiếp, bưu chính và Cổng Dịch vụ công quốc gia.",
        "Nghị định 367/2025/NĐ-CP",
    ),
    _Item(
        "Thông tin của một giấy tờ đã có trong cơ sở dữ liệu được cơ quan chủ quản công bố. Người "
        "tiếp nhận có được yêu cầu người dân nộp giấy tờ đó không?",
        ("Có, để lưu hồ sơ", "Không", "Có, nếu lãnh đạo đồng ý", "Có, với hồ sơ đất đai"),
        1,
        "Thành phần hồ sơ đã có trong cơ sở dữ liệu thì không được yêu cầu nộp lại.",
        "Nghị quyết 66.7/2025/NQ-CP, khoản 1 Điều 2",
    ),
    _Item(
        "Khi nhận đủ hồ sơ, người dân được nhận giấy nào?",
        (
            "Văn bản xin lỗi",
            "Phiếu kiểm soát quá trình giải quyết hồ sơ",
            "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
            "Biên bản làm việc",
        ),
        2,
        "Là Mẫu số 01 trong các biểu mẫu ban hành kèm Thông tư của Văn phòng Chính phủ.",
        "Thông tư 03/2025/TT-VPCP, Phụ lục I",
    ),
    _Item(
        "Cần thêm thời gian giải quyết hồ sơ, cơ quan gửi người dân giấy gì?",
        (
            "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
            "Giấy mời họp",
            "Thông báo thu phí",
            "Không cần gửi gì",
        ),
        0,
        "Là Mẫu số 04 trong các biểu mẫu ban hành kèm Thông tư của Văn phòng Chính phủ.",
        "Thông tư 03/2025/TT-VPCP, Phụ lục I",
    ),
)


def items() -> list[ItemDraft]:
    """The practice bank's items, written for it."""
    return [
        ItemDraft(
            kind="single",
            stem=item.stem,
            options=item.options,
            key=frozenset({item.key}),
            fixed_order=False,
            topic=_TOPIC,
            level="thong_hieu",
            rationale=item.rationale,
            citation=item.citation,
        )
        for item in _ITEMS
    ]
