"""What shows that an item wants an answer in one's own words."""

import re

# “được 2 điểm”, “không quá 200 chữ”: how such an answer is marked.
_MARKING = re.compile(
    r"\b(?:được|thêm|cho|tối đa|trừ|đạt)[ ]+(?:từ[ ]+)?\d+(?:[.,]\d+)?[ ]*điểm"
    r"|\(\d+(?:[.,]\d+)?[ ]*điểm\)|không[ ]+quá[ ]+[\d.]+[ ]*(?:từ|chữ|trang|dòng)",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:trình bày|phân tích|nêu suy nghĩ|viết (?:bài|đoạn)|tự luận|liên hệ"
    r"|hãy (?:nêu|viết|kể|đề xuất|giải thích))\b",
    re.IGNORECASE,
)


def speaks_of_marking(text: str) -> bool:
    """Whether a text says how many marks an answer gets, or how long it may be."""
    return _MARKING.search(text) is not None


def asks_for_an_essay(text: str) -> bool:
    """Whether the words ask for an answer in one's own words, or say how it is marked."""
    return speaks_of_marking(text) or _ASKING.search(text) is not None
