"""Tables are found by whatever names their columns carry."""

import pytest

from quiz.interfaces.excel.items_headers import Header, find_header


@pytest.mark.parametrize(
    ("names", "columns", "options"),
    [
        (
            "Nội dung câu hỏi|A|B|C|D|Đáp án|Giải thích|Nội dung|Thứ tự",
            {"stem": 0, "key": 5, "rationale": 6, "topic": 7},
            (1, 2, 3, 4),
        ),
        (
            "STT|Câu hỏi (*)|Phương án A|Phương án B|Phương án C|Đ/A|Chủ đề|Mức độ",
            {"stem": 1, "key": 5, "topic": 6, "level": 7},
            (2, 3, 4),
        ),
        (
            "TT|CÂU DẪN|Đáp án 1|Đáp án 2|Đáp án 3|Đáp án 4|Đáp án đúng (1/2/3/4)",
            {"stem": 1, "key": 6},
            (2, 3, 4, 5),
        ),
        (
            "Câu|Nội dung|a.|b.|c.|d.|ĐA|Căn cứ|Văn bản|Giữ thứ tự",
            {"stem": 1, "key": 6, "citation": 7, "document": 8, "fixed_order": 9},
            (2, 3, 4, 5),
        ),
        (
            "Đáp án|Lựa chọn D|Lựa chọn C|Lựa chọn B|Lựa chọn A|Câu|Loại câu|Ngày kiểm tra",
            {"stem": 5, "key": 0, "kind": 6, "checked_on": 7},
            (4, 3, 2, 1),
        ),
        ("Question|Option A|Option B|Correct answer", {"stem": 0, "key": 3}, (1, 2)),
    ],
)
def test_names_in_use_are_known(names: str, columns: dict, options: tuple) -> None:
    header = find_header([names.split("|")])
    assert header == Header(data_from=1, columns=columns, options=options)


def test_header_of_two_rows_is_joined() -> None:
    rows = [
        ["BỘ CÂU HỎI", "", "", "", "", ""],
        ["STT", "Nội dung câu hỏi", "Phương án trả lời", "", "", "Đáp án"],
        ["", "", "A", "B", "C", ""],
        [1.0, "Một?", "x", "y", "z", "A"],
    ]
    assert find_header(rows) == Header(
        data_from=3, columns={"stem": 1, "key": 5}, options=(2, 3, 4)
    )


def test_numbers_may_head_the_options() -> None:
    header = find_header([["Câu hỏi", 1.0, 2.0, 3.0, "Đáp án"]])
    assert header == Header(data_from=1, columns={"stem": 0, "key": 4}, options=(1, 2, 3))


def test_header_is_searched_in_the_first_twenty_rows() -> None:
    head = ["Câu hỏi", "A", "B", "Đáp án"]
    empty = [""] * 4
    assert find_header([*[empty] * 19, head]).data_from == 20
    assert find_header([*[empty] * 20, head]) is None


@pytest.mark.parametrize(
    "names",
    ["Câu|Đề gốc|Mã 001|Mã 002", "Họ và tên|Đơn vị|Ngày sinh", "Đáp án", "Việc cần làm|A|B"],
)
def test_other_tables_are_no_item_tables(names: str) -> None:
    header = find_header([names.split("|")])
    assert header is None or len(header.missing) == 2


def test_what_is_missing_twice_or_unknown_is_told() -> None:
    header = find_header([["Câu hỏi", "A", "B", "Chủ đề", "Chủ đề", "B", "Điểm"]])
    assert header == Header(
        data_from=1,
        columns={"stem": 0, "topic": 3},
        options=(1, 2),
        twins=("Chủ đề", "B"),
        unknown=("Điểm",),
        missing=("key",),
    )
