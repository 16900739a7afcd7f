"""The long work of training, under the names by which it is queued."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.domain.jobs import JobRun, register_job_kind
from training.domain import bulletins
from training.domain.courses import DRAW_PAGES
from training.domain.files import CHECK_FILE
from training.domain.materials import READ_MATERIAL
from training.interfaces.checking.jobs import check_file
from training.interfaces.excel import enrolment_list_jobs as lists
from training.interfaces.excel.credits import CREDITS_JOB, import_credits
from training.interfaces.excel.hours import HOURS_JOB, export_hours
from training.interfaces.material_texts import read_material
from training.interfaces.pages.jobs import draw_file
from training.interfaces.pdf import certificate
from training.interfaces.pdf.study_record_jobs import RECORDS_JOB, print_records
from training.interfaces.word.plan_report_jobs import REPORT_JOB, make_plan_report

# Its name, what is run, its words.
Kind = tuple[str, Callable[[JobRun], dict[str, Any] | None], str | Promise]

# What is done in one transaction: killed, it has not happened.
WHOLE: tuple[Kind, ...] = (
    (CREDITS_JOB, import_credits, _("Giờ học ngoài hệ thống từ tệp Excel")),
    (READ_MATERIAL, read_material, _("Đọc chữ trong tệp PDF của thư viện")),
    (lists.CHECK_LIST, lists.check_enrolments, _("Kiểm tra danh sách ghi danh")),
    (lists.STORE_LIST, lists.store_enrolments, _("Ghi danh theo danh sách")),
)
# What writes a file or takes its own steps: a second run begins anew.
STEPWISE: tuple[Kind, ...] = (
    (bulletins.MAIL, bulletins.mail_bulletin, _("Gửi thư bản tin")),
    (CHECK_FILE, check_file, _("Kiểm tra tệp học liệu")),
    (certificate.JOB, certificate.run_certificates, _("Lập giấy xác nhận hoàn thành")),
    (DRAW_PAGES, draw_file, _("Vẽ các trang của tài liệu PDF")),
    (HOURS_JOB, export_hours, _("Bảng giờ học")),
    (REPORT_JOB, make_plan_report, _("Báo cáo kết quả truyền thông")),
    (RECORDS_JOB, print_records, _("Phiếu theo dõi bồi dưỡng")),
)


def register_job_kinds() -> None:
    """Called once when Django starts."""
    for kinds, atomic in ((WHOLE, True), (STEPWISE, False)):
        for kind, run, title in kinds:
            register_job_kind(kind, run=run, title=title, atomic=atomic)
