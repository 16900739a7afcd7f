"""The sheet with a survey's QR code that stands at a desk."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.domain.installation import body_name_of
from quiz.interfaces.pdf.poster import write_sheets
from training.models import Survey


def write_survey_posters(
    *, survey: Survey, desks: Sequence[tuple[str, str]], size: str = "a4"
) -> bytes:
    """A PDF with a page for each desk: (link, name of the unit)."""
    return write_sheets(
        desks,
        size=size,
        title=survey.title,
        body=body_name_of(unit=survey.unit),
        when=_("Không hỏi tên, không lưu thiết bị"),
        call=_("Quét mã để góp ý"),
        facts=[
            {"label": _("Thời gian"), "value": _("Chưa tới 2 phút")},
            {"label": _("Danh tính"), "value": _("Ẩn danh")},
            {"label": _("Kết quả"), "value": _("Gộp từ 10 phiếu")},
        ],
        foot=_("Ý kiến của bạn giúp phục vụ tốt hơn. Mở bằng điện thoại, không cần tài khoản."),
    )
