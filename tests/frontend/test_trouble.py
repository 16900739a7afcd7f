"""When something goes wrong people read what happened and what to do next."""

import json

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.errors import NotAllowed, TooManyRequests
from frontend.pages.public import errors
from frontend.refusals import refusal_response

TROUBLES = [
    errors.BAD_REQUEST,
    errors.PAGE_TOO_OLD,
    errors.NO_PERMISSION,
    errors.NOT_FOUND,
    errors.GONE,
    errors.TOO_MANY,
    errors.SERVER_ERROR,
    errors.BUSY,
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: str(trouble.title))
def test_trouble_says_what_to_do_next(trouble: errors.Trouble) -> None:
    response = errors.show_trouble(RequestFactory().get("/a/"), trouble)
    html = response.content.decode()
    assert response.status_code == trouble.status
    assert f"<h1>{trouble.title}</h1>" in html
    assert str(trouble.hint) in html
    assert 'href="/"' in html
    assert response.has_header("Retry-After") == (trouble.status in (429, 503))


def test_unknown_address_is_answered_in_words(db: None, client: Client) -> None:
    response = client.get("/khong-co-trang-nay/")
    assert response.status_code == 404
    assert "Không tìm thấy trang này" in response.content.decode()


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError, 503), (InterfaceError, 503), (ValueError, 500)]
)
def test_database_that_does_not_answer_is_busy_not_broken(
    error: type[Exception], status: int
) -> None:
    try:
        raise error
    except error:
        assert errors.server_error(RequestFactory().get("/")).status_code == status


def test_a_save_that_finds_no_database_is_told_so_in_json() -> None:
    try:
        raise OperationalError
    except OperationalError:
        busy = errors.server_error(RequestFactory().post("/api/v1/entry/save"))
    assert (busy.status_code, json.loads(busy.content)["code"]) == (503, "busy")
    assert 1 <= int(busy["Retry-After"]) <= 30


def test_form_left_open_too_long_says_to_reload(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "Trang này đã mở quá lâu" in response.content.decode()


def test_refusal_is_a_page_for_people_and_json_for_machines(rf: RequestFactory) -> None:
    html = refusal_response(rf.get("/a/"), NotAllowed())
    assert (html.status_code, "Bạn chưa được phân quyền" in html.content.decode()) == (403, True)
    answer = refusal_response(rf.get("/api/v1/a/"), TooManyRequests())
    assert (answer.status_code, 2 <= int(answer["Retry-After"]) <= 7) == (429, True)
    assert answer["Content-Type"] == "application/json"
