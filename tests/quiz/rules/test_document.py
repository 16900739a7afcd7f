"""The document keeps what was written, and says in words what can't be read."""

import hashlib
import json
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.errors import Fault, Faults
from quiz.engine.canonical import canon
from quiz.rules.document import (
    check_rules,
    dump_rules,
    entry_part,
    parse_rules,
    result_part,
    to_canonical,
)
from quiz.rules.presets import PRESETS
from tests.quiz.rules.documents import any_rules, good_rules


def _faults(data: Any) -> list[tuple[str, str]]:
    with translation.override("vi"), pytest.raises(Faults) as refused:
        parse_rules(data)
    return [(fault.place, fault.code) for fault in refused.value.faults]


@given(any_rules)
def test_what_is_parsed_is_kept_by_dumping_and_parsing_again(data: dict[str, Any]) -> None:
    document = parse_rules(data)
    dumped = dump_rules(document)
    assert parse_rules(dumped) == document
    assert dump_rules(parse_rules(json.dumps(dumped))) == dumped


@pytest.mark.parametrize("code", PRESETS)
def test_a_preset_survives_json(code: str) -> None:
    document = PRESETS[code].document
    assert parse_rules(json.dumps(dump_rules(document))) == document
    assert check_rules(document) == []


def test_an_empty_box_of_a_form_means_the_default() -> None:
    data = good_rules()
    data["entry"] |= {"minimum_age": "", "points_per_item": " ", "grace_ms": ""}
    data["decision_date"] = ""
    assert parse_rules(data) == parse_rules(good_rules())


def test_text_is_kept_in_nfc_on_one_line() -> None:
    data = good_rules() | {"title": " Thê\u0309  lệ\u0000cuộc\nthi "}
    assert parse_rules(data).title == "Thể lệ cuộc thi"


def test_a_criterion_takes_its_natural_direction() -> None:
    kinds = ["score", "prediction_error", "age", "submitted_at"]
    data = good_rules()
    data["result"]["chain"] = [{"kind": kind} for kind in kinds]
    chain = parse_rules(data).result.chain
    assert [criterion.direction for criterion in chain] == ["desc", "asc", "desc", "asc"]


def test_every_wrong_value_is_told_with_its_place() -> None:
    data = good_rules()
    data["entry"]["time_limit_seconds"] = "mười lăm"
    data["entry"]["points_per_item"] = "0.125"
    data["result"]["chain"][1] = {"kind": "lucky"}
    data["result"]["prizes"][1] = {"code": "giải nhì", "count": -1}
    data["groups"][0]["paper"]["blueprint"][1]["count"] = 1.5
    data["extra"] = 1
    assert _faults(data) == [
        ("Thời gian làm bài", "int_parsing"),
        ("Điểm mỗi câu", "decimal_max_places"),
        ("Tiêu chí xếp hạng, dòng 2, “Tiêu chí”", "literal_error"),
        ("Cơ cấu giải, dòng 2, “Mã”", "string_pattern_mismatch"),
        ("Cơ cấu giải, dòng 2, “Tên”", "missing"),
        ("Cơ cấu giải, dòng 2, “Số lượng”", "greater_than_equal"),
        (
            "Đối tượng dự thi, dòng 1, “Đề thi”, “Ma trận đề”, dòng 2, “Số lượng”",
            "int_from_float",
        ),
        ("extra", "extra_forbidden"),
    ]


def test_a_refusal_reads_as_a_sentence_with_what_to_do() -> None:
    data = good_rules()
    data["result"]["prizes"][1]["count"] = -1
    with translation.override("vi"), pytest.raises(Faults) as refused:
        parse_rules(data)
    assert refused.value.faults == (
        Fault(
            place="Cơ cấu giải, dòng 2, “Số lượng”",
            code="greater_than_equal",
            message="không được nhỏ hơn 0.",
            hint="Nhập một số từ 0 trở lên.",
        ),
    )


@pytest.mark.parametrize("data", ["{", b"\xff", [], None, 3, "[]"])
def test_what_is_no_document_is_refused(data: Any) -> None:
    assert [place for place, _code in _faults(data)] == ["Thể lệ"]


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=300),
    lambda part: (
        st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3)
    ),
    max_leaves=6,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of every part of a JSON value."""
    found = [path] if path else []
    if isinstance(value, dict):
        for name, part in value.items():
            found += _places(part, (*path, name))
    if isinstance(value, list):
        for index, part in enumerate(value):
            found += _places(part, (*path, index))
    return found


@given(st.data())
def test_no_junk_breaks_reading_and_every_fault_has_message_and_hint(data: st.DataObject) -> None:
    rules = good_rules()
    *path, last = data.draw(st.sampled_from(_places(rules)))
    holder: Any = rules
    for step in path:
        holder = holder[step]
    holder[last] = data.draw(_JUNK)
    try:
        parse_rules(rules)
    except Faults as refused:
        for fault in refused.faults:
            assert fault.place
            assert fault.message
            assert fault.hint
            assert fault.message != "giá trị không hợp lệ.", fault.code


def test_equal_rules_have_equal_canonical_forms() -> None:
    first, second = good_rules(), good_rules()
    first["entry"]["points_per_item"] = "1.50"
    second["entry"]["points_per_item"] = 1.5
    assert to_canonical(parse_rules(first)) == to_canonical(parse_rules(second))
    assert entry_part(parse_rules(first))["entry"]["points_per_item"] == "1.5"


def test_the_two_parts_hold_what_each_side_follows() -> None:
    document = parse_rules(good_rules())
    entry, result = entry_part(document), result_part(document)
    assert sorted(entry) == ["entry", "groups", "schema_version"]
    assert sorted(result) == ["prediction", "result", "schema_version"]
    assert result["prediction"] == entry["entry"]["prediction"]
    json.dumps([entry, result])


def test_rules_older_than_the_ways_back_hash_as_they_did() -> None:
    """Rounds were frozen, and committed to, before the rules could name other ways back."""
    old = parse_rules(good_rules())
    digest = hashlib.sha256(canon(entry_part(old))).hexdigest()
    assert digest == "a2fddcffe94c7f01eb30aab8e0f658e944e655bc4c9a73a7b2092b1a03b6d890"
    data = good_rules()
    data["entry"]["reentry"] = "code_or_contact"
    assert entry_part(parse_rules(data))["entry"]["reentry"] == "code_or_contact"


def test_counts_are_secret_only_while_they_break_ties() -> None:
    def secret(who: str, *kinds: str) -> bool:
        data = good_rules()
        data["entry"]["prediction"] = {"who": who} if who else None
        data["result"]["chain"] = [{"kind": kind} for kind in kinds]
        return parse_rules(data).count_secrecy

    assert secret("took_part", "score", "prediction_error") is True
    assert secret("percent_all_correct", "score", "prediction_error") is True
    assert secret("all_correct", "score", "prediction_error") is False
    assert secret("took_part", "score", "duration") is False
    assert secret("", "score") is False
