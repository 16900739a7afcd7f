"""The product's own items, for any unit to review: proposed, flagged where in doubt, once."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import NotAllowed
from quiz.demo.content import known_documents, load_items
from quiz.domain.banks import create_bank
from quiz.domain.item_review import approve_versions
from quiz.domain.items import save_item
from quiz.domain.legal_documents import learn_known_documents, set_needs_check
from quiz.domain.starter_bank import load_starter_bank, starter_bank_of
from quiz.enums import ItemState
from quiz.models import ItemVersion, LegalDocument
from tests.factories import make_draft, make_person, make_unit

pytestmark = pytest.mark.django_db
DOUBTED = {item.stem for item in load_items() if item.validity_flag}


def test_all_items_are_proposed_for_somebody_else():
    unit = make_unit()
    organiser = make_person(Role.ORGANISER, unit=unit)
    loaded = load_starter_bank(unit=unit, user=organiser)
    versions = ItemVersion.objects.filter(item__bank=loaded.bank)
    assert loaded.added == versions.count() == len(load_items())
    assert set(versions.values_list("state", "author")) == {(ItemState.PROPOSED, organiser.pk)}


def test_items_on_doubted_documents_stay_unapproved():
    unit = make_unit()
    bank = load_starter_bank(unit=unit, user=None).bank
    versions = list(ItemVersion.objects.filter(item__bank=bank))
    approve_versions(
        versions=versions, user=make_person(Role.REVIEWER, unit=unit), now=timezone.now()
    )
    waiting = ItemVersion.objects.filter(item__bank=bank, state=ItemState.PROPOSED)
    assert set(waiting.values_list("stem", flat=True)) == DOUBTED


def test_loaded_again_nothing_comes_twice():
    unit = make_unit()
    bank = load_starter_bank(unit=unit, user=None).bank
    item = bank.items.order_by("number").first()
    save_item(bank=bank, draft=make_draft(1), author=make_person(unit=unit), item=item)
    assert load_starter_bank(unit=unit, user=None).added == 0
    assert starter_bank_of(unit=unit) == bank
    assert bank.items.count() == len(load_items())


def test_each_unit_has_its_own():
    one, other = make_unit(), make_unit()
    assert (
        load_starter_bank(unit=one, user=None).bank != load_starter_bank(unit=other, user=None).bank
    )


def test_only_who_writes_items_or_administers_here_loads_it():
    unit, elsewhere = make_unit(), make_unit()
    for role in (Role.AUTHOR, Role.ORGANISER, Role.ADMINISTRATOR):
        load_starter_bank(unit=unit, user=make_person(role, unit=unit))
    for stranger in (
        make_person(Role.ORGANISER, unit=elsewhere),
        make_person(Role.REVIEWER, unit=unit),
    ):
        with pytest.raises(NotAllowed):
            load_starter_bank(unit=unit, user=stranger)


def test_a_document_cited_for_the_first_time_comes_with_what_is_known_of_it():
    unit = make_unit()
    draft = make_draft(1, citation="Nghị định 42/2022/NĐ-CP, Điều 3")
    author = make_person(unit=unit)
    bank = create_bank(name="Ngân hàng của xã", unit=unit, user=author)
    save_item(bank=bank, draft=draft, author=author)
    document = LegalDocument.objects.get(number="Nghị định 42/2022/NĐ-CP")
    assert (document.needs_check, document.title) == (
        True,
        known_documents()["Nghị định 42/2022/NĐ-CP"].title,
    )


def test_what_a_person_decided_about_a_document_stays():
    learn_known_documents()
    document = LegalDocument.objects.get(number="Nghị định 45/2020/NĐ-CP")
    set_needs_check(document=document, needs_check=False, note="Còn hiệu lực", user=make_person())
    learn_known_documents()
    document.refresh_from_db()
    assert (document.needs_check, document.note) == (False, "Còn hiệu lực")
    assert LegalDocument.objects.count() == len(known_documents())


def test_the_command_says_how_many_came(capsys):
    unit = make_unit(name="Xã Hòa Thịnh")
    call_command("load_starter_bank", unit=unit.code)
    assert f"(Xã Hòa Thịnh): thêm {len(load_items())} câu" in capsys.readouterr().out
