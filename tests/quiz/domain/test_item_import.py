"""Many items at once: all of them, or none and everything that is wrong."""

import pytest

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from quiz.domain import item_import
from quiz.domain.banks import create_bank
from quiz.domain.item_import import import_drafts, require_may_import
from quiz.domain.items import save_item
from quiz.models import ItemVersion
from tests.factories import make_draft, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_person(Role.AUTHOR, unit=make_unit())


@pytest.fixture
def bank(author):
    return create_bank(name="Cải cách", unit=author.unit, user=author)


def placed(number: int, row: int, **fields):
    return make_draft(number, sheet="Câu hỏi", row=row, **fields)


def test_all_are_stored_in_their_order_with_progress(bank, author, monkeypatch):
    monkeypatch.setattr(item_import, "BATCH", 2)
    told = []
    drafts = [placed(n, n + 1) for n in range(1, 6)]
    stored = import_drafts(
        bank=bank, drafts=drafts, author=author, report=lambda *at: told.append(at)
    )
    assert (stored, told) == (5, [(0, 5), (2, 5), (4, 5), (5, 5)])
    versions = ItemVersion.objects.current().order_by("item__number")
    assert [(v.item.number, v.stem, v.key_mask, v.digest) for v in versions] == [
        (n, draft.stem, 1 << n % 4, draft.digest) for n, draft in enumerate(drafts, 1)
    ]


def test_with_any_fault_nothing_is_stored_and_all_are_told(bank, author):
    save_item(bank=bank, draft=make_draft(9), author=author)
    drafts = [
        placed(1, 2),
        placed(2, 3, key=frozenset()),
        placed(1, 4),
        placed(9, 5),
        placed(3, 6, citation=f"Luật 1/2020/QH14, {'x' * 500}"),
    ]
    with pytest.raises(Faults) as refused:
        import_drafts(bank=bank, drafts=drafts, author=author)
    assert [(fault.row, fault.code) for fault in refused.value.faults] == [
        (3, "no_key"),
        (4, "duplicate_in_file"),
        (5, "duplicate_in_bank"),
        (6, "citation_too_long"),
    ]
    assert bank.items.count() == 1


def test_work_broken_off_in_the_middle_stores_nothing(bank, author, monkeypatch):
    monkeypatch.setattr(item_import, "BATCH", 2)

    def stop(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_drafts(
            bank=bank, drafts=[placed(n, n) for n in range(1, 8)], author=author, report=stop
        )
    assert not bank.items.exists()


@pytest.mark.parametrize(
    ("role", "here", "allowed"),
    [
        (Role.AUTHOR, True, True),
        (Role.ORGANISER, True, True),
        (Role.REVIEWER, True, False),
        (Role.ADMINISTRATOR, True, False),
        (Role.AUTHOR, False, False),
    ],
)
def test_only_who_writes_items_here_imports(bank, role, here, allowed):
    person = make_person(role, unit=bank.unit if here else make_unit("Nơi khác"))
    if allowed:
        require_may_import(user=person, bank=bank)
        return
    with pytest.raises(NotAllowed):
        require_may_import(user=person, bank=bank)
