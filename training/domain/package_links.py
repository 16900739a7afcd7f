"""Unguessable, short-lived addresses of packages and of what is said about them.

On the content origin nobody is signed in: the address is the right. It names the site that may
frame what is shown, so that an address carried elsewhere frames nowhere.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer

from training.domain.scorm_errors import LinkOver
from training.models import Enrolment, Lesson, TrainingFile

HOUR = 3600
# Whole slots, so that a page opened again finds what the browser kept.
SLOT, LASTS = 6 * HOUR, 18 * HOUR
_OPENS = Signer(salt="training.package.open")
_SAVES = Signer(salt="training.package.save")


@dataclass(frozen=True)
class PackageLink:
    """What an address opens: a file's package, framed by `site` alone."""

    file: TrainingFile
    site: str


def package_token(*, file: TrainingFile, site: str, now: datetime) -> str:
    return _OPENS.sign_object([file.pk, site, _until(now)])


def open_package_token(*, token: str, now: datetime) -> PackageLink:
    """Raises LinkOver."""
    pk, site = _opened(_OPENS, token, now)
    file = TrainingFile.objects.filter(pk=pk).first()
    if file is None:
        raise LinkOver
    return PackageLink(file, site)


def save_token(*, enrolment: Enrolment, lesson: Lesson, now: datetime) -> str:
    """For the last word of a page that is being closed."""
    return _SAVES.sign_object([enrolment.pk, lesson.pk, _until(now)])


def open_save_token(*, token: str, now: datetime) -> tuple[Enrolment, Lesson]:
    """Raises LinkOver."""
    enrolment_pk, lesson_pk = _opened(_SAVES, token, now)
    enrolment = Enrolment.objects.select_related("course").filter(pk=enrolment_pk).first()
    lesson = Lesson.objects.select_related("module", "file").filter(pk=lesson_pk).first()
    if enrolment is None or lesson is None:
        raise LinkOver
    return enrolment, lesson


def _until(now: datetime) -> int:
    return int(now.timestamp()) // SLOT * SLOT + LASTS


def _opened(signer: Signer, token: str, now: datetime) -> list:
    try:
        first, second, until = signer.unsign_object(token)
    except (BadSignature, ValueError, TypeError) as forged:
        raise LinkOver from forged
    if now.timestamp() >= until:
        raise LinkOver
    return [first, second]
