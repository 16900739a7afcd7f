"""The page from which papers are printed."""

import pytest

from accounts.models import Job
from tests.factories import (
    make_bank,
    make_contest,
    make_open_contest,
    make_person,
    make_rules,
    make_unit,
)
from tests.frontend.contest_pages import browser_of, do_jobs, read, send, text_of

pytestmark = pytest.mark.django_db
SENT = {"group": "nguoi-dan", "count": "2", "first": "201", "items": "same"}


@pytest.fixture
def made():
    return make_open_contest()


def where(made) -> dict[str, int]:
    return {"pk": made.contest.pk, "round_pk": made.round.pk}


@pytest.mark.parametrize(("part", "kind"), [("papers", "print_papers"), ("key", "print_key")])
def test_papers_and_key_are_jobs_of_their_own(made, part, kind):
    client = browser_of(made.organiser)
    response = send(client, "w-print", SENT | {"part": part}, **where(made))
    assert response.status_code == 200
    job = Job.objects.get(kind=kind)
    assert job.params | {"next": ""} == {
        "round": made.round.pk,
        "group": "nguoi-dan",
        "count": 2,
        "first": 201,
        "same_items": True,
        "next": "",
    }
    assert do_jobs() == [kind]


def test_codes_that_can_t_be_are_refused_beside_their_box(made):
    client = browser_of(made.organiser)
    for wrong in ({"count": "25"}, {"first": "99"}, {"first": "999"}, {"group": "khac"}):
        response = send(client, "w-print", SENT | wrong, **where(made))
        assert response.status_code == 422
    assert "mã đề có ba chữ số" in text_of(
        send(client, "w-print", SENT | {"first": "999"}, **where(made))
    )
    assert not Job.objects.exists()


def test_a_draft_round_is_told_to_freeze_first(made):
    assert "chưa chốt đề" not in text_of(read(browser_of(made.organiser), "w-print", **where(made)))
    draft = make_contest()
    text = text_of(read(browser_of(draft.organiser), "w-print", **where(draft)))
    assert "Vòng thi chưa chốt đề: đề in theo ngân hàng lúc này." in text


def test_what_is_missing_stands_instead_of_the_form():
    made = make_contest(rules=make_rules(paper={"blueprint": [{"count": 9}]}))
    text = text_of(read(browser_of(made.organiser), "w-print", **where(made)))
    assert "Chưa ra đề được" in text
    assert "cần 9 câu nhưng ngân hàng chỉ có 8 câu dùng được." in text


def test_a_bank_out_of_reach_is_not_printed():
    made = make_contest()
    there = make_unit("Nơi khác")
    author, reviewer = (make_person(role, unit=there) for role in ("author", "reviewer"))
    made.contest.groups.update(bank=make_bank(unit=there, author=author, reviewer=reviewer))
    response = send(browser_of(made.organiser), "w-print", SENT, **where(made))
    assert response.status_code == 403
    assert not Job.objects.exists()
