"""Each doubt about rules that work comes with a way out that changes nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from quiz.rules.document import RuleDocument, check_rules, dump_rules, parse_rules
from quiz.rules.linter import CHECKS, Around, Severity, lint_rules
from quiz.rules.presets import PRESETS
from quiz.rules.schema import PRECISIONS
from quiz.rules.unit_presets import UNIT_PRESETS
from tests.quiz.rules.documents import any_rules, good_rules

Change = Callable[[dict[str, Any]], Any]
PERCENT = {"who": "percent_all_correct", "decimals": 0}


def _chain(*kinds: str) -> list[dict[str, str]]:
    return [
        {"kind": kind, "precision": precision or "second"}
        for kind, _colon, precision in (kind.partition(":") for kind in kinds)
    ]


def _entry(**values: Any) -> Change:
    return lambda data: data["entry"].update(values)


def _result(**values: Any) -> Change:
    return lambda data: data["result"].update(values)


def _all(*changes: Change) -> Change:
    return lambda data: [change(data) for change in changes]


def _fields(*names: str) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def _prize(code: str, money: int = 0, group: str | None = None) -> dict[str, Any]:
    return {"code": code, "name": code, "count": 1, "money": money, "group": group}


def _unit_prizes(*, weight: int, ties: list[str]) -> Change:
    """A collective prize of which the board gives `weight` percent by hand."""
    components = [
        {"kind": "points", "weight": weight, "name": "Công tác tuyên truyền"},
        {"kind": "completion", "weight": 100 - weight},
    ]
    prizes = [{"code": "nhat", "name": "Giải Nhất", "count": 1}]
    return _result(unit_prizes={"components": components, "ties": ties, "prizes": prizes})


def _two_groups(data: dict[str, Any]) -> None:
    paper = {"blueprint": [{"count": 5}]}
    data["groups"].append({"code": "can-bo", "name": "Cán bộ", "paper": paper})


# What is changed in good rules, and the places the fix may touch. Findings without places have
# no fix: only a person knows the figure.
DOUBTFUL: dict[str, tuple[Change, set[str]]] = {
    "count_breaks_ties": (_entry(prediction={"who": "took_part"}), {"entry.prediction"}),
    "scores_reveal_prediction": (_result(score_shown="at_submit"), {"result.score_shown"}),
    "prediction_unused": (_result(chain=_chain("score", "lot")), {"result.chain"}),
    "actual_value_late": (_entry(prediction={"scope": "contest"}), {"entry.prediction"}),
    "entries_can_be_made": (
        _entry(prediction={"count": "entries"}, attempts_per_round=3),
        {"entry.prediction"},
    ),
    "percent_coarse": (_entry(prediction=PERCENT), {"entry.prediction"}),
    "true_value_moves": (
        _result(actual_value_policy="recomputed"),
        {"result.actual_value_policy"},
    ),
    "identity_key_weak": (_entry(identity_key=["full_name"]), {"entry.identity_key"}),
    "household_phone": (_entry(identity_key=["phone"]), {"entry.identity_key"}),
    "one_person_per_phone": (_entry(persons_per_phone=1), {"entry.persons_per_phone"}),
    "phone_unlimited": (
        _entry(identity_key=["full_name", "phone"]),
        {"entry.persons_per_phone"},
    ),
    "reentry_weak": (_entry(reentry="staff_code_and_birth_date"), {"entry.reentry"}),
    "birth_date_coarse": (
        _entry(birth_precision="year", minimum_age=16),
        {"entry.birth_precision"},
    ),
    "national_id_needless": (
        _entry(identity_fields=_fields("full_name", "birth_date", "phone", "national_id")),
        {"entry.identity_fields"},
    ),
    "attempts_unlimited": (_entry(attempts_per_round=None), {"entry.attempts_per_round"}),
    "score_teaches_answers": (
        _all(_entry(attempts_per_round=3), _result(score_shown="at_submit")),
        {"result.score_shown"},
    ),
    "later_attempts_useless": (
        _all(_entry(attempts_per_round=3), _result(counted_attempt="first")),
        {"entry.attempts_per_round"},
    ),
    "complete_and_partial": (
        _entry(require_all_answered=True, multiple_marking="partial"),
        {"entry.multiple_marking"},
    ),
    "time_short": (_entry(time_limit_seconds=30), {"entry.time_limit_seconds"}),
    "ends_long_after_close": (
        _entry(at_close="last_start", time_limit_seconds=3600),
        {"entry.at_close"},
    ),
    "score_after_all_correct": (
        _result(chain=_chain("all_correct", "score", "prediction_error", "lot")),
        {"result.chain"},
    ),
    "attempts_always_one": (
        _result(chain=_chain("score", "prediction_error", "attempts_used", "lot")),
        {"result.chain"},
    ),
    "duration_without_limit": (
        _all(
            _entry(time_limit_seconds=None),
            _result(chain=_chain("score", "prediction_error", "duration", "lot")),
        ),
        {"entry.time_limit_seconds"},
    ),
    "prediction_after_moment": (
        _result(chain=_chain("score", "submitted_at", "prediction_error", "lot")),
        {"result.chain"},
    ),
    "duration_too_fine": (
        _result(chain=_chain("score", "duration:ms", "prediction_error", "lot")),
        {"result.chain"},
    ),
    "precision_coarse": (
        _result(chain=_chain("score", "prediction_error", "submitted_at:minute", "lot")),
        {"result.chain"},
    ),
    "much_left_to_last_resort": (
        _all(_entry(prediction=None), _result(chain=_chain("score", "lot"))),
        {"result.chain"},
    ),
    "minors_unknown": (
        _entry(
            identity_fields=_fields("full_name", "address"), identity_key=["full_name", "address"]
        ),
        {"entry.identity_fields"},
    ),
    "winners_unreachable": (
        _entry(identity_fields=_fields("full_name", "birth_date")),
        {"entry.identity_fields"},
    ),
    "guardian_consent_late": (_result(minor_names="consent"), {"result.minor_names"}),
    "budget_differs": (_result(budget=3_000_000), {"result.budget"}),
    "prize_order": (_result(prizes=[_prize("nhi", 1), _prize("nhat", 2)]), {"result.prizes"}),
    "side_prize_minor": (
        _result(prizes=[_prize("nhat"), {**_prize("tre"), "by": "youngest"}]),
        set(),
    ),
    "no_reserves": (_result(reserves=0), {"result.reserves"}),
    "many_prizes_one_person": (_result(one_prize_per="none"), {"result.one_prize_per"}),
    "complaints_over_weekend": (_result(complaint_days=2), {"result.complaint_days"}),
    "key_never_shown": (_result(key_shown="never"), {"result.key_shown"}),
    "group_without_prizes": (
        _all(_two_groups, _result(prizes=[_prize("nhat", group="dan")])),
        {"result.prizes"},
    ),
    "board_points_heavy": (_unit_prizes(weight=50, ties=["board"]), set()),
    "unit_ties_unsaid": (_unit_prizes(weight=20, ties=["completion"]), {"result.unit_prizes"}),
    "decision_number_missing": (lambda data: data.pop("decision_number"), set()),
}


def _rules(change: Change) -> RuleDocument:
    data = good_rules() | {"decision_number": "12/QĐ-BTC"}
    change(data)
    return parse_rules(data)


def _differing(before: RuleDocument, after: RuleDocument) -> set[str]:
    """“entry.prediction”: the fields of either half, or a part beside them, that are not equal."""
    old, new = dump_rules(before), dump_rules(after)
    halves = {
        f"{half}.{name}"
        for half in ("entry", "result")
        for name in old[half]
        if old[half][name] != new[half][name]
    }
    return halves | {
        name for name in old if name not in ("entry", "result") and old[name] != new[name]
    }


def test_good_rules_leave_nothing_to_say() -> None:
    assert lint_rules(_rules(lambda data: None)) == []


def test_every_check_has_its_case() -> None:
    assert set(DOUBTFUL) == {check.__name__ for check in CHECKS}


@pytest.mark.parametrize("code", DOUBTFUL)
def test_a_doubt_is_found_and_its_fix_changes_nothing_else(code: str) -> None:
    change, places = DOUBTFUL[code]
    document = _rules(change)
    assert check_rules(document) == []
    (finding,) = [found for found in lint_rules(document) if found.code == code]
    if not places:
        assert finding.fix is None
        return
    mended = finding.fix.apply(document)
    assert _differing(document, mended) == places
    assert check_rules(mended) == []
    assert code not in {found.code for found in lint_rules(mended)}
    assert parse_rules(dump_rules(mended)) == mended


def _sound(data: dict[str, Any]) -> dict[str, Any]:
    """The drawn rules with a chain, groups and identity that can work, so that most pass."""
    good = good_rules()
    entry = {**good["entry"], **data.get("entry", {})}
    entry |= {name: good["entry"][name] for name in ("identity_fields", "identity_key")}
    if (entry.get("prediction") or {}).get("who") != "percent_all_correct":
        entry["prediction"] = good["entry"]["prediction"]
    if entry["time_limit_seconds"] is None:
        entry["at_close"] = "last_save"
    chain, kept = data.get("result", {}).get("chain", []), {"score": {"kind": "score"}}
    for criterion in chain:
        if criterion["kind"] not in ("all_correct", "lot", "decision"):
            fitting = PRECISIONS.get(criterion["kind"], ())
            precision = criterion.get("precision")
            one = {
                "kind": criterion["kind"],
                "precision": precision if precision in fitting else "",
            }
            kept.setdefault(criterion["kind"], one)
    result = {**data.get("result", {}), "chain": [*kept.values(), {"kind": "lot"}]}
    result["prizes"] = [
        {**tier, "code": f"giai-{at}", "count": tier["count"] + 1, "group": ["dan", None][at % 2]}
        for at, tier in enumerate(result.get("prizes", []))
    ]
    return {**data, "entry": entry, "result": result, "groups": good["groups"]}


@given(any_rules.map(_sound))
def test_fixes_of_any_rules_leave_rules_that_work(data: dict[str, Any]) -> None:
    document = parse_rules(data)
    assert check_rules(document) == []
    for finding in lint_rules(document):
        if finding.fix is None:
            continue
        mended = finding.fix.apply(document)
        assert check_rules(mended) == []
        assert len(_differing(document, mended)) in (1, 2)
        assert finding.code not in {found.code for found in lint_rules(mended)}
        assert parse_rules(dump_rules(mended)) == mended


@given(any_rules)
def test_impossible_rules_are_read_too(data: dict[str, Any]) -> None:
    for finding in lint_rules(parse_rules(data)):
        assert (finding.message[-1], finding.hint[-1]) == (".", ".")


def test_what_the_presets_leave_open() -> None:
    """Each lacks its decision's number, which only the office knows, and none of the real rules
    said how many persons one telephone may register. Hải Dương and Thanh Khê let people predict
    what insiders can count.
    """
    found = {
        code: [finding.code for finding in lint_rules(preset.document)]
        for code, preset in PRESETS.items()
    }
    gaps = ["phone_unlimited", "decision_number_missing"]
    assert found == {
        "vcnet": gaps,
        "dak_lak": gaps,
        "hai_duong": ["count_breaks_ties", *gaps],
        "hue_hai_doi_tuong": gaps,
        "thanh_khe": ["count_breaks_ties", *gaps],
    }


def test_the_budget_counts_individual_and_collective_prizes_of_every_bloc() -> None:
    """Hải Dương's units: two blocs of 3 + 2 × 2 + 3 × 1 million each; persons 2 + 2 × 1 million."""
    units = UNIT_PRESETS["hai_duong"].rules.model_dump(mode="json")
    exact = _rules(_result(budget=24_000_000, unit_prizes=units))
    assert lint_rules(exact) == []
    (over,) = lint_rules(_rules(_result(budget=23_999_999, unit_prizes=units)))
    assert "cộng lại là 24.000.000 đồng, vượt kinh phí" in over.message
    assert over.fix is not None
    assert over.fix.apply(exact).result.budget == 24_000_000
    (under,) = lint_rules(_rules(_result(budget=5_000_000)))
    assert "chỉ là 4.000.000 đồng" in under.message


COUNTS = {"dan": {("Một cửa", None): 6, (None, None): 4}}


def test_around_the_rules_stand_the_telephone_and_the_bank() -> None:
    rules = _rules(lambda data: None)
    assert lint_rules(rules, Around("0236 1022", COUNTS)) == []
    few = {"dan": {("Một cửa", None): 5, (None, None): 4}}
    found = lint_rules(rules, Around(" ", few))
    assert [(each.code, each.fix) for each in found] == [
        ("hotline_missing", None),
        ("papers_alike", None),
    ]
    assert "mỗi đề lấy 5 câu từ 9 câu" in found[1].message
    assert found[1].place == "Đối tượng dự thi, dòng 1, “Đề thi”"


def test_a_bank_too_small_for_one_paper_is_a_shortage_and_no_finding() -> None:
    rules = _rules(lambda data: None)
    assert lint_rules(rules, Around("0236 1022", {"dan": {(None, None): 2}})) == []


def test_gaps_are_for_the_editor_alone() -> None:
    findings = lint_rules(PRESETS["vcnet"].document)
    assert {finding.severity for finding in findings} == {Severity.GAP}
