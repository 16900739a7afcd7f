"""The launch letter has the form of a letter and the contest's own facts."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from django.utils import translation
from docx import Document

from quiz.interfaces.word.launch_letter import write_launch_letter
from tests.quiz.domain.test_launch_papers import FACTS


def letter(facts=FACTS):
    file = BytesIO()
    with translation.override("en"):  # a paper of the body stays Vietnamese
        write_launch_letter(facts, file)
    return Document(BytesIO(file.getvalue()))


def test_the_head_names_number_subject_place_and_who_it_is_to():
    paper = letter()
    left, right = (
        [p.text for p in cell.paragraphs if p.text] for cell in paper.tables[0].rows[0].cells
    )
    assert left == [
        "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK",
        "ỦY BAN NHÂN DÂN XÃ HÒA THỊNH",
        "Số: ……",
        "V/v phát động cuộc thi “Tìm hiểu cải cách hành chính”",
    ]
    assert right[-1] == "Hòa Thịnh, ngày …… tháng …… năm ……"
    texts = [p.text for p in paper.paragraphs if p.text]
    assert texts[0] == "Kính gửi: Các cơ quan, đơn vị."


def test_the_letter_says_what_the_rules_say():
    facts = replace(FACTS, decision_date=date(2026, 11, 5), addressees=("Các sở", "Các xã"))
    paper = letter(facts)
    texts = [p.text for p in paper.paragraphs if p.text]
    assert texts[:9] == [
        "Kính gửi:",
        "- Các sở;",
        "- Các xã.",
        "Thực hiện Quyết định số 12/QĐ-UBND ngày 05 tháng 11 năm 2026 ban hành Thể lệ cuộc thi, "
        "Ủy ban nhân dân xã Hòa Thịnh phát động cuộc thi “Tìm hiểu cải cách hành chính” với các "
        "nội dung sau:",
        "1. Đối tượng dự thi: Cán bộ, công chức, viên chức; Người dân.",
        "2. Thời gian:",
        "3. Hình thức: thi trắc nghiệm trực tuyến, không cần tài khoản; cán bộ, công chức, viên "
        "chức: 20 câu trong 15 phút; người dân: 10 câu trong 15 phút; mỗi người 1 lượt mỗi vòng; "
        "có 1 câu hỏi dự đoán; cần số điện thoại khi đăng ký.",
        "Địa chỉ dự thi: https://cchc.hoathinh.gov.vn/cuoc-thi/tim-hieu/",
        "4. Giải thưởng: cơ cấu giải của mỗi vòng thi:",
    ]
    assert [row.cells[0].text for row in paper.tables[1].rows] == ["Vòng thi", "Tuần 1", "Tuần 2"]
    assert paper.tables[2].rows[-1].cells[-1].text == "9.000.000"
    assert "d) Khi có vướng mắc, liên hệ Ban Tổ chức theo số 0257 3123 456." in texts
