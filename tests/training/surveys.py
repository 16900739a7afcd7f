"""A survey to test with, and people who answer it."""

from datetime import UTC, datetime

from accounts.enums import Role
from accounts.models import OrgUnit, User
from quiz.engine.small_groups import LEAST
from tests.people import make_person, make_unit
from training.domain.survey_answers import give_answer, make_form_token
from training.domain.surveys import create_survey, current_version
from training.models import Survey

NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)
SCALES, FACTS = 6, 3


def make_survey(unit: OrgUnit | None = None) -> tuple[Survey, User]:
    """Of a province with the usual prompts, and its organiser."""
    unit = unit or make_unit("tinh")
    organiser = make_person(f"to.chuc.{unit.code}", Role.ORGANISER, unit=unit)
    survey = create_survey(unit=unit, title="Khảo sát một cửa", user=organiser, now=NOW)
    return survey, organiser


def answer(
    survey: Survey,
    unit: OrgUnit | None = None,
    *,
    level: int = 0,
    remark: str = "",
    token: str = "",
    now: datetime = NOW,
) -> bool:
    """One answer of the same level to each scale."""
    return give_answer(
        version=current_version(survey=survey),
        unit=unit or survey.unit,
        chosen=[level] * SCALES + [0, None, 1],
        remark=remark,
        token=token or make_form_token(),
        now=now,
    )


def answer_many(survey: Survey, unit: OrgUnit | None = None, count: int = LEAST, **said) -> None:
    for _time in range(count):
        answer(survey, unit, **said)
