"""Fixed papers: chosen by number, in their order, with what keeps them from being used."""

import pytest
from django.utils import timezone

from accounts.errors import Faults, NotAllowed
from quiz.domain.fixed_papers import look_up_items, problems_of, read_numbers, set_fixed_items
from quiz.domain.items import add_items, retire_version
from quiz.domain.rounds import freeze_round
from quiz.domain.rule_sets import rules_of
from quiz.models import LegalDocument
from tests.factories import make_contest, make_draft, make_open_contest, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_contest()


def test_numbers_are_read_as_people_write_them():
    assert read_numbers(" 1, 4;12  7 ") == [1, 4, 12, 7]
    assert read_numbers("") == []
    for text, code in (("1, hai", "no_item_number"), ("-3", "no_item_number"), ("1 " * 201, None)):
        with pytest.raises(Faults) as refused:
            read_numbers(text)
        assert refused.value.faults[0].code == (code or "too_many_items")


def test_each_item_says_what_keeps_it_from_being_used(made):
    bank = made.banks[0]
    waiting = add_items(bank=bank, drafts=[make_draft(77)], author=made.organiser)[0]
    retire_version(version=bank.items.get(number=2).current, user=made.organiser)
    cited = add_items(
        bank=bank,
        drafts=[make_draft(78, citation="Nghị định 118/2025/NĐ-CP")],
        author=made.organiser,
    )[0]
    type(cited).objects.filter(pk=cited.pk).update(state="approved")
    LegalDocument.objects.update(needs_check=True)
    numbers = [3, waiting.item.number, 2, 99, 3, cited.item.number]
    chosen = look_up_items(bank=bank, numbers=numbers)
    assert [each.number for each in chosen] == numbers
    assert problems_of(chosen) == [
        f"Câu {waiting.item.number}: chưa được duyệt.",
        "Câu 2: đã ngừng dùng.",
        "Câu 99: ngân hàng không có câu này.",
        "Câu 3: có trong đề hai lần.",
        f"Câu {cited.item.number}: dẫn văn bản đang chờ kiểm hiệu lực.",
    ]


def test_a_saved_choice_is_the_paper_in_its_order(made):
    group = made.groups[0]
    rules = set_fixed_items(
        contest=made.contest, group=group, numbers=[5, 1, 3], user=made.organiser
    )
    paper = rules_of(contest=made.contest).group(group.code).paper
    assert (rules.version, paper.fixed_items, paper.blueprint) == (2, [5, 1, 3], [])
    freeze_round(round=made.round, user=made.organiser, now=timezone.now())
    document = made.round.pools.get().document
    stems = [item["stem"] for item in document["items"]]
    assert [stem.split(" số ")[1].split()[0] for stem in stems] == ["5", "1", "3"]


@pytest.mark.parametrize(
    ("numbers", "code"),
    [([], "paper_empty"), ([1, 99], "unknown_item"), ([1, 1], "fixed_item_repeated")],
)
def test_an_impossible_choice_is_refused(made, numbers, code):
    with pytest.raises(Faults) as refused:
        set_fixed_items(
            contest=made.contest, group=made.groups[0], numbers=numbers, user=made.organiser
        )
    assert [fault.code for fault in refused.value.faults] == [code]
    made.contest.refresh_from_db()
    assert made.contest.rules.version == 1


def test_only_who_runs_the_contest_chooses(made):
    stranger = make_person()
    with pytest.raises(NotAllowed):
        set_fixed_items(contest=made.contest, group=made.groups[0], numbers=[1], user=stranger)


def test_a_frozen_round_keeps_its_paper():
    made = make_open_contest()
    before = made.round.pools.get().digest
    set_fixed_items(contest=made.contest, group=made.groups[0], numbers=[2, 1], user=made.organiser)
    assert made.round.pools.get().digest == before
