"""Finding the header of an item sheet, whatever its columns are called.

The names are those met in real question files; they are compared folded, without what stands in
brackets: “Đáp án đúng (A/B/C/D) *” is “dap an dung”.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.text import fold

SEARCHED_ROWS = 20
FAULT_COLUMN = "Lỗi cần sửa"  # written by our own annotated copies, ignored when they come back
_FAULT_NAME = fold(FAULT_COLUMN)

# Field → names; where two columns claim a field, the earlier name wins.
_NAMES: dict[str, tuple[str, ...]] = {
    "stem": (
        "noi dung cau hoi", "cau hoi", "cau dan", "noi dung cau dan", "de bai", "question", "stem",
        "ten cau hoi", "noi dung", "cau",
    ),
    "key": (
        "dap an dung", "phuong an dung", "dap an chinh xac", "dap an", "d/a dung", "d/a", "da",
        "cau tra loi dung", "tra loi dung", "dung", "key", "correct answer", "correct", "answer",
    ),
    "kind": (
        "loai cau", "loai cau hoi", "kieu cau", "kieu cau hoi", "dang cau", "dang cau hoi", "loai",
    ),
    "topic": (
        "chu de", "chuyen de", "linh vuc", "noi dung kien thuc", "mang kien thuc", "chuong",
        "phan", "topic", "noi dung",
    ),
    "level": ("muc do", "muc do nhan thuc", "do kho", "cap do", "muc", "level"),
    "fixed_order": (
        "giu thu tu", "giu nguyen thu tu", "giu thu tu phuong an", "co dinh thu tu",
        "co dinh phuong an", "khong dao", "khong dao phuong an", "khong tron", "fixed order",
    ),
    "rationale": (
        "giai thich", "loi giai", "giai thich dap an", "dien giai", "huong dan giai", "rationale",
        "explanation",
    ),
    "document": ("van ban", "ten van ban", "so van ban", "so, ky hieu", "so, ky hieu van ban"),
    "citation": (
        "can cu", "can cu phap ly", "co so phap ly", "trich dan", "nguon", "dieu khoan",
        "dieu, khoan", "citation",
    ),
    "checked_on": ("ngay kiem tra", "ngay ra soat", "ngay kiem hieu luc"),
    "checked_by": ("nguoi kiem tra", "nguoi ra soat", "nguoi kiem hieu luc"),
    "tags": ("nhan", "tu khoa", "cac nhan", "tag", "tags", "keyword", "keywords"),
    "ignored": (
        "stt", "tt", "so tt", "so thu tu", "thu tu", "cau so", "so cau", "no", "id", "ma cau",
        "ma cau hoi", "cau", "ghi chu", _FAULT_NAME,
    ),
}  # fmt: skip
# Name → (field, place among the field's names) of each field it may stand for.
_CLAIMS = {
    name: [(field, names.index(name)) for field, names in _NAMES.items() if name in names]
    for name in {name for names in _NAMES.values() for name in names}
}

_OPTION = re.compile(
    r"(?:(?:phuong an(?: tra loi)?|dap an|lua chon|cau tra loi|tra loi|p/?a|y|option|answer|choice)"
    r"\s*)?([a-h1-8])"
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_EDGES = " .:*?_-\t"


@dataclass(frozen=True)
class Header:
    """Where the fields stand: list indexes of columns. `data_from` is the first row of items.

    `options` has one column per place, in order; `fault_column` is that of our annotated copies.
    `twins` names columns that claim one field,
    `unknown` those that no field claims, `missing` the fields an item sheet can't do without.
    """

    data_from: int
    columns: dict[str, int]
    options: tuple[int, ...]
    twins: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    fault_column: int | None = None


def find_header(rows: Sequence[Sequence[Any]]) -> Header | None:
    """The header in the first rows, one or two rows high; None if no row looks like one.

    A row looks like one when it has at least two of: stem, key, two options. What of these three
    is not there is in `missing`.
    """
    best: Header | None = None
    for index in range(min(SEARCHED_ROWS, len(rows))):
        upper = [_name(cell) for cell in rows[index]]
        lower = [_name(cell) for cell in rows[index + 1]] if index + 1 < len(rows) else []
        for names, height in ((upper, 1), (_joined(upper, lower), 2)):
            header = _read_names(names, rows[index], index + height)
            if len(header.missing) > 1:
                continue
            if not header.missing:
                return header
            best = best or header
    return best


def _name(cell: Any) -> str:
    """A header cell as it is compared; numbers may head option columns."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if not isinstance(cell, str) or len(cell) > 80:
        return ""
    return fold(_BRACKETS.sub(" ", cell)).strip(_EDGES)


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """Two header rows as one: “Phương án trả lời” above A, B, C, D gives way to the letters."""
    if not any(upper) or not any(_OPTION.fullmatch(name) for name in lower):
        return []
    return [
        below if below and (not above or _OPTION.fullmatch(below)) else above
        for above, below in zip(upper, lower, strict=True)
    ]


def _read_names(names: list[str], cells: Sequence[Any], data_from: int) -> Header:
    options, option_twins = _option_columns(names)
    claims = _claims(names)
    columns: dict[str, int] = {}
    taken: set[int] = set()
    twins: list[int] = []
    for name_of_field in _NAMES:
        candidates = sorted(c for c in claims.get(name_of_field, []) if c[1] not in taken)
        if not candidates:
            continue
        if name_of_field == "ignored":
            taken.update(column for _weight, column in candidates)
            continue
        weight, column = candidates[0]
        columns[name_of_field] = column
        taken.add(column)
        twins += [other for w, other in candidates[1:] if w == weight]
    known = taken | set(options) | set(twins) | set(option_twins)
    present = {"stem": "stem" in columns, "key": "key" in columns, "options": len(options) > 1}
    return Header(
        data_from=data_from,
        columns=columns,
        options=options,
        twins=tuple(str(cells[column]).strip() for column in (*twins, *option_twins)),
        unknown=tuple(
            str(cells[c]).strip() for c, name in enumerate(names) if name and c not in known
        ),
        missing=tuple(name for name, there in present.items() if not there),
        fault_column=names.index(_FAULT_NAME) if _FAULT_NAME in names else None,
    )


def _claims(names: list[str]) -> dict[str, list[tuple[int, int]]]:
    """Field → (weight of the name, column) of each column that claims it."""
    claims: dict[str, list[tuple[int, int]]] = {}
    for column, name in enumerate(names):
        for name_of_field, weight in _CLAIMS.get(name, ()):
            claims.setdefault(name_of_field, []).append((weight, column))
    return claims


def _option_columns(names: list[str]) -> tuple[tuple[int, ...], list[int]]:
    """Columns of options A, B, C … up to the first letter that is missing, and twin columns."""
    by_place: dict[int, int] = {}
    twins = []
    for column, name in enumerate(names):
        if match := _OPTION.fullmatch(name):
            mark = match[1]
            place = int(mark) - 1 if mark.isdigit() else ord(mark) - ord("a")
            if by_place.setdefault(place, column) != column:
                twins.append(column)
    count = next(place for place in range(9) if place not in by_place)
    return tuple(by_place[place] for place in range(count)), twins
