"""What a person asks about their own data: numbered, on a clock of two working days, answered.

The subjects live in the apps above, which register how a request about theirs is described and
carried out (`register_subject`, called in `AppConfig.ready()`).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.crypto import open_text, seal_text
from accounts.domain.audit import record_act
from accounts.domain.short_numbers import random_number
from accounts.domain.working_days import due_after
from accounts.enums import DataRequestKind, DataRequestState, Role
from accounts.errors import DomainError, Fault, Faults, NotAllowed
from accounts.models import DataRequest, OrgUnit, User
from accounts.queries.data_request import DataRequestQuerySet
from accounts.text import nfc

Wanted = dict[str, str]
CarryOut = Callable[[DataRequest, Wanted, User, datetime], str]
OFFICIALS = (Role.ORGANISER, Role.ADMINISTRATOR)


class RequestAnswered(DomainError):
    code = "request_answered"
    status = 409
    message = gettext_lazy("Yêu cầu này đã được trả lời.")
    hint = gettext_lazy("Tải lại trang để xem câu trả lời.")


@dataclass(frozen=True)
class Subject:
    """How one kind of subject is spoken of and served.

    `title`: whom or what a request is about, for the official who answers; `url`: where to look at
    it, or ""; `carry_out`: per kind of request, what granting it does; it returns the sentence that
    tells the person what was done. `answered_by`: the roles that may answer.
    """

    code: str
    title: Callable[[int], str]
    url: Callable[[int], str]
    carry_out: Mapping[str, CarryOut]
    answered_by: Sequence[str] = field(default=OFFICIALS)


SUBJECTS: dict[str, Subject] = {}


def register_subject(subject: Subject) -> None:
    SUBJECTS[subject.code] = subject


def ask(
    *,
    subject_kind: str,
    subject_id: int,
    kind: str,
    unit: OrgUnit | None,
    now: datetime,
    wanted: Wanted | None = None,
) -> DataRequest:
    """Store a request; while one of this kind is open it is that one, with the newer wishes."""
    sealed = seal_text(json.dumps(wanted, ensure_ascii=False)) if wanted else b""
    with transaction.atomic():
        request, created = DataRequest.objects.get_or_create(
            subject_kind=subject_kind,
            subject_id=subject_id,
            kind=DataRequestKind(kind),
            state=DataRequestState.OPEN,
            defaults={
                "number": random_number("YC"),
                "unit": unit,
                "wanted": sealed,
                "asked_at": now,
                "due_at": due_after(now),
            },
        )
        if not created:
            DataRequest.objects.filter(pk=request.pk).update(wanted=sealed)
            request.wanted = sealed
        _record(request, None, f"ask_{kind}")
    return request


def note_done(
    *,
    subject_kind: str,
    subject_id: int,
    kind: str,
    unit: OrgUnit | None,
    now: datetime,
    answer: str,
) -> DataRequest:
    """A request that took effect by itself, kept in the register with its number."""
    request = DataRequest.objects.create(
        number=random_number("YC"),
        kind=DataRequestKind(kind),
        state=DataRequestState.DONE,
        subject_kind=subject_kind,
        subject_id=subject_id,
        unit=unit,
        asked_at=now,
        due_at=due_after(now),
        decided_at=now,
        answer=answer[:600],
    )
    _record(request, None, f"ask_{kind}")
    return request


def wanted_of(request: DataRequest) -> Wanted:
    """What the person typed; {} once it was answered."""
    text = open_text(request.wanted)
    return json.loads(text) if text else {}


def requests_in_reach(user: User) -> DataRequestQuerySet:
    """Requests this person may answer: of subjects their roles answer for, in units they reach."""
    reached = Q(pk=None)
    for subject in SUBJECTS.values():
        units = OrgUnit.objects.reached_by(user, *subject.answered_by)
        reached |= Q(subject_kind=subject.code, unit__in=units)
    return DataRequest.objects.filter(reached)


@transaction.atomic
def grant_request(*, request: DataRequest, user: User, now: datetime) -> DataRequest:
    """Do what was asked and say so. Raises NotAllowed, RequestAnswered, what the act raises."""
    held = _held(request, user)
    act = SUBJECTS[held.subject_kind].carry_out[held.kind]
    answer = act(held, wanted_of(held), user, now)
    return _answered(held, user, now, DataRequestState.DONE, answer)


@transaction.atomic
def refuse_request(*, request: DataRequest, user: User, reason: str, now: datetime) -> DataRequest:
    """Say why it is not done. Raises NotAllowed, RequestAnswered, Faults without a reason."""
    tidy = nfc(reason)
    if not tidy:
        raise Faults(
            [
                Fault(
                    _("Trả lời"),
                    "no_reason",
                    _("Chưa có lý do."),
                    _("Ghi lý do để người yêu cầu đọc được."),
                )
            ]
        )
    return _answered(_held(request, user), user, now, DataRequestState.REFUSED, tidy)


def _held(request: DataRequest, user: User) -> DataRequest:
    """The stored row, locked: two officials who answer at once take turns."""
    if not requests_in_reach(user).filter(pk=request.pk).exists():
        raise NotAllowed
    held = DataRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if held.state != DataRequestState.OPEN:
        raise RequestAnswered
    return held


def _answered(
    request: DataRequest, user: User, now: datetime, state: str, answer: str
) -> DataRequest:
    request.state, request.answer, request.wanted = state, answer[:600], b""
    request.decided_at, request.decided_by = now, user
    request.save(update_fields=["state", "answer", "wanted", "decided_at", "decided_by"])
    _record(request, user, f"{state}_{request.kind}")
    return request


def _record(request: DataRequest, user: User | None, act: str) -> None:
    """`ask_erasure`, `done_correction`, `refused_erasure` …: ids and the number only."""
    record_act(actor=user, act=act, subject=request, unit_id=request.unit_id, number=request.number)


def describe(request: DataRequest) -> tuple[str, str]:
    """(title, address) of what a request is about."""
    subject: Any = SUBJECTS[request.subject_kind]
    return subject.title(request.subject_id), subject.url(request.subject_id)
