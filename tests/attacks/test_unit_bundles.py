"""Collective prizes in a bundle: ranked again from the declared figures of the units, of which none
tells the mark of fewer than ten persons.
"""

import importlib.util
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Headcount
from quiz.domain.bundle_units import published_units
from quiz.domain.releases import submit_for_signature
from quiz.engine.canonical import H, canon
from quiz.engine.unit_prizes import Unit, rank_units, tier_of
from quiz.enums import ReleaseState, RoundState
from quiz.interfaces.bundle import archive
from quiz.models import Release, Round
from quiz.rules.unit_prizes import UnitPrizeRules
from tests.attacks.bundles import Files, forge, make_bundle, unpack, verify
from tests.factories import make_open_contest, make_rules
from tests.people import make_unit
from tests.results_factory import Entry, Person, close_and_seal, make_entrants

COUNTS = {"Xã Lớn": 12, "Xã Vừa": 11, "Xã Nhỏ": 3}
RULES = UnitPrizeRules(
    members="everybody",
    components=[
        {"kind": "participation", "weight": 50},
        {"kind": "average", "weight": 30},
        {"kind": "share", "weight": 20, "over": "all"},
    ],
    conditions=[{"kind": "participation", "percent": 20}],
    ties=["size", "board"],
    prizes=[{"code": "a", "name": "Giải A", "count": 1, "money": 2_000_000}],
)


def released() -> Release:
    made = make_open_contest(rules=make_rules(result={"unit_prizes": RULES}))
    people = []
    for at, (name, count) in enumerate(COUNTS.items()):
        unit = make_unit(f"don-vi-{at}", name=name)
        Headcount.objects.create(unit=unit, count=count + 5, on_date=date(2020, 1, 1))
        people += [
            Person(
                full_name=f"{name} {number}",
                birth_date=None,
                unit=unit,
                entries=[Entry(wrong=(number + at) % 4, seconds=100 + at + 7 * number)],
            )
            for number in range(count)
        ]
    make_entrants(made, people)
    close_and_seal(made)
    return submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())


@pytest.fixture(scope="module")
def bundle(django_db_setup, django_db_blocker) -> bytes:
    with django_db_blocker.unblock(), transaction.atomic():
        written = make_bundle(released())
        transaction.set_rollback(True)
    return written


def test_the_prize_is_recomputed_from_declared_unit_figures(bundle: bytes, tmp_path: Path):
    verdict = verify(bundle, tmp_path)
    assert verdict.code == 0, verdict.said
    assert "Giải A: Xã Lớn — recomputed from declared unit figures" in verdict.said


def units_of(files: Files) -> dict[str, dict[str, Any]]:
    [bloc] = files["units.json"]["blocs"]
    return {unit["unit"]: unit for unit in bloc["units"]}


def test_of_a_unit_with_few_entrants_no_figure_is_shown(bundle: bytes):
    units = units_of(unpack(bundle))
    assert set(units) == set(COUNTS)
    assert set(units["Xã Nhỏ"]) == {"unit", "above", "place", "prize", "few"}
    assert sum(count for _top, _bottom, count in units["Xã Vừa"]["marks"]) == 11


def other_figure(files: Files) -> None:
    units_of(files)["Xã Vừa"]["figures"][0] = "99"


def more_entrants(files: Files) -> None:
    units_of(files)["Xã Vừa"]["entrants"] += 1


def other_place(files: Files) -> None:
    units = units_of(files)
    big, middle = units["Xã Lớn"], units["Xã Vừa"]
    big["place"], middle["place"] = middle["place"], big["place"]


def other_winner(files: Files) -> None:
    units = units_of(files)
    units["Xã Lớn"]["prize"], units["Xã Vừa"]["prize"] = None, "a"
    files["release.json"]["unit_prizes"]["winners"][0]["unit"] = "Xã Vừa"


@pytest.mark.parametrize("change", [other_figure, more_entrants, other_place, other_winner])
@pytest.mark.parametrize("careful", [False, True])
def test_a_changed_table_is_found_also_with_every_hash_rebuilt(
    bundle: bytes, tmp_path: Path, change, careful: bool
):
    def attack(files: Files) -> None:
        change(files)
        if careful:
            digest = H("units", canon(files["units.json"])).hex()
            files["release.json"]["unit_prizes"]["digest"] = digest

    verdict = verify(forge(bundle, attack), tmp_path)
    named = "Xã" if careful else "units.json"
    assert (verdict.code, named in verdict.said) == (1, True), verdict.said


@pytest.mark.django_db
def test_the_results_page_shows_the_collective_prizes():
    release = released()
    told = published_units(round=Round.objects.get(pk=release.round_id))
    assert [row["unit"] for row in told["winners"]] == ["Xã Lớn"]
    Release.objects.filter(pk=release.pk).update(
        state=ReleaseState.RELEASED,
        released_at=timezone.now(),
        decision_number="1/QĐ",
        decision_date=date(2026, 11, 30),
    )
    Round.objects.filter(pk=release.round_id).update(state=RoundState.RELEASED)
    page = Client().get(f"/cuoc-thi/{release.contest.code}/ket-qua/").content.decode()
    assert [words in page for words in ("Giải tập thể", "Xã Lớn", "2.000.000")] == [True] * 3


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    """The verifier as a module of its own."""
    place = Path(archive.__file__).parent / "verify.py"
    spec = importlib.util.spec_from_file_location("verifier", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


KINDS = ("completion", "participation", "average", "share", "top", "winner", "points")
small = st.integers(0, 40)
marks = st.dictionaries(
    st.sampled_from([Fraction(100 * n, 6) for n in range(7)]), st.integers(1, 9)
)


@st.composite
def units(draw: st.DrawFn) -> list[Unit]:
    found = []
    for at in range(draw(st.integers(1, 6))):
        listed = draw(st.integers(1, 40))
        found.append(
            Unit(
                code=f"{at:02}",
                listed=listed,
                done=draw(st.integers(0, listed)),
                headcount=draw(st.integers(1, 40)),
                entrants=draw(small),
                marks=tuple(sorted(draw(marks).items())),
                winners=draw(st.integers(0, 2)),
                points=Fraction(draw(st.integers(0, 200)), 2),
                preferred=draw(st.integers(0, 1)),
            )
        )
    return found


@st.composite
def formulas(draw: st.DrawFn) -> UnitPrizeRules:
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True))
    over = st.sampled_from(["entered", "all"])
    return UnitPrizeRules(
        members=draw(st.sampled_from(["listed", "everybody"])),
        components=[{"kind": kind, "weight": 20, "over": draw(over), "count": 3} for kind in kinds],
        conditions=[{"kind": "completion", "percent": 40}] if draw(st.booleans()) else [],
        ties=draw(st.lists(st.sampled_from([*KINDS, "size"]), max_size=2, unique=True)),
        prizes=[{"code": "a", "name": "A", "count": 1}, {"code": "b", "name": "B", "count": 2}],
    )


@given(units(), formulas())
def test_two_implementations_rank_units_alike(
    verifier: ModuleType, found: list[Unit], rules: UnitPrizeRules
):
    counts = [tier.count for tier in rules.prizes]
    rows, awarded = [], []
    for placed in rank_units(rules.formula(), found):
        tier = tier_of(placed, counts)
        prize = rules.prizes[tier].code if tier is not None and tier >= 0 else None
        rows.append(_row(placed, prize))
        awarded += [(placed.result.unit.code, prize)] if prize else []
    document = rules.model_dump(mode="json")
    ranked = verifier.UnitFormula(document).rank(rows, document["prizes"])
    assert [(unit["unit"], tier["code"]) for unit, tier in ranked] == awarded


def _row(placed: Any, prize: str | None) -> dict[str, Any]:
    unit, result = placed.result.unit, placed.result
    return {
        "unit": unit.code,
        "place": placed.place,
        "prize": prize,
        "listed": unit.listed,
        "done": unit.done,
        "headcount": unit.headcount,
        "entrants": unit.entrants,
        "winners": unit.winners,
        "points": [unit.points.numerator, unit.points.denominator],
        "preferred": unit.preferred,
        "marks": [[mark.numerator, mark.denominator, count] for mark, count in unit.marks],
        "figures": [str(float(figure)) for figure in result.figures],
        "sum": str(float(result.sum)),
    }
