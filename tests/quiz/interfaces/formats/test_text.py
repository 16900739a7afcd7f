"""Items in plain text, written the ways people write them."""

import io

from quiz.interfaces.formats.text import read_text
from quiz.readings import CERTAIN, Mark, Reading, ReadItem


def read(text: str | bytes) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    return read_text(io.BytesIO(data), name="cau-hoi.txt")


def shapes(reading: Reading) -> list[tuple[str, tuple[str, ...], list[int]]]:
    """(stem, options, key) of each item."""
    return [(i.draft.stem, i.draft.options, sorted(i.draft.key)) for i in reading.items]


def only(reading: Reading) -> ReadItem:
    (item,) = reading.items
    return item


def test_item_with_an_answer_line_is_certain():
    item = only(read("Câu 1: Một tuần có mấy ngày?\nA. Năm\nB. Sáu\nC. Bảy\nĐáp án: C\n"))
    assert item.draft.stem == "Một tuần có mấy ngày?"
    assert item.draft.options == ("Năm", "Sáu", "Bảy")
    assert item.draft.key == {2}
    assert item.confidence == CERTAIN
    assert [evidence.mark for evidence in item.evidence] == [Mark.ANSWER_LINE]
    assert item.label == "Câu 1"
    assert item.source == "Câu 1: Một tuần có mấy ngày?\nA. Năm\nB. Sáu\nC. Bảy\nĐáp án: C"
