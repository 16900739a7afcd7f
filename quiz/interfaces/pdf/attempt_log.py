"""“Trích nhật ký bài thi” as PDF: what is recorded of one attempt, for an appeal and for the file.

The JSON that the printed hash is of lies inside the PDF as an attachment; the QR code opens the
page that says which hash the system gave out.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.domain.installation import read_installation
from accounts.interfaces.pdf.typesetting import OFFICE, qr_svg, typeset
from quiz.domain.attempt_logs import (
    AttemptLog,
    attempt_log,
    log_digest,
    log_document,
    log_notes,
)
from quiz.domain.log_seals import seal_log
from quiz.enums import AttemptState
from quiz.interfaces.word.decree30 import MOTTO, NATION
from quiz.models import Attempt
from quiz.rules.figures import show_number

TEMPLATE = Path(__file__).parent / "templates" / "attempt_log.typ"


def write_attempt_log(*, attempt: Attempt, made_at: datetime, link: str) -> bytes:
    """The PDF of an attempt given with its pool, round and contest.

    `link`: the address of the checking page, with “{seal}” where the seal goes.
    """
    made_at = made_at.replace(microsecond=made_at.microsecond // 1000 * 1000)
    with translation.override("vi"):  # a paper of the office, whoever asks for it
        log = attempt_log(attempt=attempt)
        document = log_document(log=log, made_at=made_at)
        digest = log_digest(document)
        seal = seal_log(attempt_id=attempt.pk, made_at=made_at, digest=digest)
        data = _data(log, made_at) | {
            "digest": digest,
            "qr": qr_svg(link.replace("{seal}", seal), border=1, dark="#000000"),
            "document": json.dumps(document, ensure_ascii=False, sort_keys=True),
        }
    return typeset(TEMPLATE, data, fonts=OFFICE)


def _data(log: AttemptLog, made_at: datetime) -> dict[str, Any]:
    attempt, installed = log.attempt, read_installation()
    contest = attempt.round.contest
    return {
        "parent": installed.parent_body.upper(),
        "body": (installed.body_name or contest.body_name).upper(),
        "nation": NATION,
        "motto": MOTTO,
        "title": _("TRÍCH NHẬT KÝ BÀI THI"),
        "about": contest.title,
        "facts": _facts(log),
        "head": [_("STT"), _("Thời điểm"), _("Diễn biến"), _("Chi tiết")],
        "lines": [
            [str(number), _moment(line.at), line.what, line.detail]
            for number, line in enumerate(log.lines, start=1)
        ],
        "answers_title": _("Câu trả lời đang lưu"),
        "answers": [[str(number), told] for number, told in enumerate(log.answers, start=1)],
        "notes": log_notes(log),
        "made": _("Lập tự động từ dữ liệu hệ thống lúc %(moment)s.") % {"moment": _moment(made_at)},
        "digest_label": _("Mã băm"),
        "check": _("Quét mã để đối chiếu mã băm của bản này"),
        "page_of": _("Trang"),
    }


def _facts(log: AttemptLog) -> list[list[str]]:
    attempt = log.attempt
    rows = [
        (_("Vòng thi"), attempt.round.name),
        (_("Lượt thi"), str(attempt.ordinal)),
        (_("Trạng thái"), _state(attempt)),
        (_("Bắt đầu"), _moment(attempt.started_at)),
        (_("Hạn nộp"), _moment(attempt.deadline_at)),
        (_("Kết thúc"), _moment(attempt.ended_at) if attempt.ended_at else "–"),
        (_("Số lần lưu có thay đổi"), str(log.saves)),
    ]
    if attempt.prediction is not None:
        rows.append((_("Số dự đoán"), show_number(attempt.prediction)))
    return [list(row) for row in rows]


def _state(attempt: Attempt) -> str:
    state = str(AttemptState(attempt.state).label)
    return _("%(state)s; đã bị huỷ") % {"state": state} if attempt.voided_at else state


def _moment(moment: datetime) -> str:
    """“09:58:07,123 30/11/2026”: what is decided on milliseconds shows them."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M:%S},{local.microsecond // 1000:03} {local:%d/%m/%Y}"
