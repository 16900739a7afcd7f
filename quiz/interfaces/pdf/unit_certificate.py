"""“Giấy xác nhận đơn vị hoàn thành 100 %” as PDF, laid out after Decree 30/2020."""

from pathlib import Path

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from accounts.domain.installation import read_installation
from accounts.interfaces.pdf.typesetting import OFFICE, qr_svg, typeset
from quiz.interfaces.word.decree30 import MOTTO, NATION
from quiz.models import UnitCertificate
from quiz.rules.figures import show_long_date

TEMPLATE = Path(__file__).parent / "templates" / "unit_certificate.typ"


def write_unit_certificate(*, certificate: UnitCertificate, link: str) -> bytes:
    """The certificate; its QR code opens `link`, where anyone can check it."""
    with translation.override("vi"):  # a paper of the office, whoever asks for it
        data = _data(certificate, link)
    return typeset(TEMPLATE, data, fonts=OFFICE)


def _data(certificate: UnitCertificate, link: str) -> dict[str, object]:
    contest, installed = certificate.round.contest, read_installation()
    day = timezone.localdate(certificate.issued_at)
    date = show_long_date(day)
    return {
        "parent": installed.parent_body.upper(),
        "body": (installed.body_name or contest.body_name).upper(),
        "nation": NATION,
        "motto": MOTTO,
        "number": _("Số: %(number)s/GXN") % {"number": f"{certificate.number:02d}"},
        "dated": f"{installed.place}, {date}" if installed.place else date.capitalize(),
        "title": _("GIẤY XÁC NHẬN"),
        "about": _("Đơn vị hoàn thành 100 % danh sách dự thi"),
        "text": _texts(certificate),
        "signer": contest.body_name.upper(),
        "check": _("Quét mã để kiểm tra giấy này"),
        "link": link.split("://", 1)[-1],
        "qr": qr_svg(link, border=1, dark="#000000"),
    }


def _texts(certificate: UnitCertificate) -> list[str]:
    round, contest = certificate.round, certificate.round.contest
    told = {
        "unit": certificate.unit.name,
        "contest": contest.title,
        "round": round.name,
        "count": certificate.persons,
        "moment": show_moment(certificate.issued_at),
    }
    texts = [
        _(
            "Xác nhận %(unit)s đã có %(count)s/%(count)s người trong danh sách phải dự thi tham "
            "gia cuộc thi “%(contest)s” (%(round)s), đạt tỷ lệ 100 %%."
        )
        % told
    ]
    if certificate.exempt:
        exempt = _("Ngoài ra có %(count)s người được miễn, có lý do ghi trong danh sách.")
        texts.append(exempt % {"count": certificate.exempt})
    texts.append(_("Số liệu do hệ thống lập từ dữ liệu dự thi lúc %(moment)s.") % told)
    return texts
