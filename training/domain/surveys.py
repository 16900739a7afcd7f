"""Surveys: made, worded anew as versions, opened and closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from accounts.domain.audit import record_act
from accounts.errors import NotAllowed
from accounts.models import OrgUnit, User
from accounts.text import free_code, nfc, slug_of, tidy_values
from training.domain.survey_errors import DocumentRefused
from training.domain.survey_words import usual_document
from training.engine.surveys import SurveyDocument
from training.models import Survey, SurveyVersion
from training.permissions import RUN_TRAINING


def read_document(data: Mapping[str, Any]) -> SurveyDocument:
    """What was posted, its texts tidied. Raises DocumentRefused."""
    try:
        return SurveyDocument.model_validate(tidy_values(data))
    except ValidationError:
        raise DocumentRefused from None


def document_of(version: SurveyVersion) -> SurveyDocument:
    """What a stored version asks."""
    return SurveyDocument.model_validate(version.document)


def may_run_survey(user: User, survey: Survey) -> bool:
    reach = Survey.objects.within_reach_of(user, *RUN_TRAINING)
    return reach.filter(pk=survey.pk).exists()


def _require_may_run(user: User, survey: Survey) -> None:
    if not may_run_survey(user, survey):
        raise NotAllowed


@transaction.atomic
def create_survey(*, unit: OrgUnit, title: str, user: User, now: datetime) -> Survey:
    """A survey of the usual prompts, open at once. Raises NotAllowed."""
    if not OrgUnit.objects.reached_by(user, *RUN_TRAINING).filter(pk=unit.pk).exists():
        raise NotAllowed
    title = nfc(title)
    taken = set(Survey.objects.values_list("code", flat=True))
    code = free_code(slug_of(title, length=50, default="khao-sat"), taken)
    survey = Survey.objects.create(unit=unit, code=code, title=title)
    record_act(actor=user, act="create_survey", subject=survey, unit_id=unit.pk)
    _publish(survey, usual_document(), user, now)
    return survey


@transaction.atomic
def publish_version(
    *, survey: Survey, document: SurveyDocument, user: User, now: datetime
) -> SurveyVersion:
    """From now on this is asked; the figures of versions before stay as they are.

    Nothing new in it gives back the version that is asked already. Raises NotAllowed.
    """
    _require_may_run(user, survey)
    Survey.objects.select_for_update().get(pk=survey.pk)
    held = current_version(survey=survey)
    if document_of(held) == document:
        return held
    return _publish(survey, document, user, now)


def _publish(survey: Survey, document: SurveyDocument, user: User, now: datetime) -> SurveyVersion:
    number = survey.versions.count() + 1
    made = SurveyVersion.objects.create(
        survey=survey,
        number=number,
        document=document.model_dump(mode="json"),
        published_at=now,
        published_by=user,
    )
    record_act(
        actor=user,
        act="publish_survey",
        subject=survey,
        unit_id=survey.unit_id,
        version=number,
    )
    return made


def current_version(*, survey: Survey) -> SurveyVersion:
    """The one that is asked."""
    return survey.versions.order_by("-number")[0]


@transaction.atomic
def set_open(*, survey: Survey, is_open: bool, user: User) -> None:
    """Take answers, or no longer. Raises NotAllowed."""
    _require_may_run(user, survey)
    survey.is_open = is_open
    survey.save(update_fields=["is_open"])
    act = "open_survey" if is_open else "close_survey"
    record_act(actor=user, act=act, subject=survey, unit_id=survey.unit_id)
