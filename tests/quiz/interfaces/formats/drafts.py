"""Drafts of every sort, as hypothesis makes them: sound, tidy, and full of other formats' marks."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from quiz.drafts import ItemDraft, draft_faults
from quiz.engine.legacy_text import legacy_encoding
from quiz.enums import ItemKind, Level
from quiz.interfaces.formats.texts import tidy

WORDS = (
    "~", "=", "#", "{", "}", ":", "\\", "\\n", "%50%", "%", "####", "::", "->", "//", "/", "$",
    "[html]", "[plain]", "[", "]", "]]>", "<b>", "</p>", "<br/>", "&lt;", "&", "&amp;", "'", '"',
    "“Một cửa”", "Đúng", "Sai", "Hồ sơ", "nguyễn", "ƯỚC", "Câu 3:", "A.", "B)", "ANSWER: A", "TRUE",
    "=1+1", "Mức độ: Khó", "-", "1.", "Cả A và B", "😀", "C:\\", "$CATEGORY: x", "T", "a  b",
)  # fmt: skip
# Letters that are mended wherever they stand are in no draft.
SIGNS = st.characters(
    codec="utf-8",
    exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"],
    exclude_characters="ƣƢ",
)
PIECES = st.sampled_from(WORDS) | st.text(SIGNS, max_size=6)

# A comma parts tags, and what reads like a field of ours is one.
TAGS = st.sampled_from(["một cửa", "2026", "a]b", "\\", "<c>", "Tháng: 9"])


def texts(*, lines: bool, most: int = 6, least: int = 1) -> st.SearchStrategy[str]:
    """Tidy texts, of one line or of several; none that reads like one in a legacy font."""
    parted = st.lists(PIECES, min_size=least, max_size=most).map(" ".join)
    made = st.lists(parted, min_size=1, max_size=3).map("\n".join) if lines else parted
    return made.map(tidy).filter(
        lambda text: len(text) <= 900 and (text or not least) and not legacy_encoding(text)
    )


def drafts(*, lines: bool = True) -> st.SearchStrategy[ItemDraft]:
    """Sound drafts of each kind with two to eight options; `lines` allows line breaks."""
    return st.builds(
        _draft,
        kind=st.sampled_from(ItemKind.values),
        stem=texts(lines=lines),
        options=st.lists(texts(lines=lines, most=4), min_size=2, max_size=8, unique_by=str.lower),
        key=st.sets(st.integers(0, 7), min_size=1, max_size=8),
        truth=st.booleans(),
        fixed_order=st.booleans(),
        topic=texts(lines=False, least=0).map(lambda text: text[:100].strip()),
        level=st.sampled_from(["", *Level.values]),
        rationale=texts(lines=lines, least=0),
        citation=texts(lines=True, least=0),
        checked_on=st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        checked_by=texts(lines=False, most=2, least=0).map(lambda text: text[:100].strip()),
        tags=st.none() | st.lists(TAGS, min_size=1, max_size=3, unique_by=str.lower).map(tuple),
    ).filter(lambda draft: not draft_faults(draft))


def _draft(
    kind: str, options: list[str], key: set[int], truth: bool, **fields: object
) -> ItemDraft:
    if kind == ItemKind.TRUE_FALSE:
        options = ["Đúng", "Sai"] if truth else options[:2]
    places = {place % len(options) for place in key}
    places = places if kind == ItemKind.MULTIPLE else {min(places)}
    return ItemDraft(kind=kind, options=tuple(options), key=frozenset(places), **fields)  # type: ignore[arg-type]


def bare(draft: ItemDraft) -> ItemDraft:
    """The draft without where it stood in a file."""
    return replace(draft, sheet="", row=0)
