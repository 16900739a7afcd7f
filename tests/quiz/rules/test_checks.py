"""Rules that can't work are refused before anyone enters; advice stops no one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from accounts.errors import Fault
from quiz.rules.document import advise_rules, check_rules, check_window, parse_rules
from quiz.rules.presets import PRESETS
from tests.quiz.rules.documents import any_rules, good_rules

Change = Callable[[dict[str, Any]], Any]


def _chain(*kinds: str, **more: str) -> list[dict[str, str]]:
    return [{"kind": kind, **more} for kind in kinds]


def _set(path: str, value: Any) -> Change:
    """Put a value at “entry.minimum_age” or “groups.0.paper.blueprint”."""

    def change(data: dict[str, Any]) -> None:
        holder: Any = data
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in steps:
            holder = holder[step]
        holder[last] = value

    return change


def _codes(change: Change) -> list[str]:
    data = good_rules()
    change(data)
    return [fault.code for fault in check_rules(parse_rules(data))]


def test_good_rules_have_no_fault() -> None:
    assert check_rules(parse_rules(good_rules())) == []


FIELDS = "entry.identity_fields"
NAME_ONLY = [{"name": "full_name"}]

IMPOSSIBLE = {
    "no score in the chain": (
        _set("result.chain", _chain("prediction_error", "lot")),
        ["chain_without_score"],
    ),
    "ties remain": (_set("result.chain", _chain("score", "submitted_at")), ["ties_remain"]),
    "no chain": (_set("result.chain", []), ["chain_without_score", "ties_remain"]),
    "lot in the middle": (
        _set("result.chain", _chain("score", "lot", "decision")),
        ["nothing_after_last_resort"],
    ),
    "the same criterion twice": (
        _set("result.chain", _chain("score", "duration", "duration", "lot")),
        ["criterion_repeated"],
    ),
    "lowest score first": (
        _set("result.chain", [*_chain("score", direction="asc"), *_chain("lot")]),
        ["criterion_reversed"],
    ),
    "score cut to the year": (
        _set("result.chain", [*_chain("score", precision="year"), *_chain("lot")]),
        ["precision_does_not_fit"],
    ),
    "age cut to decimals": (
        _set("result.chain", [*_chain("score"), *_chain("age", precision="whole"), *_chain("lot")]),
        ["precision_does_not_fit"],
    ),
    "all correct asked late": (
        _set("result.chain", _chain("score", "all_correct", "lot")),
        ["all_correct_not_first"],
    ),
    "prediction ranked but not asked": (
        _set("entry.prediction", None),
        ["prediction_not_asked"],
    ),
    "decimals of a count": (
        _set("entry.prediction", {"who": "took_part", "decimals": 2}),
        ["decimals_of_a_count"],
    ),
    "age without birth date": (
        lambda data: (
            _set(FIELDS, NAME_ONLY)(data),
            _set("entry.identity_key", ["full_name"])(data),
            _set("entry.minimum_age", 14)(data),
            _set("result.chain", _chain("score", "age", "lot"))(data),
        ),
        ["age_without_birth_date", "age_without_birth_date"],
    ),
    "no full name": (
        _set(FIELDS, [{"name": "birth_date"}, {"name": "full_name", "required": False}]),
        ["full_name_not_required", "identity_key_not_required"],
    ),
    "a field asked twice": (
        _set(FIELDS, [*NAME_ONLY, {"name": "birth_date"}, *NAME_ONLY]),
        ["identity_field_repeated"],
    ),
    "key among optional fields": (
        _set("entry.identity_key", ["full_name", "address"]),
        ["identity_key_not_required"],
    ),
    "no key": (_set("entry.identity_key", []), ["identity_key_empty"]),
    "key names a field twice": (
        _set("entry.identity_key", ["full_name", "full_name"]),
        ["identity_key_repeated"],
    ),
    "persons per phone without phone": (
        lambda data: (
            _set(FIELDS, [*NAME_ONLY, {"name": "birth_date"}])(data),
            _set("entry.persons_per_phone", 5)(data),
        ),
        ["phone_not_asked"],
    ),
    "back by contact without a contact": (
        lambda data: (
            _set(FIELDS, [*NAME_ONLY, {"name": "birth_date"}])(data),
            _set("entry.reentry", "code_or_contact")(data),
        ),
        ["contact_not_asked"],
    ),
    "no limit and the last start at the close": (
        lambda data: data["entry"].update(time_limit_seconds=None, at_close="last_start"),
        ["attempt_never_ends"],
    ),
    "a prize for no one": (_set("result.prizes.0.count", 0), ["prize_count_zero"]),
    "a prize for an unknown group": (
        _set("result.prizes.1.group", "can-bo"),
        ["prize_for_unknown_group"],
    ),
    "a prize by age without a birth date": (
        lambda data: (
            _set(FIELDS, NAME_ONLY)(data),
            _set("entry.identity_key", ["full_name"])(data),
            _set("result.prizes.1.by", "oldest")(data),
        ),
        ["side_prize_without_birth_date"],
    ),
    "two prizes of one code": (_set("result.prizes.1.code", "nhat"), ["code_repeated"]),
    "no group": (
        lambda data: (_set("groups", [])(data), _set("result.prizes", [])(data)),
        ["no_group"],
    ),
    "two groups of one code": (
        lambda data: data["groups"].append(data["groups"][0]),
        ["code_repeated"],
    ),
    "an empty paper": (_set("groups.0.paper", {}), ["paper_empty"]),
    "a paper of zeros": (
        _set("groups.0.paper.blueprint", [{"count": 0}]),
        ["paper_empty"],
    ),
    "an empty row of a paper": (
        _set("groups.0.paper.blueprint.1.count", 0),
        ["blueprint_count_zero"],
    ),
    "fixed and drawn": (_set("groups.0.paper.fixed_items", [1, 2]), ["fixed_and_drawn"]),
    "a fixed item twice": (
        _set("groups.0.paper", {"fixed_items": [1, 2, 1]}),
        ["fixed_item_repeated"],
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_impossible_rules_are_refused(name: str) -> None:
    change, expected = IMPOSSIBLE[name]
    assert _codes(change) == expected


def test_a_refusal_of_the_chain_says_what_to_add() -> None:
    data = good_rules()
    data["result"]["chain"] = _chain("score")
    assert check_rules(parse_rules(data)) == [
        Fault(
            place="Tiêu chí xếp hạng",
            code="ties_remain",
            message="sau tiêu chí cuối cùng vẫn có thể còn những người bằng nhau.",
            hint="Thêm “Bốc thăm” hoặc “Ban Tổ chức quyết định” vào cuối danh sách tiêu chí.",
        )
    ]


@given(any_rules)
def test_every_fault_says_where_what_and_what_next(data: dict[str, Any]) -> None:
    document = parse_rules(data)
    for fault in [*check_rules(document), *advise_rules(document)]:
        assert fault.place
        assert fault.message.endswith(".")
        assert fault.hint.endswith(".")


OPENS = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (-1, ["closes_before_opens"]),
        (0, ["closes_before_opens"]),
        (899, ["window_shorter_than_limit"]),
        (900, []),
    ],
)
def test_a_window_holds_at_least_one_whole_attempt(seconds: int, expected: list[str]) -> None:
    document = parse_rules(good_rules())
    faults = check_window(OPENS, OPENS + timedelta(seconds=seconds), document)
    assert [fault.code for fault in faults] == expected


def test_a_window_without_limit_need_only_be_open() -> None:
    data = good_rules()
    data["entry"]["time_limit_seconds"] = None
    assert check_window(OPENS, OPENS + timedelta(seconds=1), parse_rules(data)) == []


ADVISED = {
    "a public count decides": (
        _set("entry.prediction", {"who": "took_part"}),
        ["count_breaks_ties"],
    ),
    "scores leak the prediction": (
        _set("result.score_shown", "at_submit"),
        ["scores_reveal_prediction"],
    ),
    "the prediction decides nothing": (
        _set("result.chain", _chain("score", "lot")),
        ["prediction_unused"],
    ),
    "the true value comes late": (
        _set("entry.prediction", {"scope": "contest"}),
        ["actual_value_late"],
    ),
    "a weak key": (_set("entry.identity_key", ["full_name"]), ["identity_key_weak"]),
    "attempts are always one": (
        _set("result.chain", _chain("score", "prediction_error", "attempts_used", "lot")),
        ["attempts_always_one"],
    ),
    "colleagues know the way back": (
        _set("entry.reentry", "staff_code_and_birth_date"),
        ["reentry_weak"],
    ),
    "minors can't be known": (_set(FIELDS, NAME_ONLY), ["minors_unknown"]),
    "the lower prize pays more": (
        lambda data: (
            _set("result.prizes.0.group", "dan")(data),
            _set("result.prizes.1.money", 9_000_000)(data),
        ),
        ["prize_order"],
    ),
    "no reserves": (_set("result.reserves", 0), ["no_reserves"]),
}


@pytest.mark.parametrize("name", ADVISED)
def test_doubtful_rules_are_advised_on(name: str) -> None:
    change, expected = ADVISED[name]
    data = good_rules()
    change(data)
    assert [fault.code for fault in advise_rules(parse_rules(data))] == expected


def test_the_presets_that_keep_counts_secret_say_so() -> None:
    advised = {
        code: [fault.code for fault in advise_rules(preset.document)]
        for code, preset in PRESETS.items()
    }
    assert advised == {
        "vcnet": [],
        "dak_lak": [],
        "hai_duong": ["count_breaks_ties"],
        "hue_hai_doi_tuong": [],
        "thanh_khe": ["count_breaks_ties"],
    }


def test_the_presets_hold_the_chains_of_the_real_contests() -> None:
    chains = {
        code: " ".join(criterion.kind for criterion in preset.document.result.chain)
        for code, preset in PRESETS.items()
    }
    assert chains == {
        "vcnet": "all_correct prediction_error submitted_at decision",
        "dak_lak": "score duration attempts_used registered_at decision",
        "hai_duong": "score duration prediction_error decision",
        "hue_hai_doi_tuong": "score prediction_error submitted_at lot",
        "thanh_khe": "score duration prediction_error decision",
    }
