"""The blueprint in the rules editor: live feasibility, and fixed papers chosen by hand."""

import re

import pytest
from django.urls import reverse

from quiz.domain.rule_sets import rules_of
from tests.factories import make_bank, make_contest, make_draft, make_person, make_unit
from tests.frontend.contest_pages import browser_of, read, send, text_of

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def made():
    drafts = [make_draft(number, topic="Một cửa") for number in range(1, 4)]
    drafts += [make_draft(number, topic="Dịch vụ công") for number in range(4, 9)]
    return make_contest(drafts=drafts)


@pytest.fixture
def client(made):
    return browser_of(made.organiser)


def check(client, made, *, rows, live=True, **more):
    """The answer while these (topic, level, count) rows stand in the form."""
    sent = {"action": "check", "group": "nguoi-dan", **more}
    for name, place in (("topic", 0), ("level", 1), ("count", 2)):
        sent[f"paper_nguoi-dan_{name}"] = [row[place] for row in rows]
    extra = HTMX if live else {}
    return client.post(reverse("w-rules", kwargs={"pk": made.contest.pk}), sent, **extra)


def rows_of(response) -> list[list[str]]:
    """The cells of the outlook's table."""
    body = re.search(r"<tbody>(.*?)</tbody>", response.content.decode(), re.DOTALL)[1]
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr>.*?</tr>", body, re.DOTALL)
    ]


def test_each_row_says_what_it_finds(made, client):
    response = check(client, made, rows=[("Một cửa", "", "2"), ("", "", "3")])
    assert rows_of(response) == [
        [
            "Một cửa · Mọi mức độ",
            "2",
            "3",
            "3",
            "đủ lấy chung câu với: Mọi chủ đề · Mọi mức độ",
        ],
        [
            "Mọi chủ đề · Mọi mức độ",
            "3",
            "8",
            "6",
            "đủ lấy chung câu với: Một cửa · Mọi mức độ",
        ],
    ]
    text = text_of(response)
    assert "Đủ câu: đề nào cũng bốc được." in text
    assert "Mỗi đề 5 câu; ngân hàng có 8 câu đã duyệt." in text
    assert "<html" not in text


def test_what_is_missing_is_said(made, client):
    response = check(client, made, rows=[("Một cửa", "", "4"), ("", "", "6")])
    assert "Thiếu câu: chia cách nào cũng thiếu 2 câu." in text_of(response)
    assert [row[1:4] for row in rows_of(response)] == [["4", "3", "3"], ["6", "8", "5"]]


def test_a_count_that_is_none_is_asked_again(made, client):
    for count in ("hai", "0", "201", "²"):
        response = check(client, made, rows=[("", "", count)])
        assert "Số câu là số từ 1 đến 200." in text_of(response)


def test_the_button_checks_without_script_and_stores_nothing(made, client):
    response = check(client, made, rows=[("Một cửa", "", "9")], live=False)
    text = text_of(response)
    assert "Thiếu câu: chia cách nào cũng thiếu 6 câu." in text
    assert "Chưa lưu" in text
    made.contest.refresh_from_db()
    assert made.contest.rules.version == 1


def test_a_group_unknown_to_the_contest_is_not_found(made, client):
    assert check(client, made, rows=[], group="khac").status_code == 404


def test_a_fixed_paper_replaces_the_blueprint(made, client):
    response = check(client, made, rows=[("", "", "99")], **{"fixed_items_nguoi-dan": "1, 99"})
    text = text_of(response)
    assert "Đề cố định còn câu chưa dùng được." in text
    assert "Câu 99: ngân hàng không có câu này." in text
    assert "Đề có 2 câu." in text


def fixed(client, made, **sent):
    return send(client, "w-fixed-paper", sent, pk=made.contest.pk, code="nguoi-dan")


def numbers_in(response) -> str:
    return re.search(r'name="numbers" value="([^"]*)"', response.content.decode())[1]


def test_items_are_added_moved_and_dropped(made, client):
    response = fixed(client, made, numbers="", more="2, 5", action="add")
    assert numbers_in(response) == "2, 5"
    response = fixed(client, made, numbers="2, 5", action="take 7")
    assert numbers_in(response) == "2, 5, 7"
    for act, numbers in (
        ("up 2", "2, 7, 5"),
        ("down 0", "5, 2, 7"),
        ("drop 1", "2, 7"),
        ("up 0", "2, 5, 7"),
        ("down 2", "2, 5, 7"),
        ("up 9", "2, 5, 7"),
        ("up x", "2, 5, 7"),
    ):
        assert numbers_in(fixed(client, made, numbers="2, 5, 7", action=act)) == numbers
    made.contest.refresh_from_db()
    assert made.contest.rules.version == 1


def test_items_are_found_by_words_and_by_number(made, client):
    text = text_of(fixed(client, made, numbers="1", q="dich vu cong", action="search"))
    assert "Câu hỏi thử nghiệm số 4 hỏi điều gì?" in text
    assert "Câu hỏi thử nghiệm số 2 hỏi điều gì?" not in text
    text = text_of(fixed(client, made, numbers="1", q="3", action="search"))
    assert "Câu hỏi thử nghiệm số 3 hỏi điều gì?" in text
    text = text_of(fixed(client, made, numbers="1", q="khong co gi", action="search"))
    assert "Không có câu nào như vậy." in text


def test_saving_makes_a_new_version_of_the_rules(made, client):
    response = fixed(client, made, numbers="3, 1", action="save")
    assert "Đã lưu đề cố định thành phiên bản thể lệ mới." in text_of(response)
    made.contest.refresh_from_db()
    assert rules_of(contest=made.contest).group("nguoi-dan").paper.fixed_items == [3, 1]
    page = read(client, "w-fixed-paper", pk=made.contest.pk, code="nguoi-dan")
    assert numbers_in(page) == "3, 1"


def test_a_refused_choice_keeps_what_was_chosen(made, client):
    response = fixed(client, made, numbers="1, 1", action="save")
    assert response.status_code == 422
    assert numbers_in(response) == "1, 1"
    assert "câu số 1 có nhiều lần." in text_of(response)
    response = fixed(client, made, numbers="1", more="một", action="add")
    assert (response.status_code, numbers_in(response)) == (422, "1")


def test_items_of_a_bank_out_of_reach_stay_numbers(made, client):
    there = make_unit("Nơi khác")
    author, reviewer = (make_person(role, unit=there) for role in ("author", "reviewer"))
    bank = make_bank(unit=there, author=author, reviewer=reviewer)
    made.contest.groups.update(bank=bank)
    text = text_of(fixed(client, made, numbers="1", q="thu nghiem", action="search"))
    assert "Câu số 1" in text
    assert "ngoài phạm vi của bạn" in text
    assert "Câu hỏi thử nghiệm" not in text
