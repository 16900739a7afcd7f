"""What people answered, by unit and period: sums of full pots and nothing smaller."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import OrgUnit, User
from accounts.queries.org_unit import OrgUnitQuerySet
from accounts.text import sort_key
from training.domain.survey_words import option_words
from training.domain.surveys import document_of
from training.engine.surveys import Counts, Prompt, SurveyDocument, add_counts, no_counts, satisfied
from training.models import Survey, SurveyFigures, SurveyRemark, SurveyVersion
from training.permissions import SEE_TRAINING


@dataclass(frozen=True)
class PromptFigures:
    """How often each option of a prompt was chosen, in the order shown."""

    prompt: Prompt
    options: Sequence[tuple[str, int]]

    @property
    def answers(self) -> int:
        return sum(count for _words, count in self.options)


@dataclass(frozen=True)
class PartFigures:
    """A unit or a month: answers, and of all marks given on scales those that are satisfied."""

    label: str
    answers: int
    satisfied: int
    marks: int


@dataclass(frozen=True)
class SurveyResult:
    """Of a version, some units and some months."""

    answers: int
    satisfied: int
    marks: int
    prompts: Sequence[PromptFigures]
    units: Sequence[PartFigures]
    months: Sequence[PartFigures]
    remarks: Sequence[str]


def seen_desks(*, survey: Survey, user: User) -> OrgUnitQuerySet:
    """The units asked whose figures the person may see: theirs and below, of the survey's."""
    reach = OrgUnit.objects.reached_by(user, *SEE_TRAINING)
    return reach.below([survey.unit_id])


def read_result(
    *, version: SurveyVersion, units: OrgUnitQuerySet, first: date, last: date
) -> SurveyResult:
    """Three statements. `first`, `last`: the first days of the months from and to.

    Each figure in it is of `quiz.engine.small_groups.LEAST` answers or more, and so is the
    difference of any two: only whole pots were ever told (training.domain.survey_answers).
    """
    document = document_of(version)
    rows = list(
        SurveyFigures.objects.filter(version=version)
        .between(first, last)
        .at(units)
        .select_related("unit")
    )
    whole = _sum(document, rows)
    good, marks = satisfied(_scales(document, whole))
    told = SurveyRemark.objects.filter(
        version=version, month__gte=first, month__lte=last, unit__in=units
    )
    return SurveyResult(
        answers=sum(row.answers for row in rows),
        satisfied=good,
        marks=marks,
        prompts=[
            PromptFigures(prompt, list(zip(option_words(prompt), row, strict=True)))
            for prompt, row in zip(document.prompts, whole, strict=True)
        ],
        units=_parts(document, ((row.unit.name, row) for row in rows), by_name=True),
        months=_parts(document, ((f"{row.month:%m/%Y}", row) for row in _in_time(rows))),
        # In the order of their random keys.
        remarks=list(told.order_by("pk").values_list("text", flat=True)),
    )


def _in_time(rows: list[SurveyFigures]) -> list[SurveyFigures]:
    return sorted(rows, key=lambda row: row.month)


def _sum(document: SurveyDocument, rows: Sequence[SurveyFigures]) -> Counts:
    return add_counts(no_counts(document), *(row.counts for row in rows))


def _scales(document: SurveyDocument, counts: Counts) -> list[list[int]]:
    both = zip(document.prompts, counts, strict=True)
    return [row for prompt, row in both if prompt.kind == "scale"]


def _parts(
    document: SurveyDocument, labelled: Iterable[tuple[str, SurveyFigures]], by_name: bool = False
) -> list[PartFigures]:
    """One row a label, in the order in which labels come, or by the Vietnamese alphabet."""
    grouped: dict[str, list[SurveyFigures]] = defaultdict(list)
    for label, row in labelled:
        grouped[label].append(row)
    labels = sorted(grouped, key=sort_key) if by_name else list(grouped)
    found = []
    for label in labels:
        rows = grouped[label]
        good, marks = satisfied(_scales(document, _sum(document, rows)))
        found.append(PartFigures(label, sum(row.answers for row in rows), good, marks))
    return found
