"""What is written down of an item while a person looks at it is what was read."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quiz.drafts import ItemDraft, Media
from quiz.enums import ItemKind, Level, MediaKind
from quiz.reading_documents import (
    draft_document,
    draft_of,
    evidence_document,
    evidence_of,
    item_document,
    repairs_of,
)
from quiz.reading_labels import evidence_label, field_label, repair_label
from quiz.reading_repairs import differences, with_repairs
from quiz.readings import Evidence, Mark, ReadItem, Repair, RepairKind

TEXT = st.text(max_size=20)
DRAFTS = st.builds(
    ItemDraft,
    kind=st.sampled_from([kind.value for kind in ItemKind]),
    stem=TEXT,
    options=st.lists(TEXT, max_size=8).map(tuple),
    key=st.frozensets(st.integers(0, 7)),
    fixed_order=st.booleans(),
    topic=TEXT,
    level=st.sampled_from(["", *(level.value for level in Level)]),
    citation=TEXT,
    checked_on=st.none() | st.dates(date(2000, 1, 1)),
    sheet=TEXT,
    row=st.integers(0, 100),
    tags=st.none() | st.lists(TEXT).map(tuple),
    media=st.lists(
        st.builds(
            Media,
            place=st.integers(-1, 7),
            kind=st.sampled_from([kind.value for kind in MediaKind]),
            sha256=TEXT,
            alt=TEXT,
        ),
        max_size=2,
    ).map(tuple),
)
EVIDENCE = st.builds(Evidence, st.sampled_from(Mark), st.frozensets(st.integers(0, 7)), TEXT)
WORDS = st.lists(st.sampled_from(["Cƣ", "Cư", "12", "trú", "\n", "là"]), max_size=6).map(" ".join)


@given(draft=DRAFTS)
def test_a_draft_comes_back_as_it_was(draft: ItemDraft):
    assert draft_of(json.loads(json.dumps(draft_document(draft)))) == draft


@given(found=st.lists(EVIDENCE))
def test_evidence_comes_back_and_can_be_told(found: list[Evidence]):
    assert evidence_of(json.loads(json.dumps(evidence_document(found)))) == found
    assert all(evidence_label(each) for each in found)


@given(before=WORDS, after=WORDS)
def test_a_change_is_shown_whole(before: str, after: str):
    pieces = differences(before, after)
    assert "".join(text for what, text in pieces if what != "new") == before
    assert "".join(text for what, text in pieces if what != "gone") == after


def tidy(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


@given(texts=st.lists(WORDS, min_size=2, max_size=4), declined=st.sets(st.integers(0, 2)))
def test_repairs_lead_from_the_text_as_read_to_the_draft(texts: list[str], declined: set[int]):
    kinds = [RepairKind.LOOKALIKE, RepairKind.PAGE_NUMBER, RepairKind.SPACING]
    repairs = [
        Repair(kind, "option:1", before, after)
        for kind, before, after in zip(kinds, texts, texts[1:], strict=False)
    ]
    mended = ItemDraft("single", "Gì?", ("Một", tidy(texts[-1])), frozenset({0}))
    document = item_document(ReadItem(draft=mended, source="", repairs=tuple(repairs)))
    assert repairs_of(json.loads(json.dumps(document))["repairs"]) == repairs
    assert with_repairs(mended, repairs, ()) == mended
    as_read = with_repairs(mended, repairs, range(len(repairs)))
    assert as_read.options == ("Một", tidy(texts[0]))
    some = with_repairs(mended, repairs, declined)
    assert with_repairs(some, repairs, ()) == mended
    assert all(repair_label(each.kind) and field_label(each.field) for each in repairs)
