"""“Thử thể lệ”."""

import re

import pytest

from accounts.domain.jobs import run_job
from accounts.enums import JobState, Role
from accounts.models import Job
from quiz.domain import rule_trials
from quiz.rules.prose_units import example_text, formula_line
from quiz.rules.unit_gains import gain_sentences
from quiz.rules.unit_presets import UNIT_PRESETS
from tests.factories import make_contest, make_person
from tests.frontend.contest_pages import browser_of, read, send, text_of
from tests.frontend.test_contest_rules import boxes

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch):
    monkeypatch.setattr(rule_trials, "AT_ONCE", 20_000)
    return make_contest()


@pytest.fixture
def client(made):
    return browser_of(made.organiser)


def shown(page: str) -> str:
    return re.search(r'id="ket-qua".*?</ul>', page, re.DOTALL)[0]


def test_nothing_is_tried_before_somebody_asks(made, client):
    page = text_of(read(client, "w-rules-trial", pk=made.contest.pk))
    assert "Chưa thử lần nào ở đây" in page
    assert 'id="ket-qua"' not in page


def test_the_saved_rules_are_tried_at_once(made, client):
    page = text_of(hand_on(client, made))
    assert "cuộc thi mô phỏng với 2.000 người mỗi vòng" in page
    assert "không lần nào trao quá giới hạn." in shown(page)
    assert "59% số bài đúng tất cả" in page
    assert "chưa lưu" not in page


def test_what_a_unit_can_gain_stands_under_the_formula(made, client):
    assert "giai-tap-the" not in text_of(read(client, "w-rules-trial", pk=made.contest.pk))
    typed = boxes(read(client, "w-rules", pk=made.contest.pk).content.decode())
    typed |= {"action": "unit_preset", "unit_preset": "thanh_khe"}
    filled = text_of(send(client, "w-rules", typed, pk=made.contest.pk))
    page = text_of(send(client, "w-rules-trial", boxes(filled), pk=made.contest.pk))
    rules = UNIT_PRESETS["thanh_khe"].rules
    for sentence in (formula_line(rules), example_text(rules), *gain_sentences(rules)):
        assert sentence in page


def test_rules_are_tried_as_they_stand_in_the_boxes(made, client):
    typed = boxes(read(client, "w-rules", pk=made.contest.pk).content.decode())
    typed |= {"chain_kind": ["score", "lot"], "chain_precision": ["second"] * 2}
    page = text_of(send(client, "w-rules-trial", typed, pk=made.contest.pk))
    assert "quyết định bằng “Bốc thăm”" in shown(page)
    assert "Đang thử các ô vừa điền, chưa lưu" in page
    made.contest.refresh_from_db()
    assert made.contest.rules.version == 1


def hand_on(client, made, **fields):
    page = read(client, "w-rules-trial", pk=made.contest.pk).content.decode()
    form = max(re.findall(r"<form.*?</form>", page, re.DOTALL), key=len)
    (document,) = boxes(form)["document"]
    return send(client, "w-rules-trial", {"document": document} | fields, pk=made.contest.pk)


def test_the_assumptions_are_the_organisers(made, client):
    page = text_of(hand_on(client, made, entrants="300", perfect_percent="10", rounds="2"))
    assert "cuộc thi mô phỏng với 300 người mỗi vòng" in page
    assert "10% số bài đúng tất cả" in page
    assert "Mỗi cuộc thi 2 vòng" in page


def test_an_assumption_out_of_bounds_is_refused_with_its_limits(made, client):
    response = hand_on(client, made, entrants="nhiều", perfect_percent="101")
    assert response.status_code == 422
    page = text_of(response)
    assert "Số người dự thi mỗi vòng: phải là số trong khoảng cho phép." in page
    assert "Nhập số từ 10 đến 50000." in page
    assert 'value="nhiều"' in page


def test_impossible_rules_are_not_tried(made, client):
    typed = boxes(read(client, "w-rules", pk=made.contest.pk).content.decode())
    typed |= {"chain_kind": ["score"], "chain_precision": ["second"]}
    response = send(client, "w-rules-trial", typed, pk=made.contest.pk)
    assert response.status_code == 422
    assert "sau tiêu chí cuối cùng vẫn có thể còn những người bằng nhau." in text_of(response)


@pytest.mark.parametrize("document", ["{", "[]", "null", '{"entry": 1}'])
def test_a_document_that_is_none_is_refused(made, client, document):
    response = send(client, "w-rules-trial", {"document": document}, pk=made.contest.pk)
    assert response.status_code == 422


def test_a_thousand_contests_run_in_a_job_and_its_result_is_shown(made, client):
    page = text_of(hand_on(client, made, entrants="10", rounds="1", action="thousand"))
    assert "Thử thể lệ" in page
    job = Job.objects.get(kind="try_rules")
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, 1000, 1000)
    assert job.result["message"] == "Trong 1.000 cuộc thi mô phỏng với 10 người mỗi vòng."
    page = text_of(client.get(job.params["next"]))
    assert "Trong 1.000 cuộc thi mô phỏng với 10 người mỗi vòng" in page
    assert "không lần nào trao quá giới hạn." in shown(page)


def test_a_reader_tries_the_rules_but_starts_no_job(made):
    auditor = browser_of(make_person(Role.AUDITOR, unit=made.unit))
    assert hand_on(auditor, made).status_code == 200
    assert hand_on(auditor, made, action="thousand").status_code == 403
    assert not Job.objects.exists()
