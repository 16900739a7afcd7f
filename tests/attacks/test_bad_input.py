"""Bad input, from the door: refused in words with what to do next and a code, and nothing is lost.

What each part refuses is listed beside it (workbooks in tests/quiz/bank_workbooks.py, rules in
tests/quiz/rules/test_checks.py); here is what crosses parts.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from unicodedata import normalize

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.domain.jobs import run_job
from accounts.errors import DomainError
from accounts.models import Job
from frontend.pages.workplace.contest_forms import MOMENT
from quiz.domain.attempts import submit_attempt
from quiz.domain.clock import shifted_clock
from quiz.domain.frozen import clear_frozen
from quiz.models import Attempt, Entrant, ItemVersion
from tests.factories import (
    HOUR,
    OpenContest,
    answers_input,
    make_contest,
    make_open_contest,
    make_rules,
    register,
    registration_data,
    start,
)
from tests.frontend.bank_pages import BankWorld, make_bank_world
from tests.frontend.contest_pages import browser_of, send, text_of
from tests.quiz.bank_workbooks import HEAD, sound_row
from tests.quiz.interfaces.excel.item_workbooks import FULL_HEAD, PLAIN, item_book, saved

pytestmark = pytest.mark.django_db
API = "/api/v1/entry"
ANSWERS = {"writer": 3, "base": 0, "revision": 1, "answers": [1, 0, 0, 0, 0]}
VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")


def every_refusal(base: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for refusal in base.__subclasses__():
        yield refusal
        yield from every_refusal(refusal)


def is_sentence(text: object) -> bool:
    """Vietnamese, with a capital letter and a full stop."""
    words = str(text)
    return words[:1].isupper() and words.endswith(".") and bool(VIETNAMESE.search(words))


def test_every_refusal_has_its_own_code_a_sentence_and_what_to_do_next():
    assert get_resolver().url_patterns  # everything that refuses is loaded
    refusals = [
        refusal for refusal in every_refusal() if not refusal.__module__.startswith("tests")
    ]
    assert [
        refusal.__name__
        for refusal in refusals
        if not (is_sentence(refusal.message) and is_sentence(refusal.hint))
    ] == []
    codes = [refusal.code for refusal in refusals]
    assert sorted(codes) == sorted(set(codes))
    assert len(codes) > 30


# Entry


@dataclass(frozen=True)
class Call:
    """One call of the API and the form by which a page asks the same; `later` it is sent."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]
    page: str
    form: dict[str, Any]
    later: timedelta = timedelta(0)

    def by_api(self) -> HttpResponse:
        return Client().post(
            API + self.path,
            json.dumps(self.body),
            content_type="application/json",
            headers=self.headers,
        )

    def by_page(self) -> HttpResponse:
        return Client().post(self.page, self.form)


def registering(made: OpenContest, **fields: Any) -> Call:
    code, data = made.contest.code, registration_data(**fields)
    page = f"/cuoc-thi/{code}/dang-ky/"
    return Call(f"/contests/{code}/register", data, {}, page, data | {"consent": "1"})


def starting(made: OpenContest, token: str, ordinal: int = 1) -> Call:
    return Call(
        f"/rounds/{made.round.pk}/start",
        {"ordinal": ordinal},
        {"x-entrant-token": token},
        f"/cuoc-thi/{made.contest.code}/bat-dau/",
        {"round": made.round.pk, "ordinal": ordinal, "token": token},
    )


SENDING = {"save": "/bai-thi/luu/", "submit": "/bai-thi/nop/"}


def sending(token: str, act: str = "save", **fields: Any) -> Call:
    form = {"writer": "3", "base": "0", "began": "0,0,0,0,0", "s0": "0", "confirmed": "1"}
    return Call(
        f"/{act}",
        ANSWERS | fields,
        {"x-attempt-token": token},
        SENDING[act],
        form | {"token": token},
    )


def too_early() -> Call:
    made = make_open_contest(opens_in=HOUR, closes_in=2 * HOUR)
    return starting(made, register(made).token)


def too_late() -> Call:
    made = make_open_contest()
    return replace(starting(made, register(made).token), later=2 * HOUR)


def registering_too_late() -> Call:
    return replace(registering(make_open_contest()), later=2 * HOUR)


def under_age() -> Call:
    made = make_open_contest(rules=make_rules(entry={"minimum_age": 14}))
    return registering(made, birth_date="01/01/2020")


def saving_late(act: str = "save") -> Call:
    made = make_open_contest()
    return replace(sending(start(made, register(made)).token, act), later=HOUR / 2)


def saving_after_the_submit() -> Call:
    made = make_open_contest()
    sitting = start(made, register(made))
    submit_attempt(token=sitting.token, given=answers_input(sitting))
    return sending(sitting.token, base=1, revision=2)


def starting_beside_an_open_attempt() -> Call:
    made = make_open_contest()
    who = register(made)
    start(made, who)
    return starting(made, who.token, ordinal=2)


def starting_once_more_than_allowed() -> Call:
    made = make_open_contest(rules=make_rules(entry={"attempts_per_round": 1}))
    who = register(made)
    sitting = start(made, who)
    submit_attempt(token=sitting.token, given=answers_input(sitting))
    return starting(made, who.token, ordinal=2)


REFUSED = {
    "entry too early": (too_early, 409, "too_early"),
    "entry too late": (too_late, 409, "too_late"),
    "registration too late": (registering_too_late, 409, "registration_closed"),
    "under age": (under_age, 422, "under_age"),
    "save after the time": (saving_late, 409, "save_too_late"),
    "submit after the time": (lambda: saving_late("submit"), 409, "save_too_late"),
    "save after the submit": (saving_after_the_submit, 409, "attempt_submitted"),
    "a second attempt beside an open one": (starting_beside_an_open_attempt, 409, "attempt_open"),
    "one attempt too many": (starting_once_more_than_allowed, 409, "no_attempt_left"),
    "save with an unknown token": (lambda: sending("AAAA"), 404, "unknown_token"),
    "submit with an unknown token": (lambda: sending("AAAA", "submit"), 404, "unknown_token"),
    "start with an unknown token": (
        lambda: starting(make_open_contest(), "AAAA"),
        404,
        "unknown_token",
    ),
}


def stored() -> tuple[Any, ...]:
    """All that an entry may write, but for the note that something was refused."""
    attempts = Attempt.objects.order_by("pk").values_list("pk", "answers", "state", "revision")
    return Entrant.objects.count(), list(attempts)


@pytest.mark.parametrize("name", REFUSED)
def test_refused_entry_is_told_alike_by_page_and_api_and_changes_nothing(name: str):
    arrange, status, code = REFUSED[name]
    call = arrange()
    before = stored()
    clear_frozen()
    with shifted_clock(call.later):
        answer, page = call.by_api(), call.by_page()
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code)
    assert is_sentence(told["message"])
    assert is_sentence(told["hint"])
    assert page.status_code == status
    words = text_of(page)
    assert told["message"] in words
    assert told["hint"] in words
    assert stored() == before


def test_another_persons_attempt_can_not_be_told_from_none():
    """Whatever token one holds, what it does not open is answered like a token of nothing."""
    made, other = make_open_contest(), make_open_contest()
    mine, theirs = register(made), register(other)
    sitting = start(made, mine)
    nothing = sending("AAAA").by_api().content
    calls = [
        starting(made, theirs.token),
        starting(other, mine.token),
        starting(made, sitting.token),
        *(sending(token, act) for token in (mine.token, theirs.token) for act in SENDING),
        *(sending(sitting.token[:-2] + "AA", act) for act in SENDING),
        Call("/receipt", {}, {"x-attempt-token": mine.token}, "", {}),
    ]
    before = stored()
    answers = [call.by_api() for call in calls]
    assert [answer.status_code for answer in answers] == [404] * len(calls)
    assert {answer.content for answer in answers} == {nothing}
    assert stored() == before


def test_a_replayed_save_is_answered_alike_and_changes_nothing():
    made = make_open_contest()
    token = start(made, register(made)).token
    first, again = sending(token).by_api().json(), sending(token).by_api().json()
    assert (first["revision"], {**again, "now": ""}) == (1, {**first, "now": ""})
    sending(token, base=1, revision=2, answers=[1, 2, 0, 0, 0]).by_api()
    before = stored()
    overtaken = sending(token).by_api()
    assert (overtaken.status_code, overtaken.json()["revision"]) == (200, 2)
    assert stored() == before
    assert Attempt.objects.get().answers == [1, 2, 0, 0, 0]


# Workbooks


@pytest.fixture
def world(settings, tmp_path) -> BankWorld:
    settings.MEDIA_ROOT = tmp_path
    return make_bank_world()


def upload(world: BankWorld, data: bytes) -> HttpResponse:
    file = SimpleUploadedFile("cau-hoi.xlsx", data)
    return world.client(world.alice).post(
        reverse("w-item-import", args=[world.bank.pk]), {"file": file}
    )


def test_text_in_pieces_and_wrong_letters_are_stored_mended_and_told(world):
    rows = [sound_row(1), sound_row(2)]
    rows[0][0] = normalize("NFD", "Thủ tục hưởng chế độ gồm những gì?")
    rows[1][0] = "Hồ sơ đƣợc nộp ở đâu, hƣớng dẫn nào?"
    response = upload(world, saved(item_book(*rows, head=HEAD)))
    page = text_of(response)
    assert response.status_code == 200
    assert "Dấu tiếng Việt gõ kiểu tổ hợp" in page
    assert "Chữ “ƣ/Ƣ” gõ nhầm đã được đọc là “ư/Ư”." in page
    token = {"token": response.context["token"]}
    world.client(world.alice).post(reverse("w-item-import-run", args=[world.bank.pk]), token)
    run_job(job_id=Job.objects.get().pk)
    assert list(ItemVersion.objects.order_by("item__number").values_list("stem", flat=True)) == [
        "Thủ tục hưởng chế độ gồm những gì?",
        "Hồ sơ được nộp ở đâu, hướng dẫn nào?",
    ]


def test_two_keys_where_one_is_asked_for_are_refused_with_their_row(world):
    book = item_book((*PLAIN[:5], "A, C", "Một đáp án"), head=FULL_HEAD)
    response = upload(world, saved(book))
    assert response.status_code == 422
    assert [(fault.code, fault.row) for fault in response.context["faults"]] == [
        ("several_keys", 2)
    ]
    assert not world.bank.items.exists()


# Rules


def test_a_blueprint_larger_than_the_bank_is_told_by_the_api_with_its_place():
    made = make_contest(rules=make_rules(paper={"blueprint": [{"count": 99}]}))
    client = browser_of(made.organiser)
    refused = client.post(f"/api/v1/work/rounds/{made.round.pk}/freeze/")
    assert (refused.status_code, refused.json()["code"]) == (422, "faults")
    (fault,) = refused.json()["faults"]
    assert (fault["code"], fault["place"] != "") == ("bank_too_small", True)
    assert is_sentence(fault["hint"])
    made.round.refresh_from_db()
    assert made.round.state == "draft"


def test_a_round_moved_to_close_before_it_opens_stays_where_it_was():
    made = make_contest()
    was = made.round.opens_at, made.round.closes_at
    data = {
        "name": "Vòng chưa lưu",
        "opens_at": was[1].astimezone().strftime(MOMENT),
        "closes_at": was[0].astimezone().strftime(MOMENT),
    }
    client, where = browser_of(made.organiser), {"pk": made.contest.pk, "round_pk": made.round.pk}
    response = send(client, "w-round-change", data, **where)
    assert response.status_code == 422
    page = text_of(response)
    assert "giờ đóng không sau giờ mở." in page
    assert 'value="Vòng chưa lưu"' in page
    made.round.refresh_from_db()
    assert (made.round.opens_at, made.round.closes_at) == was
