"""Which entrant does what, and the few whose fate the demo wants to show.

Those few have a full paper and the exact prediction, so that they stand where prizes are given: a
name that a spreadsheet would take for a formula, two people under 16 (one with a guardian's
consent), someone who may play but not win, and a person registered twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from random import Random

from quiz.demo.behaviours import AttemptPlan, draw_behaviours, guess_count
from quiz.demo.contest import CITIZENS
from quiz.demo.entrant import GUARDED_AGE, DemoEntrant

_MAY_NOT_WIN = 4

Change = Callable[[DemoEntrant], DemoEntrant]


def count_all_correct(entrants: Iterable[DemoEntrant]) -> int:
    """Persons with a full paper: the number that is predicted."""
    return sum(one.behaviour.all_correct for one in entrants if one.duplicate_of is None)


def give_stories(rng: Random, entrants: list[DemoEntrant], *, today: date) -> list[DemoEntrant]:
    """The entrants with their behaviours and predictions; `number` must be place + 1."""
    behaviours = draw_behaviours(rng, len(entrants))
    told = [replace(one, behaviour=behaviours[one.number - 1]) for one in entrants]
    special = _choose_special(told, today)
    for number, change in special.items():
        told[number - 1] = change(_answer_all(rng, told[number - 1]))
    for number in rng.sample(range(1, len(told) + 1), _MAY_NOT_WIN):
        if number not in special:
            told[number - 1] = replace(told[number - 1], may_win=False)
    actual = count_all_correct(told)
    return [_predict(rng, one, actual, exact=one.number in special) for one in told]


def _choose_special(entrants: list[DemoEntrant], today: date) -> dict[int, Change]:
    """What is changed in whom, by number; nobody with an unusual behaviour if it can be helped."""
    repeated = {one.duplicate_of for one in entrants}
    once = [one for one in entrants if one.duplicate_of is None and one.number not in repeated]
    citizens = [one for one in once if one.group == CITIZENS]
    young = [one for one in citizens if one.age_on(today) < GUARDED_AGE]
    grown = [one for one in citizens if one.age_on(today) >= GUARDED_AGE]
    copies = [one for one in entrants if one.duplicate_of is not None]
    formula, barred = _take(grown, 2)
    chosen: dict[int, Change] = {formula: _name_as_formula, barred: _bar}
    for group in ([one for one in young if one.guardian], [o for o in young if not o.guardian]):
        chosen[_take(group, 1)[0]] = _keep
    chosen[_take(copies, 1)[0]] = _keep
    return chosen


def _take(candidates: list[DemoEntrant], count: int) -> list[int]:
    ordered = sorted(candidates, key=lambda one: (not one.behaviour.is_plain, one.number))
    return [one.number for one in ordered[:count]]


def _name_as_formula(one: DemoEntrant) -> DemoEntrant:
    return replace(one, full_name=f"={one.full_name}")


def _bar(one: DemoEntrant) -> DemoEntrant:
    return replace(one, may_win=False)


def _keep(one: DemoEntrant) -> DemoEntrant:
    return one


def _answer_all(rng: Random, one: DemoEntrant) -> DemoEntrant:
    plan = AttemptPlan(wrong=0, omitted=0, seconds=rng.randint(90, 180))
    return replace(one, behaviour=replace(one.behaviour, attempts=(plan,)))


def _predict(rng: Random, one: DemoEntrant, actual: int, *, exact: bool) -> DemoEntrant:
    prediction = actual if exact else guess_count(rng, actual)
    return replace(one, behaviour=replace(one.behaviour, prediction=prediction))
