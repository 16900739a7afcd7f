"""Winners under 16: named only with a guardian's recorded consent (Law 91/2025/QH15)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.consents import current_consent_text
from accounts.enums import ConsentPurpose
from accounts.errors import Fault, Faults
from accounts.models import Consent, ConsentText, User
from accounts.text import nfc
from quiz.models import Entrant, Round

FULL_AGE_TO_BE_NAMED = 16
SUBJECT = "quiz.entrant"


def is_minor(birth_date: date | None, on: date) -> bool:
    """Under 16 on a day. Someone born on 29 February is 16 on 1 March of a common year."""
    if birth_date is None:
        return False
    years = on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    return years < FULL_AGE_TO_BE_NAMED


def initials(full_name: str) -> str:
    """“Nguyễn Thị Minh Anh” → “N. T. M. A.”"""
    return " ".join(f"{word[0].upper()}." for word in full_name.split())


def named_with_consent(entrants: Iterable[Entrant]) -> set[int]:
    """Which of these have a recorded, not withdrawn consent to be named."""
    texts = ConsentText.objects.filter(purpose=ConsentPurpose.PUBLISH_MINOR).values("pk")
    given = Consent.objects.filter(
        text_id__in=texts,
        subject_kind=SUBJECT,
        subject_id__in=[entrant.pk for entrant in entrants],
        withdrawn_at__isnull=True,
    )
    return set(given.values_list("subject_id", flat=True))


def unnamed_minors(*, round: Round, entrants: Iterable[Entrant]) -> set[int]:
    """Which of these are under 16 at the round's close without consent to be named.

    Who was erased has no name left to be hidden, nor anybody to consent.
    """
    close = timezone.localdate(round.closes_at)
    named = [entrant for entrant in entrants if entrant.erased_at is None]
    minors = [entrant for entrant in named if is_minor(entrant.birth_date, close)]
    return {entrant.pk for entrant in minors} - named_with_consent(minors)


@transaction.atomic
def record_guardian_consent(*, entrant: Entrant, guardian: str, user: User, now: datetime) -> None:
    """Record that guardian and child agreed to the name being published."""
    if not guardian.strip():
        raise Faults(
            [
                Fault(
                    _("Người giám hộ"),
                    "no_guardian",
                    _("Chưa ghi họ tên người giám hộ."),
                    _("Ghi họ tên cha, mẹ hoặc người giám hộ đã ký đồng ý."),
                )
            ]
        )
    Consent.objects.create(
        text_id=current_consent_text(purpose=ConsentPurpose.PUBLISH_MINOR).pk,
        subject_kind=SUBJECT,
        subject_id=entrant.pk,
        given_at=now,
        given_by=nfc(guardian)[:150],
    )
    record_act(
        actor=user,
        act="guardian_consent",
        subject=entrant,
        unit_id=entrant.contest.unit_id,
    )
