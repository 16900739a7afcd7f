"""The report on papers that are equally hard."""

import pytest

from quiz.domain.key_openings import has_opened_keys
from quiz.models import KeyOpening
from tests.factories import make_contest, make_open_contest, make_rules
from tests.frontend.contest_pages import browser_of, read, text_of
from tests.results_factory import Entry, Person, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db


def where(made) -> dict[str, int]:
    return {"pk": made.contest.pk, "round_pk": made.round.pk}


def test_the_report_states_what_it_assumes():
    made = make_contest()
    text = text_of(read(browser_of(made.organiser), "w-fairness", **where(made)))
    assert "Nhận biết 0,8, Thông hiểu 0,65, Vận dụng 0,5, chưa xếp mức 0,65." in text
    assert "Có sau khi kết quả vòng thi được niêm phong." in text
    assert "<dd>1.000</dd>" in text


def test_the_chart_is_a_picture_and_opens_no_keys():
    made = make_open_contest()
    KeyOpening.objects.all().delete()
    client = browser_of(made.organiser)
    response = read(client, "w-fairness-chart", code="nguoi-dan", **where(made))
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert read(client, "w-fairness-chart", code="khac", **where(made)).status_code == 404
    read(client, "w-fairness", **where(made))
    assert not KeyOpening.objects.exists()
    assert has_opened_keys(bank=made.banks[0], user=made.organiser)  # as their author


def test_after_the_seal_grades_are_set_beside_expectations():
    made = make_open_contest()
    people = [
        Person(birth_date=None, entries=[Entry(wrong=n % 3, seconds=60 + n)]) for n in range(10)
    ]
    make_entrants(made, people)
    close_and_seal(made)
    text = text_of(read(browser_of(made.organiser), "w-fairness", **where(made)))
    assert "Xét 10 trên 10 bài đã chấm" in text
    assert "Tương quan giữa dự kiến và điểm: <b>chưa tính được" in text


def test_what_is_missing_stands_instead():
    made = make_contest(rules=make_rules(paper={"blueprint": [{"count": 9}]}))
    text = text_of(read(browser_of(made.organiser), "w-fairness", **where(made)))
    assert "Chưa ra đề được" in text
