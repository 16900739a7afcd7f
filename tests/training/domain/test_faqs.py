"""Questions asked again and again, and what readers say of the answers."""

import pytest

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from tests.factories import make_person, make_unit
from training.domain.faqs import USEFUL, delete_faq, judge_faq, save_faq, unclear_first
from training.domain.library_search import search_library
from training.models import Faq

pytestmark = pytest.mark.django_db
UNCLEAR = "unclear"


@pytest.fixture
def faq(unit, organiser):
    return save_faq(unit=unit, question="Nộp ở đâu?", answer="Tại Bộ phận Một cửa.", user=organiser)


def counts(faq: Faq) -> tuple[int, int]:
    faq.refresh_from_db()
    return faq.useful, faq.unclear


def test_a_browser_that_changes_its_mind_is_counted_once(faq):
    judge_faq(faq=faq, verdict=USEFUL, before="", address="1")
    assert counts(faq) == (1, 0)
    judge_faq(faq=faq, verdict=USEFUL, before=USEFUL, address="1")
    assert counts(faq) == (1, 0)
    judge_faq(faq=faq, verdict=UNCLEAR, before=USEFUL, address="1")
    assert counts(faq) == (0, 1)


def test_a_verdict_nobody_gave_is_not_taken_back(faq):
    judge_faq(faq=faq, verdict=UNCLEAR, before=USEFUL, address="1")
    assert counts(faq) == (0, 0)


def test_what_is_unclear_comes_first_for_the_editors(unit, organiser, faq):
    second = save_faq(unit=unit, question="Bao lâu?", answer="Ba ngày.", user=organiser)
    judge_faq(faq=second, verdict=UNCLEAR, before="", address="1")
    assert list(unclear_first(Faq.objects.all())) == [second, faq]


def test_a_hidden_or_deleted_question_is_found_by_nobody(unit, organiser, faq):
    assert [entry.slug for entry in search_library(text="nop o dau")] == [str(faq.pk)]
    save_faq(unit=unit, question=faq.question, answer="x", is_shown=False, user=organiser, faq=faq)
    assert not search_library(text="nop o dau")
    save_faq(unit=unit, question=faq.question, answer="x", user=organiser, faq=faq)
    delete_faq(faq=faq, user=organiser)
    assert not search_library(text="nop o dau")


def test_question_and_answer_are_both_needed(unit, organiser):
    with pytest.raises(Faults) as refused:
        save_faq(unit=unit, question=" ", answer="", user=organiser)
    assert len(refused.value.faults) == 2


def test_nobody_moves_a_question_into_or_out_of_a_unit_that_is_not_theirs(unit, organiser, faq):
    elsewhere = make_unit("Nơi khác")
    stranger = make_person(Role.ORGANISER, unit=elsewhere)
    for user, there in ((stranger, elsewhere), (organiser, elsewhere)):
        with pytest.raises(NotAllowed):
            save_faq(unit=there, question="a", answer="b", user=user, faq=faq)
