"""Reviewing entrants who may be one person."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.crypto import seal_text
from quiz.domain.result_jobs import RANK_ROUND
from quiz.domain.round_closing import close_round
from quiz.models import DuplicateCase, Entrant
from quiz.rules.document import IdentityField, PrizeTier
from tests.factories import HOUR, OpenContest, make_open_contest, make_rules
from tests.frontend.contest_pages import browser_of, do_jobs, read, send, text_of
from tests.results_factory import Entry, Person, make_entrants

pytestmark = pytest.mark.django_db


def closed_with(seconds: dict[str, int], **rules: Any) -> OpenContest:
    """A closed round of people who took so long; those with the same first word look alike.

    Each was born a day after the one before.
    """
    made = make_open_contest(rules=make_rules(**rules), opens_in=-4 * HOUR)
    make_entrants(
        made,
        [
            Person(
                full_name=name,
                identity=name.split()[0],
                registered=at,
                birth_date=date(1950, 1, at) if rules else None,
                entries=[Entry(seconds=seconds[name])],
            )
            for at, name in enumerate(seconds, start=1)
        ],
    )
    over = made.round.closes_at + timedelta(minutes=1)
    close_round(round=made.round, user=made.organiser, now=over)
    return made


@pytest.fixture
def made() -> OpenContest:
    """Two pairs of twins; those named second stand at the top."""
    return closed_with({"Chậm Sớm": 300, "Chậm Muộn": 300, "Nhanh Sớm": 300, "Nhanh Muộn": 60})


@pytest.fixture
def client(made) -> Client:
    return browser_of(made.organiser)


def page_of(client: Client, made: OpenContest) -> str:
    return text_of(read(client, "w-duplicates", pk=made.contest.pk))


def set_aside() -> list[str]:
    aside = Entrant.objects.filter(duplicate_of__isnull=False).order_by("pk")
    return list(aside.values_list("full_name", flat=True))


def test_nothing_to_review_says_why():
    made = make_open_contest()
    page = page_of(browser_of(made.organiser), made)
    assert "Chưa có trường hợp nghi trùng" in page


def test_cases_that_touch_prizes_come_first(made, client):
    page = page_of(client, made)
    assert "2 trường hợp chờ quyết định." in page
    assert re.search(r"Nhanh Sớm.*?Nhanh Muộn.*?Chậm Sớm.*?Chậm Muộn", page)


def test_the_earliest_is_kept_everywhere_by_one_click(made, client):
    send(client, "w-follow-advice", {"scope": "all"}, pk=made.contest.pk)
    assert set_aside() == ["Chậm Muộn", "Nhanh Muộn"]
    assert do_jobs() == [RANK_ROUND]  # nothing waits any more: ranked anew at once


def test_cases_on_which_no_prize_hangs_are_decided_at_one_go():
    made = closed_with({"Chậm Sớm": 300, "Chậm Muộn": 301, "Nhanh Sớm": 61, "Nhanh Muộn": 60})
    client = browser_of(made.organiser)
    page = page_of(client, made)
    assert "1 trường hợp ảnh hưởng tới giải, xếp lên đầu." in page
    assert re.search(r"Ảnh hưởng tới giải.*?Nhanh Sớm.*?Không ảnh hưởng giải.*?Chậm Sớm", page)
    send(client, "w-follow-advice", {"scope": "harmless"}, pk=made.contest.pk)
    assert set_aside() == ["Chậm Muộn"]
    certainty = text_of(read(client, "w-certainty", pk=made.contest.pk, round_pk=made.round.pk))
    assert "Còn giải có thể đổi. 1 trường hợp chờ quyết định" in certainty
    send(client, "w-follow-advice", {"scope": "all"}, pk=made.contest.pk)
    assert set_aside() == ["Chậm Muộn", "Nhanh Muộn"]


def test_the_way_from_a_prize_that_moves_to_its_case(made, client):
    certainty = read(client, "w-certainty", pk=made.contest.pk, round_pk=made.round.pk)
    case = DuplicateCase.objects.get(members__entrant__full_name="Nhanh Sớm")
    address = f"{reverse('w-duplicates', args=[made.contest.pk])}?case={case.pk}"
    assert address in certainty.content.decode()
    only = text_of(client.get(address))
    assert ("Nhanh Sớm" in only, "Chậm Sớm" in only) == (True, False)


def test_prizes_by_age_are_told_apart_from_those_for_places(client):
    asked = [IdentityField(name=name) for name in ("full_name", "birth_date", "phone")]
    tiers = [
        PrizeTier(code="nhat", name="Giải Nhất", count=1),
        PrizeTier(code="cao", name="Người cao tuổi nhất", count=1, by="oldest"),
    ]
    made = closed_with(
        {"Chậm Sớm": 300, "Chậm Muộn": 301, "Một Mình": 302, "Nhanh Nhất": 60},
        entry={"identity_fields": asked, "identity_key": ["full_name", "birth_date"]},
        result={"prizes": tiers},
    )
    browser = browser_of(made.organiser)
    page = text_of(read(browser, "w-certainty", pk=made.contest.pk, round_pk=made.round.pk))
    assert re.search(r">Người cao tuổi nhất</th>[^/]*>1</td>[^/]*>0</td>", page)
    for name in ("Chậm Sớm", "Chậm Muộn"):
        assert re.search(f">{name}</a>.*?>Người cao tuổi nhất, không có giải này</td>", page)
    assert "<li>Giải Nhất: Nhanh Nhất</li>" in page


def test_only_the_ticked_cases_are_decided(made, client):
    ticked = DuplicateCase.objects.get(members__entrant__full_name="Chậm Sớm")
    send(client, "w-follow-advice", {"case": [ticked.pk]}, pk=made.contest.pk)
    assert set_aside() == ["Chậm Muộn"]
    assert do_jobs() == []


def test_nothing_ticked_is_said_and_nothing_decided(made, client):
    page = text_of(send(client, "w-follow-advice", pk=made.contest.pk))
    assert "Chưa chọn trường hợp nào" in page
    assert set_aside() == []


def test_another_than_the_earliest_may_be_kept(made, client):
    case = DuplicateCase.objects.get(members__entrant__full_name="Nhanh Sớm")
    kept = Entrant.objects.get(full_name="Nhanh Muộn")
    data = {"decision": "same", "kept": kept.pk}
    send(client, "w-duplicate", data, pk=made.contest.pk, case_pk=case.pk)
    assert set_aside() == ["Nhanh Sớm"]


def test_different_people_stay_and_a_decision_is_undone(made, client):
    case = DuplicateCase.objects.get(members__entrant__full_name="Nhanh Sớm")
    keys = {"pk": made.contest.pk, "case_pk": case.pk}
    page = text_of(send(client, "w-duplicate", {"decision": "different"}, **keys))
    assert "Khác người" in page
    assert set_aside() == []
    again = send(client, "w-duplicate", {"decision": "same"}, **keys)
    assert again.status_code == 409
    assert "Trường hợp này đã được quyết định." in text_of(again)
    send(client, "w-duplicate", {"decision": "reopen"}, **keys)
    case.refresh_from_db()
    assert case.state == "open"


def test_phone_numbers_are_masked(made, client):
    Entrant.objects.filter(full_name="Nhanh Sớm").update(phone=seal_text("0912345678"))
    page = page_of(client, made)
    assert "0912345678" not in page
    assert re.search(r"09•+678", page)


def test_a_case_of_another_contest_does_not_exist_here(made, client):
    other = make_open_contest()
    case = DuplicateCase.objects.first()
    mine = browser_of(other.organiser)
    data = {"decision": "same"}
    response = send(mine, "w-duplicate", data, pk=other.contest.pk, case_pk=case.pk)
    assert response.status_code == 404


def test_after_the_seal_decisions_are_refused(made, client):
    made.round.refresh_from_db()
    made.round.state = "sealed"
    made.round.save()
    response = send(client, "w-follow-advice", {"scope": "all"}, pk=made.contest.pk)
    assert response.status_code == 409
    assert "Mở niêm phong, ghi rõ lý do, rồi làm lại bước này." in text_of(response)
