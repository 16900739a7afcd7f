"""The demo's bank: what it cites was read, what is unsure waits, and nobody guesses the key."""

import json
import re
from collections import Counter
from pathlib import Path
from unicodedata import is_normalized

import quiz.demo
from accounts.text import fold
from quiz.demo.content import DemoItem, load_documents, load_items
from quiz.enums import ItemKind, Level

FOLDER = Path(quiz.demo.__file__).parent
ITEMS = load_items()
DOCUMENTS = {document.number: document for document in load_documents()}

# The only clauses that were read; every other citation names the document alone.
READ_CLAUSES = {
    11: {("Nghị định 118/2025/NĐ-CP", "khoản 1 Điều 1")},
    12: {("Nghị định 118/2025/NĐ-CP", "khoản 2 Điều 1")},
    17: {("Thông tư 03/2025/TT-VPCP", "Phụ lục I")},
    18: {("Thông tư 03/2025/TT-VPCP", "Phụ lục I")},
    19: {("Nghị định 42/2022/NĐ-CP", "Điều 11")},
    20: {("Nghị định 42/2022/NĐ-CP", "điểm a khoản 1 Điều 11")},
    30: {("Nghị định 45/2020/NĐ-CP", "khoản 2 Điều 3")},
    32: {("Nghị quyết 66.7/2025/NQ-CP", "khoản 1 Điều 2")},
    34: {("Nghị định 63/2010/NĐ-CP", "khoản 1 Điều 3")},
    35: {("Nghị định 63/2010/NĐ-CP", "khoản 5 Điều 3")},
    36: {("Nghị định 20/2008/NĐ-CP", "Điều 1")},
    41: {("Nghị định 69/2024/NĐ-CP", "Điều 7")},
    44: {("Luật 72/2025/QH15", "khoản 1 Điều 1")},
}
# Items on documents whose validity is unconfirmed.
WAITING = {19, 20, 21, 29, 30, 34, 35, 36, 37, 38}
DECREES_TO_CHECK = {
    "Nghị định 42/2022/NĐ-CP",
    "Nghị định 45/2020/NĐ-CP",
    "Nghị định 63/2010/NĐ-CP",
    "Nghị định 20/2008/NĐ-CP",
}
TOPICS = {
    "Chương trình cải cách hành chính": range(1, 9),
    "Một cửa, một cửa liên thông": range(9, 19),
    "Dịch vụ công trực tuyến": range(19, 34),
    "Kiểm soát thủ tục, phản ánh kiến nghị, đánh giá": range(34, 40),
    "Định danh, giao dịch điện tử": range(40, 44),
    "Bộ máy hai cấp": range(44, 46),
}


def texts(item: DemoItem) -> list[str]:
    return [item.stem, *item.options, item.rationale]


def wrong_options(item: DemoItem) -> list[str]:
    return [text for place, text in enumerate(item.options) if place not in item.key]


def test_there_are_45_items_one_for_each_fact():
    assert [item.number for item in ITEMS] == list(range(1, 46))
    assert Counter(item.kind for item in ITEMS) == {
        ItemKind.SINGLE: 32,
        ItemKind.MULTIPLE: 8,
        ItemKind.TRUE_FALSE: 5,
    }


def test_items_are_stored_with_the_same_fields_in_nfc():
    text = (FOLDER / "items.json").read_text(encoding="utf-8")
    assert is_normalized("NFC", text)
    assert {tuple(row) for row in json.loads(text)} == {
        (
            "fact", "kind", "stem", "options", "key", "fixed_order", "topic", "level",
            "rationale", "citations", "checked_on", "validity_flag",
        )
    }  # fmt: skip


def test_every_text_is_filled_in_and_without_stray_spaces():
    for item in ITEMS:
        for text in texts(item):
            assert text, item.number
            assert text == " ".join(text.split()), item.number
        assert item.level in Level.values, item.number


def test_every_key_fits_its_kind():
    for item in ITEMS:
        assert item.key <= set(range(len(item.options))), item.number
        if item.kind == ItemKind.SINGLE:
            assert (len(item.options), len(item.key)) == (4, 1), item.number
        elif item.kind == ItemKind.MULTIPLE:
            assert (len(item.options), len(item.key)) == (5, 3), item.number
        else:
            assert (item.options, len(item.key)) == (("Đúng", "Sai"), 1), item.number


def test_topics_follow_the_sections_of_the_facts():
    assert {item.number: item.topic for item in ITEMS} == {
        number: topic for topic, numbers in TOPICS.items() for number in numbers
    }


def test_only_clauses_that_were_read_are_cited():
    cited = {item.number: {pair for pair in item.citations if pair[1]} for item in ITEMS}
    assert {number: pairs for number, pairs in cited.items() if pairs} == READ_CLAUSES


def test_no_text_names_an_article_of_a_law():
    for item in ITEMS:
        named = re.findall(r"(?i)\b(?:điều|khoản|điểm|chương|mục) \d+", " ".join(texts(item)))
        assert named == [], item.number


def test_every_citation_names_a_known_document_and_every_document_is_cited():
    assert all(item.citations for item in ITEMS)
    assert {number for item in ITEMS for number, _clause in item.citations} == set(DOCUMENTS)


def test_items_on_unconfirmed_documents_wait():
    assert {item.number for item in ITEMS if item.validity_flag} == WAITING
    for item in ITEMS:
        unsure = any(DOCUMENTS[number].needs_check for number, _clause in item.citations)
        assert item.validity_flag == unsure, item.number
    assert all(DOCUMENTS[number].needs_check for number in DECREES_TO_CHECK)


def test_nobody_claims_a_date_of_checking():
    assert {item.checked_on for item in ITEMS} == {None}


def test_no_stem_is_asked_twice_and_no_option_is_offered_twice():
    assert len({fold(item.stem) for item in ITEMS}) == len(ITEMS)
    for item in ITEMS:
        assert len({fold(option) for option in item.options}) == len(item.options), item.number


def test_options_that_name_letters_or_truth_values_stay_in_order():
    for item in ITEMS:
        needs_order = item.kind == ItemKind.TRUE_FALSE or any(
            option.startswith("Cả A") for option in item.options
        )
        assert item.fixed_order == needs_order, item.number


def test_single_keys_are_spread_over_the_places():
    places = Counter(min(item.key) for item in ITEMS if item.kind == ItemKind.SINGLE)
    assert set(places) == {0, 1, 2, 3}
    assert max(places.values()) <= 10
    assert min(places.values()) >= 6
    true_or_false = Counter(min(i.key) for i in ITEMS if i.kind == ItemKind.TRUE_FALSE)
    assert true_or_false == {0: 2, 1: 3}


def test_the_longest_option_is_mostly_wrong():
    longest = [
        item
        for item in ITEMS
        if max(len(item.options[place]) for place in item.key) > max(map(len, wrong_options(item)))
    ]
    assert len(longest) <= len(ITEMS) * 0.4


def test_a_citation_is_one_line_as_people_type_it():
    lines = {item.number: item.citation for item in ITEMS}
    assert lines[1] == "Nghị quyết 76/NQ-CP"
    assert lines[11] == "Nghị định 118/2025/NĐ-CP, khoản 1 Điều 1"
    assert lines[21] == "Nghị định 43/2011/NĐ-CP; Nghị định 42/2022/NĐ-CP"


def test_the_key_is_a_mask_of_option_places():
    assert [item.key_mask for item in ITEMS[:3]] == [0b100, 0b1101, 0b10110]


def test_documents_are_in_nfc_fit_their_columns_and_come_into_force_after_they_are_issued():
    text = (FOLDER / "documents.json").read_text(encoding="utf-8")
    assert is_normalized("NFC", text)
    assert len(DOCUMENTS) == len(json.loads(text)) == 21
    for document in DOCUMENTS.values():
        assert len(document.number) <= 80
        assert max(len(document.title), len(document.note)) <= 400
        assert document.title or document.note
        if document.issued_on and document.effective_from:
            assert document.issued_on <= document.effective_from
