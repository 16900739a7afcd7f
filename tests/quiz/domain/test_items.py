"""Every edit is a new version; one person writes, another approves."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from accounts.models import AuditEntry
from quiz.domain.banks import create_bank
from quiz.domain.item_review import approve_version, approve_versions, return_version
from quiz.domain.items import (
    add_items,
    key_mask,
    key_places,
    propose_version,
    retire_version,
    save_item,
)
from quiz.drafts import ItemDraft
from quiz.enums import ItemKind, ItemState
from quiz.errors import DocumentsUnchecked, ItemChanged, VersionDecided
from quiz.models import ItemVersion, LegalDocument, Topic
from quiz.permissions import versions_to_review
from tests.factories import make_draft, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit()


@pytest.fixture
def author(unit):
    return make_person(Role.AUTHOR, Role.REVIEWER, unit=unit)


@pytest.fixture
def reviewer(unit):
    return make_person(Role.REVIEWER, unit=unit)


@pytest.fixture
def bank(unit, author):
    return create_bank(name="Cải cách hành chính", unit=unit, user=author)


def states(bank) -> list[tuple[int, int, str]]:
    versions = ItemVersion.objects.filter(item__bank=bank).order_by("item__number", "number")
    return list(versions.values_list("item__number", "number", "state"))


def fault_codes(refusal: Faults) -> list[str]:
    return [fault.code for fault in refusal.faults]


def test_second_bank_of_a_name_gets_a_number(bank, unit, author):
    again = [create_bank(name=bank.name, unit=unit, user=author).code for _n in range(2)]
    assert again == ["cai-cach-hanh-chinh-2", "cai-cach-hanh-chinh-3"]


@pytest.mark.parametrize(("name", "code"), [("  ", "no_name"), ("x" * 201, "name_too_long")])
def test_bank_without_a_sound_name_is_refused(unit, author, name, code):
    with pytest.raises(Faults) as refused:
        create_bank(name=name, unit=unit, user=author)
    assert fault_codes(refused.value) == [code]


def test_key_is_a_mask_of_places():
    assert (key_mask([0, 2]), key_places(0b101)) == (0b101, frozenset({0, 2}))


def test_typed_item_is_stored_as_typed_and_waits_for_approval(bank, author):
    draft = ItemDraft(
        kind=ItemKind.MULTIPLE,
        stem="  Những  việc nào được làm trực tuyến? ",
        options=("Nộp hồ sơ", "Trả phí", "Ký tên giùm"),
        key=frozenset({0, 1}),
        topic="Dịch vụ công",
        citation="khoản 2 Điều 1 NĐ 118/2025/NĐ-CP",
    )
    version = save_item(bank=bank, draft=draft, author=author)
    stored = ItemVersion.objects.get(pk=version.pk)
    assert (stored.stem, stored.options, stored.key_mask) == (
        "Những việc nào được làm trực tuyến?",
        ["Nộp hồ sơ", "Trả phí", "Ký tên giùm"],
        0b011,
    )
    assert (stored.topic.name, stored.author, stored.state) == (
        "Dịch vụ công",
        author,
        ItemState.PROPOSED,
    )
    assert [(c.document.number, c.clause) for c in stored.citations.all()] == [
        ("Nghị định 118/2025/NĐ-CP", "khoản 2 Điều 1")
    ]
    assert stored.item.current == stored


def test_items_are_numbered_through_the_bank(bank, author):
    add_items(bank=bank, drafts=[make_draft(1), make_draft(2)], author=author)
    save_item(bank=bank, draft=make_draft(3), author=author)
    assert list(bank.items.values_list("number", flat=True)) == [1, 2, 3]
    assert Topic.objects.filter(bank=bank).count() == 1


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"stem": " "}, ["no_stem"]),
        ({"options": ("Một",), "key": frozenset({0})}, ["few_options"]),
        ({"options": ("Một", "Hai", "một")}, ["twin_options"]),
        ({"key": frozenset()}, ["no_key"]),
        ({"key": frozenset({0, 1})}, ["several_keys"]),
        ({"key": frozenset({7})}, ["key_outside"]),
        ({"citation": f"Nghị định 1/2025/NĐ-CP, {'x' * 401}"}, ["citation_too_long"]),
    ],
)
def test_unsound_item_is_refused_and_nothing_stored(bank, author, changed, codes):
    with pytest.raises(Faults) as refused:
        save_item(
            bank=bank, draft=make_draft(1, **{"key": frozenset({1})} | changed), author=author
        )
    assert fault_codes(refused.value) == codes
    assert not bank.items.exists()


def test_what_the_bank_already_asks_is_refused(bank, author):
    save_item(bank=bank, draft=make_draft(1), author=author)
    twin = make_draft(1, options=tuple(reversed(make_draft(1).options)))
    with pytest.raises(Faults) as refused:
        save_item(bank=bank, draft=twin, author=author)
    assert [fault.message for fault in refused.value.faults] == [
        "Câu hỏi này đã có trong ngân hàng: câu 1."
    ]


def test_edit_is_a_new_version_and_the_old_one_keeps_its_words(bank, author, reviewer):
    first = save_item(bank=bank, draft=make_draft(1), author=author)
    approve_version(version=first, user=reviewer, now=timezone.now())
    save_item(bank=bank, draft=make_draft(1, stem="Hỏi lại?"), author=author, item=first.item)
    first.refresh_from_db()
    assert first.stem == make_draft(1).stem
    assert states(bank) == [(1, 1, "approved"), (1, 2, "proposed")]
    assert first.item.versions.first().item.current.number == 2


def test_edit_withdraws_the_proposal_before_it(bank, author, reviewer):
    first = save_item(bank=bank, draft=make_draft(1), author=author)
    second = save_item(bank=bank, draft=make_draft(2), author=author, item=first.item)
    assert states(bank) == [(1, 1, "draft"), (1, 2, "proposed")]
    assert list(versions_to_review(reviewer)) == [second]
    with pytest.raises(VersionDecided):
        approve_version(version=first, user=reviewer, now=timezone.now())


def test_edit_of_what_somebody_changed_meanwhile_is_refused_once(bank, author):
    item = save_item(bank=bank, draft=make_draft(1), author=author).item
    save_item(bank=bank, draft=make_draft(2), author=author, item=item, base=1)
    with pytest.raises(ItemChanged) as refused:
        save_item(bank=bank, draft=make_draft(3), author=author, item=item, base=1)
    assert refused.value.details["number"] == 2
    save_item(bank=bank, draft=make_draft(3), author=author, item=item, base=2)
    assert states(bank) == [(1, 1, "draft"), (1, 2, "draft"), (1, 3, "proposed")]


def test_nobody_approves_what_they_wrote(bank, author):
    version = save_item(bank=bank, draft=make_draft(1), author=author)
    with pytest.raises(NotAllowed):
        approve_version(version=version, user=author, now=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.filter(pk=version.pk).update(approved_by=author)


def test_reviewer_of_another_unit_approves_nothing(bank, author):
    version = save_item(bank=bank, draft=make_draft(1), author=author)
    stranger = make_person(Role.REVIEWER, unit=make_unit("Nơi khác"))
    with pytest.raises(NotAllowed):
        approve_version(version=version, user=stranger, now=timezone.now())
    assert states(bank) == [(1, 1, "proposed")]


def test_item_on_an_unchecked_document_waits(bank, author, reviewer):
    LegalDocument.objects.create(number="Nghị định 42/2022/NĐ-CP", needs_check=True)
    draft = make_draft(1, citation="NĐ số 42/2022/NĐ-CP, Điều 11")
    version = save_item(bank=bank, draft=draft, author=author)
    with pytest.raises(DocumentsUnchecked) as refused:
        approve_version(version=version, user=reviewer, now=timezone.now())
    assert refused.value.details["documents"] == ["Nghị định 42/2022/NĐ-CP"]
    LegalDocument.objects.update(needs_check=False)
    approve_version(version=version, user=reviewer, now=timezone.now())
    assert (version.state, version.approved_by) == (ItemState.APPROVED, reviewer)


def test_decision_is_taken_once(bank, author, reviewer):
    version = save_item(bank=bank, draft=make_draft(1), author=author)
    return_version(version=version, user=reviewer, reason=" Sai  đáp án ")
    assert (version.state, version.returned_because) == (ItemState.DRAFT, "Sai đáp án")
    with pytest.raises(VersionDecided):
        approve_version(version=version, user=reviewer, now=timezone.now())


@pytest.mark.parametrize(("reason", "code"), [("  ", "no_reason"), ("x" * 401, "reason_too_long")])
def test_return_needs_a_reason(bank, author, reviewer, reason, code):
    version = save_item(bank=bank, draft=make_draft(1), author=author)
    with pytest.raises(Faults) as refused:
        return_version(version=version, user=reviewer, reason=reason)
    assert fault_codes(refused.value) == [code]
    assert states(bank) == [(1, 1, "proposed")]


def test_returned_version_can_be_proposed_again(bank, author, reviewer):
    version = save_item(bank=bank, draft=make_draft(1), author=author)
    return_version(version=version, user=reviewer, reason="Xem lại")
    with pytest.raises(NotAllowed):
        propose_version(version=version, user=reviewer)
    propose_version(version=version, user=author)
    assert states(bank) == [(1, 1, "proposed")]


def test_retired_item_is_out_of_use_until_it_is_written_anew(bank, author, reviewer):
    version = save_item(bank=bank, draft=make_draft(1), author=author)
    approve_version(version=version, user=reviewer, now=timezone.now())
    retire_version(version=version, user=reviewer)
    with pytest.raises(VersionDecided):
        retire_version(version=version, user=reviewer)
    with pytest.raises(VersionDecided):
        propose_version(version=version, user=author)
    save_item(bank=bank, draft=make_draft(1), author=author, item=version.item)
    assert states(bank) == [(1, 1, "retired"), (1, 2, "proposed")]
    with pytest.raises(VersionDecided):
        retire_version(version=version, user=reviewer)


def test_bulk_approval_says_what_it_left(bank, author, reviewer):
    LegalDocument.objects.create(number="Luật 1/2020/QH14", needs_check=True)
    drafts = [make_draft(1), make_draft(2, citation="Luật 1/2020/QH14"), make_draft(3)]
    versions = add_items(bank=bank, drafts=drafts, author=author)
    approve_version(version=versions[2], user=reviewer, now=timezone.now())
    done = approve_versions(versions=versions, user=reviewer, now=timezone.now())
    assert done == (1, [versions[1]], [versions[2]])


def test_bulk_approval_with_ones_own_item_approves_none(bank, author, reviewer):
    theirs = save_item(bank=bank, draft=make_draft(1), author=author)
    own = save_item(bank=bank, draft=make_draft(2), author=reviewer)
    with pytest.raises(NotAllowed):
        approve_versions(versions=[theirs, own], user=reviewer, now=timezone.now())
    assert {state for _item, _number, state in states(bank)} == {ItemState.PROPOSED}


def test_search_finds_words_without_marks_anywhere(bank, author):
    save_item(bank=bank, draft=make_draft(1, citation="NĐ 118/2025/NĐ-CP"), author=author)
    save_item(bank=bank, draft=make_draft(2, stem="Hòa Thịnh ở đâu?"), author=author)
    found = ItemVersion.objects.matching
    assert [v.item.number for v in found("hoa thinh")] == [2]
    assert [v.item.number for v in found("nghị định 118/2025 phương án")] == [1]
    assert not found("hoa thinh 118").exists()


def test_diary_tells_what_was_done_without_the_words(bank, author, reviewer):
    version = save_item(bank=bank, draft=make_draft(1), author=author)
    approve_version(version=version, user=reviewer, now=timezone.now())
    retire_version(version=version, user=author)
    acts = AuditEntry.objects.order_by("pk").values_list("act", "actor", "details")
    assert list(acts) == [
        ("create_bank", author.pk, {}),
        ("add_items", author.pk, {"count": 1}),
        ("item_approved", reviewer.pk, {}),
        ("item_retired", author.pk, {}),
    ]
