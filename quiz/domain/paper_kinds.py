"""The papers of a result and the columns each may have.

A column's values are given by whoever writes the paper, under its code; here is what an office may
choose from, in the usual order.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Holds = Literal["text", "number", "moment"]
Words = Promise | str
USUAL_SIGNER = _("TRƯỞNG BAN")


@dataclass(frozen=True)
class Column:
    """`width` in characters of a workbook; `summed` columns have a total; `usual`: shown unless
    a layout says otherwise.
    """

    code: str
    label: Words
    width: float
    holds: Holds = "text"
    summed: bool = False
    usual: bool = True


@dataclass(frozen=True)
class PaperKind:
    """`coloured` papers have colours of the body's own; `of` says which room lays them out,
    `signer` who usually signs.
    """

    code: str
    name: Words
    title: Words
    columns: tuple[Column, ...] = ()
    coloured: bool = False
    of: Literal["contest", "training"] = "contest"
    signer: Words = USUAL_SIGNER


NUMBER = Column("number", _("STT"), 6, "number")
NAME = Column("name", _("Họ và tên"), 30)
HOME = Column("home", _("Đơn vị/Địa chỉ"), 36)
BIRTH = Column("birth", _("Ngày sinh"), 14)
TIER = Column("tier", pgettext_lazy("được trao", "Giải"), 18)
MONEY = Column("money", _("Tiền thưởng (đồng)"), 16, "number", summed=True)

WINNERS = PaperKind(
    "winners",
    _("Danh sách đạt giải"),
    _("DANH SÁCH"),
    (
        NUMBER,
        NAME,
        BIRTH,
        HOME,
        Column("correct", _("Số câu đúng"), 11),
        Column("prediction", _("Dự đoán"), 12, "number"),
        Column("duration", _("Thời gian"), 12),
        TIER,
        MONEY,
        Column("note", _("Ghi chú"), 18),
        Column("group", _("Đối tượng"), 24, usual=False),
    ),
)
RECEIPT = PaperKind(
    "receipt",
    _("Danh sách ký nhận"),
    _("DANH SÁCH KÝ NHẬN GIẢI THƯỞNG"),
    (
        NUMBER,
        NAME,
        HOME,
        Column("tier", pgettext_lazy("được trao", "Giải"), 20),
        Column("money", _("Tiền thưởng (đồng)"), 18, "number", summed=True),
        Column("signed", _("Ký nhận"), 24),
    ),
)
UNITS = PaperKind(
    "units",
    _("Tham gia theo đơn vị"),
    _("THAM GIA THEO ĐƠN VỊ"),
    (
        NUMBER,
        Column("unit", _("Đơn vị"), 34),
        Column("above", _("Trực thuộc"), 26),
        Column("persons", _("Số người thi"), 12, "number"),
        Column("entries", _("Số lượt thi"), 12, "number", summed=True),
        Column("headcount", _("Biên chế"), 12, "number"),
        Column("share", _("Tỷ lệ trên biên chế"), 14),
        Column(
            "listed",
            pgettext_lazy("một", "Danh sách bắt buộc"),
            14,
            "number",
            summed=True,
        ),
        Column("done", _("Đã thi trong danh sách"), 14, "number", summed=True),
        Column("done_share", _("Tỷ lệ hoàn thành"), 14),
    ),
)
MISSING = PaperKind(
    "missing",
    _("Danh sách chưa dự thi"),
    _("NGƯỜI TRONG DANH SÁCH CHƯA DỰ THI"),
    (
        NUMBER,
        Column("unit", _("Đơn vị"), 36),
        Column("name", _("Họ và tên"), 30),
        Column("staff_code", _("Mã cán bộ"), 18),
        BIRTH,
    ),
)
ENTRIES = PaperKind(
    "entries",
    _("Toàn bộ lượt thi"),
    _("TOÀN BỘ LƯỢT THI"),
    (
        NUMBER,
        NAME,
        BIRTH,
        Column("sex", _("Giới tính"), 10),
        Column("phone", _("Số điện thoại"), 16),
        Column("national_id", _("Số định danh cá nhân"), 18),
        Column("staff_code", _("Mã cán bộ"), 16),
        Column("unit", _("Đơn vị"), 34),
        Column("address", _("Địa chỉ"), 30),
        Column("group", _("Đối tượng"), 22),
        Column("ordinal", _("Lượt"), 8, "number"),
        Column("started", _("Bắt đầu"), 20, "moment"),
        Column("ended", _("Kết thúc"), 20, "moment"),
        Column("seconds", _("Thời gian (giây)"), 14, "number"),
        Column("correct", _("Số câu đúng"), 10, "number"),
        Column("total", _("Số câu"), 8, "number"),
        Column("score", _("Điểm"), 10, "number"),
        Column("prediction", _("Dự đoán"), 14, "number"),
        Column("fate", _("Tình trạng"), 22),
        Column("rank", _("Hạng"), 10, "number"),
        Column("email", _("Thư điện tử"), 26, usual=False),
        Column("closed_by", _("Kết thúc bởi"), 16, usual=False),
        Column("void_reason", _("Lý do huỷ"), 30, usual=False),
    ),
)
ITEMS = PaperKind(
    "items",
    _("Phân tích câu hỏi"),
    _("SỐ LIỆU TỪNG CÂU HỎI"),
    (
        NUMBER,
        Column("group", _("Đối tượng"), 22),
        Column("item", _("Câu số"), 10, "number"),
        Column("stem", _("Nội dung câu hỏi"), 60),
        Column("met", _("Số người gặp"), 10, "number"),
        Column("right", _("Trả lời đúng"), 10, "number"),
        Column("facility", "P", 10, "number"),
        Column("discrimination", "D", 10, "number"),
        Column("correlation", "r", 12, "number"),
        Column("omitted", _("Bỏ trống"), 10, "number"),
        Column("not_reached", _("Chưa làm tới"), 12, "number"),
        Column("hints", _("Cần kiểm tra, ghi chú"), 46),
    ),
)
PROPOSAL = PaperKind("proposal", _("Tờ trình"), _("TỜ TRÌNH"))
DECISION = PaperKind("decision", _("Quyết định"), _("QUYẾT ĐỊNH"))
MINUTES = PaperKind("minutes", _("Biên bản xét giải"), _("BIÊN BẢN"))
CERTIFICATE = PaperKind("certificate", _("Giấy chứng nhận"), _("GIẤY CHỨNG NHẬN"), coloured=True)
COMPLETION = PaperKind(
    "completion",
    _("Giấy xác nhận hoàn thành"),
    _("GIẤY XÁC NHẬN HOÀN THÀNH"),
    coloured=True,
    of="training",
    signer=_("THỦ TRƯỞNG CƠ QUAN"),
)

KINDS = {
    kind.code: kind
    for kind in (
        PROPOSAL,
        DECISION,
        WINNERS,
        MINUTES,
        RECEIPT,
        CERTIFICATE,
        UNITS,
        MISSING,
        ENTRIES,
        ITEMS,
        COMPLETION,
    )
}
