"""Activation slips: eight to an A4 page, to be cut apart and handed over."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from accounts.domain.installation import read_installation
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import register_job_kind
from accounts.domain.slips import Slip, issue_slips
from accounts.interfaces.pdf.typesetting import qr_svg, typeset
from accounts.models import OrgUnit

SLIP_JOB = "print_slips"
FILE_NAME = "phieu-kich-hoat.pdf"
TEMPLATE = Path(__file__).parent / "templates" / "slips.typ"


def write_slips(slips: Sequence[Slip], *, origin: str, body: str) -> bytes:
    """The slips as PDF. `origin`: https://host, before each path; `body`: who hands them out."""
    return typeset(TEMPLATE, _data(slips, origin, body))


def _data(slips: Sequence[Slip], origin: str, body: str) -> dict[str, Any]:
    return {
        "lang": (get_language() or "vi")[:2],
        "body": body,
        "title": _("Phiếu kích hoạt tài khoản"),
        "call": _("Quét mã để đặt mật khẩu"),
        "code_label": _("Mã cán bộ"),
        "until": _("Dùng được một lần, đến"),
        "typed": _("Không quét được thì mở:"),
        "keep": _("Ai có phiếu đều đặt được mật khẩu: không chụp, không chuyển cho ai."),
        "slips": [_slip(slip, origin) for slip in slips],
    }


def _slip(slip: Slip, origin: str) -> dict[str, str]:
    link = f"{origin}{slip.path}"
    return {
        "name": slip.person.full_name,
        "unit": slip.person.unit.name if slip.person.unit else "",
        "code": slip.person.username,
        "until": show_moment(slip.expires_at),
        "link": link.split("://", 1)[-1],
        "qr": qr_svg(link),
    }


def print_slips(run: JobRun) -> dict[str, Any]:
    """Job “print_slips” of {"origin", "unit", "only", "people", "created"}; see `people_for_slips`.

    Links and file come into being together or not at all.
    """
    params = run.params
    unit = OrgUnit.objects.filter(pk=params["unit"]).first() if params["unit"] else None
    chosen = {name: params[name] for name in ("only", "people", "created")}
    run.progress(0, note=_("Đang cấp liên kết"))
    slips = issue_slips(user=run.user, now=run.now, unit=unit, **chosen)
    run.progress(0, len(slips), _("Đang dựng trang in"))
    body = read_installation().body_name
    with run.new_file(FILE_NAME) as file:
        file.write(write_slips(slips, origin=params["origin"], body=body))
    run.progress(len(slips), len(slips))
    told = _("Đã dựng %(count)s phiếu. Liên kết cũ của những người này hết hiệu lực.")
    return {"message": told % {"count": len(slips)}}


def register_slip_job() -> None:
    """Called once when Django starts."""
    register_job_kind(SLIP_JOB, run=print_slips, title=gettext_lazy("In phiếu kích hoạt"))
