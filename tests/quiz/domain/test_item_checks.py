"""Items looked at before they are stored, beside the bank they go to."""

from datetime import date

import pytest

from quiz.domain.item_checks import check_items, draft_of
from quiz.domain.items import add_items, retire_version
from quiz.models import ItemVersion, LegalDocument
from tests.factories import make_bank, make_draft, make_person, make_unit

pytestmark = pytest.mark.django_db

STEM = "Cơ quan nào có thẩm quyền cấp giấy phép xây dựng nhà ở riêng lẻ tại đặc khu?"
AGAIN = "Theo quy định, cơ quan nào có thẩm quyền cấp giấy phép xây dựng nhà ở riêng lẻ ở đặc khu?"
CITED = {"citation": "Nghị định 118/2025/NĐ-CP, Điều 1"}


def codes(found: dict) -> dict[int, list[str]]:
    return {place: [finding.code for finding in several] for place, several in found.items()}


def bank_of(*stems: str):
    unit = make_unit()
    author = make_person("author", unit=unit)
    reviewer = make_person("reviewer", unit=unit)
    drafts = [make_draft(number, stem=stem, **CITED) for number, stem in enumerate(stems, 1)]
    return make_bank(unit=unit, author=author, reviewer=reviewer, drafts=drafts), author


def test_a_repeated_stem_names_the_item_of_the_bank():
    bank, _author = bank_of("Ai cấp hộ chiếu phổ thông cho trẻ dưới 14 tuổi?", STEM)
    [finding] = check_items([make_draft(9, stem=AGAIN, **CITED)], bank=bank)[0]
    assert (finding.code, finding.message) == ("repeated_stem", "Hỏi gần như câu 2.")
    [neighbour] = finding.neighbours
    assert neighbour.item == bank.items.get(number=2).pk
    assert neighbour.stem == STEM


def test_an_item_written_anew_is_not_its_own_repetition():
    bank, _author = bank_of(STEM)
    draft = make_draft(1, stem=AGAIN, **CITED)
    assert check_items([draft], bank=bank, item=bank.items.get()) == {}


def test_retired_items_and_other_banks_are_not_repeated():
    bank, author = bank_of(STEM)
    retire_version(version=ItemVersion.objects.get(item__bank=bank), user=author)
    other, _author = bank_of("Một câu khác hẳn về lưu trữ hồ sơ giấy?")
    draft = make_draft(9, stem=AGAIN, **CITED)
    assert check_items([draft], bank=bank) == check_items([draft], bank=other) == {}


def test_drafts_of_one_file_are_looked_at_together():
    drafts = [
        make_draft(1, stem=STEM, sheet="Câu hỏi", row=2, **CITED),
        make_draft(2, stem="Ai cấp hộ chiếu phổ thông?", **CITED),
        make_draft(3, stem=AGAIN, **CITED),
    ]
    found = check_items(drafts)
    assert codes(found) == {0: ["repeated_stem"], 2: ["repeated_stem"]}
    assert found[0][0].message == "Hỏi gần như câu thứ 3 trong tệp."
    assert found[2][0].message == "Hỏi gần như Trang “Câu hỏi”, dòng 2."


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"needs_check": True}, "Nghị định 118/2025/NĐ-CP đang chờ kiểm hiệu lực."),
        (
            {"effective_to": date(2026, 7, 1)},
            "Nghị định 118/2025/NĐ-CP hết hiệu lực từ 01/07/2026.",
        ),
        (
            {"effective_from": date(2027, 1, 1)},
            "Nghị định 118/2025/NĐ-CP đến 01/01/2027 mới có hiệu lực.",
        ),
    ],
)
@pytest.mark.parametrize("citation", [CITED["citation"], "điều 5 118/2025/NĐ-CP"])
def test_a_document_in_doubt_is_told(fields: dict, message: str, citation: str):
    LegalDocument.objects.create(number="Nghị định 118/2025/NĐ-CP", **fields)
    draft = make_draft(1, citation=citation)
    [finding] = check_items([draft], today=date(2026, 11, 30))[0]
    assert (finding.code, finding.message) == ("citation_outdated", message)


def test_a_document_in_force_is_no_doubt():
    LegalDocument.objects.create(
        number="Nghị định 118/2025/NĐ-CP",
        effective_from=date(2025, 7, 1),
        effective_to=date(2026, 12, 1),
    )
    assert check_items([make_draft(1, **CITED)], today=date(2026, 11, 30)) == {}


def test_a_stored_version_reads_as_the_draft_it_was():
    bank, author = bank_of(STEM)
    draft = make_draft(5, fixed_order=True, rationale="Vì sao", **CITED)
    [version] = add_items(bank=bank, drafts=[draft], author=author)
    read = draft_of(ItemVersion.objects.get(pk=version.pk))
    assert (read.digest, read.key, read.fixed_order) == (draft.digest, draft.key, True)
    assert "118/2025/NĐ-CP" in read.citation
