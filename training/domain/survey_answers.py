"""Answering a survey: counted into a pot, told with nine others, never kept.

Nothing that is stored says who answered, from where, with what device or when; nor what one person
answered: a pot holds sums over prompts. Figures grow by whole pots alone, so each difference
between two figures, of months, of units or of yesterday and today, is of `LEAST` answers or more.
"""

import hmac
import random
import secrets
from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from accounts.crypto import keyed_digest
from accounts.models import OrgUnit
from accounts.text import nfc
from quiz.engine.small_groups import LEAST
from training.domain.survey_errors import SurveyClosed, SurveyFormOld, SurveyNotFound
from training.domain.surveys import document_of
from training.engine.surveys import Counts, add_counts, count_answer, no_counts
from training.models import (
    Survey,
    SurveyFigures,
    SurveyPot,
    SurveyRemark,
    SurveyVersion,
)

LONGEST_REMARK = 1000
_PURPOSE = "survey-form"
_SEND = "INSERT INTO training_surveyturn (digest, day) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_shuffle = random.SystemRandom()


def make_form_token() -> str:
    """The random value of one form, with our own mark: an answer needs a form that we drew."""
    value = secrets.token_hex(16)
    return f"{value}.{_mark(value)}"


def _mark(value: str) -> str:
    return keyed_digest(_PURPOSE, value.encode()).hex()[:24]


def find_desk(*, code: str, unit_code: str) -> tuple[Survey, OrgUnit]:
    """The survey and the desk that asks it; without a code, its own unit. Raises SurveyNotFound."""
    survey = Survey.objects.select_related("unit").filter(code=code).first()
    if survey is None:
        raise SurveyNotFound
    if not unit_code or unit_code == survey.unit.code:
        return survey, survey.unit
    below = OrgUnit.objects.below([survey.unit_id]).valid_on(timezone.localdate())
    unit = below.filter(code=unit_code).first()
    if unit is None:
        raise SurveyNotFound
    return survey, unit


def give_answer(
    *,
    version: SurveyVersion,
    unit: OrgUnit,
    chosen: Sequence[int | None],
    remark: str,
    token: str,
    now: datetime,
) -> bool:
    """Count one answer; False for a form that was sent before, which counts once.

    Raises SurveyClosed, SurveyFormOld for a form that is not ours or does not fit what is asked.
    """
    if not version.survey.is_open:
        raise SurveyClosed
    value, _dot, mark = token.partition(".")
    if not hmac.compare_digest(mark.encode(), _mark(value).encode()):
        raise SurveyFormOld
    try:
        counts = count_answer(document_of(version), chosen)
    except ValueError:
        raise SurveyFormOld from None
    today = timezone.localdate(now)
    with transaction.atomic():
        if not _first_time(value, today):
            return False
        _put(version, unit, counts, nfc(remark)[:LONGEST_REMARK], today)
    return True


def _first_time(value: str, today: date) -> bool:
    digest = keyed_digest(_PURPOSE + "-sent", value.encode())[:16]
    with connection.cursor() as cursor:
        cursor.execute(_SEND, [digest, today])
        return cursor.rowcount == 1


def _put(version: SurveyVersion, unit: OrgUnit, counts: Counts, remark: str, today: date) -> None:
    empty = no_counts(document_of(version))
    SurveyPot.objects.get_or_create(version=version, unit=unit, defaults={"counts": empty})
    pot = SurveyPot.objects.select_for_update().get(version=version, unit=unit)
    pot.answers += 1
    pot.counts = add_counts(pot.counts, counts)
    if remark:
        pot.remarks.insert(_shuffle.randrange(len(pot.remarks) + 1), remark)
    if pot.answers >= LEAST:
        _tell(pot, today.replace(day=1))
        pot.answers, pot.counts, pot.remarks = 0, empty, []
    pot.save()


def _tell(pot: SurveyPot, month: date) -> None:
    """A full pot becomes part of the month's figures."""
    place = {"version": pot.version, "unit": pot.unit, "month": month}
    start = {"answers": 0, "counts": no_counts(document_of(pot.version))}
    SurveyFigures.objects.get_or_create(**place, defaults=start)
    held = SurveyFigures.objects.select_for_update().get(**place)
    held.answers += pot.answers
    held.counts = add_counts(held.counts, pot.counts)
    held.save(update_fields=["answers", "counts"])
    SurveyRemark.objects.bulk_create(SurveyRemark(**place, text=text) for text in pot.remarks)
