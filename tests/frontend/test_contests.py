"""Setting a contest up on its pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from frontend.pages.workplace.contest_forms import MOMENT
from quiz.domain.rule_sets import rules_of
from quiz.models import Contest
from tests.factories import make_bank, make_contest, make_open_contest, make_person, make_unit
from tests.frontend.contest_pages import browser_of, read, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser():
    return make_person(Role.ORGANISER, Role.AUTHOR, unit=make_unit())


def form_of(organiser, **fields):
    now = timezone.localtime()
    return {
        "title": "Tìm hiểu dịch vụ công trực tuyến",
        "unit": organiser.unit.code,
        "preset": "dak_lak",
        "opens_at": now.strftime(MOMENT),
        "closes_at": (now + timedelta(days=7)).strftime(MOMENT),
    } | fields


def test_an_empty_list_says_how_to_begin(organiser):
    page = text_of(read(browser_of(organiser), "w-contests"))
    assert "Chưa có cuộc thi nào" in page
    assert "Tạo cuộc thi đầu tiên từ mẫu" in page


def test_one_form_makes_a_contest_ready_but_for_its_items(organiser):
    client = browser_of(organiser)
    response = send(client, "w-contest-new", form_of(organiser, minutes="3", items="5"))
    contest = Contest.objects.get()
    assert response.redirect_chain[-1][0] == f"/lam-viec/cuoc-thi/{contest.pk}/"
    assert contest.body_name == organiser.unit.name
    assert contest.rounds.count() == 1
    document = rules_of(contest=contest)
    assert (document.entry.time_limit_seconds, document.groups[0].paper.item_count) == (180, 5)
    assert "chưa chọn ngân hàng câu hỏi" in text_of(response)


def test_a_bank_chosen_in_the_form_serves_every_group(organiser):
    reviewer = make_person(Role.REVIEWER, unit=organiser.unit)
    bank = make_bank(unit=organiser.unit, author=organiser, reviewer=reviewer)
    data = form_of(organiser, preset="hue_hai_doi_tuong", bank=bank.pk, items="8")
    response = send(browser_of(organiser), "w-contest-new", data)
    assert [g.bank for g in Contest.objects.get().groups.all()] == [bank, bank]
    assert "Đăng cuộc thi và chốt đề Vòng 1" in text_of(response)


def test_what_was_typed_stays_when_the_form_is_refused(organiser):
    now = timezone.localtime().strftime(MOMENT)
    data = form_of(organiser, opens_at=now, closes_at=now)
    response = send(browser_of(organiser), "w-contest-new", data)
    assert response.status_code == 422
    page = text_of(response)
    assert "giờ đóng không sau giờ mở." in page
    assert "Tìm hiểu dịch vụ công trực tuyến" in page
    assert Contest.objects.count() == 0


def test_a_contest_of_another_unit_does_not_exist_for_me(organiser):
    contest = make_contest().contest
    client = browser_of(organiser)
    for route in ("w-contest", "w-contest-settings", "w-rules", "w-entrants", "w-duplicates"):
        assert read(client, route, pk=contest.pk).status_code == 404
    assert text_of(read(client, "w-contests")).count(contest.title) == 0


def test_publishing_and_freezing_is_one_click():
    made = make_contest()
    contest = made.contest
    contest.state = "draft"
    contest.save()
    client = browser_of(made.organiser)
    assert "Đăng cuộc thi và chốt đề" in text_of(read(client, "w-contest", pk=contest.pk))
    send(client, "w-round-freeze", {"publish": "1"}, pk=contest.pk, round_pk=made.round.pk)
    contest.refresh_from_db()
    made.round.refresh_from_db()
    assert (contest.state, made.round.state) == ("published", "frozen")


def test_a_refused_freeze_publishes_nothing_and_says_everything():
    made = make_contest(drafts=[])
    contest = made.contest
    contest.state = "draft"
    contest.save()
    client = browser_of(made.organiser)
    data = {"publish": "1"}
    response = send(client, "w-round-freeze", data, pk=contest.pk, round_pk=made.round.pk)
    assert response.status_code == 422
    assert "cần 5 câu nhưng ngân hàng chỉ có 0 câu dùng được." in text_of(response)
    contest.refresh_from_db()
    assert contest.state == "draft"


def test_settings_change_description_groups_and_rounds():
    made = make_contest()
    client, pk = browser_of(made.organiser), made.contest.pk
    described = {"title": "Tên mới", "body_name": "Sở Nội vụ", "summary": "", "hotline": "1022"}
    assert send(client, "w-contest-describe", described, pk=pk).status_code == 200
    groups = {
        "code": ["nguoi-dan", ""],
        "name": ["Người dân", "Cán bộ"],
        "bank": [made.banks[0].pk, ""],
    }
    assert send(client, "w-contest-groups", groups, pk=pk).status_code == 200
    now = timezone.localtime()
    window = {
        "name": "Tuần 2",
        "opens_at": (now + timedelta(days=8)).strftime(MOMENT),
        "closes_at": (now + timedelta(days=9)).strftime(MOMENT),
    }
    response = send(client, "w-round-new", window, pk=pk)
    page = text_of(response)
    assert "Tuần 2" in page
    assert "Có 8 câu đã duyệt." in page
    made.contest.refresh_from_db()
    assert (made.contest.title, made.contest.hotline) == ("Tên mới", "1022")
    assert [(g.code, g.name, g.bank) for g in made.contest.groups.all()] == [
        ("nguoi-dan", "Người dân", made.banks[0]),
        ("can-bo", "Cán bộ", None),
    ]


def test_all_groups_emptied_are_refused():
    made = make_contest()
    rows = {"code": "nguoi-dan", "name": " ", "bank": ""}
    response = send(browser_of(made.organiser), "w-contest-groups", rows, pk=made.contest.pk)
    assert response.status_code == 422
    assert made.contest.groups.count() == 1


def test_an_auditor_reads_but_finds_nothing_to_press():
    made = make_contest()
    client = browser_of(make_person(Role.AUDITOR, unit=made.unit))
    page = text_of(read(client, "w-contest", pk=made.contest.pk))
    assert "Chốt đề" in page
    assert '<form method="post"' not in page
    assert send(client, "w-contest-copy", pk=made.contest.pk).status_code == 403


def test_the_poster_is_a_pdf_for_the_contest_and_for_a_unit():
    made = make_open_contest()
    client, pk = browser_of(made.organiser), made.contest.pk
    for query in ("", f"?don-vi={made.unit.code}"):
        response = read(client, "w-poster", query, pk=pk)
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert response.content.startswith(b"%PDF")
    assert read(client, "w-poster", "?don-vi=khong-co", pk=pk).status_code == 404
