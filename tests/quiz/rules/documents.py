"""Rule documents for tests: one plain good one, and any one at all."""

import copy
from datetime import date
from typing import Any, get_args
from unicodedata import category

from hypothesis import strategies as st

from quiz.rules.schema import CriterionKind, IdentityName, Precision, PrizeBy, Reentry
from quiz.rules.unit_presets import UNIT_PRESETS
from quiz.rules.unit_prizes import ComponentKind, TieKind

_GOOD: dict[str, Any] = {
    "entry": {
        "identity_fields": [
            {"name": "full_name"},
            {"name": "birth_date"},
            {"name": "phone"},
            {"name": "address", "required": False},
        ],
        "identity_key": ["full_name", "birth_date"],
        "time_limit_seconds": 900,
        "attempts_per_round": 1,
        "prediction": {"who": "all_correct"},
    },
    "result": {
        "chain": [{"kind": "score"}, {"kind": "prediction_error"}, {"kind": "lot"}],
        "prizes": [
            {"code": "nhat", "name": "Giải Nhất", "count": 1, "money": 2_000_000},
            {"code": "nhi", "name": "Giải Nhì", "count": 2, "money": 1_000_000, "group": "dan"},
        ],
    },
    "groups": [
        {
            "code": "dan",
            "name": "Người dân",
            "paper": {"blueprint": [{"topic": "Một cửa", "count": 3}, {"count": 2}]},
        }
    ],
}


def good_rules() -> dict[str, Any]:
    """Data that every check accepts; the caller may change it."""
    return copy.deepcopy(_GOOD)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _shows_something(text: str) -> bool:
    return any(category(letter) not in ("Cc", "Zs", "Zl", "Zp") for letter in text)


_names = st.text(max_size=12).filter(_shows_something)
_codes = st.from_regex(r"[-a-zA-Z0-9_]{1,8}", fullmatch=True)

_blueprint_rows = st.fixed_dictionaries(
    {"count": st.integers(0, 200)}, optional={"topic": _maybe(_names), "level": _maybe(_names)}
)
_papers = st.fixed_dictionaries(
    {},
    optional={
        "blueprint": st.lists(_blueprint_rows, max_size=3),
        "shuffle_items": st.booleans(),
        "shuffle_options": st.booleans(),
        "fixed_items": _maybe(st.lists(st.integers(1, 50), max_size=3)),
    },
)
_predictions = st.fixed_dictionaries(
    {},
    optional={
        "count": st.sampled_from(["persons", "entries"]),
        "who": st.sampled_from(["took_part", "all_correct", "percent_all_correct"]),
        "scope": st.sampled_from(["round", "contest", "group"]),
        "decimals": st.integers(0, 6),
    },
)
_fields = st.fixed_dictionaries(
    {"name": st.sampled_from(get_args(IdentityName))}, optional={"required": st.booleans()}
)
_entries = st.fixed_dictionaries(
    {},
    optional={
        "identity_fields": st.lists(_fields, max_size=4),
        "birth_precision": st.sampled_from(["day", "month", "year"]),
        "identity_key": st.lists(st.sampled_from(get_args(IdentityName)), max_size=4),
        "persons_per_phone": _maybe(st.integers(1, 100)),
        "minimum_age": _maybe(st.integers(1, 120)),
        "time_limit_seconds": _maybe(st.integers(10, 604_800)),
        "grace_ms": st.integers(0, 60_000),
        "reentry": st.sampled_from(get_args(Reentry)),
        "at_close": st.sampled_from(["last_start", "last_save"]),
        "attempts_per_round": _maybe(st.integers(1, 1000)),
        "points_per_item": st.decimals("0.01", 1000, places=2).map(str),
        "multiple_marking": st.sampled_from(["all_or_nothing", "partial"]),
        "require_all_answered": st.booleans(),
        "prediction": _maybe(_predictions),
    },
)
_criteria = st.fixed_dictionaries(
    {"kind": st.sampled_from(get_args(CriterionKind))},
    optional={
        "direction": st.sampled_from([None, "asc", "desc"]),
        "precision": st.sampled_from(get_args(Precision)),
    },
)
_prizes = st.fixed_dictionaries(
    {"code": _codes, "name": _names, "count": st.integers(0, 20)},
    optional={
        "money": st.integers(0, 10**9),
        "group": _maybe(_codes),
        "by": st.sampled_from(get_args(PrizeBy)),
    },
)
_unit_components = st.fixed_dictionaries(
    {"kind": st.sampled_from(get_args(ComponentKind)), "weight": st.integers(1, 100)},
    optional={"at_least": st.integers(1, 100), "over": st.sampled_from(["entered", "all"])},
)
_unit_conditions = st.fixed_dictionaries(
    {"kind": st.sampled_from(["completion", "participation", "winner"])},
    optional={"percent": st.integers(1, 100), "size_below": _maybe(st.integers(1, 200))},
)
any_unit_prizes = st.fixed_dictionaries(
    {"components": st.lists(_unit_components, min_size=1, max_size=3)},
    optional={
        "members": st.sampled_from(["listed", "everybody"]),
        "conditions": st.lists(_unit_conditions, max_size=2),
        "ties": st.lists(st.sampled_from(get_args(TieKind)), max_size=3),
        "decimals": st.integers(0, 6),
        "prizes": st.lists(_prizes.filter(lambda tier: tier["count"]), max_size=2).map(
            lambda tiers: [
                {k: v for k, v in tier.items() if k not in ("group", "by")} for tier in tiers
            ]
        ),
    },
)
_results = st.fixed_dictionaries(
    {},
    optional={
        "counted_attempt": st.sampled_from(["best", "first", "last"]),
        "chain": st.lists(_criteria, max_size=5),
        "prizes": st.lists(_prizes, max_size=3),
        "one_prize_per": st.sampled_from(["contest", "round", "none"]),
        "reserves": st.integers(0, 10),
        "max_share_percent": _maybe(st.integers(1, 100)),
        "score_shown": st.sampled_from(["at_submit", "after_release"]),
        "key_shown": st.sampled_from(["after_release", "never"]),
        "complaint_days": st.integers(1, 90),
        "actual_value_policy": st.sampled_from(["frozen", "recomputed"]),
        "minor_names": st.sampled_from(["initials", "consent"]),
        "unit_prizes": _maybe(
            st.sampled_from(
                [preset.rules.model_dump(mode="json") for preset in UNIT_PRESETS.values()]
            )
        ),
    },
)
any_rules = st.fixed_dictionaries(
    {},
    optional={
        "decision_number": _names,
        "decision_date": st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(date.isoformat),
        "title": _names,
        "entry": _entries,
        "result": _results,
        "groups": st.lists(
            st.fixed_dictionaries({"code": _codes, "name": _names}, optional={"paper": _papers}),
            max_size=3,
        ),
    },
)
