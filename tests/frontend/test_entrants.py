"""Entrants on the organisers' pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEntry, Consent, Membership
from quiz.domain.result_jobs import RANK_ROUND
from quiz.domain.round_closing import close_round
from quiz.models import Attempt, CountOpening, Entrant, MayNotWin
from tests.factories import (
    HOUR,
    OpenContest,
    make_attempt,
    make_open_contest,
    make_person,
    make_rules,
    register,
)
from tests.frontend.contest_pages import browser_of, do_jobs, read, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> OpenContest:
    return make_open_contest()


@pytest.fixture
def client(made) -> Client:
    return browser_of(made.organiser)


def people_in(page: str) -> list[str]:
    return re.findall(r'data-label="Họ và tên"><a href="[^"]+">([^<]+)</a>', page)


def test_an_empty_list_and_a_search_without_result_say_what_to_do(made, client):
    assert "Chưa có người dự thi" in text_of(read(client, "w-entrants", pk=made.contest.pk))
    page = text_of(read(client, "w-entrants", "?q=khong", pk=made.contest.pk))
    assert "Không tìm thấy ai" in page


def test_entrants_are_listed_with_masked_phones(made, client):
    register(made, full_name="Đỗ Thị Đào", phone="0912345678")
    page = text_of(read(client, "w-entrants", pk=made.contest.pk))
    assert people_in(page) == ["Đỗ Thị Đào"]
    assert "0912345678" not in page
    Membership.objects.create(user=made.organiser, unit=made.unit, role=Role.EXPORTER)
    assert "0912345678" not in text_of(read(client, "w-entrants", pk=made.contest.pk))


def test_a_whole_number_is_shown_once_for_a_reason(made, client):
    pk = register(made, full_name="Đỗ Thị Đào", phone="0912345678").entrant_id
    keys = {"pk": made.contest.pk, "entrant_pk": pk}
    assert "Hiện số" not in text_of(read(client, "w-entrant", **keys))
    Membership.objects.create(user=made.organiser, unit=made.unit, role=Role.EXPORTER)
    assert "Hiện số" in text_of(read(client, "w-entrant", **keys))
    address = reverse("w-entrant-reveal", kwargs=keys)
    for unsaid in ({}, {"reason": "khong-co"}, {"reason": "other", "reason_text": " "}):
        refused = client.post(address, unsaid)
        assert (refused.status_code, "0912345678" in text_of(refused)) == (422, False)
    shown = client.post(address, {"reason": "contact"})
    assert (shown.status_code, "0912345678" in text_of(shown)) == (200, True)
    assert shown["Cache-Control"] == "private, no-store"
    assert "0912345678" not in text_of(read(client, "w-entrant", **keys))
    assert AuditEntry.objects.filter(act="reveal_numbers").count() == 1


SECRET = make_rules(
    entry={"prediction": {"count": "persons", "who": "took_part", "scope": "round"}},
    result={"chain": [{"kind": k} for k in ("score", "prediction_error", "decision")]},
)


def test_while_a_count_decides_entrants_are_only_found_not_counted():
    made = make_open_contest(rules=SECRET)
    client, pk = browser_of(made.organiser), made.contest.pk
    for at in range(25):
        register(made, full_name=f"Người {at}")
    page = text_of(read(client, "w-entrants", pk=pk))
    assert people_in(page) == []
    assert "đang được giữ kín" in page
    page = text_of(read(client, "w-entrants", "?q=nguoi&page=2", pk=pk))
    assert len(people_in(page)) == 20
    shown = re.sub(r"<[^>]*>|\d\d/\d\d/\d{4}|\d\d:\d\d", " ", page.split("<h2>")[1])
    assert not re.search(r"\b25\b", shown.replace("Người 25", ""))
    page = text_of(send(client, "w-open-counts", pk=pk))
    assert CountOpening.objects.get().user == made.organiser
    assert "25 người" in page


def attempt_page(made: OpenContest, client: Client, attempt: Attempt) -> str:
    return text_of(read(client, "w-entrant", pk=made.contest.pk, entrant_pk=attempt.entrant_id))


def act(made: OpenContest, client: Client, attempt: Attempt, **data):
    return send(
        client,
        "w-attempt",
        data,
        pk=made.contest.pk,
        entrant_pk=attempt.entrant_id,
        attempt_pk=attempt.pk,
    )


def test_more_time_is_given_with_a_reason_and_told_in_the_history(made, client):
    attempt = make_attempt(made, finish=False)
    refused = act(made, client, attempt, act="extend", minutes="5", reason="")
    assert refused.status_code == 422
    page = text_of(act(made, client, attempt, act="extend", minutes="5", reason="Mất điện"))
    deadline = attempt.deadline_at
    attempt.refresh_from_db()
    assert (attempt.deadline_at - deadline).total_seconds() == 300
    assert re.search(r"Gia hạn – [^<]*: Mất điện \(thêm 300 giây\)", page)


def test_one_more_attempt_is_granted_with_a_reason_and_told(made, client):
    attempt = make_attempt(made)
    refused = act(made, client, attempt, act="grant", granted="0", reason="")
    assert refused.status_code == 422
    page = text_of(act(made, client, attempt, act="grant", granted="0", reason="Mất điện"))
    assert re.search(r"Cho thi thêm một lượt – [^<]*: Mất điện", page)
    assert "Được thi thêm ở vòng này" in page
    again = act(made, client, attempt, act="grant", granted="0", reason="Mất điện")
    assert again.status_code == 409


def test_an_attempt_is_voided_with_a_reason_and_restored(made, client):
    attempt = make_attempt(made)
    page = text_of(act(made, client, attempt, act="void", reason="Thi hộ"))
    assert "Đã huỷ" in page
    attempt.refresh_from_db()
    assert attempt.void_reason == "Thi hộ"
    act(made, client, attempt, act="restore", reason="Xác minh lại")
    attempt.refresh_from_db()
    assert attempt.voided_at is None
    assert do_jobs() == []


def test_voiding_after_the_close_ranks_anew():
    made = make_open_contest(opens_in=-4 * HOUR)
    attempt = make_attempt(made)
    over = made.round.closes_at + HOUR
    close_round(round=made.round, user=made.organiser, now=over)
    act(made, browser_of(made.organiser), attempt, act="void", reason="Thi hộ")
    assert do_jobs() == [RANK_ROUND]


def test_an_attempt_of_somebody_else_is_not_found_under_this_entrant(made, client):
    attempt = make_attempt(made)
    other = register(made, full_name="Người khác")
    response = send(
        client,
        "w-attempt",
        {"act": "void", "reason": "x"},
        pk=made.contest.pk,
        entrant_pk=other.entrant_id,
        attempt_pk=attempt.pk,
    )
    assert response.status_code == 404


def test_someone_may_be_kept_from_winning(made, client):
    entrant = Entrant.objects.get(pk=register(made).entrant_id)
    keys = {"pk": made.contest.pk, "entrant_pk": entrant.pk}
    page = text_of(send(client, "w-entrant-change", {"may_win": "0"}, **keys))
    assert "Người này được chơi nhưng không nhận giải." in page
    entrant.refresh_from_db()
    assert entrant.may_win is False


def test_a_guardians_consent_is_recorded(made, client):
    entrant = register(made, full_name="Bé Na", birth_date="05/09/2015")
    keys = {"pk": made.contest.pk, "entrant_pk": entrant.entrant_id}
    assert "Người dưới 16 tuổi" in text_of(read(client, "w-entrant", **keys))
    assert send(client, "w-entrant-change", {"guardian": " "}, **keys).status_code == 422
    page = text_of(send(client, "w-entrant-change", {"guardian": "Nguyễn Văn Cha"}, **keys))
    assert "Đã ghi nhận sự đồng ý công bố tên của người giám hộ." in page
    assert Consent.objects.filter(given_by="Nguyễn Văn Cha").count() == 1


def test_the_list_of_those_who_may_not_win(made, client):
    pk = made.contest.pk
    refused = send(client, "w-may-not-win", {"full_name": "Lê Ra Đề", "reason": "Ra đề"}, pk=pk)
    assert refused.status_code == 422
    assert "cần mã cán bộ hoặc ngày sinh" in text_of(refused)
    assert 'value="Lê Ra Đề"' in text_of(refused)
    named = {"full_name": "Lê Ra Đề", "staff_code": "CB-9", "reason": "Ra đề"}
    page = text_of(send(client, "w-may-not-win", named, pk=pk))
    assert "CB-9" in page
    row = MayNotWin.objects.get()
    page = text_of(send(client, "w-may-not-win-remove", pk=pk, named_pk=row.pk))
    assert "Danh sách đang trống" in page


def test_an_auditor_reads_and_changes_nothing(made):
    attempt = make_attempt(made)
    auditor = browser_of(make_person(Role.AUDITOR, unit=made.unit))
    page = attempt_page(made, auditor, attempt)
    assert "Huỷ bài thi" not in page
    assert act(made, auditor, attempt, act="void", reason="x").status_code == 403
