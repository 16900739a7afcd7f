"""Each item of a file is decided on by a person; a doubtful key never passes by itself."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import Fault, Faults, NotAllowed, NotFound
from accounts.models import Membership
from quiz.domain.banks import create_bank
from quiz.domain.import_decisions import DraftBook, draft_problems
from quiz.domain.item_imports import KEPT_FOR
from quiz.domain.items import save_item
from quiz.enums import DraftDecision, ItemKind
from quiz.errors import DraftChanged, ImportClosed, ImportExpired
from quiz.models import ImportDraft
from quiz.queries.item_import import GROUPS
from quiz.reading_documents import draft_of
from quiz.readings import Repair, RepairKind
from tests.factories import make_draft, make_person, make_unit
from tests.quiz.item_readings import DOUBTFUL, read_item, start_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_person(Role.AUTHOR, unit=make_unit())


@pytest.fixture
def bank(author):
    return create_bank(name="Cải cách", unit=author.unit, user=author)


@pytest.fixture
def begin(bank, author):
    """Begins an import of these items; its drafts by place, and the author's hand on it."""

    def beginning(*items, now=None):
        session = start_import(bank, author, *items, now=now)
        return session, DraftBook(session=session, user=author, now=now or timezone.now())

    return beginning


def groups(session) -> dict[str, list[int]]:
    """The places in every group that is not empty."""
    drafts = session.drafts.judged(session.bank)
    found = {
        name: list(drafts.filter(group).order_by("place").values_list("place", flat=True))
        for name, group in GROUPS.items()
    }
    assert drafts.count_groups() == {f"in_{name}": len(found[name]) for name in GROUPS}
    return {name: places for name, places in found.items() if places and name != "all"}


def codes(session, place: int) -> list[str]:
    row = session.drafts.judged(session.bank).get(place=place)
    return [fault.code for fault in draft_problems(row)]


def test_items_are_grouped_by_what_they_need(begin, bank, author):
    save_item(bank=bank, draft=make_draft(9), author=author)
    notice = Fault("Câu 4", "level_mapped", "Mức độ ghi theo thang khác.")
    page_number = Repair(RepairKind.PAGE_NUMBER, "stem", "Câu\n12\nhỏi", "Câu\nhỏi")
    session, _book = begin(
        read_item(1),
        read_item(2, confidence=DOUBTFUL),
        read_item(3, key=frozenset(), confidence=0),
        read_item(4, notices=(notice,)),
        read_item(5, repairs=(page_number,)),
        read_item(1),
        read_item(9),
    )
    assert groups(session) == {
        "waiting": [1, 2, 3, 4, 5, 6, 7],
        "certain": [1],
        "doubtful": [2, 4, 5],
        "faulty": [3, 6, 7],
    }
    assert [codes(session, place) for place in (3, 6, 7)] == [
        ["no_key"],
        ["duplicate_in_file"],
        ["duplicate_in_bank"],
    ]


def test_accepting_together_takes_the_certain_ones_alone(begin):
    session, book = begin(read_item(1), read_item(2, confidence=99), read_item(3), read_item(1))
    assert book.accept_certain() == 2
    assert groups(session)["accepted"] == [1, 3]
    assert not session.drafts.exclude(confirmed_by=None).exists()


def test_accepting_one_confirms_its_key(begin, author):
    _session, book = begin(read_item(1, confidence=DOUBTFUL))
    row = book.accept(place=1, version=1)
    assert (row.decision, row.confirmed_by, row.version) == (DraftDecision.ACCEPTED, author, 2)
    row = book.reopen(place=1, version=2)
    assert (row.decision, row.confirmed_by) == (DraftDecision.WAITING, None)


def test_the_database_itself_refuses_a_doubtful_key_nobody_confirmed(begin):
    session, _book = begin(read_item(1, confidence=99))
    with pytest.raises(IntegrityError), transaction.atomic():
        session.drafts.update(decision=DraftDecision.ACCEPTED)


def test_an_item_with_a_fault_is_not_accepted(begin):
    _session, book = begin(read_item(1, key=frozenset(), confidence=0))
    with pytest.raises(Faults) as refused:
        book.accept(place=1, version=1)
    assert [fault.code for fault in refused.value.faults] == ["no_key"]
    assert ImportDraft.objects.get().version == 1


def test_choosing_the_key_settles_what_was_wrong_with_it(begin, author):
    unreadable = Fault("Câu 1", "key_unreadable", "Không đọc được đáp án “??”.")
    other = Fault("Câu 1", "picture_lost", "Câu có hình chưa đọc được.")
    session, book = begin(
        read_item(1, key=frozenset(), confidence=0, faults=(unreadable, other)),
        read_item(2, key=frozenset(), confidence=0, faults=(unreadable,)),
    )
    book.choose_key(place=1, version=1, key=frozenset({2}))
    row = book.choose_key(place=2, version=1, key=frozenset({2}))
    assert (codes(session, 1), codes(session, 2)) == (["picture_lost"], [])
    assert draft_of(row.document["draft"]).key == {2}
    assert book.accept(place=2, version=2).confirmed_by == author


def test_a_key_chosen_against_the_file_is_not_accepted_with_others(begin):
    session, book = begin(read_item(1))
    book.choose_key(place=1, version=1, key=frozenset({3}))
    assert (book.accept_certain(), groups(session)["doubtful"]) == (0, [1])


def test_a_second_right_option_makes_the_item_multiple(begin):
    _session, book = begin(read_item(1))
    row = book.choose_key(place=1, version=1, key=frozenset({0, 2}))
    draft = draft_of(row.document["draft"])
    assert (draft.kind, draft.key) == (ItemKind.MULTIPLE, {0, 2})


def test_a_key_outside_the_options_stays_a_fault(begin):
    session, book = begin(read_item(1))
    book.choose_key(place=1, version=1, key=frozenset({7}))
    assert codes(session, 1) == ["key_outside"]


def test_each_repair_can_be_declined_and_taken_again(begin):
    repairs = (
        Repair(RepairKind.LOOKALIKE, "stem", "Cƣ trú\n12\nlà gì?", "Cư trú\n12\nlà gì?"),
        Repair(RepairKind.PAGE_NUMBER, "stem", "Cư trú\n12\nlà gì?", "Cư trú\nlà gì?"),
        Repair(RepairKind.LETTER_PREFIX, "option:1", "B. Hai", "Hai"),
    )
    item = read_item(1, stem="Cư trú\nlà gì?", options=("Một", "Hai"), repairs=repairs)
    _session, book = begin(item)

    def after(version: int, repair: int, *, made: bool):
        row = book.choose_repair(place=1, version=version, repair=repair, made=made)
        draft = draft_of(row.document["draft"])
        return draft.stem, draft.options[1]

    assert after(1, 2, made=False) == ("Cư trú\nlà gì?", "B. Hai")
    assert after(2, 0, made=False) == ("Cƣ trú\nlà gì?", "B. Hai")
    assert after(3, 1, made=False) == ("Cƣ trú\n12\nlà gì?", "B. Hai")
    assert after(4, 0, made=True) == ("Cư trú\n12\nlà gì?", "B. Hai")
    assert after(5, 1, made=True) == ("Cư trú\nlà gì?", "B. Hai")
    with pytest.raises(NotFound):
        after(6, 3, made=True)


def test_a_correction_is_accepted_at_once_with_who_made_it(begin, author):
    session, book = begin(read_item(1, key=frozenset(), confidence=0))
    row = book.correct(place=1, version=1, draft=make_draft(5))
    assert (row.edited, row.decision, row.confirmed_by) == (True, DraftDecision.ACCEPTED, author)
    assert draft_of(row.document["draft"]).stem == make_draft(5).stem
    assert codes(session, 1) == []


@pytest.mark.parametrize("wrong", [{"stem": ""}, {"key": frozenset()}, {"options": ("Một",)}])
def test_a_correction_that_is_not_sound_changes_nothing(begin, wrong):
    session, book = begin(read_item(1))
    before = session.drafts.values().get()
    with pytest.raises(Faults):
        book.correct(place=1, version=1, draft=make_draft(5, **wrong))
    assert session.drafts.values().get() == before


def test_a_correction_that_makes_a_twin_changes_nothing(begin):
    session, book = begin(read_item(1), read_item(2))
    with pytest.raises(Faults) as refused:
        book.correct(place=2, version=1, draft=make_draft(1))
    assert [fault.code for fault in refused.value.faults] == ["duplicate_in_file"]
    assert not session.drafts.filter(edited=True).exists()


def test_of_twins_the_one_accepted_stands(begin):
    session, book = begin(read_item(1), read_item(1))
    book.skip(place=1, version=1)
    assert codes(session, 2) == []
    book.accept(place=2, version=1)
    book.reopen(place=1, version=2)
    assert (codes(session, 1), codes(session, 2)) == (["duplicate_in_file"], [])


def test_the_second_of_two_tabs_is_told(begin):
    session, book = begin(read_item(1))
    book.skip(place=1, version=1)
    with pytest.raises(DraftChanged):
        book.accept(place=1, version=1)
    assert session.drafts.get().decision == DraftDecision.SKIPPED


def test_what_nobody_decided_on_can_be_left_out_together(begin):
    session, book = begin(read_item(1), read_item(2, confidence=0), read_item(3))
    book.accept(place=1, version=1)
    assert (book.skip_waiting(), groups(session)) == (2, {"accepted": [1], "skipped": [2, 3]})


def test_nobody_else_decides_and_nobody_after_the_time_is_over(begin, bank, author):
    colleague = make_person(Role.AUTHOR, unit=bank.unit)
    now = timezone.now()
    session, book = begin(read_item(1), now=now)
    with pytest.raises(NotAllowed):
        DraftBook(session=session, user=colleague, now=now).accept(place=1, version=1)
    with pytest.raises(ImportExpired):
        DraftBook(session=session, user=author, now=now + KEPT_FOR).accept(place=1, version=1)
    with pytest.raises(NotFound):
        book.accept(place=2, version=1)
    Membership.objects.filter(user=author).delete()
    with pytest.raises(NotAllowed):
        book.accept(place=1, version=1)


def test_a_stored_import_takes_no_decision(begin):
    session, book = begin(read_item(1))
    session.state = "stored"
    session.save()
    with pytest.raises(ImportClosed):
        book.accept(place=1, version=1)
