"""The long work of contests, under the names by which it is queued."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.domain.jobs import JobRun, register_job_kind
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

# Its name, what is run, its words.
Kind = tuple[str, Callable[[JobRun], dict[str, Any] | None], str | Promise]

# What is done in one transaction: killed, it has not happened.
WHOLE: tuple[Kind, ...] = (
    (IMPORT_JOB, import_items, _("Nhập câu hỏi")),
    (import_jobs.READ_JOB, import_jobs.read_import, _("Đọc tệp câu hỏi")),
    (import_jobs.STORE_JOB, import_jobs.store_items, _("Lưu câu hỏi")),
    (roster_matching.FIND, roster_matching.run_find_matches, _("Đối chiếu danh sách")),
    (bank_checkups.CHECK_BANK, bank_checkups.run_checkup, _("Kiểm tra câu hỏi")),
    (item_reports.ANALYSE_ITEMS, item_reports.run_analysis, _("Phân tích câu hỏi")),
    (figures.COUNT_FIGURES, figures.run_count, _("Đếm số liệu tham gia")),
    (integrity.FIND_HINTS, integrity.run_find_hints, _("Tìm dấu hiệu cần xem")),
    (result_jobs.CLOSE_ROUND, result_jobs.run_close, result_jobs.TITLES[result_jobs.CLOSE_ROUND]),
    (result_jobs.RANK_ROUND, result_jobs.run_rank, result_jobs.TITLES[result_jobs.RANK_ROUND]),
    (result_jobs.SEAL_ROUND, result_jobs.run_seal, result_jobs.TITLES[result_jobs.SEAL_ROUND]),
    (result_jobs.SUBMIT_RELEASE, submit_release, result_jobs.TITLES[result_jobs.SUBMIT_RELEASE]),
    (
        correction_jobs.PREVIEW,
        correction_jobs.run_preview,
        correction_jobs.TITLES[correction_jobs.PREVIEW],
    ),
    (correction_jobs.SUBMIT, submit_correction, correction_jobs.TITLES[correction_jobs.SUBMIT]),
    (
        correction_jobs.APPLY,
        correction_jobs.run_apply,
        correction_jobs.TITLES[correction_jobs.APPLY],
    ),
)
# What writes a file or takes its own steps: a second run begins anew.
STEPWISE: tuple[Kind, ...] = (
    (EXPORT_JOB, export_items, _("Xuất câu hỏi")),
    ("export_winners", export_winners, _("Xuất danh sách đạt giải")),
    ("export_participation", export_participation, _("Xuất số liệu tham gia")),
    (full_exports.ENTRIES, full_exports.export_entries, _("Xuất toàn bộ lượt thi")),
    (full_exports.ENTRIES_CSV, full_exports.export_entries, _("Xuất toàn bộ lượt thi (CSV)")),
    (full_exports.MISSING, full_exports.export_missing, _("Xuất danh sách chưa dự thi")),
    (
        winner_certificate_jobs.CERTIFICATES_JOB,
        winner_certificate_jobs.write_certificates,
        _("Lập giấy chứng nhận đạt giải"),
    ),
    (dossier_jobs.PAPERS_JOB, dossier_jobs.write_result_papers, _("Lập giấy tờ kết quả")),
    (rosters.EXPORT, rosters.export_roster, _("Xuất danh sách bắt buộc")),
    (roster_reminders.REMIND, roster_reminders.remind_missing, _("Gửi thư nhắc dự thi")),
    (POSTERS_JOB, write_unit_posters, _("Dựng tờ treo cho các đơn vị")),
    (print_jobs.PRINT_PAPERS, print_jobs.run_print_papers, _("Dựng đề in")),
    (print_jobs.PRINT_KEY, print_jobs.run_print_key, _("Dựng bảng đáp án")),
    ("export_item_analysis", export_item_analysis, _("Xuất phân tích câu hỏi")),
    (rehearsals.REHEARSE, rehearsals.run_rehearsal_job, _("Diễn tập")),
    (rule_trials.TRY_RULES, rule_trials.run_queued_trial, _("Thử thể lệ")),
    (AUDITOR_BUNDLE, run_auditor_bundle, _("Dựng gói kiểm toán")),
)


def register_job_kinds() -> None:
    """Called once when Django starts."""
    for kinds, atomic in ((WHOLE, True), (STEPWISE, False)):
        for kind, run, title in kinds:
            register_job_kind(kind, run=run, title=title, atomic=atomic)
