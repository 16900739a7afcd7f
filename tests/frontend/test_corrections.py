"""Corrections on the pages: from the wrong key to the new release, each step by its button."""

from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from quiz.enums import KeyRemedy, RoundState
from quiz.interfaces.bundle.release_jobs import write_release_bundle
from quiz.models import Attempt, Award, Correction, KeyOpening
from tests.factories import OpenContest, make_person
from tests.frontend.contest_pages import browser_of, do_jobs, read, send, text_of
from tests.quiz.domain.test_corrections import amend, begin, made_contest, preview, released
from tests.results_factory import close

pytestmark = pytest.mark.django_db
DECISION = {"decision_number": "130/QĐ-UBND", "decision_date": "30/11/2026"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def keys(made: OpenContest) -> dict[str, int]:
    return {"pk": made.contest.pk, "round_pk": made.round.pk}


def amend_by_page(client: Client, made: OpenContest, **fields: Any):
    wrong = Attempt.objects.get(entrant__full_name="Võ Sai Ví Dụ").answers[0].bit_length() - 1
    given = {"remedy": "accept_both", "key": [str(wrong)], "reason": "Nghị định đã sửa đổi"}
    return send(
        client, "w-correction-item", given | fields, code="nguoi-dan", place=0, **keys(made)
    )


def test_a_wrong_key_from_the_proposal_to_the_public_page():
    made = released()
    client, second = browser_of(made.organiser), browser_of(made.reviewer)
    assert "Đính chính kết quả này" in text_of(read(client, "w-results", **keys(made)))
    send(client, "w-correction-begin", {"reason": "Đáp án câu 1 sai"}, **keys(made))
    found = text_of(read(client, "w-correction-items", "?q=số 1 ", **keys(made)))
    assert "Câu hỏi thử nghiệm số 1 hỏi điều gì?" in found
    assert "đáp án đã chốt" not in found
    item = read(client, "w-correction-item", code="nguoi-dan", place=0, **keys(made))
    assert "đáp án đã chốt" in text_of(item)
    assert "Công nhận cả hai đáp án" in text_of(amend_by_page(client, made))
    send(client, "w-correction-preview", **keys(made))
    assert do_jobs() == ["preview_correction"]
    page = text_of(read(client, "w-corrections", **keys(made)))
    assert "Giải Nhất → <b>Giải Nhì</b>" in page
    assert "— → <b>Giải Nhất</b>" in page
    send(client, "w-correction-submit", **keys(made))
    assert do_jobs() == ["submit_correction"]
    waiting = text_of(read(second, "w-results", **keys(made)))
    assert "Chờ người thứ hai duyệt" in waiting
    assert "Đã công bố" in waiting
    said = text_of(send(second, "w-release", DECISION, **keys(made)))
    assert "Đã duyệt; máy đang áp dụng đính chính rồi công bố." in said
    assert do_jobs() == ["apply_correction"]
    public = text_of(read(Client(), "results", code=made.contest.code))
    for words in (
        "Đây là bản công bố số 2, thay cho bản trước.",
        "Kết quả đã được đính chính",
        "Công nhận cả hai đáp án",
        "Giải Nhất: Võ Sai Ví Dụ",
        "Bản số 1, theo Quyết định số 123/QĐ-UBND",
        "Quyết định số 130/QĐ-UBND",
    ):
        assert words in public
    done = text_of(read(client, "w-corrections", **keys(made)))
    assert "bản công bố số 2, Quyết định 130/QĐ-UBND" in done


def test_older_bundles_stay_downloadable():
    made = released()
    first = made.round.releases.get()
    write_release_bundle(first)
    correction = begin(made)
    amend(made, correction, KeyRemedy.DROP)
    preview(correction)
    client = browser_of(made.organiser)
    send(client, "w-correction-submit", **keys(made))
    do_jobs()
    send(browser_of(made.reviewer), "w-release", DECISION, **keys(made))
    do_jobs()
    for number in (1, 2):
        kept = read(
            Client(), "release-bundle", code=made.contest.code, round_number=1, number=number
        )
        assert kept.status_code == 200


def test_before_the_seal_the_second_person_approves_on_the_page():
    made = made_contest()
    close(made)
    client, second = browser_of(made.organiser), browser_of(made.reviewer)
    send(client, "w-rank", **keys(made))
    do_jobs()
    send(client, "w-correction-begin", {"reason": "Đáp án câu 1 sai"}, **keys(made))
    amend_by_page(client, made, remedy="drop", key=[])
    send(client, "w-correction-preview", **keys(made))
    do_jobs()
    send(client, "w-correction-submit", **keys(made))
    assert "Duyệt đính chính" not in text_of(read(client, "w-corrections", **keys(made)))
    refused = send(client, "w-correction-approve", **keys(made))
    assert refused.status_code == 403
    send(second, "w-correction-approve", **keys(made))
    assert do_jobs() == ["apply_correction"]
    assert Correction.objects.get().state == "applied"
    made.round.refresh_from_db()
    assert made.round.state == RoundState.CLOSED
    # The approver saw the key, which counts as knowing the bank's.
    assert KeyOpening.objects.filter(user=made.reviewer, bank=made.banks[0]).exists()


def test_an_entry_is_voided_and_a_prize_withdrawn_from_their_pages():
    made = released()
    client = browser_of(made.organiser)
    attempt = Attempt.objects.get(entrant__full_name="Trần Nhì Ví Dụ")
    entrant = {"pk": made.contest.pk, "entrant_pk": attempt.entrant_id}
    assert "Kết quả đã công bố" in text_of(read(client, "w-entrant", **entrant))
    send(client, "w-correction-begin", {"reason": "Rà soát"}, **keys(made))
    assert "Huỷ bài: đưa vào đính chính" in text_of(read(client, "w-entrant", **entrant))
    given = {"attempt": attempt.pk, "act": "void", "reason": "Thi hộ"}
    page = text_of(send(client, "w-correction-entry", given, **keys(made)))
    assert "Huỷ bài" in page
    award = Award.objects.get(kind="prize", place=1)
    given = {"award": award.pk, "reason": "Từ chối nhận"}
    page = text_of(send(client, "w-correction-prize", given, **keys(made)))
    assert "Thu hồi giải</b> · Giải Nhất" in page
    taken = Correction.objects.get().withdrawals.get()
    send(client, "w-correction-take-back", kind="giai", change_pk=taken.pk, **keys(made))
    assert not Correction.objects.get().withdrawals.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"remedy": "replace", "key": []}, "Đáp án mới chưa đúng với loại câu hỏi."),
        ({"remedy": "", "key": []}, "Chưa chọn cách xử lý."),
        ({"reason": " "}, "Chưa có lý do."),
    ],
)
def test_what_can_not_be_amended_is_said_beside_the_item(fields, words):
    made = released()
    begin(made)
    refused = amend_by_page(browser_of(made.organiser), made, **fields)
    assert words in text_of(refused)
    assert not Correction.objects.get().amendments.exists()


def test_who_only_reads_sees_no_keys():
    made = released()
    amend(made, begin(made), KeyRemedy.DROP)
    reader = make_person(Role.AUDITOR, unit=made.unit)
    page = text_of(read(browser_of(reader), "w-corrections", **keys(made)))
    assert "Bỏ câu, không tính điểm" in page
    assert "Đáp án đã chốt" not in page


def test_the_same_steps_through_the_api():
    made = released()
    client, second = browser_of(made.organiser), browser_of(made.reviewer)
    json = {"content_type": "application/json"}
    begun = client.post(f"/api/v1/work/rounds/{made.round.pk}/correct/", {"reason": "Sai"}, **json)
    assert begun.status_code == 201
    address = f"/api/v1/work/corrections/{begun.json()['id']}/"
    amended = {"group": "nguoi-dan", "place": 0, "remedy": "marks_to_all", "reason": "Sai"}
    assert client.post(f"{address}amend/", amended, **json).json()["amendments"][0]["place"] == 0
    assert client.post(f"{address}preview/", **json).status_code == 202
    do_jobs()
    shown = client.get(address).json()
    assert shown["preview"]["prizes"] == 4
    assert client.get(f"{address}changes/").json()["count"] == 4
    assert client.post(f"{address}submit/", **json).status_code == 202
    do_jobs()
    release = Correction.objects.get().release
    decision = {"decision_number": "130/QĐ", "decision_date": "2026-11-30"}
    approved = second.post(f"/api/v1/work/releases/{release.pk}/approve/", decision, **json)
    assert approved.status_code == 200
    do_jobs()
    assert client.get(address).json()["state"] == "applied"
