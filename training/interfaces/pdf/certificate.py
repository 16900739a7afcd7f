"""“Giấy xác nhận hoàn thành” as PDF, and many of them as a job."""

import zipfile
from collections.abc import Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.dates import show_day
from accounts.domain.installation import read_installation
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.interfaces.pdf.typesetting import qr_svg
from accounts.models import Job, User
from quiz.domain.paper_layouts import read_layout
from quiz.interfaces.pdf.certificate_pages import (
    CertificateFrame,
    CertificatePage,
    place_and_day,
    write_certificate_pages,
)
from training.domain.certificates import issue_missing, signed_code
from training.models import Certificate, Course
from training.permissions import require_may_run_course

JOB = "course_certificates"
# Set together: more would keep the worker's heartbeat waiting.
TOGETHER = 50
# 34 mm: the code holds the whole certificate with its signature.
QR_WIDTH = 34


def queue_certificates(*, course: Course, link: str, user: User, now: Any, back: str) -> Job:
    """`link`: the page that checks certificates. Raises NotAllowed."""
    require_may_run_course(user, course)
    params = {"course": course.pk, "link": link, "next": back}
    return queue_job(kind=JOB, params=params, user=user, now=now)


def run_certificates(run: JobRun) -> dict[str, Any]:
    """Job “course_certificates” of {"course": id, "link": address}: issues what is missing."""
    course = Course.objects.select_related("unit").get(pk=run.params["course"])
    with translation.override("vi"):  # papers of the office, whoever asks for them
        issued = issue_missing(course=course, user=run.user, now=run.now)
        issued = [each for each in issued if each.revoked_at is None and each.holder_name]
        name = f"giay-xac-nhan-{course.code}"
        with run.new_file(f"{name}.zip") as file, zipfile.ZipFile(file, "w") as archive:
            for start in range(0, len(issued), TOGETHER):
                run.progress(start, len(issued), _("Đang dựng giấy xác nhận"))
                part = issued[start : start + TOGETHER]
                place = f"{name}-{start + 1:04d}-{start + len(part):04d}.pdf"
                archive.writestr(place, write_certificates(part, link=run.params["link"]))
    return {"rows": len(issued)}


def write_certificates(certificates: Sequence[Certificate], *, link: str) -> bytes:
    """One PDF with a page for each, all of one unit. Call it in Vietnamese."""
    first, installation = certificates[0], read_installation()
    frame = CertificateFrame(
        layout=read_layout(unit=first.unit, kind="completion"),
        parent=installation.parent_body if first.body_name == installation.body_name else "",
        body=first.body_name,
        chosen="Xác nhận",
        check="Quét mã để kiểm tra, kể cả khi không có mạng",
        note="Giờ học và kết quả được ghi nhận trên hệ thống.",
        qr_width=QR_WIDTH,
    )
    return write_certificate_pages(frame=frame, pages=[_page(each, link) for each in certificates])


def _page(certificate: Certificate, link: str) -> CertificatePage:
    until = (
        f"; có giá trị đến hết ngày {show_day(certificate.last_day)}"
        if certificate.last_day
        else ""
    )
    return CertificatePage(
        name=certificate.holder_name,
        home=certificate.holder_unit,
        headline=f"Đã hoàn thành khoá học “{certificate.course_title}”",
        about=f"ngày {show_day(certificate.completed_on)}{until}",
        number=f"Số: {certificate.full_number}",
        dated=place_and_day("", timezone.localdate(certificate.issued_at)),
        qr=qr_svg(
            f"{link}#{signed_code(certificate)}", error="l", border=1, dark="#000000", mask=0
        ),
        link=f"{link.split('://', 1)[-1]} · mã {certificate.code}",
    )
