"""A paper for people that its reader takes back; what comes back otherwise is told."""

import io
from dataclasses import replace

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.domain.legal_documents import parse_citations
from quiz.drafts import ItemDraft
from quiz.interfaces.formats.word import read_word
from quiz.interfaces.formats.word_write import write_word
from tests.quiz.interfaces.formats.drafts import bare, drafts

RICH = ItemDraft(
    "multiple",
    "Chọn các số chẵn",
    ("Hai", "Ba", "Bốn"),
    frozenset({0, 2}),
    topic="Số học",
    level="nhan_biet",
    rationale="Số chẵn chia hết cho hai.",
    citation="Luật 1/2025/QH15, Điều 2\nNghị định 118/2025/NĐ-CP, khoản 1",
    row=12,
)


def written(*items: ItemDraft) -> tuple[io.BytesIO, list[str]]:
    out = io.BytesIO()
    told = [str(fault) for fault in write_word(items, out)]
    out.seek(0)
    return out, told


def test_the_paper_reads_as_people_write_one() -> None:
    made, told = written(RICH)
    assert told == []
    assert [paragraph.text for paragraph in Document(made).paragraphs] == [
        "Số học",
        "Câu 12: Chọn các số chẵn",
        "A. Hai",
        "B. Ba",
        "C. Bốn",
        "Đáp án: A, C",
        "Giải thích: Số chẵn chia hết cho hai.",
        "Căn cứ: Luật 1/2025/QH15, Điều 2; Nghị định 118/2025/NĐ-CP, khoản 1",
        "Mức độ: Nhận biết",
    ]


def test_the_reader_takes_everything_back_with_full_confidence() -> None:
    truth = ItemDraft("true_false", "Trái đất tròn.", ("Đúng", "Sai"), frozenset({0}))
    truth = replace(truth, fixed_order=True, topic="Số học", row=13)
    made, told = written(RICH, truth)
    first, second = read_word(made, name="cau-hoi.docx").items
    assert told == []
    assert (first.label, first.confidence, second.confidence) == ("Câu 12", 100, 100)
    assert parse_citations(first.draft.citation) == parse_citations(RICH.citation)
    assert replace(bare(first.draft), citation="") == replace(bare(RICH), citation="")
    assert bare(second.draft) == bare(truth)


def test_lines_and_what_a_paper_has_no_place_for_are_told() -> None:
    lines = replace(RICH, stem="Chọn:\ncác số chẵn", checked_by="Lê Bình", tags=("số",))
    assert written(lines)[1] == [
        "Câu 12 (Chọn: các số chẵn): Định dạng này không mang được: xuống dòng, ngày, người "
        "kiểm tra, nhãn. Dùng GIFT, Moodle XML hoặc QTI nếu cần giữ đủ."
    ]


def test_a_topic_cannot_end_before_the_next_begins() -> None:
    _made, told = written(RICH, replace(RICH, stem="Khác", topic="", row=13))
    assert [fault.partition(":")[0] for fault in told] == ["Câu 13 (Khác)"]


@settings(max_examples=25, deadline=None)
@given(items=st.lists(drafts(lines=False), min_size=1, max_size=3))
def test_what_is_not_told_comes_back(items: list[ItemDraft]) -> None:
    numbered = [replace(draft, row=place) for place, draft in enumerate(items, start=1)]
    made, told = written(*numbered)
    read = {item.label: item.draft for item in read_word(made, name="cau-hoi.docx").items}
    for draft in numbered:
        if not any(fault.startswith(f"Câu {draft.row} (") for fault in told):
            found = replace(bare(read[f"Câu {draft.row}"]), citation="")
            assert found == replace(bare(draft), citation="")
