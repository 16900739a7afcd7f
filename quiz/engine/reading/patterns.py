"""The ways people write the beginnings of items, options, keys, notes and headings.

Quantifiers are possessive where they can be: a line of a million blanks must not cost a square.
"""

import re

LETTERS = "ABCDEFGH"
LETTER = "[A-HĐa-hđ]"
UPPER = "A-ZĐ" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper())
_WORD_FLAGS = re.IGNORECASE | re.MULTILINE
_B = r"[ \t]*+"  # blanks or none


def _any(*phrases: str) -> str:
    """One of the phrases, whatever blanks stand between their words."""
    return "(?:" + "|".join(re.sub(" +", r"[ \\t]++", phrase) for phrase in phrases) + ")"


# “Câu 1:”, “CÂU HỎI SỐ 01.”, “------Câu 5 (1 điểm):”; OCR makes “Cau” and “Cầu” of it.
NAMED_ITEM = re.compile(
    rf"^[^\w\n]*+(?:c[aâầấăẩ]u(?:{_B}h[oỏ]i)?|question|ques){_B}(?:(?:số|thứ){_B})?[#:]?{_B}"
    r"(?P<number>\d{1,4})(?!\d)"
    rf"(?:(?:{_B}[(\[][^()\[\]\n]{{1,30}}[)\]])?{_B}[:.)\]/*_–—-]+(?!\d)"  # “ (1 điểm):”
    rf"|(?={_B}$)|(?=\t|[ ]{{2,}})|(?=[ ]+[*_“\"]|[ ]+(?-i:[{UPPER}])))"  # or no sign at all
    r"[*_ \t]*",
    _WORD_FLAGS,
)
INNER_ITEM = re.compile(
    rf"(?<=[\s.?!;:…”\"])(?:C(?:âu|ÂU)(?:{_B}(?:hỏi|HỎI))?|Question){_B}(?P<number>\d{{1,4}})"
    rf"{_B}[:.)/]{_B}(?=\S)"
)
NUMBER_ITEM = re.compile(
    rf"^[^\w\n]{{0,12}}(?P<number>\d{{1,4}}){_B}(?:[.):/]|[-–](?=[ ]))(?!\d)[*_ \t]*(?=\S)",
    re.MULTILINE,
)

LINE_OPTION = re.compile(
    rf"^[ \t>•·▪●○◦□☐\-–—+|]*+(?P<star>[*✓✔☑√🗸]*){_B}[(\[]?(?P<letter>{LETTER})"
    r"(?:[ \t]?(?P<end>[.)\]:/])(?P<late>[*✓✔☑√])?|(?P<dash>[ ]?[-–](?=[ \t]))|(?=\t))"
    rf"(?:\*\*)?{_B}",
    re.MULTILINE,
)
INNER_OPTION = re.compile(
    rf"(?<=[\s.;,?!:)”\"'_*…>])(?P<star>\*?)[(\[]?(?P<letter>{LETTER})(?P<end>[.)\]/])"
    rf"(?P<late>\*)?{_B}(?!\d)"
)
# What stands before a letter that only cites: “điểm a)”, “khoản b.”, “nhóm A.”
CITING = re.compile(
    r"\b(?:điểm|khoản|mục|tiết|phụ lục|bảng|biểu|mẫu|nhóm|hạng|loại|lớp|khối|tổ|đề|mã|vitamin"
    r"|và|hoặc|cả|đáp án|phương án|lựa chọn|ý|câu|khu|phòng|tòa|toà|gan|công ty|ông|bà|anh|chị"
    rf"|số|là|chọn){_B}\(?$",
    re.IGNORECASE,
)

_RIGHT = _any("trả lời", "(?:là )?(?:đúng|chính xác)(?: nhất)?", "cần chọn")
KEY_WORDS = (
    f"(?:{_any('đáp [áa]n', 'phương án', 'lựa chọn', 'câu trả lời', 'trả lời', 'kết quả')}"
    rf"(?:[ \t]++{_RIGHT})*"
    rf"|đ{_B}/?{_B}[aá]|{_any('chọn(?: (?:đáp án|phương án|câu|ý))?')}"
    rf"|{_any('(?:correct )?(?:answer|key)s?')})"
)
_SEPARATOR = rf"{_B}(?:là)?{_B}(?P<colon>(?:[:=→⇒]|=>|->|[-–—.]+(?=[ \t]))?){_B}[:]?{_B}[*_]*"
LINE_KEY = re.compile(
    rf"^[^\w\n]*+{KEY_WORDS}"
    rf"(?:{_B}(?:cho[ \t]++)?câu(?:{_B}hỏi)?{_B}(?:số{_B})?(?P<number>\d{{1,4}}))?(?!\w)"
    rf"{_SEPARATOR}",
    _WORD_FLAGS,
)
# The same right behind an item's number: “Câu 2: Chọn A”.
KEY_BEHIND_NUMBER = re.compile(rf"{KEY_WORDS}(?P<number>)(?!\w){_SEPARATOR}", re.IGNORECASE)
BRACKETED_KEY = re.compile(
    rf"[(\[]{_B}(?:{_any('đáp án')}|đ/?a|key){_B}:?{_B}(?P<letter>[A-HĐ]){_B}[)\]]", re.IGNORECASE
)
INNER_KEY = re.compile(
    r"(?<=[\s.;?!)\]”\"])[\[(]?"
    rf"(?:{_any('đáp án(?: (?:đúng|chính xác))?(?: là)?', '(?:correct )?answer', 'key')}|đ/?a)"
    rf"{_B}[:=→]+{_B}",
    re.IGNORECASE,
)
# Of a key's words: behind these the right option's text may follow; “Chọn: …” may go on to ask.
ANSWERS = re.compile(
    rf"{_any('đáp [áa]n', 'trả lời', 'chính xác')}|đúng|answer|đ{_B}/{_B}a", re.IGNORECASE
)
# “• D. a;”, “=> B”, or “B” alone in a line.
BARE_KEY = re.compile(
    rf"^(?:{_B}(?:[•·●▪►➢➔→⇒*✓✔☑]|=>|->)+{_B}(?P<letter>{LETTER}){_B}(?:[.):]{_B}(?:a{_B};|;)?)?"
    rf"|[^\w\n]{{0,4}}(?P<alone>[A-HĐ]){_B}[^\w\n.)]{{0,3}}){_B}$",
    re.MULTILINE,
)
LETTERS_ONLY = re.compile(
    rf"[\W_]*+(?:(?:câu|ý)[\W_]++)?{LETTER}(?!\w)"
    rf"(?:(?:[ \t,;&+/.]++|[ \t]++(?:và|hoặc|and)[ \t]++){LETTER}(?!\w))*",
    re.IGNORECASE,
)

_WHY = _any(
    "(?:lời )?giải thích(?: (?:đáp án|thêm|chi tiết))?",
    "lời giải(?: chi tiết)?",
    "hướng dẫn(?: giải)?",
    "lý do",
    "explanation",
    "rationale",
)
_CITE = _any("(?:căn cứ|cơ sở)(?: pháp lý)?", "trích dẫn", "nguồn", "dẫn chiếu", "văn bản căn cứ")
_LEVEL = _any("mức độ(?: (?:nhận thức|câu hỏi))?", "độ khó")
_TOPIC = _any("chủ đề", "lĩnh vực", "chuyên đề")
NOTE = re.compile(
    r"(?:^[^\w\n]*+|(?<=[.;?!)][ ])|(?<=\t))"
    rf"(?:(?P<why>{_WHY})|(?P<cite>{_CITE})|(?P<level>{_LEVEL})|(?P<topic>{_TOPIC})){_B}:{_B}",
    _WORD_FLAGS,
)

# “(đáp án đúng – điểm a khoản 2 …)”, “(đúng)”, “[x]”.
INLINE_KEY = re.compile(
    rf"[(\[]{_B}(?:(?:đây là )?{_any('đáp án', 'phương án', 'câu', 'ý', 'lựa chọn')}"
    rf"(?:[ \t]++trả lời)?[ \t]++{_any('đúng', 'chính xác')}|đúng|đ|x|✓|✔|\*|correct|true)"
    rf"(?!\w){_B}(?P<end>[-–—:;,.]*){_B}",
    re.IGNORECASE,
)
TRAILING_KEY = re.compile(
    rf"{_B}(?:[-–—]|=>|→|⇒){_B}{_any('đáp án', 'phương án')}[ \t]++đúng[ .]*$"
    rf"|{_B}[✓✔☑√]{_B}$|(?<=\S){_B}\*+{_B}$",
    re.IGNORECASE,
)

HEADING = re.compile(
    r"[^\w\n]*+"
    rf"(?:{_any('chương', 'phần', 'chủ đề', 'chuyên đề', 'mục', 'bài', 'lĩnh vực', 'nhóm')}"
    rf"{_B}(?:(?:số|thứ){_B})?(?:\d+|[ivx]+|[A-H]|:|nhất|hai|ba)(?!\w).*"
    rf"|(?-i:[IVX]{{1,5}}){_B}[.)/:–-][ \t]+\S.*)$",
    re.IGNORECASE,
)
KEY_HEADING = re.compile(
    rf"[^\w\n]*+(?:{_any('bảng', 'phần', 'hướng dẫn', 'phiếu')}[ \t]++)?"
    rf"(?:{_any('đáp án')}|answer{_B}keys?)(?![ ]+(?:đúng|là|nào|trên|[A-H]\b))"
    r"(?:[ ]+[\wÀ-ỹ/&,-]+){0,12}[ \t:.*_-]*$",
    re.IGNORECASE,
)

# One option as written with its letter: “B. …”.
LETTERED = re.compile(rf"^{LETTER}[.)]\s*+")
# Cells of tables: one that only marks the one behind it, a number, letters, a tick.
LABEL_CELL = re.compile(
    rf"(?:câu(?: hỏi)?\s*)?\d{{1,4}}\s*[.:)]?|[(\[]?{LETTER}\s*[.):\]]?"
    r"|đáp án(?: đúng)?\s*:?|(?:giải thích|căn cứ|mức độ|chủ đề)\s*:?",
    re.IGNORECASE,
)
NUMBER_CELL = re.compile(
    r"(?:câu(?: hỏi)?|question|số)?\s*(?:số\s*)?(\d{1,4})\s*[.:)]?", re.IGNORECASE
)
LETTERS_CELL = re.compile(r"[A-H](?:\s*[,;]?\s*[A-H])*", re.IGNORECASE)
TICK_CELL = re.compile(r"[xX✓✔√☑*]")
TOPIC_LEAD = re.compile(rf"^{_TOPIC}\s*+:\s*+", re.IGNORECASE)
IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,30})[)\]]")
