"""The dispatcher: what a file is, and that every item comes out mended and judged."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.drafts import draft_faults
from quiz.interfaces.excel.items_reading import read_excel
from quiz.interfaces.formats.reading import FORMATS, accepted_suffixes, read_file
from quiz.interfaces.formats.refusals import UnreadableFile
from quiz.interfaces.formats.sniffing import sniff
from quiz.interfaces.formats.writers import WRITERS
from quiz.readings import CERTAIN, Mark, RepairKind
from tests.factories import make_draft
from tests.quiz.bank_workbooks import FAULTY, UNREADABLE, sound_book
from tests.quiz.item_word_files import word_file

NAMES = ["a", *(f"a{suffix}" for suffix in accepted_suffixes())]

TEXT = "Câu 1: Một tuần có mấy ngày?\nA. Năm\nB. Bảy\nC. Sáu\nĐáp án: B\n"


def read(data: bytes, name: str, **more):
    return read_file(io.BytesIO(data), name=name, **more)


@pytest.mark.parametrize("writer", WRITERS.values(), ids=list(WRITERS))
def test_what_we_write_is_recognised_by_its_content_alone(writer):
    file = io.BytesIO()
    writer.write([make_draft(1), make_draft(2)], file)
    for name in (f"de{writer.suffix}", "de", "de.dat"):
        reading = read(file.getvalue(), name)
        assert reading.format == writer.code
        assert [item.draft.stem for item in reading.items] == [
            make_draft(1).stem,
            make_draft(2).stem,
        ]


def test_word_and_plain_text_are_recognised():
    document = word_file([("Một tuần có mấy ngày?", ["Năm", "Bảy"], 1, "line")])
    assert read(document, "khong-ten").format == "word"
    assert read(TEXT.encode(), "khong-ten").format == "text"
    assert read(TEXT.encode("utf-16"), "de.txt").format == "text"


def test_the_chosen_format_goes_before_what_the_file_looks_like():
    with pytest.raises(UnreadableFile) as refusal:
        read(TEXT.encode(), "de.txt", format="gift")
    assert refusal.value.code == "not_of_this_format"
    assert read(TEXT.encode(), "de.gift", format="text").format == "text"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "de.docx", "another_format"),
        (b"%PDF-1.7\n", "de.pdf", "another_format"),
        (b"{\\rtf1 x}", "de.rtf", "another_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "de.doc", "another_format"),
        (b"<!doctype html><p>A", "de.html", "another_format"),
        ("Thư mời họp, không có câu nào.".encode(), "thu.txt", "no_items"),
        (b"PK\x03\x04" + bytes(50), "de.zip", "unknown_format"),
        (bytes(21 * 1024 * 1024), "so-khong.txt", "file_too_large"),
    ],
)
def test_what_is_none_of_them_is_refused_in_a_sentence(data, name, code):
    with pytest.raises(UnreadableFile) as refusal:
        read(data, name)
    assert (refusal.value.code, bool(str(refusal.value.message))) == (code, True)


@pytest.mark.parametrize("code", UNREADABLE)
def test_a_broken_workbook_is_refused_as_before(code):
    with pytest.raises(UnreadableFile) as refusal:
        read(UNREADABLE[code], "de.xlsx")
    assert refusal.value.code in (code, "file_too_large")


def test_an_archive_of_other_files_is_no_package():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("anh.png", b"x")
    with pytest.raises(UnreadableFile) as refusal:
        read(file.getvalue(), "anh.zip")
    assert refusal.value.code == "unknown_format"


def test_answers_in_a_file_of_their_own_are_joined():
    text = TEXT.replace("Đáp án: B\n", "") + "\nCâu 2: Hỏi?\nA. Có\nB. Không\n"
    reading = read(text.encode(), "de.txt", key_file=io.BytesIO(b"1-B\n2-A\n"), key_name="k.txt")
    assert [(item.draft.key, item.faults) for item in reading.items] == [({1}, ()), ({0}, ())]
    assert [item.evidence[-1].mark for item in reading.items] == [Mark.KEY_FILE] * 2
    with pytest.raises(UnreadableFile):
        read(text.encode(), "de.txt", key_file=io.BytesIO(b"khong co gi"), key_name="k.txt")


def test_every_item_is_mended_and_judged():
    text = "Câu 1: Cƣ trú là gì?\nA. Nơi ở\nB. Nơi ở\nĐáp án: A\n\nCâu 2: Hỏi?\nA. Có\nB. Không\n"
    first, second = read(text.encode(), "de.txt").items
    assert first.draft.stem == "Cư trú là gì?"
    assert [repair.kind for repair in first.repairs] == [RepairKind.LOOKALIKE]
    assert [fault.code for fault in first.faults] == ["twin_options"]
    assert ["no_key" in fault.code for fault in second.faults] == [True]
    assert [item.draft.row for item in (first, second)] == [1, 2]


def test_a_question_file_is_mended_with_the_text_as_it_stood():
    (item,) = read("Ho\u0309i gì? {=ƣớc ~b}".encode(), "de.gift").items
    assert (item.draft.stem, item.draft.options[0]) == ("Hỏi gì?", "ước")
    assert [(repair.kind, repair.field, repair.before) for repair in item.repairs] == [
        (RepairKind.DECOMPOSED, "stem", "Ho\u0309i gì?"),
        (RepairKind.LOOKALIKE, "option:0", "ƣớc"),
    ]


@pytest.mark.parametrize("code", [c for c in FAULTY if c not in ("no_header", "no_items")])
def test_a_faulty_workbook_keeps_its_faults_by_row_or_aside(code):
    reading = read_excel(io.BytesIO(FAULTY[code]), name="de.xlsx")
    told = {fault.code for item in reading.items for fault in item.faults}
    told |= {fault.code for fault in reading.skipped}
    assert code in told or code in ("duplicate_in_file", "citation_too_long")
    for item in reading.items:
        assert item.source
        assert item.confidence == CERTAIN or not item.draft.key or draft_faults(item.draft)


def test_a_sound_workbook_is_certain_row_by_row():
    reading = read_excel(io.BytesIO(sound_book(3)), name="de.xlsx")
    assert [(i.label, i.confidence, i.faults) for i in reading.items] == [
        (f"Trang “Câu hỏi”, dòng {row}", CERTAIN, ()) for row in (2, 3, 4)
    ]


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), name=st.sampled_from(NAMES))
def test_no_bytes_end_in_anything_but_items_or_a_refusal(data, name):
    assert sniff(data, name) in {*FORMATS, ""}
    try:
        reading = read(data, name)
    except UnreadableFile:
        return
    assert all(item.source for item in reading.items)
