"""Proposed repairs of texts, from whatever format."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.drafts import ItemDraft
from quiz.engine.legacy_text import decode_tcvn3, decode_vni, legacy_encoding
from quiz.engine.text_repair import mend_text
from quiz.readings import ReadItem
from quiz.repairs import propose_repairs

GOOD = (
    "Cải cách hành chính là nhiệm vụ của đơn vị; người dân được hưởng quyền lợi ở bộ phận một cửa"
)
TCVN3 = "C¶i c¸ch hµnh chÝnh lµ nhiÖm vô cña ®¬n vÞ; ng­êi d©n ®­îc h­ëng quyÒn lîi ë bé phËn mét cöa"
VNI = (
    "Caûi caùch haønh chính laø nhieäm vuï cuûa ñôn vò; ngöôøi daân ñöôïc höôûng quyeàn lôïi "
    "ôû boä phaän moät cöûa"
)


def item(stem: str, *options: str) -> ReadItem:
    draft = ItemDraft("single", stem, options or ("một", "hai"), frozenset([0]))
    return ReadItem(draft, source=stem)


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (GOOD, GOOD, []),
        (unicodedata.normalize("NFD", GOOD), GOOD, ["decomposed"]),
        (GOOD.replace("ư", "ƣ"), GOOD, ["lookalike"]),
        (TCVN3, GOOD, ["legacy_font"]),
        (VNI, GOOD, ["legacy_font"]),
        (GOOD.replace(" là ", "\xa0là  "), GOOD, ["spacing"]),
        (GOOD.replace("là ", "là\n- 12 -\n"), GOOD.replace("là ", "là\n"), ["page_number"]),
        ("naïve café của José", "naïve café của José", []),
    ],
)
def test_repairs_of_a_stem(before, after, kinds):
    mended = propose_repairs(item(before))
    assert mended.draft.stem == after
    assert [(repair.kind.value, repair.field) for repair in mended.repairs] == [
        (kind, "stem") for kind in kinds
    ]


def test_letters_left_before_options_are_proposed_to_go():
    mended = propose_repairs(item("Hỏi?", "A. một", "B) hai"))
    assert mended.draft.options == ("một", "hai")
    assert [(r.field, r.before, r.after) for r in mended.repairs] == [
        ("option:0", "A. một", "một"),
        ("option:1", "B) hai", "hai"),
    ]


def test_options_that_happen_to_begin_with_letters_stay():
    assert propose_repairs(item("Hỏi?", "B. một", "A. hai")).draft.options == ("B. một", "A. hai")


def test_legacy_alphabets_are_read_letter_by_letter():
    assert (decode_tcvn3(TCVN3), decode_vni(VNI)) == (GOOD, GOOD)
    assert [legacy_encoding(text) for text in (TCVN3, VNI, GOOD)] == ["tcvn3", "vni", ""]


@given(st.text(max_size=80), st.lists(st.text(max_size=20), min_size=2, max_size=4))
def test_proposing_twice_is_proposing_once(stem, options):
    once = propose_repairs(item(stem, *options))
    assert propose_repairs(once) == once


@given(st.text(alphabet=st.sampled_from("aăâbcdđeêoôơuưàảãáạ ƣ\u0301\u0323\xa0\n12-"), max_size=60))
def test_steps_lead_from_the_first_text_to_the_last(text):
    mended, steps = mend_text(text)
    for step in steps:
        assert step.before == text
        text = step.after
    assert " ".join(text.split()) == " ".join(mended.split())
