"""Word out: a paper people read and mark up, and that comes back in.

What a line means follows from its words here (“Câu 3: …”, “Đáp án: B”), so what an item says may
be taken for something else. Nothing is guessed about that: the paper is read once more, and what
comes back otherwise is told.
"""

import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.utils import translation
from django.utils.translation import gettext as _
from docx.document import Document as DocxDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from accounts.errors import Fault
from quiz.drafts import ItemDraft, option_letter
from quiz.interfaces.excel.cells import clean_text
from quiz.interfaces.formats.extras import CITATION, LEVEL, LEVEL_WORD
from quiz.interfaces.formats.refusals import UnreadableFile
from quiz.interfaces.formats.texts import one_line
from quiz.interfaces.formats.word import read_word
from quiz.interfaces.formats.writing import not_carried, numbered
from quiz.interfaces.word.decree30 import new_paper, write_footer

_KEY, _RATIONALE = "Đáp án", "Giải thích"
_NAME = "cau-hoi.docx"


def write_word(items: Sequence[ItemDraft], target: BinaryIO) -> tuple[Fault, ...]:
    """Write the paper; a fault for each item that would not come back as it is.

    It is Vietnamese in every language of the interface: its words are what the reader knows.
    """
    with translation.override("vi"):
        document = new_paper(title=_("Câu hỏi và đáp án"), author="MinhThi")
        write_footer(document, _("Có đáp án: chỉ dùng trong Ban Tổ chức"))
    document.sections[0].different_first_page_header_footer = True
    topic = ""
    for number, draft in numbered(items):
        if draft.topic != topic:
            topic = draft.topic
            if topic:
                heading = _add_paragraph(document)
                heading.style = "Heading 2"
                heading.paragraph_format.first_line_indent = Mm(0)
                heading.paragraph_format.space_before = Pt(14)
                heading.add_run(clean_text(topic))
        _write_item(document, number, draft)
    made = io.BytesIO()
    document.save(made)
    target.write(made.getvalue())
    return tuple(_compared(items, made))


def _write_item(document: DocxDocument, number: int, draft: ItemDraft) -> None:
    lead = _add_paragraph(document)
    lead.paragraph_format.space_before, lead.paragraph_format.space_after = Pt(8), Pt(2)
    lead.paragraph_format.keep_with_next = True
    lead.add_run(f"Câu {number}: ").bold = True
    for place, line in enumerate(draft.stem.splitlines()):
        run = lead.add_run()
        if place:
            run.add_break(WD_BREAK.LINE)
        run.add_text(clean_text(line))
    for place, option in enumerate(draft.options):
        _add_line(document, f"{option_letter(place)}. {one_line(option)}", indent=8)
    key = ", ".join(option_letter(place) for place in sorted(draft.key))
    notes = (
        (_KEY, key),
        (_RATIONALE, one_line(draft.rationale)),
        (CITATION, "; ".join(draft.citation.splitlines())),
        (LEVEL, LEVEL_WORD.get(draft.level, "")),
    )
    for name, text in notes:
        if text:
            _add_line(document, f"{name}: {text}", italic=name != _KEY, bold=name == _KEY)


def _add_line(
    document: DocxDocument,
    text: str,
    *,
    indent: float = 0,
    bold: bool = False,
    italic: bool = False,
) -> None:
    line = _add_paragraph(document)
    form = line.paragraph_format
    form.left_indent, form.space_after = Mm(indent), Pt(2)
    run = line.add_run(clean_text(text))
    run.bold, run.italic = bold, italic


def _add_paragraph(document: DocxDocument) -> Paragraph:
    """At the end, without python-docx's search for it, which takes longer with every paragraph."""
    element = OxmlElement("w:p")
    document.element.body[-1].addprevious(element)
    return Paragraph(element, document)


def _compared(items: Sequence[ItemDraft], made: BinaryIO) -> Iterator[Fault]:
    """Each item against what the reader finds under its number."""
    made.seek(0)
    try:
        read = {item.label: item for item in read_word(made, name=_NAME).items}
    except UnreadableFile:  # more of it than anybody may bring in
        read = {}
    for number, draft in numbered(items):
        item = read.get(f"Câu {number}")
        names = [_("cả câu khi đọc lại")] if item is None else _differing(draft, item.draft)
        yield from not_carried(number, draft, names)


def _differing(draft: ItemDraft, read: ItemDraft) -> Iterator[str]:
    """The names of what came back otherwise."""
    cited = "; ".join(draft.citation.splitlines())
    options = tuple(map(one_line, draft.options))
    pairs = (
        ("\n" not in "".join((draft.stem, draft.rationale, *draft.options)), _("xuống dòng")),
        (one_line(draft.stem) == one_line(read.stem), _("câu dẫn")),
        (options == read.options, _("phương án")),
        (draft.key == read.key, _("đáp án")),
        (draft.kind == read.kind, _("loại câu")),
        (draft.fixed_order == read.fixed_order, _("giữ thứ tự")),
        (draft.topic == read.topic, _("chủ đề")),
        (draft.level == read.level, _("mức độ")),
        (one_line(draft.rationale) == read.rationale, _("giải thích")),
        (cited == read.citation, _("căn cứ")),
        (not (draft.checked_on or draft.checked_by), _("ngày, người kiểm tra")),
        (not draft.tags, _("nhãn")),
        (not draft.media, _("hình ảnh, âm thanh")),
    )
    return (name for same, name in pairs if not same)
