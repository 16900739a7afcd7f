"""A contest from five answers on one page, its papers, its copy, its address, its archive."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.domain.installation import update_installation
from accounts.enums import Role
from quiz.domain.contest_templates import next_monday
from quiz.domain.starter_bank import starter_bank_of
from quiz.enums import ContestState
from quiz.models import Contest
from tests.factories import make_contest, make_open_contest, make_person, make_unit
from tests.frontend.contest_pages import browser_of, do_jobs, read, send, text_of

pytestmark = pytest.mark.django_db
DOCX = b"PK"


def answers(**changed):
    """What the page sends when only the name was typed."""
    return {
        "title": "Tìm hiểu cải cách hành chính",
        "first_day": next_monday(timezone.localdate()).isoformat(),
        "weeks": "2",
        "opens": "10:00",
        "closes": "09:00",
        "audience": "ca-hai",
        "minimum_age": "14",
        "asks_unit": "on",
        "count_nhat": "1",
        "money_nhat": "2000000",
        "count_nhi": "2",
        "money_nhi": "1000000",
        "count_ba": "0",
        "money_ba": "0",
        "count_khuyen-khich": "0",
        "money_khuyen-khich": "0",
        "prizes_per": "tuan",
    } | changed


def organiser():
    unit = make_unit("Xã Hòa Thịnh", code="22276")
    return make_person(Role.ORGANISER, Role.AUTHOR, unit=unit)


def test_the_page_asks_five_questions_and_fills_in_all_but_the_name():
    page = text_of(read(browser_of(organiser()), "w-contest-template"))
    assert [f"{number}. " in page for number in range(1, 7)] == [True] * 5 + [False]
    assert 'value="10:00"' in page
    assert f'value="{next_monday(timezone.localdate()).isoformat()}"' in page


def test_five_answers_lead_to_the_papers():
    person = organiser()
    response = send(browser_of(person), "w-contest-template", answers(unit="22276"))
    contest = Contest.objects.get()
    assert response.redirect_chain[-1][0] == f"/lam-viec/cuoc-thi/{contest.pk}/tai-lieu/"
    assert [round.name for round in contest.rounds.all()] == ["Tuần 1", "Tuần 2"]
    assert contest.groups.first().bank == starter_bank_of(unit=person.unit)
    page = text_of(response)
    for said in ("Công văn phát động (Word)", "Đơn vị tổ chức: Xã Hòa Thịnh", "Tờ treo A5"):
        assert said in page


def test_what_was_typed_stays_when_an_answer_is_impossible():
    wrong = answers(unit="22276", first_day="2020-01-06", weeks="3", title="Tên đã gõ")
    response = send(browser_of(organiser()), "w-contest-template", wrong)
    assert (response.status_code, Contest.objects.count()) == (422, 0)
    page = text_of(response)
    assert "ngày bắt đầu đã qua." in page
    assert 'value="Tên đã gõ"' in page


def test_papers_name_the_public_address_and_open_as_files():
    update_installation(user=None, public_address="https://thi.hoathinh.gov.vn")
    made = make_contest()
    client, pk = browser_of(made.organiser), made.contest.pk
    page = text_of(read(client, "w-papers", pk=pk))
    assert f"https://thi.hoathinh.gov.vn/cuoc-thi/{made.contest.code}/" in page
    assert "vào trang thi chấm hoathinh chấm gov chấm vê nờ" in page
    letter = read(client, "w-launch-letter", pk=pk)
    assert (letter.status_code, letter.content[:2]) == (200, DOCX)
    assert read(client, "w-poster", "?kho=a5", pk=pk).content[:4] == b"%PDF"


def test_an_address_nobody_outside_can_open_is_pointed_out():
    made = make_contest()
    assert "người ở ngoài không mở được" in text_of(
        read(browser_of(made.organiser), "w-papers", pk=made.contest.pk)
    )


def test_posters_of_all_units_are_one_job():
    made = make_contest()
    make_unit("Thôn Một", parent=made.unit)
    client = browser_of(made.organiser)
    data = {"size": "a5", "together": "1"}
    response = send(client, "w-posters", data, pk=made.contest.pk)
    assert "/lam-viec/tac-vu/" in response.redirect_chain[-1][0]
    assert do_jobs() == ["unit_posters"]


def test_a_contest_without_rules_says_what_comes_first():
    made = make_contest()
    Contest.objects.update(rules=None)
    client = browser_of(made.organiser)
    assert "hãy soạn thể lệ trước" in text_of(read(client, "w-papers", pk=made.contest.pk))
    assert read(client, "w-launch-letter", pk=made.contest.pk).status_code == 404


def test_a_copy_is_asked_for_its_name_and_first_day():
    made = make_open_contest()
    client, pk = browser_of(made.organiser), made.contest.pk
    assert "(bản sao)" in text_of(read(client, "w-contest-copy", pk=pk))
    assert send(client, "w-contest-copy", pk=pk).status_code == 422
    day = timezone.localdate() + timedelta(days=30)
    send(client, "w-contest-copy", {"title": "Năm sau", "first_day": day.isoformat()}, pk=pk)
    copy = Contest.objects.get(title="Năm sau")
    assert timezone.localdate(copy.rounds.get().opens_at) == day


def test_a_draft_gets_another_address_and_a_taken_one_is_refused():
    made, other = make_contest(), make_contest()
    Contest.objects.update(state=ContestState.DRAFT)
    Contest.objects.filter(pk=other.contest.pk).update(code="da-co")
    client, pk = browser_of(made.organiser), made.contest.pk
    response = send(client, "w-contest-address", {"code": "da-co"}, pk=pk)
    assert response.status_code == 422
    assert "địa chỉ này đã thuộc một cuộc thi khác." in text_of(response)
    send(client, "w-contest-address", {"code": "cchc-2026"}, pk=pk)
    assert Contest.objects.get(pk=pk).code == "cchc-2026"


def test_an_ended_contest_is_archived_and_brought_back():
    made = make_contest(opens_in=timedelta(hours=-2), closes_in=timedelta(hours=-1))
    client, pk = browser_of(made.organiser), made.contest.pk
    assert "Đưa ra khỏi lưu trữ" in text_of(send(client, "w-contest-archive", pk=pk))
    assert Contest.objects.get(pk=pk).state == ContestState.ARCHIVED
    send(client, "w-contest-archive", {"back": "1"}, pk=pk)
    assert Contest.objects.get(pk=pk).state == ContestState.PUBLISHED


def test_an_open_contest_is_not_archived():
    made = make_open_contest()
    response = send(browser_of(made.organiser), "w-contest-archive", pk=made.contest.pk)
    assert (response.status_code, Contest.objects.get().state) == (409, ContestState.PUBLISHED)
