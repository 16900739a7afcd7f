"""Keys that a Word file shows only by how an option looks."""

import pytest
from docx import Document
from docx.oxml import OxmlElement

from quiz.readings import CERTAIN, Mark
from tests.quiz.interfaces.formats.word_files import (
    ITEMS,
    bold,
    highlight,
    lines,
    read,
    red,
    shade,
    shapes,
    underline,
    written,
)

LOOKS = [
    (bold, Mark.BOLD),
    (underline, Mark.UNDERLINE),
    (red, Mark.COLOUR),
    (highlight, Mark.HIGHLIGHT),
    (shade, Mark.HIGHLIGHT),
]


@pytest.mark.parametrize("letter_only", [False, True], ids=["whole option", "letter only"])
@pytest.mark.parametrize(("look", "mark"), LOOKS)
def test_marked_option_is_the_key_and_never_certain(look, mark, letter_only):
    reading = read(written(ITEMS, look, letter_only=letter_only))
    assert shapes(reading.items) == [*ITEMS]
    for item in reading.items:
        assert [(e.mark, e.options) for e in item.evidence] == [(mark, item.draft.key)]
        assert 80 <= item.confidence < CERTAIN


def test_stray_bold_characters_are_no_key():
    document = written(ITEMS, bold)
    stray = document.paragraphs[1]  # “A. Năm ngày” of the first item, whose key is C
    stray.runs[1].text = "Năm ngà"
    stray.add_run("y").bold = True
    assert shapes(read(document).items) == [*ITEMS]


def test_key_that_is_bold_in_part_is_believed_less():
    document = written(ITEMS, bold)
    option = document.paragraphs[3]
    option.runs[1].text = "Bảy n"
    option.add_run("gày")
    first, *others = read(document).items
    assert first.draft.key == {2}
    assert first.confidence < min(item.confidence for item in others)


def test_bold_here_and_there_is_hardly_believed():
    document = written(ITEMS, lambda run: None)
    bold(document.paragraphs[1].runs[1])
    first, *others = read(document).items
    assert (first.draft.key, first.confidence < 50) == ({0}, True)
    assert [item.confidence for item in others] == [0, 0, 0]


def test_all_options_bold_say_nothing():
    document = written(ITEMS, lambda run: None)
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.bold = True
    assert {item.draft.key for item in read(document).items} == {frozenset()}


def test_blue_letters_before_all_options_do_not_hide_the_red_one():
    document = Document()
    for number, item in enumerate(ITEMS, 1):
        document.add_paragraph(f"Câu {number}: {item.stem}")
        for place, option in enumerate(item.options):
            paragraph = document.add_paragraph()
            letter = paragraph.add_run(f"{'ABCD'[place]}. ")
            letter.bold = True
            letter.font.color.rgb = _rgb("FF0000" if place == item.key else "0000FF")
            paragraph.add_run(option)
    reading = read(document)
    assert shapes(reading.items) == [*ITEMS]
    assert {item.evidence[0].mark for item in reading.items} == {Mark.COLOUR}


def test_two_looks_that_agree_are_believed_more():
    once = read(written(ITEMS, red)).items[0].confidence

    def both(run):
        red(run)
        underline(run)

    item = read(written(ITEMS, both)).items[0]
    assert once < item.confidence < CERTAIN
    assert {e.mark for e in item.evidence} == {Mark.COLOUR, Mark.UNDERLINE}


def test_answer_line_against_the_bold_option_needs_a_person():
    document = written(ITEMS, bold)
    document.paragraphs[4].insert_paragraph_before("")
    document.paragraphs[5].add_run("\nĐáp án: A")
    item = read(document).items[0]
    assert item.draft.key == {0}
    assert item.confidence < 70
    assert "evidence_disagrees" in {notice.code for notice in item.notices}


def test_answer_line_that_agrees_with_the_bold_option_is_certain():
    document = written(ITEMS[:1], bold)
    document.add_paragraph("Đáp án: C")
    assert read(document).items[0].confidence == CERTAIN


def test_bold_of_a_style_counts_like_bold_of_a_run():
    document = Document()
    style = document.styles.add_style("Đúng", 2)  # a character style
    style.font.bold = True
    for number, item in enumerate(ITEMS, 1):
        document.add_paragraph(f"Câu {number}: {item.stem}")
        for place, option in enumerate(item.options):
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{'ABCD'[place]}. {option}", style if place == item.key else None)
    assert shapes(read(document).items) == [*ITEMS]


def test_grey_and_automatic_colours_are_black():
    document = written(ITEMS, lambda run: None)
    for paragraph in document.paragraphs[1:3]:
        paragraph.runs[1].font.color.rgb = _rgb("212529")
    assert read(document).items[0].evidence == ()


def test_formulas_are_read_as_plain_text_and_told_with_their_item():
    document = lines("Câu 1: Hỏi?", "A. ", "B. hai", "Đáp án: A", "Câu 2: Tính ", "A. 1", "B. 2")
    for paragraph in (document.paragraphs[1], document.paragraphs[4]):
        formula = OxmlElement("m:oMath")
        run = OxmlElement("m:r")
        text = OxmlElement("m:t")
        text.text = "x+1"
        run.append(text)
        formula.append(run)
        paragraph._p.append(formula)
    one, two = read(document).items
    assert (one.draft.options[0], two.draft.stem) == ("x+1", "Tính x+1")
    told = [notice for item in (one, two) for notice in item.notices]
    assert [(notice.place, notice.message) for notice in told] == [
        ("Câu 1", "Có công thức ở phương án A, được đọc thành chữ thường."),
        ("Câu 2", "Có công thức ở câu dẫn, được đọc thành chữ thường."),
    ]


def _rgb(text: str):
    from docx.shared import RGBColor

    return RGBColor.from_string(text)
