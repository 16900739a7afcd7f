"""The long work of contests, under the names by which it is queued."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.jobs import register_job_kind
from quiz.domain import (
    bank_checkups,
    correction_jobs,
    figures,
    integrity,
    item_reports,
    rehearsals,
    result_jobs,
    roster_matching,
    roster_reminders,
    rule_trials,
)
from quiz.interfaces.bundle.auditor_jobs import AUDITOR_BUNDLE, run_auditor_bundle
from quiz.interfaces.bundle.release_jobs import submit_correction, submit_release
from quiz.interfaces.dossier import jobs as dossier_jobs
from quiz.interfaces.excel import full_exports, rosters
from quiz.interfaces.excel.export_jobs import (
    export_item_analysis,
    export_participation,
    export_winners,
)
from quiz.interfaces.excel.item_import import IMPORT_JOB, import_items
from quiz.interfaces.formats import import_jobs
from quiz.interfaces.formats.export_jobs import EXPORT_JOB, export_items
from quiz.interfaces.pdf import winner_certificate_jobs
from quiz.interfaces.pdf.poster_jobs import POSTERS_JOB, write_unit_posters
from quiz.interfaces.printing import jobs as print_jobs


def register_job_kinds() -> None:
    """Called once when Django starts."""
    register_job_kind(IMPORT_JOB, run=import_items, title=_("Nhập câu hỏi"))
    register_job_kind(import_jobs.READ_JOB, run=import_jobs.read_import, title=_("Đọc tệp câu hỏi"))
    register_job_kind(import_jobs.STORE_JOB, run=import_jobs.store_items, title=_("Lưu câu hỏi"))
    register_job_kind(EXPORT_JOB, run=export_items, title=_("Xuất câu hỏi"), atomic=False)
    register_job_kind(
        "export_winners", run=export_winners, title=_("Xuất danh sách đạt giải"), atomic=False
    )
    register_job_kind(
        "export_participation",
        run=export_participation,
        title=_("Xuất số liệu tham gia"),
        atomic=False,
    )
    for kind, run, title in (
        (full_exports.ENTRIES, full_exports.export_entries, _("Xuất toàn bộ lượt thi")),
        (full_exports.ENTRIES_CSV, full_exports.export_entries, _("Xuất toàn bộ lượt thi (CSV)")),
        (full_exports.MISSING, full_exports.export_missing, _("Xuất danh sách chưa dự thi")),
        (
            winner_certificate_jobs.CERTIFICATES_JOB,
            winner_certificate_jobs.write_certificates,
            _("Lập giấy chứng nhận đạt giải"),
        ),
    ):
        register_job_kind(kind, run=run, title=title, atomic=False)
    register_job_kind(
        dossier_jobs.PAPERS_JOB,
        run=dossier_jobs.write_result_papers,
        title=_("Lập giấy tờ kết quả"),
        atomic=False,
    )
    register_job_kind(
        rosters.EXPORT, run=rosters.export_roster, title=_("Xuất danh sách bắt buộc"), atomic=False
    )
    register_job_kind(
        roster_matching.FIND, run=roster_matching.run_find_matches, title=_("Đối chiếu danh sách")
    )
    register_job_kind(
        roster_reminders.REMIND,
        run=roster_reminders.remind_missing,
        title=_("Gửi thư nhắc dự thi"),
        atomic=False,
    )
    register_job_kind(
        POSTERS_JOB, run=write_unit_posters, title=_("Dựng tờ treo cho các đơn vị"), atomic=False
    )
    register_job_kind(
        print_jobs.PRINT_PAPERS,
        run=print_jobs.run_print_papers,
        title=_("Dựng đề in"),
        atomic=False,
    )
    register_job_kind(
        print_jobs.PRINT_KEY,
        run=print_jobs.run_print_key,
        title=_("Dựng bảng đáp án"),
        atomic=False,
    )
    register_job_kind(
        bank_checkups.CHECK_BANK, run=bank_checkups.run_checkup, title=_("Kiểm tra câu hỏi")
    )
    register_job_kind(
        item_reports.ANALYSE_ITEMS, run=item_reports.run_analysis, title=_("Phân tích câu hỏi")
    )
    register_job_kind(
        "export_item_analysis",
        run=export_item_analysis,
        title=_("Xuất phân tích câu hỏi"),
        atomic=False,
    )
    register_job_kind(figures.COUNT_FIGURES, run=figures.run_count, title=_("Đếm số liệu tham gia"))
    register_job_kind(
        integrity.FIND_HINTS, run=integrity.run_find_hints, title=_("Tìm dấu hiệu cần xem")
    )
    register_job_kind(
        rehearsals.REHEARSE, run=rehearsals.run_rehearsal_job, title=_("Diễn tập"), atomic=False
    )
    register_job_kind(
        rule_trials.TRY_RULES,
        run=rule_trials.run_queued_trial,
        title=_("Thử thể lệ"),
        atomic=False,
    )
    register_job_kind(
        AUDITOR_BUNDLE, run=run_auditor_bundle, title=_("Dựng gói kiểm toán"), atomic=False
    )
    for kind, run in (
        (result_jobs.CLOSE_ROUND, result_jobs.run_close),
        (result_jobs.RANK_ROUND, result_jobs.run_rank),
        (result_jobs.SEAL_ROUND, result_jobs.run_seal),
        (result_jobs.SUBMIT_RELEASE, submit_release),
    ):
        register_job_kind(kind, run=run, title=result_jobs.TITLES[kind])
    for kind, run in (
        (correction_jobs.PREVIEW, correction_jobs.run_preview),
        (correction_jobs.SUBMIT, submit_correction),
        (correction_jobs.APPLY, correction_jobs.run_apply),
    ):
        register_job_kind(kind, run=run, title=correction_jobs.TITLES[kind])
