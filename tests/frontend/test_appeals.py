"""A complaint from the public page to the answer, and what it looks like to the organisers."""

import io
import json
import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.crypto import seal_text
from accounts.enums import Role
from accounts.models import User
from quiz.domain.appeal_reading import BY_ADDRESS
from quiz.domain.attempts import submit_attempt
from quiz.domain.receipts import receipt_of
from quiz.models import Appeal, KeyOpening
from quiz.permissions import appeals_to_decide
from tests.factories import (
    OpenContest,
    answers_input,
    make_attempt,
    make_open_contest,
    make_rules,
    register,
    right_answers,
    start,
)
from tests.people import make_person
from tests.quiz.domain.appeals import appeal, released

pytestmark = pytest.mark.django_db


def address(made: OpenContest, route: str = "appeals", **more) -> str:
    return reverse(route, kwargs={"code": made.contest.code, **more})


def html(response) -> str:
    return response.content.decode()


def form(client: Client, made: OpenContest, **fields) -> dict:
    """What a browser would send back from the page."""
    page = html(client.get(address(made)))
    [key] = re.findall(r'name="request_key" value="([\w-]+)"', page)
    defaults = {"request_key": key, "round": "1", "kind": "technical", "text": "Trang bị treo"}
    return defaults | fields


def official(made: OpenContest, role: str = Role.ORGANISER) -> Client:
    client = Client()
    client.force_login(make_person(f"can-bo-{role}", role, unit=made.unit))
    return client


def desk(made: OpenContest, row: Appeal, route: str = "w-appeal") -> str:
    return reverse(route, args=[made.contest.pk, row.pk])


def test_an_appeal_goes_from_the_page_to_a_readable_answer_without_an_account(client):
    made = make_open_contest()
    who = register(made)
    make_attempt(made, who=who, wrong=1)
    released(made)
    results = html(client.get(address(made, "results")))
    assert (address(made) in results, "Sơ bộ" in results) == (True, True)
    sent = client.post(address(made), form(client, made, kind="mark", code=who.code))
    assert (sent.status_code, sent["Location"]) == (303, address(made, "appeal-mine"))
    page = html(client.get(sent["Location"]))
    [code] = re.findall(r"<code>([\w-]{19})</code>", page)
    assert "Đã nhận" in page
    assert page.count("đáp án</span>") == 5
    assert client.get(address(made, "appeal-log", ordinal=1)).content.startswith(b"%PDF")
    assert client.get(address(made, "appeal-log", ordinal=2)).status_code == 404

    row, desk_client = Appeal.objects.get(), official(made)
    act = {"act": "reject", "answer": "Câu 3: đáp án đúng là B theo Nghị định."}
    assert desk_client.post(desk(made, row, "w-appeal-act"), act).status_code == 302
    other = Client()
    assert "Nghị định" not in html(other.get(sent["Location"]))
    opened = other.post(sent["Location"], {"code": code.lower()})
    assert opened.status_code == 303
    page = html(other.get(sent["Location"]))
    assert ("Không chấp nhận" in page, act["answer"] in page) == (True, True)
    assert other.post(address(made, "appeal-withdraw")).status_code == 409
    other.post(address(made, "appeal-leave"))
    assert "Nghị định" not in html(other.get(sent["Location"]))


def test_a_receipt_file_and_an_emergency_file_are_read_by_the_page(client):
    made = make_open_contest()
    sitting = start(made, register(made))
    given = answers_input(sitting, right_answers(sitting))
    sitting = submit_attempt(token=sitting.token, given=given)
    text = json.dumps(receipt_of(sitting).as_dict())
    files = {
        "receipt_file": SimpleUploadedFile("bien-nhan.json", text.encode()),
        "evidence": SimpleUploadedFile("du-phong.json", b"khong phai"),
    }
    refused = client.post(address(made), form(client, made, kind="entry", **files))
    page = html(refused)
    assert (refused.status_code, 'id="id_evidence_error"' in page) == (422, True)
    assert "Trang bị treo" in page
    receipt = io.BytesIO(text.encode())
    sent = client.post(address(made), form(client, made, kind="entry", receipt_file=receipt))
    assert sent.status_code == 303
    assert (Appeal.objects.get().receipt_matches, Appeal.objects.get().attempt_id) == (
        True,
        sitting.row.id,
    )


def test_out_of_time_the_page_names_the_window_and_takes_nothing(client):
    made = make_open_contest()
    who = register(made)
    make_attempt(made, who=who)
    release = released(made, days_ago=10)
    page = html(client.get(address(made)))
    assert ("Hiện không nhận khiếu nại" in page, "Đã hết hạn" in page) == (True, True)
    late = {
        "request_key": "00000000-0000-4000-8000-000000000001",
        "round": "1",
        "kind": "mark",
        "text": "Muộn",
        "code": who.code,
    }
    answer = client.post(address(made), late)
    told = timezone.localdate(release.released_at).strftime("%d/%m/%Y")
    assert (answer.status_code, told in html(answer)) == (409, True)
    assert Appeal.objects.count() == 0


def test_while_a_round_is_open_its_items_are_shown_to_neither_side(client):
    made = make_open_contest()
    who = register(made)
    make_attempt(made, who=who)
    client.post(address(made), form(client, made, code=who.code))
    mine = html(client.get(address(made, "appeal-mine")))
    row, desk_client = Appeal.objects.get(), official(made)
    pages = [mine, html(desk_client.get(desk(made, row)))]
    answer = desk_client.post(desk(made, row, "w-appeal-keys"))
    pages.append(html(answer))
    for page in pages:
        assert "Câu hỏi thử nghiệm số" not in page
        assert "đáp án</span>" not in page
    assert KeyOpening.objects.filter(user__username="can-bo-organiser").count() == 0


def test_keys_beside_an_appeal_are_an_opening_like_any_other():
    made = make_open_contest(rules=make_rules(result={"key_shown": "never"}))
    who = register(made)
    make_attempt(made, who=who)
    released(made)
    row, desk_client = appeal(made, kind="mark", code=who.code).appeal, official(made)
    page = html(desk_client.get(desk(made, row)))
    assert ("Câu hỏi thử nghiệm số" in page, "đáp án</span>" in page) == (True, False)
    page = html(desk_client.post(desk(made, row, "w-appeal-keys")))
    assert page.count("đáp án</span>") == 5
    opened = KeyOpening.objects.filter(user__username="can-bo-organiser")
    assert list(opened.values_list("bank", flat=True)) == [made.banks[0].pk]
    assert html(official(made, Role.AUDITOR).get(desk(made, row))).count("đáp án</span>") == 0


def test_two_people_carry_a_change_of_the_result_and_the_list_is_filtered():
    made = make_open_contest()
    row, first = appeal(made, contact="0999000777").appeal, official(made)
    assert "1 khiếu nại chờ bạn" in html(first.get(reverse("workplace")))
    acting = desk(made, row, "w-appeal-act")
    listing = reverse("w-appeals", args=[made.contest.pk])
    assert row.number in html(first.get(listing + "?trang-thai=waiting&ve=technical"))
    assert row.number not in html(first.get(listing + "?trang-thai=accepted"))
    assert row.number not in html(first.get(listing + "?ve=mark"))
    assert "0999000777" in html(first.get(desk(made, row)))
    assert first.post(acting, {"act": "accept", "answer": " "}).status_code == 422
    assert (
        first.post(acting, {"act": "accept", "answer": "Đúng", "changes": "1"}).status_code == 302
    )
    assert first.post(acting, {"act": "confirm"}).status_code == 403
    second = official(made, Role.ADMINISTRATOR)
    assert "khiếu nại chờ bạn" not in html(first.get(reverse("workplace")))
    assert appeals_to_decide(User.objects.get(username="can-bo-administrator")).get() == row
    page = html(second.get(desk(made, row)))
    assert ("Chấp nhận khiếu nại" in page, "0999000777" in page) == (True, False)
    assert second.post(acting, {"act": "confirm"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "accepted"


def test_results_become_official_by_a_person_and_say_so_everywhere(client):
    made = make_open_contest()
    make_attempt(made)
    released(made, days_ago=10)
    desk_client = official(made)
    results = reverse("w-results", args=[made.contest.pk, made.round.pk])
    assert "Xác nhận kết quả chính thức" in html(desk_client.get(results))
    act = reverse("w-official", args=[made.contest.pk, made.round.pk])
    assert desk_client.post(act).status_code == 302
    page = html(client.get(address(made, "results")))
    assert ("Chính thức" in page, "Sơ bộ" in page) == (True, False)
    [shown] = client.get(f"/api/v1/contests/{made.contest.code}/results/").json()
    assert shown["official_at"] is not None


def test_the_page_behind_the_qr_code_tells_the_hash_that_was_given_out(client):
    made = make_open_contest()
    attempt = make_attempt(made)
    desk_client = official(made)
    pdf = desk_client.get(reverse("w-attempt-log", args=[made.contest.pk, attempt.pk]))
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    for seal in ("x", "A" * 96):
        assert client.get(reverse("attempt-log-check", args=[seal])).status_code == 404


def test_what_somebody_types_is_text_on_every_page(client):
    made = make_open_contest()
    who = register(made)
    make_attempt(made, who=who)
    script = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    client.post(address(made), form(client, made, text=script, contact=script, code=who.code))
    row = Appeal.objects.get()
    refused = client.post(address(made), form(client, made, text=script, slot=script))
    pages = [
        refused,
        client.get(address(made, "appeal-mine")),
        client.post(address(made, "appeal-mine"), {"code": script}),
        official(made).get(desk(made, row)),
    ]
    for page in pages:
        assert ("<script>alert" in html(page), "<img src=x" in html(page)) == (False, False)


def test_codes_can_not_be_tried_without_end_and_a_cookie_can_not_be_made_up(client):
    made = make_open_contest()
    code = appeal(made).code
    mine = address(made, "appeal-mine")
    limit = BY_ADDRESS[0]
    for _try in range(limit):
        assert client.post(mine, {"code": "0000-0000-0000-0000"}).status_code == 404
    assert client.post(mine, {"code": code}).status_code == 429
    other = Client()
    for forged in (code, "00" * 40, seal_text(f"own-data:{code}:{int(time.time())}").hex()):
        other.cookies["khieu_nai"] = forged
        assert "Đã nhận" not in html(other.get(mine))
        assert other.get(address(made, "appeal-log", ordinal=1)).status_code == 404
    other.cookies["khieu_nai"] = seal_text(f"appeal:{code}:{int(time.time()) - 3600}").hex()
    assert "Đã nhận" not in html(other.get(mine))


def test_two_contests_do_not_open_each_others_appeals(client):
    made, other = make_open_contest(), make_open_contest()
    row = appeal(made).appeal
    stranger = official(other)
    assert stranger.get(desk(made, row)).status_code == 404
    crossed = reverse("w-appeal", args=[other.contest.pk, row.pk])
    assert stranger.get(crossed).status_code == 404
    log = reverse("w-attempt-log", args=[other.contest.pk, make_attempt(made).pk])
    assert stranger.get(log).status_code == 404
