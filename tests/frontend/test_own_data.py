"""A person's own page: seen, copied, corrected, withdrawn, erased; and who answers."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.crypto import open_text
from accounts.domain.audit import record_act
from accounts.enums import DataRequestState, Role
from accounts.models import Consent, DataRequest
from quiz.models import Award, Entrant
from tests.factories import OpenContest, make_attempt, make_open_contest, register
from tests.people import make_person
from tests.public_world import make_release, winner

pytestmark = pytest.mark.django_db
PERSON = {
    "full_name": "Nguyễn Thị Lan",
    "birth_date": "05/09/1990",
    "phone": "0912345678",
    "email": "lan@co-quan.vn",
}


@pytest.fixture
def made() -> OpenContest:
    return make_open_contest()


def opened(made: OpenContest, code: str) -> Client:
    """A browser in which the code was given."""
    client = Client()
    answer = client.post(reverse("own-data"), {"contest": made.contest.code, "code": code})
    assert (answer.status_code, answer.url) == (303, reverse("own-data-page"))
    return client


def html(response) -> str:
    return response.content.decode()


def official(made: OpenContest, role: str = Role.ORGANISER) -> Client:
    client = Client()
    client.force_login(make_person(f"can-bo-{role}", role, unit=made.unit))
    return client


def answer_request(client: Client, **data: str):
    row = DataRequest.objects.get(state=DataRequestState.OPEN)
    return client.post(reverse("w-data-request", args=[row.number]), data)


def test_the_page_says_what_is_held_and_the_copy_says_it_whole(made):
    who = register(made, **PERSON)
    make_attempt(made, who=who, wrong=1)
    entrant = Entrant.objects.get(pk=who.entrant_id)
    record_act(actor=made.organiser, act="reveal_numbers", subject=entrant)
    client = opened(made, who.code)
    page = client.get(reverse("own-data-page"))
    text = html(page)
    assert page.headers["Cache-Control"] == "no-store"
    until = timezone.localdate(made.round.closes_at) + timedelta(days=730)
    for said in (
        "Nguyễn Thị Lan",
        "05/09/1990",
        "09•••••678",
        "l•••@co-quan.vn",
        f"{until:%d/%m/%Y}",
        "phiên bản 1",
    ):
        assert said in text
    assert "đầy đủ số điện thoại hoặc số định danh của bạn <b>1</b> lần" in text
    assert PERSON["phone"] not in text
    copy = json.loads(client.get(reverse("own-data-json")).content)
    held = {row["field"]: row["value"] for row in copy["fields"]}
    assert held == {
        "full_name": "Nguyễn Thị Lan",
        "birth_date": "05/09/1990",
        "phone": "0912345678",
        "email": "lan@co-quan.vn",
        "group": "nguoi-dan",
    }
    assert [len(attempt["answers"]) for attempt in copy["attempts"]] == [5]
    assert "score" not in copy["attempts"][0]
    readable = html(client.get(reverse("own-data-html")))
    assert "0912345678" in readable
    assert "<script" not in readable


def test_nothing_tells_whether_somebody_entered(made):
    """A wrong code, a code of another contest and no contest at all are answered alike."""
    other = register(make_open_contest(), **PERSON)
    register(made, **PERSON)
    answers = []
    for contest, code in (
        (made.contest.code, "AAAA-AAAA-AAAA-AAAA"),
        (made.contest.code, other.code),
        (made.contest.code, "???"),
    ):
        response = Client().post(reverse("own-data"), {"contest": contest, "code": code})
        body = html(response).split("csrfmiddlewaretoken")[0]
        answers.append((response.status_code, body, sorted(response.cookies)))
    assert answers == [answers[0]] * 3
    assert answers[0][0] == 404


def test_without_the_code_every_page_leads_to_the_form(made):
    register(made, **PERSON)
    for client in (Client(), stale_browser(made)):
        for name in ("own-data-page", "own-data-json", "own-data-html"):
            assert client.get(reverse(name)).url == reverse("own-data")
        assert (
            client.post(reverse("own-data-ask"), {"act": "erasure", "sure": "1"}).status_code == 303
        )
    assert DataRequest.objects.count() == 0


def stale_browser(made: OpenContest) -> Client:
    """Opened an hour ago."""
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        return opened(made, register(made).code)


def test_a_correction_is_asked_once_and_made_by_a_person(made):
    who = register(made, **PERSON)
    client = opened(made, who.code)
    before = bytes(Entrant.objects.get().identity_index)
    wanted = {"act": "correction", "full_name": "Nguyễn Thị Lán", "birth_date": "6/9/1990"}
    for _click in range(2):
        client.post(reverse("own-data-ask"), wanted)
    row = DataRequest.objects.get()
    assert "Lán" not in repr(bytes(row.wanted))
    assert row.due_at > row.asked_at
    organiser = official(made)
    page = html(organiser.get(reverse("w-data-request", args=[row.number])))
    assert "Nguyễn Thị Lán" in page
    assert answer_request(organiser, act="grant").status_code == 302
    entrant = Entrant.objects.get()
    assert (entrant.full_name, entrant.folded_name) == ("Nguyễn Thị Lán", "nguyen thi lan")
    assert entrant.birth_date == date(1990, 9, 6)
    assert bytes(entrant.identity_index) not in (before, b"")
    assert open_text(entrant.phone) == "0912345678"
    row.refresh_from_db()
    assert (row.state, bytes(row.wanted)) == ("done", b"")
    assert "Đã sửa theo yêu cầu" in html(client.get(reverse("own-data-page")))


def test_what_is_malformed_comes_back_with_what_was_typed(made):
    client = opened(made, register(made).code)
    for wanted, said in (
        ({"birth_date": "32/13/1990"}, "Ghi ngày sinh theo dạng"),
        ({"full_name": "  "}, "Chưa ghi mục nào cần sửa"),
        ({"unit": "khong-co"}, "Không tìm thấy đơn vị này"),
    ):
        response = client.post(reverse("own-data-ask"), {"act": "correction", **wanted})
        assert response.status_code == 422
        assert said in html(response)
    found = client.post(reverse("own-data-ask"), {"unit_find": "1", "unit_search": "hoa thinh"})
    assert f'value="{made.unit.code}"' in html(found)
    unsure = client.post(reverse("own-data-ask"), {"act": "erasure"})
    assert "Chưa đánh dấu xác nhận" in html(unsure)
    assert DataRequest.objects.count() == 0


def test_withdrawing_takes_effect_at_once_and_wins_nothing(made):
    who = register(made)
    client = opened(made, who.code)
    for _click in range(2):
        client.post(reverse("own-data-ask"), {"act": "withdrawal", "sure": "1"})
    entrant = Entrant.objects.get()
    assert (entrant.may_win, entrant.withdrawn_at is not None) == (False, True)
    assert [row.state for row in DataRequest.objects.all()] == ["done"]
    assert list(Consent.objects.filter(withdrawn_at=None)) == []
    assert "Bạn đã rút lại sự đồng ý tham gia" in html(client.get(reverse("own-data-page")))


def test_a_childs_name_is_shown_by_initials_once_the_guardian_withdraws(made):
    child = register(made, full_name="Trần Bé Na", birth_date="05/09/2014", guardian_name="Trần A")
    attempt = make_attempt(made, who=child)
    rows = [winner(1, "Giải Nhất", "Trần Bé Na"), winner(2, "Giải Nhì", "Lê Văn Hai")]
    document = {"winners": rows, "root": "5f" * 32}
    release = make_release(made, document=document, winners=[child.entrant_id])
    Award.objects.create(
        round=made.round,
        group=made.groups[0],
        entrant_id=child.entrant_id,
        attempt=attempt,
        tier="nhat",
        tier_name="Giải Nhất",
        place=1,
        rank=1,
    )
    public = [
        reverse("results", args=[made.contest.code]),
        reverse("api-contest-results", args=[made.contest.code]),
    ]
    assert all("Trần Bé Na" in html(Client().get(path)) for path in public)
    client = opened(made, child.code)
    assert "Giải Nhất" in html(client.get(reverse("own-data-page")))
    client.post(reverse("own-data-ask"), {"act": "publishing", "sure": "1"})
    for path in public:
        text = html(Client().get(path + "?moi"))
        assert ("Trần Bé Na" in text, "T. B. N." in text, "Lê Văn Hai" in text) == (
            False,
            True,
            True,
        )
    release.refresh_from_db()
    assert release.document["winners"] == rows


def test_an_erasure_granted_closes_the_page(made):
    who = register(made, **PERSON)
    client = opened(made, who.code)
    client.post(reverse("own-data-ask"), {"act": "erasure", "sure": "1"})
    assert Entrant.objects.get().full_name == "Nguyễn Thị Lan"
    organiser = official(made)
    assert "Trả lời yêu cầu về dữ liệu cá nhân" in html(organiser.get(reverse("workplace")))
    answer_request(official(made, Role.ADMINISTRATOR), act="grant")
    assert Entrant.objects.get().erased_at is not None
    assert client.get(reverse("own-data-page")).url == reverse("own-data")
    asked = {"contest": made.contest.code, "code": who.code}
    assert Client().post(reverse("own-data"), asked).status_code == 404
    assert "Nguyễn Thị Lan" not in html(organiser.get(reverse("w-data-requests")))


def test_an_official_notes_a_request_made_on_paper_and_the_number_tells_how_far_it_is(made):
    register(made, **PERSON)
    organiser, entrant = official(made), Entrant.objects.get()
    path = reverse("w-entrant-change", args=[made.contest.pk, entrant.pk])
    row = organiser.post(path, {"erasure": "1"})
    number = DataRequest.objects.get().number
    assert row.url == reverse("w-data-request", args=[number])
    for typed, status, said in ((number.lower(), 200, "Đang xử lý"), ("YC-0", 404, "Không có yêu")):
        answer = Client().post(reverse("own-data"), {"number": typed})
        assert (answer.status_code, said in html(answer)) == (status, True)
        assert PERSON["full_name"] not in html(answer)


def test_refusing_needs_a_reason_that_the_person_reads(made):
    client = opened(made, register(made).code)
    client.post(reverse("own-data-ask"), {"act": "erasure", "sure": "1"})
    organiser = official(made)
    assert answer_request(organiser, act="refuse", reason=" ").status_code == 422
    answer_request(organiser, act="refuse", reason="Đang giải quyết khiếu nại của chính bạn.")
    assert "Đang giải quyết khiếu nại" in html(client.get(reverse("own-data-page")))


def test_what_is_overdue_is_said_in_red(made):
    client = opened(made, register(made).code)
    client.post(reverse("own-data-ask"), {"act": "erasure", "sure": "1"})
    organiser = official(made)
    assert "Quá hạn" not in html(organiser.get(reverse("w-data-requests")))
    DataRequest.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    page = html(organiser.get(reverse("w-data-requests")))
    assert "17:00" not in page
    assert "badge badge--danger" in page
    assert "1 yêu cầu đã quá hạn." in html(organiser.get(reverse("workplace")))


def test_an_account_is_seen_copied_and_closed(made):
    person = make_person("lan", Role.AUTHOR, unit=made.unit)
    client = Client()
    client.force_login(person)
    assert "Người soạn câu hỏi" in html(client.get(reverse("own-account")))
    copy = json.loads(client.get(reverse("own-account-json")).content)
    assert {"label": "Mã cán bộ", "value": "lan"} in copy["fields"]
    client.post(reverse("own-account-ask"), {"act": "correction", "full_name": "Nguyễn Thị Lan"})
    administrator = official(made, Role.ADMINISTRATOR)
    answer_request(administrator, act="grant")
    client.post(reverse("own-account-ask"), {"act": "erasure", "sure": "1"})
    answer_request(administrator, act="grant")
    person.refresh_from_db()
    assert (person.full_name, person.is_active) == ("Nguyễn Thị Lan", False)
    assert client.get(reverse("own-account")).status_code == 302


def test_retention_is_explained_to_administrators(made):
    page = html(official(made, Role.ADMINISTRATOR).get(reverse("w-retention")))
    assert "Chưa chạy lần nào" in page
    register(made)
    assert "Bản công bố kết quả" in page
