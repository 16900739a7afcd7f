"""No text and no bytes break a reader of free text, and every line is somebody's source."""

import contextlib
import io
import zipfile
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from quiz.interfaces.formats.key_file import merge_keys, read_key_file
from quiz.interfaces.formats.refusals import UnreadableFile
from quiz.interfaces.formats.text import read_text
from quiz.interfaces.formats.word import read_word
from quiz.readings import Passage, Reading, RepairKind
from quiz.repairs import propose_repairs

# What files of items are made of, so that chance writes things like them.
PIECES = st.sampled_from(
    [
        "Câu 1: ", "Câu 2. ", "CÂU HỎI 3: ", "1. ", "2) ", "------Câu hỏi 1: ", "**Câu 1.** ",
        "Question 4: ", "A. ", "B. ", "C. ", "D. ", "a) ", "b/ ", "*C. ", "(D) ", "đ) ", "A.", "B.",
        "Đáp án: B", "Đáp án D", "Đáp án đúng là: C. ", "• D. a;", "(đáp án đúng – điểm a khoản 2)",
        "Giải thích: ", "Căn cứ: ", "Mức độ: Nhận biết", "CHƯƠNG II", "ĐÁP ÁN", "1.A 2.B 3.C",
        "1 2 3", "A B C", "12", "- 3 -", "được 2 điểm", "Hà Nội", "bảy ngày", "cơ quan nào?", " ",
        "\t", "   ", "**", "__", "(", ")", "\u0301", "ƣ", "\xa0", "\u200b", "C¶i c¸ch", "ñöôïc",
    ]
)  # fmt: skip
LINES = st.lists(st.lists(PIECES | st.text(max_size=6), max_size=5).map("".join), max_size=14)
TEXTS = LINES.map("\n".join) | st.text(max_size=200)


def read(text: str) -> Reading | None:
    try:
        return read_text(io.BytesIO(text.encode("utf-8", "surrogatepass")), name="a.txt")
    except UnreadableFile:
        return None


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_read_or_refused_and_the_same_each_time(text: str) -> None:
    reading = read(text)
    assert reading == read(text)
    for item in reading.items if reading else ():
        assert item.source.strip()
        assert 0 <= item.confidence <= 100
        mended = propose_repairs(item)
        assert propose_repairs(mended) == mended
        # An option alone may be in a legacy font where the file as a whole is not.
        if all(repair.kind != RepairKind.LEGACY_FONT for repair in mended.repairs):
            assert item.draft.options == mended.draft.options


@settings(max_examples=300, deadline=None)
@given(LINES.map("\n".join))
@example("Câu 1: Đáp án: B\nCHƯƠNG IICâu 1: Câu 1: A. ")  # a passage among answers
def test_every_line_is_the_source_of_something_once(text: str) -> None:
    reading = read(text)
    if reading is None:
        return
    passages = [each for each in (*reading.skipped, *reading.notices) if isinstance(each, Passage)]
    sources = [item.source for item in reading.items] + [each.source for each in passages]
    assert words("\n".join(sources)) == words(text), ascii(text)


def words(text: str) -> Counter[str]:
    """Every letter, however lines are cut; digits may be a page's number, which is nobody's."""
    return Counter(character for character in text if character.isalpha())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([read_text, read_word, read_key_file]))
def test_any_bytes_are_read_or_refused(data: bytes, reader) -> None:
    with contextlib.suppress(UnreadableFile):
        reader(io.BytesIO(data), name="a.docx")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=200), st.binary(max_size=200))
def test_any_parts_in_a_word_package_are_read_or_refused(
    document: bytes, styles: bytes, numbering: bytes
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", document)
        archive.writestr("word/styles.xml", styles)
        archive.writestr("word/numbering.xml", numbering)
    for reader in (read_word, read_key_file):
        with contextlib.suppress(UnreadableFile):
            reader(io.BytesIO(out.getvalue()), name="a.docx")


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_any_keys_can_be_joined_to_any_items(text: str, answers: str) -> None:
    reading = read(text)
    try:
        keys = read_key_file(io.BytesIO(answers.encode("utf-8", "replace")), name="k.txt")
    except UnreadableFile:
        return
    if reading:
        merged = merge_keys(reading, keys)
        assert [item.source for item in merged.items] == [item.source for item in reading.items]
