"""Items, options and answers set in the tables of a Word document."""

from docx import Document

from quiz.readings import Mark
from tests.quiz.interfaces.formats.word_files import ITEMS, bold, read, shapes


def _fill(table, rows):
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def test_options_in_two_columns_of_a_table():
    document = Document()
    for number, item in enumerate(ITEMS, 1):
        document.add_paragraph(f"Câu {number}: {item.stem}")
        table = document.add_table(2, 2)
        lettered = [f"{'ABCD'[place]}. {option}" for place, option in enumerate(item.options)]
        _fill(table, [lettered[:2], lettered[2:]])
        bold(table.rows[item.key // 2].cells[item.key % 2].paragraphs[0].runs[0])
    assert shapes(read(document).items) == [*ITEMS]


def test_letters_in_cells_of_their_own():
    document = Document()
    for number, item in enumerate(ITEMS, 1):
        document.add_paragraph(f"Câu {number}: {item.stem}")
        _fill(document.add_table(4, 2), zip("ABCD", item.options, strict=True))
        document.add_paragraph(f"Đáp án: {'ABCD'[item.key]}")
    assert shapes(read(document).items) == [*ITEMS]


def test_table_with_a_column_for_each_option_and_one_for_the_key():
    document = Document()
    table = document.add_table(1 + len(ITEMS), 7)
    rows = [["STT", "Nội dung câu hỏi", "A", "B", "C", "D", "Đáp án"]]
    rows += [[str(n), i.stem, *i.options, "ABCD"[i.key]] for n, i in enumerate(ITEMS, 1)]
    _fill(table, rows)
    reading = read(document)
    assert shapes(reading.items) == [*ITEMS]
    assert [item.label for item in reading.items] == ["Câu 1", "Câu 2", "Câu 3", "Câu 4"]
    assert {e.mark for item in reading.items for e in item.evidence} == {Mark.TABLE_COLUMN}
    assert {item.confidence for item in reading.items} == {100}


def test_table_with_options_in_the_cell_of_the_stem():
    document = Document()
    table = document.add_table(1 + len(ITEMS), 3)
    rows = [["TT", "Câu hỏi", "Đáp án"]]
    for number, item in enumerate(ITEMS, 1):
        lettered = [f"{'ABCD'[place]}. {option}" for place, option in enumerate(item.options)]
        rows.append([str(number), "\n".join([item.stem, *lettered]), "ABCD"[item.key]])
    _fill(table, rows)
    assert shapes(read(document).items) == [*ITEMS]


def test_table_without_a_heading_and_keys_at_the_right():
    document = Document()
    table = document.add_table(len(ITEMS), 3)
    rows = []
    for number, item in enumerate(ITEMS, 1):
        lettered = [f"{'abcd'[place]}) {option}" for place, option in enumerate(item.options)]
        rows.append([str(number), "\n".join([item.stem, *lettered]), "abcd"[item.key]])
    _fill(table, rows)
    assert shapes(read(document).items) == [*ITEMS]


def test_each_item_in_one_table_of_its_own():
    document = Document()
    for number, item in enumerate(ITEMS, 1):
        table = document.add_table(6, 2)
        rows = [[f"Câu {number}", item.stem], *map(list, zip("ABCD", item.options, strict=True))]
        _fill(table, [*rows, ["Đáp án", "ABCD"[item.key]]])
    assert shapes(read(document).items) == [*ITEMS]


def _plain_items(document):
    for number, item in enumerate(ITEMS, 1):
        document.add_paragraph(f"Câu {number}: {item.stem}")
        for place, option in enumerate(item.options):
            document.add_paragraph(f"{'ABCD'[place]}. {option}")


def _answers(rows):
    document = Document()
    _plain_items(document)
    document.add_paragraph("ĐÁP ÁN")
    _fill(document.add_table(len(rows), len(rows[0])), rows)
    return read(document)


KEYS = ["ABCD"[item.key] for item in ITEMS]


def test_answer_table_of_two_columns():
    reading = _answers([["Câu", "Đáp án"], *([str(n), k] for n, k in enumerate(KEYS, 1))])
    assert shapes(reading.items) == [*ITEMS]
    assert {e.mark for item in reading.items for e in item.evidence} == {Mark.ANSWER_TABLE}


def test_answer_table_lying_down():
    reading = _answers([["Câu", "1", "2", "3", "4"], ["Đáp án", *KEYS]])
    assert shapes(reading.items) == [*ITEMS]


def test_answer_table_of_pairs():
    pairs = [f"{n}. {k}" for n, k in enumerate(KEYS, 1)]
    assert shapes(_answers([pairs[:2], pairs[2:]]).items) == [*ITEMS]


def test_answer_table_of_several_papers_takes_the_original():
    rows = [["Câu", "Đề gốc", "Mã 001"], *([str(n), k, "A"] for n, k in enumerate(KEYS, 1))]
    assert shapes(_answers(rows).items) == [*ITEMS]


def test_answer_table_of_several_papers_without_the_original_is_left_to_a_person():
    rows = [["Câu", "Mã 001", "Mã 002"], *([str(n), k, "A"] for n, k in enumerate(KEYS, 1))]
    reading = _answers(rows)
    assert {item.draft.key for item in reading.items} == {frozenset()}
    assert "several_papers" in {each.code for each in reading.skipped}


def test_mere_layout_table_is_read_in_order():
    document = Document()
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text = "ỦY BAN NHÂN DÂN\nXÃ TÂN THÀNH"
    table.rows[0].cells[1].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    _plain_items(document)
    reading = read(document)
    assert [item.draft.stem for item in reading.items] == [item.stem for item in ITEMS]
