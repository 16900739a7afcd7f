"""The true value of what entrants predicted."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from quiz.domain.rule_sets import rules_of_round
from quiz.enums import ReleaseState
from quiz.models import Round
from quiz.queries.counting import Tally, tally
from quiz.rules.document import PredictionRules


@dataclass(frozen=True)
class ActualValue:
    """The value, and the counts it was computed from."""

    value: Decimal
    tally: Tally

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON: the value as a string, the counts as integers."""
        return {"value": str(self.value), **self.tally.__dict__}


def value_of(tally: Tally, prediction: PredictionRules) -> Decimal:
    """The predicted figure: a count, or 100 × all correct ÷ took part, rounded half up.

    Nobody having taken part, the percentage is 0.
    """
    took_part, all_correct = (
        (tally.persons, tally.persons_all_correct)
        if prediction.count == "persons"
        else (tally.entries, tally.entries_all_correct)
    )
    if prediction.who == "took_part":
        return Decimal(took_part)
    if prediction.who == "all_correct":
        return Decimal(all_correct)
    exact = Decimal(100) * all_correct / took_part if took_part else Decimal(0)
    return exact.quantize(Decimal(1).scaleb(-prediction.decimals), ROUND_HALF_UP)


def value_bounds(most: Tally, least: Tally, prediction: PredictionRules) -> tuple[Decimal, Decimal]:
    """The smallest and the largest value, from the counts with everyone and without the doubtful.

    A share is smallest with as few all correct and as many others as there may be, and largest the
    other way round.
    """
    if prediction.who != "percent_all_correct":
        return value_of(least, prediction), value_of(most, prediction)
    fewest_others = Tally(
        least.persons - least.persons_all_correct, least.entries - least.entries_all_correct, 0, 0
    )
    most_others = Tally(
        most.persons - most.persons_all_correct, most.entries - most.entries_all_correct, 0, 0
    )
    return (
        value_of(_together(least, most_others), prediction),
        value_of(_together(most, fewest_others), prediction),
    )


def _together(right: Tally, others: Tally) -> Tally:
    """Those all correct of the one, and these others beside them."""
    return Tally(
        right.persons_all_correct + others.persons,
        right.entries_all_correct + others.entries,
        right.persons_all_correct,
        right.entries_all_correct,
    )


def actual_values(*, round: Round) -> dict[int, ActualValue]:
    """{group id: the true value its entrants are measured against}; {} when nothing is predicted.

    Where the rules freeze it at the first release, later ones keep that release's. Call it after
    grading: all-correct counts read the marks.
    """
    rules = rules_of_round(round=round)
    if rules is not None and rules.result.actual_value_policy == "frozen":
        released = released_values(round=round)
        if released:
            return released
    return computed_values(round=round)


def released_values(*, round: Round) -> dict[int, ActualValue]:
    """The values of the round's first release, by group id; {} before it."""
    first = round.releases.filter(state=ReleaseState.RELEASED).order_by("number").first()
    told = first.document["actual_values"] if first is not None else {}
    groups = dict(round.contest.groups.values_list("code", "pk"))
    return {groups[code]: _as_released(counts) for code, counts in told.items()}


def _as_released(counts: dict[str, Any]) -> ActualValue:
    fields = {name: counts[name] for name in Tally.__dataclass_fields__}
    return ActualValue(Decimal(counts["value"]), Tally(**fields))


def computed_values(*, round: Round) -> dict[int, ActualValue]:
    """The values that the entries give as they are now, by group id."""
    rules = rules_of_round(round=round)
    if rules is None or rules.entry.prediction is None:
        return {}
    prediction = rules.entry.prediction
    values = {}
    for group_id in round.contest.groups.values_list("pk", flat=True):
        counted = tally(round_id=round.pk, scope=prediction.scope, group_id=group_id)
        values[group_id] = ActualValue(value_of(counted, prediction), counted)
    return values


def explain_value(actual: ActualValue, prediction: PredictionRules) -> str:
    """How the value came about, in one sentence for the minutes."""
    counts = actual.tally.__dict__ | {"value": actual.value}
    if prediction.count == "persons":
        return (
            _(
                "Sau khi xử lý bài trùng và bài huỷ: %(persons)s người dự thi, trong đó "
                "%(persons_all_correct)s người trả lời đúng tất cả; giá trị thực là %(value)s."
            )
            % counts
        )
    return (
        _(
            "Sau khi xử lý bài trùng và bài huỷ: %(entries)s lượt thi, trong đó "
            "%(entries_all_correct)s lượt trả lời đúng tất cả; giá trị thực là %(value)s."
        )
        % counts
    )
