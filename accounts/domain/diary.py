"""Reading the diary: who sees which lines of it, filtered, and told in words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from accounts.domain.audit_labels import act_sentence, subject_texts
from accounts.domain.days import midnight
from accounts.domain.reveals import reasons_of
from accounts.models import ActReason, AuditEntry, OrgUnit, User
from accounts.permissions import seen_diary

DAY = timedelta(days=1)
PEOPLE_FOUND = 500


@dataclass(frozen=True)
class DiaryFilter:
    """What to look for; what is empty is not asked. `first` and `last` are days in Viet Nam."""

    person: str = ""
    act: str = ""
    kind: str = ""
    subject_id: int | None = None
    first: date | None = None
    last: date | None = None

    def as_params(self) -> dict[str, Any]:
        """For a job's parameters; only what was asked."""
        told = {name: value for name, value in asdict(self).items() if value not in ("", None)}
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in told.items()
        }

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> "DiaryFilter":
        told = dict(params)
        for name in ("first", "last"):
            if name in told:
                told[name] = date.fromisoformat(told[name])
        return cls(**told)


@dataclass(frozen=True)
class DiaryLine:
    """One line as it is read: who did what to what, where, and why if a reason was asked."""

    entry: AuditEntry
    actor: str
    staff_code: str
    sentence: str
    subject: str
    unit: str
    reason: ActReason | None


def read_diary(*, user: User, wanted: DiaryFilter) -> QuerySet[AuditEntry]:
    """The lines within the reader's reach that fit, the newest first."""
    entries = seen_diary(user)
    if wanted.person:
        entries = entries.filter(actor__in=_people_named(wanted.person))
    if wanted.act:
        entries = entries.filter(act=wanted.act)
    if wanted.kind:
        entries = entries.filter(subject_kind=wanted.kind)
    if wanted.subject_id is not None:
        entries = entries.filter(subject_id=wanted.subject_id)
    if wanted.first:
        entries = entries.filter(at__gte=midnight(wanted.first))
    if wanted.last:
        entries = entries.filter(at__lt=midnight(wanted.last + DAY))
    return entries.order_by("-pk")


def _people_named(text: str) -> list[int]:
    """Whoever has this staff code, or a name that holds the words."""
    named = User.objects.filter(Q(username__iexact=text) | Q(full_name__icontains=text))
    return list(named.values_list("pk", flat=True)[:PEOPLE_FOUND])


def describe_lines(entries: Sequence[AuditEntry]) -> list[DiaryLine]:
    """The entries in words: a query for people, units, reasons and each kind of subject."""
    subjects = subject_texts(list(entries))
    reasons = reasons_of(entries=entries)
    people = User.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    units = OrgUnit.objects.in_bulk({entry.unit_id for entry in entries if entry.unit_id})
    lines = []
    for entry in entries:
        actor, unit = people.get(entry.actor_id), units.get(entry.unit_id)
        lines.append(
            DiaryLine(
                entry=entry,
                actor=str(actor) if actor else "",
                staff_code=actor.username if actor else "",
                sentence=act_sentence(entry),
                subject=subjects[entry.pk],
                unit=unit.name if unit else "",
                reason=reasons.get(entry.pk),
            )
        )
    return lines
