"""“Giấy xác nhận đơn vị hoàn thành 100 %” as PDF, laid out after Decree 30/2020."""

import io
import json
from pathlib import Path

import segno
import typst
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.domain.installation import read_installation
from quiz.interfaces.word.decree30 import MOTTO, NATION
from quiz.models import UnitCertificate
from quiz.rules.figures import show_long_date

TEMPLATE = Path(__file__).parent / "templates" / "unit_certificate.typ"
# Times New Roman where the machine has it; the compiler brings a serif with all Vietnamese letters.
_FONTS = typst.Fonts(include_system_fonts=True)


def write_unit_certificate(*, certificate: UnitCertificate, link: str) -> bytes:
    """The certificate; its QR code opens `link`, where anyone can check it."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", border=1, xmldecl=False)
    with translation.override("vi"):  # a paper of the office, whoever asks for it
        data = json.dumps(_data(certificate, link), ensure_ascii=False)
    return typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=_FONTS,
        sys_inputs={"data": data, "qr": out.getvalue().decode()},
    )


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
    }


def _texts(certificate: UnitCertificate) -> list[str]:
    round, contest = certificate.round, certificate.round.contest
    told = {
        "unit": certificate.unit.name,
        "contest": contest.title,
        "round": round.name,
        "count": certificate.persons,
        "moment": timezone.localtime(certificate.issued_at).strftime("%H:%M %d/%m/%Y"),
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
