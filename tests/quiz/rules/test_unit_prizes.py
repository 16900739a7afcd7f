"""Collective prizes in the rules: what can't work, what is printed, what is said of the gains."""

import copy
import hashlib
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings

from quiz.engine.canonical import canon
from quiz.engine.unit_gains import cannot_be_gained
from quiz.rules.checks import check_rules
from quiz.rules.document import RuleDocument, dump_rules, parse_rules, result_part
from quiz.rules.prose_units import example_text, write_unit_prizes
from quiz.rules.sections import ProseContext
from quiz.rules.unit_gains import gain_sentences
from quiz.rules.unit_presets import UNIT_PRESETS
from quiz.rules.unit_prizes import UnitPrizeRules
from tests.quiz.rules.documents import any_unit_prizes, good_rules

CONTEXT = ProseContext(contest_title="Cuộc thi", body_name="Ủy ban nhân dân xã")


@pytest.fixture(autouse=True)
def _in_vietnamese():
    with translation.override("vi"):
        yield


def with_formula(code: str, **changes: Any) -> RuleDocument:
    data = good_rules()
    rules = UNIT_PRESETS[code].rules.model_dump(mode="json")
    data["result"]["unit_prizes"] = copy.deepcopy(rules) | changes
    return parse_rules(data)


def test_rules_older_than_collective_prizes_hash_as_they_did() -> None:
    """Rounds were frozen, and committed to, before the rules could name collective prizes."""
    old = parse_rules(good_rules())
    digest = hashlib.sha256(canon(result_part(old))).hexdigest()
    assert digest == "0593fc839a709c88b693959a9546239cc64623afddd1cf3cc510afaea0b36f0e"
    assert "unit_prizes" in result_part(with_formula("thanh_khe"))["result"]


@pytest.mark.parametrize("code", UNIT_PRESETS)
def test_every_formula_to_start_from_can_be_kept(code: str) -> None:
    document = with_formula(code)
    assert check_rules(document) == []
    assert parse_rules(dump_rules(document)) == document
    canon(result_part(document))


def test_only_one_formula_to_start_from_is_called_safe() -> None:
    safe = [
        code for code, preset in UNIT_PRESETS.items() if cannot_be_gained(preset.rules.formula())
    ]
    assert safe == ["best_of_list"]
    assert gain_sentences(UNIT_PRESETS["best_of_list"].rules)[0].startswith("Không lợi dụng được")


_AVERAGE = {"kind": "average", "weight": 100}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        (
            {"components": [{"kind": "average", "weight": 99}], "ties": []},
            ["weights_not_whole"],
        ),
        (
            {"components": [{"kind": "average", "weight": 50}] * 2, "ties": []},
            ["unit_rule_repeated"],
        ),
        ({"components": [_AVERAGE], "ties": ["share"]}, ["tie_unknown"]),
        ({"components": [_AVERAGE], "ties": ["size", "size"]}, ["unit_rule_repeated"]),
        (
            {"conditions": [{"kind": "completion", "size_from": 50, "size_below": 50}]},
            ["size_band_empty"],
        ),
        (
            {
                "blocs": [
                    {"code": "a", "name": "A", "kinds": ["ward", "commune"]},
                    {"code": "b", "name": "B", "kinds": ["ward"]},
                ]
            },
            ["kind_in_two_blocs"],
        ),
        ({"prizes": []}, ["no_unit_prize"]),
        (
            {"prizes": [{"code": "x", "name": "X", "count": 1, "bloc": "nowhere"}]},
            ["prize_for_unknown_bloc"],
        ),
        (
            {"prizes": [{"code": "x", "name": "X", "count": 1}] * 2},
            ["unit_rule_repeated"],
        ),
    ],
)
def test_a_collective_prize_that_can_not_work_is_told(changes, codes) -> None:
    faults = check_rules(with_formula("thanh_khe", **changes))
    assert [fault.code for fault in faults] == codes
    assert all(fault.place.startswith("Giải tập thể") and fault.hint for fault in faults)


def test_the_example_is_worked_out_in_words() -> None:
    assert example_text(UNIT_PRESETS["thanh_khe"].rules) == (
        "Ví dụ: đơn vị có 100 người đều trong danh sách; 70 người đã thi, 35 người đạt 30 % và 35 "
        "người đạt 10 % điểm tối đa; có một người đạt giải cá nhân. "
        "Kết quả: 50 % × 70,00 + 30 % × 20,00 + 20 % × 0,00 = 41,00."
    )


def test_the_largest_gains_stand_under_the_formula() -> None:
    assert gain_sentences(UNIT_PRESETS["thanh_khe"].rules) == [
        "Bài trống: trong ví dụ, 1 bài không có câu trả lời đúng nào đưa kết quả từ 41,00 lên "
        "41,42.",
        "Bài trống: trong ví dụ, 30 bài không có câu trả lời đúng nào đưa kết quả từ 41,00 lên "
        "54,20.",
        "Sát ngưỡng: đơn vị 100 người có 69 người đã thi, mỗi người đạt 20 %, không được xét; thêm "
        "một bài trống thì được xét, với kết quả 40,91.",
        "Tách đơn vị: trong ví dụ, tách riêng 35 người đưa kết quả của phần ấy từ 41,00 lên 59,00.",
    ]


def test_an_average_gives_nothing_for_blanks_but_for_a_split() -> None:
    blank, edge, split = gain_sentences(UNIT_PRESETS["hai_duong"].rules)
    assert blank == ("Bài trống: đơn vị trong ví dụ (20,00) không được lợi, dù thêm 30 bài trống.")
    assert "49 người đã thi" in edge
    assert split.endswith("từ 20,00 lên 30,00.")


def test_prizes_of_every_bloc_are_printed_and_added_up() -> None:
    title, clauses = write_unit_prizes(with_formula("hai_duong"), CONTEXT)
    assert title == "Giải tập thể"
    assert clauses[0].bullets == ("Xã, phường, đặc khu.", "Sở, ban, ngành.")
    table = clauses[-1].table
    assert table is not None
    assert (len(table.rows), table.total) == (6, ("Cộng", "", "12", "", "20.000.000"))


def test_sizes_stand_before_their_condition() -> None:
    _title, clauses = write_unit_prizes(with_formula("soc_trang"), CONTEXT)
    assert clauses[2].bullets[1] == (
        "Đơn vị từ 50 đến dưới 100 người: tỷ lệ tham gia từ 25 % trở lên."
    )


def test_what_the_board_decides_is_printed() -> None:
    rules = UnitPrizeRules.model_validate(
        {
            "components": [
                {"kind": "completion", "weight": 80},
                {"kind": "points", "weight": 20, "name": "Công tác tuyên truyền"},
            ],
            "ties": ["points", "board"],
            "prizes": [{"code": "nhat", "name": "Giải Nhất", "count": 1}],
        }
    )
    data = good_rules() | {
        "result": good_rules()["result"] | {"unit_prizes": rules.model_dump(mode="json")}
    }
    _title, clauses = write_unit_prizes(parse_rules(data), CONTEXT)
    assert clauses[1].bullets[1] == (
        "20 % điểm do Ban Tổ chức chấm bằng biên bản, từ 0 đến 100, về: Công tác tuyên truyền."
    )
    assert clauses[3].text == (
        "Các đơn vị bằng nhau được xét lần lượt: điểm do Ban Tổ chức chấm cao hơn; nếu vẫn bằng "
        "nhau thì Ban Tổ chức quyết định và lập biên bản."
    )
    assert clauses[4].text.endswith(
        "Kết quả: 80 % × 70,00 + 20 % × 60,00 = 68,00. Ban Tổ chức chấm đơn vị này 60 điểm."
    )


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("points_for_nothing_named", {"components": [{"kind": "points", "weight": 100}]}),
        ("board_not_last", {"ties": ["board", "size"]}),
        ("tie_unknown", {"ties": ["points"]}),
    ],
)
def test_what_the_board_can_not_decide_is_refused(code: str, change: dict[str, Any]) -> None:
    data = good_rules()
    data["result"]["unit_prizes"] = {
        "components": [{"kind": "completion", "weight": 100}],
        "prizes": [{"code": "nhat", "name": "Giải Nhất", "count": 1}],
    } | change
    assert [fault.code for fault in check_rules(parse_rules(data))] == [code]


def test_a_name_left_empty_is_no_part_of_what_a_round_commits_to() -> None:
    part = result_part(with_formula("thanh_khe"))
    assert all("name" not in each for each in part["result"]["unit_prizes"]["components"])


@settings(max_examples=25, deadline=None)
@given(any_unit_prizes)
def test_any_collective_prize_can_be_printed_and_searched(rules: dict[str, Any]) -> None:
    """Impossible ones too: an organiser reads them while they are being written."""
    data = good_rules()
    data["result"]["unit_prizes"] = rules
    document = parse_rules(data)
    _title, clauses = write_unit_prizes(document, CONTEXT)
    assert document.result.unit_prizes is not None
    texts = [clause.text for clause in clauses] + gain_sentences(document.result.unit_prizes)
    assert not any("%(" in text for text in texts)


def test_rules_without_a_collective_prize_have_no_article_on_it() -> None:
    assert write_unit_prizes(parse_rules(good_rules()), CONTEXT) == ("Giải tập thể", [])
