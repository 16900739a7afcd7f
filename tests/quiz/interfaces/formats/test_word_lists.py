"""Numbers and letters that Word counts by itself, so that no text shows them."""

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.quiz.interfaces.formats.word_files import ITEMS, bold, read, shapes

ITEM_LIST, OPTION_LIST = 71, 72


def numbered() -> DocxDocument:
    """A document with a list “Câu 1.” for items and a list “A.” for options."""
    document = Document()
    numbering = document.part.numbering_part.element
    for number, (format, text) in {
        ITEM_LIST: ("decimal", "Câu %1."),
        OPTION_LIST: ("upperLetter", "%1."),
    }.items():
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:lvl w:ilvl="0">'
                f'<w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>'
                "</w:lvl></w:abstractNum>"
            ),
        )
        numbering.append(_num(number, number))
    return document


def _num(number: int, abstract: int, *, restart: bool = False):
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
        f"{override if restart else ''}</w:num>"
    )


def add(document: DocxDocument, text: str, number: int, *, marked: bool = False) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    if marked:
        bold(run)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        )
    )


def test_items_and_options_are_counted_by_word():
    document = numbered()
    for item in ITEMS:
        add(document, item.stem, ITEM_LIST)
        for place, option in enumerate(item.options):
            add(document, option, OPTION_LIST, marked=place == item.key)
    reading = read(document)
    assert shapes(reading.items) == [*ITEMS]
    assert [item.label for item in reading.items] == ["Câu 1", "Câu 2", "Câu 3", "Câu 4"]
    assert reading.items[1].source.startswith("Câu 2. Nước sôi ở bao nhiêu độ?\nA. Sáu mươi\n")


def test_each_item_has_a_list_of_its_own_that_begins_anew():
    document = numbered()
    for number, item in enumerate(ITEMS, 1):
        document.part.numbering_part.element.append(_num(100 + number, OPTION_LIST, restart=True))
        document.add_paragraph(f"Câu {number}: {item.stem}")
        for place, option in enumerate(item.options):
            add(document, option, 100 + number, marked=place == item.key)
    assert shapes(read(document).items) == [*ITEMS]


def test_only_the_options_are_counted_and_the_key_is_a_line():
    document = numbered()
    for number, item in enumerate(ITEMS, 1):
        document.add_paragraph(f"Câu {number}: {item.stem}")
        for option in item.options:
            add(document, option, OPTION_LIST)
        document.add_paragraph(f"Đáp án: {'ABCD'[item.key]}")
    reading = read(document)
    assert shapes(reading.items) == [*ITEMS]
    assert {item.confidence for item in reading.items} == {100}


def test_mere_numbers_count_items_whose_options_are_typed():
    document = Document()
    for item in ITEMS:
        document.add_paragraph(item.stem, style="List Number")
        for place, option in enumerate(item.options):
            document.add_paragraph(f"{'abcd'[place]}) {option}")
        document.add_paragraph(f"Đáp án {'ABCD'[item.key]}")
    assert shapes(read(document).items) == [*ITEMS]
