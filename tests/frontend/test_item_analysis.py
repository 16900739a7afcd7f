"""The page of the item analysis, in each of its states."""

import pytest

from accounts.enums import Role
from quiz.models import KeyOpening
from tests.factories import make_open_contest, make_person, make_rules
from tests.frontend.contest_pages import browser_of, do_jobs, read, send, text_of
from tests.results_factory import Entry, Person, close, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db
FIXED = {"shuffle_items": False, "blueprint": [], "fixed_items": [1, 2, 3, 4, 5]}


def entered(people: int = 4):
    made = make_open_contest(rules=make_rules(paper=FIXED))
    entries = [Entry(wrong=n % 4, seconds=n + 1) for n in range(people)]
    make_entrants(made, [Person(birth_date=None, entries=[entry]) for entry in entries])
    return made


def where(made) -> dict[str, int]:
    return {"pk": made.contest.pk, "round_pk": made.round.pk}


def test_an_open_round_has_no_analysis():
    made = entered()
    text = text_of(read(browser_of(made.organiser), "w-item-analysis", **where(made)))
    assert "Vòng thi chưa đóng" in text
    assert "Đếm câu trả lời" not in text


def test_after_the_close_answers_are_counted_when_asked_for():
    made = entered()
    close(made)
    client = browser_of(made.organiser)
    assert "Chưa đếm câu trả lời" in text_of(read(client, "w-item-analysis", **where(made)))
    send(client, "w-item-analyse", **where(made))
    assert do_jobs() == ["analyse_items"]
    text = text_of(read(client, "w-item-analysis", **where(made)))
    assert "Độ tin cậy KR-20 (alpha)" in text
    assert "<dd>25,0 %</dd>" in text
    assert "Kết quả chưa niêm phong" in text


def test_keys_stand_there_for_who_may_see_them_and_that_is_noted():
    made = entered()
    close_and_seal(made)
    KeyOpening.objects.all().delete()
    auditor = make_person(Role.AUDITOR, unit=made.unit)
    text = text_of(read(browser_of(auditor), "w-item-analysis", **where(made)))
    assert "Đáp án không hiện ở đây" in text
    assert "đáp án</span>" not in text
    assert not KeyOpening.objects.exists()
    text = text_of(read(browser_of(made.organiser), "w-item-analysis", **where(made)))
    assert text.count("đáp án</span>") == 5
    assert KeyOpening.objects.get().user == made.organiser


def test_what_needs_checking_comes_first_and_can_be_seen_alone():
    """The key of the fifth item is wrong: the best all chose another option."""
    made = entered(people=0)
    entries = [Entry(wrong=1 if n < 20 else 4, seconds=n + 1) for n in range(40)]
    make_entrants(made, [Person(birth_date=None, entries=[entry]) for entry in entries])
    close_and_seal(made)
    client = browser_of(made.organiser)
    text = text_of(read(client, "w-item-analysis", **where(made)))
    assert "Chỉ xem 1 câu cần kiểm tra" in text
    alone = text_of(read(client, "w-item-analysis", "?check=1", **where(made)))
    assert alone.count("cần kiểm tra</span>") == 1
    assert "Xem mọi câu" in alone


def test_the_workbook_is_made_by_the_worker():
    made = entered()
    close_and_seal(made)
    send(browser_of(made.organiser), "w-item-workbook", **where(made))
    assert do_jobs() == ["export_item_analysis"]
