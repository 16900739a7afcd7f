"""The ways back as plain HTML forms, without script."""

import re

import pytest
from django.test import Client

from quiz.domain.tokens import open_any_entrant_token
from quiz.models import Entrant
from tests.factories import make_open_contest, register
from tests.frontend.test_entry import form_of, path, registered
from tests.quiz.returning import (
    BORN,
    STAFF_CODE,
    code_in,
    make_returning_contest,
    sent_by_worker,
)

pytestmark = pytest.mark.django_db
PHONE = "0999000777"
PAIR = {"staff_code": STAFF_CODE, "birth_date": BORN}


def held(client: Client) -> tuple[int, bool]:
    """(entrant, weak) of the token in the browser."""
    opened = open_any_entrant_token(client.cookies["nguoi_du_thi"].value)
    return opened.entrant_id, opened.weak


def ask(client: Client, made, contact: str = PHONE):
    page = client.get(path(made, "vao-lai"))
    form = form_of(page, path(made, "vao-lai/lien-he"))
    return client.post(path(made, "vao-lai/lien-he"), form | {"contact": contact})


def test_a_message_brings_back_one_of_a_household(client):
    made = make_returning_contest()
    who = [register(made, phone=PHONE, full_name=name) for name in ("Lê Thị Hoa", "Lê Văn An")]
    answer = ask(client, made)
    assert (answer.status_code, answer["Location"]) == (303, path(made, "vao-lai/ma"))
    [(_to, text)] = sent_by_worker()
    form = form_of(client.get(answer["Location"]), path(made, "vao-lai/ma"))
    wrong = client.post(path(made, "vao-lai/ma"), form | {"code": "x"})
    assert wrong.status_code == 422
    assert 'id="id_code_error"' in wrong.content.decode()
    choosing = client.post(path(made, "vao-lai/ma"), form | {"code": code_in(text)})
    html = choosing.content.decode()
    assert (choosing["Cache-Control"], "Lê Thị Hoa" in html) == ("no-store", False)
    assert re.findall(r"L\. [TV]\. \w+", html) == ["L. T. Hoa", "L. V. An"]
    tokens = re.findall(r'name="person" value="([^"]+)"', html)
    done = client.post(path(made, "vao-lai/nguoi"), {"person": tokens[1]})
    assert (done["Location"], held(client)) == (path(made, "vao-thi"), (who[1].entrant_id, False))


def test_the_only_one_behind_a_phone_is_let_in_at_once(client):
    made = make_returning_contest()
    who = register(made, phone=PHONE)
    ask(client, made)
    [(_to, text)] = sent_by_worker()
    done = client.post(path(made, "vao-lai/ma"), {"code": code_in(text)})
    assert (done["Location"], held(client)) == (path(made, "vao-thi"), (who.entrant_id, False))


def test_a_person_chosen_without_a_token_of_this_contest_is_nobody(client):
    made, other = make_returning_contest(), make_returning_contest()
    for token in ("", "x", register(other).token):
        answer = client.post(path(made, "vao-lai/nguoi"), {"person": token})
        assert answer.status_code == 404
    assert "nguoi_du_thi" not in client.cookies


def test_only_the_ways_that_are_open_are_offered(client):
    page = client.get(path(make_open_contest(), "vao-lai")).content.decode()
    assert ("lien-he" in page, "vao-lai/can-bo" in page) == (False, False)
    page = client.get(path(make_returning_contest(), "vao-lai")).content.decode()
    assert ("lien-he" in page, "vao-lai/can-bo" in page) == (True, True)


def test_a_person_of_the_roster_registers_and_comes_back_weakly(client):
    made = make_returning_contest("staff_code_and_birth_date")
    asked = path(made, "vao-lai/can-bo")
    wrong = client.post(asked, PAIR | {"birth_date": "06/09/1968"})
    assert (wrong.status_code, "not_listed" in wrong.content.decode()) == (422, True)
    form = form_of(client.post(asked, PAIR), asked)
    assert set(form) == {"csrfmiddlewaretoken", "claim", "request_key", "phone", "email"}
    refused = client.post(asked, form)
    assert re.findall(r'id="(id_\w+)_error"', refused.content.decode()) == [
        "id_phone",
        "id_consent",
    ]
    done = client.post(asked, form_of(refused, asked) | {"phone": PHONE, "consent": "1"})
    assert (done.status_code, held(client)) == (303, (Entrant.objects.get().pk, False))
    assert "Mã dự thi của bạn" in client.get(done["Location"]).content.decode()

    elsewhere = Client()
    assert elsewhere.post(asked, PAIR)["Location"] == path(made, "vao-thi")
    assert held(elsewhere) == (Entrant.objects.get().pk, True)
    html = elsewhere.get(path(made, "vao-thi")).content.decode()
    assert ("Số lượt bạn đã thi" in html, "Xem biên nhận" in html) == (False, False)
    assert elsewhere.get("/bai-thi/bien-nhan/").status_code == 404
    # Their own browser keeps the better token, and says that somebody came.
    client.post(asked, PAIR)
    assert held(client) == (Entrant.objects.get().pk, False)
    assert "có người vào lại bài của bạn" in client.get(path(made, "vao-thi")).content.decode()


def test_a_next_round_needs_no_new_registration(client):
    """The browser remembers whom it is for, and says so before the form."""
    made = make_open_contest()
    registered(client, made, full_name="Võ Thị Mẫu")
    page = client.get(path(made, "dang-ky")).content.decode()
    assert "Máy này đã đăng ký cho Võ Thị Mẫu" in page
    stranger = Client().get(path(made, "dang-ky")).content.decode()
    assert ("Võ Thị Mẫu" in stranger, "Đã đăng ký rồi?" in stranger) == (False, True)


def test_the_code_of_the_slip_is_in_no_address_that_a_server_sees(client):
    made = make_open_contest()
    registered(client, made)
    html = client.get(path(made, "vao-thi")).content.decode()
    code = re.search(r"<code>([0-9A-Z-]{19})</code>", html)[1]
    assert [
        link for link in re.findall(r'(?:href|action|src)="([^"]*)"', html) if code in link
    ] == []
