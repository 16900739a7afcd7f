"""The papers of a corrected result say which decision they replace, and why."""

import io

import pytest
from docx import Document

from quiz.domain.correction_effects import as_submitted
from quiz.domain.correction_jobs import SUBMIT
from quiz.domain.corrections import withdraw_prize
from quiz.domain.result_papers import result_facts
from quiz.enums import KeyRemedy
from quiz.interfaces.dossier.papers import PAPERS
from quiz.models import Award
from tests.quiz.domain.test_corrections import (
    NOW,
    amend,
    begin,
    decide,
    preview,
    released,
    run,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def texts(made, code: str) -> str:
    file = io.BytesIO()
    with as_submitted(round=made.round, now=NOW) as round:
        PAPERS[code].write(result_facts(round=round), "https://thi.example.vn", file)
    return "\n".join(paragraph.text for paragraph in Document(file).paragraphs)


def test_proposal_minutes_and_decision_of_a_correction_tell_what_it_replaces():
    made = released()
    assert "đính chính" not in (texts(made, "decision") + texts(made, "proposal")).lower()
    correction = begin(made)
    amend(made, correction, KeyRemedy.MARKS_TO_ALL)
    award = Award.objects.get(kind="prize", place=1)
    withdraw_prize(correction=correction, award=award, reason="Thi hộ", user=made.organiser)
    preview(correction)
    run(SUBMIT, correction)
    before = "Quyết định số 123/QĐ-UBND ngày 23 tháng 11 năm 2026"
    done = "Đính chính số 1: Đáp án câu 1 sai; sửa đáp án 1 câu, thu hồi 1 giải."
    for code in ("proposal", "minutes"):
        told = texts(made, code)
        assert f"Bản công bố này thay cho bản công bố số 1: {before}." in told
        assert done in told
    decide(made, correction)
    decision = texts(made, "decision")
    assert f"Căn cứ {before} công nhận kết quả và trao giải {made.round.name};" in decision
    assert f"có hiệu lực kể từ ngày ký, thay thế {before}. {done}" in decision
    assert f"Về việc đính chính kết quả và trao giải {made.round.name}" in decision
    assert "Thi hộ" not in decision
