"""“Kết quả đã chắc chưa?”: over every way in which the open cases of a stored round can end."""

import random
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from django.db import transaction
from django.utils import timezone

from quiz.domain.awards import plan_round
from quiz.domain.certainty import assess_certainty, effective_cases
from quiz.domain.duplicates import decide_different, keep_earliest
from quiz.domain.ranking import rank_round
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.certainty import NOTHING
from quiz.errors import RoundNotReady
from quiz.models import DuplicateCase, Entrant, EntrantReport, Grade
from quiz.rules.document import Criterion, IdentityField, PredictionRules, PrizeTier
from tests.factories import OpenContest, make_open_contest, make_rules
from tests.results_factory import Entry, Person, close, make_entrants

pytestmark = pytest.mark.django_db
PRIZES = [PrizeTier(code="nhat", name="Nhất", count=1), PrizeTier(code="nhi", name="Nhì", count=3)]
BY_AGE = [
    PrizeTier(code="cao", name="Cao tuổi", count=1, by="oldest"),
    PrizeTier(code="tre", name="Trẻ tuổi", count=2, by="youngest"),
]
ASKED = [IdentityField(name=name) for name in ("full_name", "birth_date", "phone")]


Given = tuple[dict[int, str], set[tuple[int, str]]]


def random_round(dice: random.Random) -> OpenContest:
    kinds = ["score", *dice.sample(["prediction_error", "duration", "attempts_used"], 2), "lot"]
    if dice.random() < 0.6:
        kinds = ["score", "prediction_error", "duration", "lot"]
    if dice.random() < 0.3:
        kinds.insert(0, "all_correct")
    who = dice.choice(["took_part", "all_correct", "percent_all_correct"])
    rules = make_rules(
        entry={
            "identity_fields": ASKED,
            "identity_key": ["full_name", "birth_date"],
            "attempts_per_round": dice.choice([1, 2]),
            "prediction": PredictionRules(
                count=dice.choice(["persons", "entries"]),
                who=who,
                scope=dice.choice(["round", "group", "contest"]),
                decimals=dice.choice([0, 1]) if who == "percent_all_correct" else 0,
            ),
        },
        result={
            "chain": [Criterion(kind=kind) for kind in kinds],
            "counted_attempt": dice.choice(["best", "best", "first", "last"]),
            "prizes": [*BY_AGE, *PRIZES],
            "one_prize_per": dice.choice(["contest", "round", "none"]),
            "max_share_percent": dice.choice([None, None, 25, 50]),
        },
    )
    made = make_open_contest(rules=rules)
    twins = ["a", "b"] * 2
    make_entrants(
        made,
        [
            Person(
                full_name=f"Người Thi {number}",
                birth_date=dice.choice([None, *(date(1990, 1, day) for day in range(1, 7))]),
                identity=twins.pop() if twins else "",
                registered=number,
                may_win=dice.random() > 0.1,
                entries=[
                    Entry(
                        wrong=dice.choice([0, 0, 0, 1]),
                        seconds=dice.choice([60, 61, 90]),
                        prediction=dice.choice([None, *(Decimal(n) for n in range(5, 15))]),
                    )
                    for _ordinal in range(dice.randint(1, rules.entry.attempts_per_round or 1))
                ],
            )
            for number in range(12)
        ],
    )
    close(made)
    return made


def prizes_without(made: OpenContest, gone: tuple[int, ...]) -> Given:
    """Prizes for places and by age if these were taken out; nothing is left behind."""
    with transaction.atomic():
        Entrant.objects.filter(pk__in=gone).update(duplicate_of=gone[0] if gone else None)
        rank_round(round=made.round)
        [(_group, planned)] = plan_round(made.round, rules_of_round(round=made.round))
        transaction.set_rollback(True)
    places = {one.entrant: one.tier for one in planned.awards}
    return places, {(one.entrant, one.tier) for one in planned.side.awards}


@pytest.mark.parametrize("seed", range(6))
def test_no_ending_gives_what_was_not_told(seed):
    made = random_round(random.Random(seed))
    found = assess_certainty(round=made.round)
    assert [len(case.entrants) for case in found.cases] == [2, 2]
    [group] = found.groups
    ages = {tier.code for tier in BY_AGE}
    told = {one.entrant: set(one.tiers) for one in group.outlooks if one.tiers[0] not in ages}
    by_age = {(one.entrant, one.tiers[0]): one for one in group.outlooks if one.tiers[0] in ages}
    sure = {key for key, one in by_age.items() if one.certain and not one.tied}
    assert [name for name, *_counts in group.prizes] == ["Nhất", "Nhì", "Cao tuổi", "Trẻ tuổi"]
    doubtful = sorted(entrant for case in found.cases for entrant in case.entrants)
    for size in range(len(doubtful) + 1):
        for gone in combinations(doubtful, size):
            if any(case.entrants <= set(gone) for case in found.cases):
                continue  # of one person one registration stays
            prizes, side = prizes_without(made, gone)
            assert sure <= side <= by_age.keys()
            for entrant in Entrant.objects.values_list("pk", flat=True):
                tiers = told.get(entrant, {NOTHING})
                undecided = entrant not in prizes and len(tiers) > 1
                assert undecided or prizes.get(entrant, NOTHING) in tiers


def ordered_round() -> OpenContest:
    """Six who differ by their time alone; the second and the sixth look like one person."""
    rules = make_rules(result={"prizes": PRIZES})
    made = make_open_contest(rules=rules)
    people = [
        Person(
            birth_date=None,
            identity="đôi" if place in (1, 5) else "",
            entries=[Entry(seconds=60 + place)],
        )
        for place in range(6)
    ]
    make_entrants(made, people)
    close(made)
    return made


def test_the_prizes_that_move_and_the_case_that_moves_them():
    made = ordered_round()
    ids = list(Entrant.objects.order_by("pk").values_list("pk", flat=True))
    found = assess_certainty(round=made.round)
    [group] = found.groups
    assert (group.bounds, group.prizes) == (None, [("Nhất", 1, 1), ("Nhì", 3, 2)])
    assert [(one.entrant, one.tiers, one.cases) for one in group.outlooks] == [
        (ids[0], ("nhat",), ()),
        (ids[1], ("nhi", NOTHING), (0,)),
        (ids[2], ("nhi",), ()),
        (ids[3], ("nhi",), ()),
        (ids[4], ("nhi", NOTHING), (0,)),
    ]
    assert (found.certain, found.effective) == (False, {0})


@pytest.mark.parametrize("decide", [keep_earliest, None])
def test_a_decided_case_moves_nothing_any_more(decide):
    made = ordered_round()
    case = DuplicateCase.objects.get()
    if decide:
        decide(cases=[case], user=made.organiser, now=timezone.now())
    else:
        decide_different(case=case, user=made.organiser, now=timezone.now())
    found = assess_certainty(round=made.round)
    assert (found.certain, found.cases, found.groups[0].prizes[1]) == (True, [], ("Nhì", 3, 3))


def test_the_oldest_is_certain_only_when_no_case_is_about_them():
    rules = make_rules(
        entry={"identity_fields": ASKED, "identity_key": ["full_name", "birth_date"]},
        result={"prizes": [*BY_AGE, PRIZES[0]]},
    )
    made = make_open_contest(rules=rules)
    years = (1990, 1940, 1950, 1999, 2005, 2006, 2007)
    people = [
        Person(
            full_name=f"Người Thi {year}",
            birth_date=date(year, 2, 3),
            identity="đôi" if year in (1940, 1999) else "",
            entries=[Entry(seconds=60 + place)],
        )
        for place, year in enumerate(years)
    ]
    ids = {one.birth_date.year: one.pk for one in make_entrants(made, people)}
    close(made)
    [group] = assess_certainty(round=made.round).groups
    assert [(one.entrant, one.tiers, one.cases) for one in group.outlooks] == [
        (ids[1990], ("nhat",), ()),
        (ids[1940], ("cao", NOTHING), (0,)),
        (ids[1950], ("cao", NOTHING), (0,)),
        (ids[2007], ("tre",), ()),
        (ids[2006], ("tre",), ()),
    ]
    assert group.prizes == [("Nhất", 1, 1), ("Cao tuổi", 1, 0), ("Trẻ tuổi", 2, 2)]


def test_a_report_that_waits_is_an_open_case():
    made = ordered_round()
    keep_earliest(cases=DuplicateCase.objects.all(), user=made.organiser, now=timezone.now())
    first = Entrant.objects.order_by("pk").first()
    EntrantReport.objects.create(
        contest=made.contest, entrant=first, text="Không phải tôi", reported_at=timezone.now()
    )
    found = assess_certainty(round=made.round)
    assert [(case.kind, case.entrants) for case in found.cases] == [
        ("report", frozenset({first.pk}))
    ]
    assert found.groups[0].prizes == [("Nhất", 1, 0), ("Nhì", 3, 2)]


def test_a_tie_at_the_edge_is_not_certain():
    made = make_open_contest(rules=make_rules(result={"prizes": PRIZES[:1]}))
    make_entrants(made, [Person(birth_date=None), Person(birth_date=None)])
    close(made)
    [group] = assess_certainty(round=made.round).groups
    assert [(one.tiers, one.tied) for one in group.outlooks] == [(("nhat", NOTHING), True)] * 2


def test_nothing_is_said_before_the_round_is_closed_and_marked():
    made = make_open_contest()
    with pytest.raises(RoundNotReady):
        assess_certainty(round=made.round)
    made = ordered_round()
    Grade.objects.first().delete()
    with pytest.raises(RoundNotReady):
        assess_certainty(round=made.round)


def test_a_list_is_not_weighed_again_and_again_in_a_very_large_round(monkeypatch):
    made = ordered_round()
    assert effective_cases(contest=made.contest) == {DuplicateCase.objects.get().pk}
    monkeypatch.setattr("quiz.domain.certainty.MOST_WEIGHED", 5)
    assert effective_cases(contest=made.contest) is None
