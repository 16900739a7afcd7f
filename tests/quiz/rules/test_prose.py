"""The printed regulations: each preset against a text that was read by a person.

`REWRITE_GOLDEN=1` writes the texts anew; read the difference before keeping it.
"""

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given

from quiz.rules.document import RuleDocument, parse_rules
from quiz.rules.presets import PRESETS
from quiz.rules.prose import (
    ProseContext,
    Section,
    describe_rules,
    prediction_question,
    summary_lines,
)
from quiz.rules.prose_prizes import round_money
from quiz.rules.schema import PredictionRules
from quiz.rules.sections import Clause, letter, number_clauses
from tests.quiz.rules.documents import any_rules, good_rules

GOLDEN = Path(__file__).parent / "golden"
CONTEXT = ProseContext(
    contest_title="Tìm hiểu cải cách hành chính",
    body_name="Ủy ban nhân dân xã",
    rounds=[
        ("Tuần 1", datetime(2026, 11, 23, 3, tzinfo=UTC), datetime(2026, 11, 30, 2, tzinfo=UTC)),
        ("Tuần 2", datetime(2026, 11, 30, 3, tzinfo=UTC), datetime(2026, 12, 7, 2, tzinfo=UTC)),
    ],
    hotline="1900 0000",
)


def as_text(sections: list[Section]) -> str:
    lines = []
    for section in sections:
        lines += ["", section.heading]
        for clause in section.clauses:
            lines += [clause.text, *(f"  {bullet}" for bullet in clause.bullets)]
            if clause.table is not None:
                table = clause.table
                rows = [table.headers, *table.rows, *([table.total] if table.total else [])]
                lines += ["  | " + " | ".join(row) for row in rows]
    return "\n".join(lines).lstrip("\n") + "\n"


def _articles(change: dict[str, Any], context: ProseContext = CONTEXT) -> dict[str, str]:
    """Good rules with changed parts, as text by article title."""
    data = good_rules()
    for part, values in change.items():
        if isinstance(values, dict):
            data[part] |= values
        else:
            data[part] = values
    sections = describe_rules(parse_rules(data), context)
    return {
        re.sub(r"^Điều \d+\. ", "", section.heading): as_text([section]) for section in sections
    }


@pytest.mark.parametrize("code", PRESETS)
def test_the_regulations_of_a_preset_read_as_agreed(code: str) -> None:
    path = GOLDEN / f"{code}.txt"
    with translation.override("vi"):
        text = as_text(describe_rules(PRESETS[code].document, CONTEXT))
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@given(any_rules)
def test_any_rules_can_be_printed(data: dict[str, Any]) -> None:
    """Impossible rules too: an organiser reads them while they are being written."""
    document = parse_rules(data)
    text = as_text(describe_rules(document, CONTEXT))
    assert "%(" not in text
    assert all(line for line in summary_lines(document))


def test_articles_are_numbered_without_gaps() -> None:
    data = good_rules()
    data["entry"]["prediction"] = None
    data["result"]["chain"] = [{"kind": "score"}, {"kind": "lot"}]
    headings = [s.heading for s in describe_rules(parse_rules(data), CONTEXT)]
    assert [h.split(".")[0] for h in headings] == [f"Điều {n}" for n in range(1, 13)]
    assert not any("dự đoán" in heading for heading in headings)


def test_points_are_lettered_as_vietnamese_papers_letter_them() -> None:
    assert "".join(letter(i) for i in range(7)) == "abcdđeg"
    section = number_clauses("Điều 1. Thử", [Clause("Một."), Clause("Hai:", ("x.", "y."))])
    assert section.clauses == (Clause("1. Một."), Clause("2. Hai:", ("a) x.", "b) y.")))
    assert number_clauses("Điều 1. Thử", [Clause("Một.")]).clauses == (Clause("Một."),)


@pytest.mark.parametrize(
    ("precision", "told"),
    [
        ("second", "Điểm bài thi cao hơn."),
        ("tenth", "Điểm bài thi cao hơn, tính đến một chữ số thập phân."),
        ("whole", "Điểm bài thi cao hơn, tính đến phần nguyên."),
    ],
)
def test_a_score_that_is_cut_says_to_what(precision: str, told: str) -> None:
    chain = [{"kind": "score", "precision": precision}, {"kind": "lot"}]
    article = _articles({"result": {"chain": chain}, "entry": {"prediction": None}})["Xếp hạng"]
    assert [line for line in article.splitlines() if "Điểm bài thi" in line] == [f"  a) {told}"]


def test_prizes_by_age_are_told_with_how_equals_are_told_apart() -> None:
    tier = {"code": "cao", "name": "Giải Cao niên", "count": 1, "money": 300_000, "by": "oldest"}
    prizes = [tier, *good_rules()["result"]["prizes"]]
    article = _articles({"result": {"prizes": prizes}})["Giải thưởng"]
    assert "“Giải Cao niên” được trao cho người cao tuổi nhất trong số người được xếp hạng." in (
        article
    )
    assert "Người cùng ngày sinh được phân định theo thứ hạng" in article
    rows = [line for line in article.splitlines() if line.startswith("  | Giải")]
    assert rows[-1].startswith("  | Giải Cao niên")  # behind the prizes for places


def test_the_last_start_keeps_its_whole_limit() -> None:
    article = _articles({"entry": {"at_close": "last_start"}})["Thời gian làm bài và lượt thi"]
    assert (
        "2. Người dự thi được bắt đầu bài thi đến trước giờ đóng vòng thi; bài đã bắt đầu vẫn được "
        "làm đủ 15 phút, kể cả sau giờ đóng. Ví dụ, ở Tuần 1, bài bắt đầu lúc 08:53 có hạn là "
        "09:08 30/11/2026."
    ) in article.splitlines()


@pytest.mark.parametrize(
    ("reentry", "clauses"),
    [("code", []), ("code_or_contact", ["4."]), ("staff_code_and_birth_date", ["4.", "5."])],
)
def test_the_regulations_name_each_way_back(reentry: str, clauses: list[str]) -> None:
    article = _articles({"entry": {"reentry": reentry}})["Đăng ký dự thi"]
    told = [line.split()[0] for line in article.splitlines() if "vào lại bằng" in line]
    assert told == clauses


def test_without_limit_only_the_close_ends_an_attempt() -> None:
    article = _articles({"entry": {"time_limit_seconds": None, "grace_ms": 0}})
    assert article["Thời gian làm bài và lượt thi"].splitlines()[1:3] == [
        "1. Không giới hạn thời gian làm một bài thi trong thời gian vòng thi mở.",
        "2. Mọi bài thi hết hạn khi vòng thi đóng.",
    ]


def test_a_blueprint_by_topic_and_level_is_printed_as_a_table() -> None:
    rows = [{"topic": "Một cửa", "level": "van_dung", "count": 3}, {"count": 12}]
    groups = [{"code": "dan", "name": "Người dân", "paper": {"blueprint": rows}}]
    assert _articles({"groups": groups})["Đề thi"].splitlines()[1:6] == [
        "1. Mỗi đề thi gồm 15 câu hỏi trắc nghiệm.",
        "2. Cơ cấu đề thi:",
        "  | Chủ đề | Mức độ | Số câu",
        "  | Một cửa | Vận dụng | 3",
        "  | Mọi chủ đề | Mọi mức độ | 12",
    ]


def test_a_fixed_paper_is_not_said_to_be_drawn() -> None:
    paper = {"fixed_items": [3, 1], "shuffle_items": False, "shuffle_options": False}
    groups = [{"code": "dan", "name": "Người dân", "paper": paper}]
    article = _articles({"groups": groups})["Đề thi"]
    assert article.splitlines()[1] == "1. Mỗi đề thi gồm 2 câu hỏi trắc nghiệm."
    assert "ngẫu nhiên" not in article
    assert "xáo trộn" not in article


def test_prizes_without_money_have_no_money_columns() -> None:
    prizes = [{"code": "nhat", "name": "Giải Nhất", "count": 1}]
    assert _articles({"result": {"prizes": prizes}})["Giải thưởng"].splitlines()[1:5] == [
        "1. Cơ cấu giải của mỗi vòng thi:",
        "  | Giải | Số giải",
        "  | Giải Nhất | 1",
        "  | Cộng | 1",
    ]


def test_no_prizes_is_said() -> None:
    assert _articles({"result": {"prizes": []}})["Giải thưởng"].splitlines()[1:] == [
        "Cuộc thi không trao giải cho cá nhân."
    ]


def test_a_tier_of_every_group_counts_in_each() -> None:
    assert round_money(PRESETS["hue_hai_doi_tuong"].document) == 9_000_000


def test_a_tier_of_one_group_is_printed_and_counted_there_alone() -> None:
    paper = {"blueprint": [{"count": 5}]}
    groups = [{"code": code, "name": code.upper(), "paper": paper} for code in ("cb", "dan")]
    article = _articles({"groups": groups})["Giải thưởng"]
    assert article.splitlines()[1:7] == [
        "1. Cơ cấu giải của mỗi vòng thi:",
        "  | Đối tượng | Giải | Số giải | Mức thưởng (đồng) | Thành tiền (đồng)",
        "  | CB | Giải Nhất | 1 | 2.000.000 | 2.000.000",
        "  | DAN | Giải Nhất | 1 | 2.000.000 | 2.000.000",
        "  | DAN | Giải Nhì | 2 | 1.000.000 | 2.000.000",
        "  | Cộng |  | 4 |  | 6.000.000",
    ]


def test_the_decision_that_issued_the_rules_is_named() -> None:
    change = {"decision_number": "12/QĐ-BTC", "decision_date": date(2026, 2, 5).isoformat()}
    assert _articles(change)["Tổ chức thực hiện"].splitlines()[1] == (
        "1. Thể lệ này được ban hành kèm theo Quyết định số 12/QĐ-BTC ngày 05 tháng 02 năm 2026."
    )


def test_nothing_is_published_about_counts_while_they_break_ties() -> None:
    secret = _articles({"entry": {"prediction": {"who": "took_part"}}})
    open_count = _articles({"entry": {"prediction": {"who": "all_correct"}}})
    sentence = "số người và số lượt dự thi không được công bố"
    assert sentence in secret["Câu hỏi dự đoán"]
    assert sentence not in open_count["Câu hỏi dự đoán"]


@pytest.mark.parametrize(
    ("prediction", "question"),
    [
        (
            PredictionRules(count="persons", who="took_part", scope="contest"),
            "Có bao nhiêu người tham gia dự thi trong toàn bộ cuộc thi?",
        ),
        (
            PredictionRules(count="entries", who="all_correct", scope="round"),
            "Có bao nhiêu lượt thi trả lời đúng tất cả các câu hỏi trong vòng thi này?",
        ),
        (
            PredictionRules(count="persons", who="percent_all_correct", scope="group"),
            "Có bao nhiêu phần trăm số người dự thi trả lời đúng tất cả các câu hỏi trong vòng thi "
            "này, tính riêng từng đối tượng dự thi?",
        ),
    ],
)
def test_the_question_names_what_is_counted(prediction: PredictionRules, question: str) -> None:
    assert prediction_question(prediction) == question


def test_summary_lines_say_what_an_entrant_asks_first() -> None:
    document: RuleDocument = PRESETS["hue_hai_doi_tuong"].document
    assert summary_lines(document) == [
        "Cán bộ, công chức, viên chức: 20 câu trong 15 phút",
        "Người dân: 10 câu trong 15 phút",
        "Mỗi người 1 lượt mỗi vòng",
        "Có 1 câu hỏi dự đoán",
        "Cần số điện thoại khi đăng ký",
    ]
    assert summary_lines(document, "nguoi-dan")[0] == "10 câu trong 15 phút"
