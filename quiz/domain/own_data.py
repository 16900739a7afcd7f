"""What is held about one entrant: what, why, until when, who looked; and a copy of it all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.crypto import open_text
from accounts.domain.consents import consents_of
from accounts.models import AuditEntry, Consent, ConsentText, DataRequest
from quiz.domain.appeal_reading import told_answer, told_state
from quiz.domain.erasure import SUBJECT
from quiz.domain.retention import kept_until
from quiz.domain.winners import birth_text, mask_number
from quiz.engine.drawing import draw_paper, read_pool
from quiz.enums import AwardKind, RoundState
from quiz.models import Appeal, Attempt, Award, Entrant, Standing

REVEALS = ("reveal_numbers",)


@dataclass(frozen=True)
class Held:
    """One thing held: `shown` is masked where the way in is a code alone, `value` is whole."""

    code: str
    label: str
    value: str
    shown: str
    why: str


@dataclass(frozen=True)
class Agreed:
    """A consent with the words that were agreed to."""

    consent: Consent
    text: ConsentText
    until: date | None


@dataclass(frozen=True)
class OwnData:
    """Everything one page says to one entrant."""

    entrant: Entrant
    held: list[Held]
    agreed: list[Agreed]
    until: date | None
    revealed: int
    exported: int
    requests: list[DataRequest]
    published: list[Award]


def describe_own_data(*, entrant: Entrant) -> OwnData:
    agreed = list(_agreed(entrant))
    until = [one.until for one in agreed if one.until and one.consent.withdrawn_at is None]
    return OwnData(
        entrant=entrant,
        held=list(_held(entrant)),
        agreed=agreed,
        until=min(until) if until else kept_until(contest=entrant.contest),
        revealed=_looks(entrant),
        exported=_exports(entrant),
        requests=list(DataRequest.objects.about(SUBJECT, entrant.pk)),
        published=list(_published(entrant)),
    )


def _held(entrant: Entrant) -> Iterator[Held]:
    """What was typed or noted, without what is empty."""
    who, reach = _("Xác định người dự thi, tránh trùng."), _("Liên hệ, trả giải.")
    phone, number = open_text(entrant.phone), open_text(entrant.national_id)
    born = birth_text(entrant.birth_date, entrant.birth_precision)
    report = _("Xếp bảng, thống kê tỷ lệ tham gia.")
    rows = [
        ("full_name", _("Họ và tên"), entrant.full_name, None, who),
        ("birth_date", _("Ngày sinh"), born, None, who),
        ("sex", _("Giới tính"), entrant.get_sex_display(), None, report),
        ("phone", _("Điện thoại"), phone, mask_number(phone), reach),
        ("national_id", _("Số định danh cá nhân"), number, mask_number(number), who),
        ("email", _("Thư điện tử"), entrant.email, mask_email(entrant.email), reach),
        ("address", _("Địa chỉ"), entrant.address, None, reach),
        ("staff_code", _("Mã cán bộ"), entrant.staff_code, None, who),
        ("unit", _("Đơn vị"), entrant.unit.name if entrant.unit else "", None, report),
        ("group", _("Đối tượng dự thi"), entrant.group.name, None, report),
    ]
    for code, label, value, masked, why in rows:
        if value:
            yield Held(code, label, value, value if masked is None else masked, why)


def mask_email(email: str) -> str:
    """“lan.nguyen@co-quan.vn” → “l•••@co-quan.vn”."""
    name, at, host = email.partition("@")
    return f"{name[:1]}•••@{host}" if at else ""


def _agreed(entrant: Entrant) -> Iterator[Agreed]:
    for consent, text in consents_of(subject_kind=SUBJECT, subject_id=entrant.pk):
        until = kept_until(contest=entrant.contest, days=text.retention_days)
        yield Agreed(consent, text, until)


def _looks(entrant: Entrant) -> int:
    """How often an official asked for this person's numbers in full."""
    acts = AuditEntry.objects.filter(subject_kind="quiz.entrant", subject_id=entrant.pk)
    return acts.filter(act__in=REVEALS).count()


def _exports(entrant: Entrant) -> int:
    """How often lists of persons of this contest were taken out since the registration."""
    rounds = entrant.contest.rounds.values("pk")
    about = Q(subject_kind="quiz.round", subject_id__in=rounds)
    about |= Q(subject_kind="quiz.contest", subject_id=entrant.contest_id)
    acts = AuditEntry.objects.filter(about, act__startswith="export_")
    return acts.filter(at__gte=entrant.registered_at).aggregate(n=Count("pk"))["n"]


def _published(entrant: Entrant) -> Iterator[Award]:
    """Prizes in a published decision: these stay published."""
    awards = Award.objects.filter(entrant=entrant, kind=AwardKind.PRIZE)
    yield from awards.filter(round__state=RoundState.RELEASED).select_related("round")


def own_copy(*, entrant: Entrant, now: datetime) -> dict[str, Any]:
    """The whole of it as JSON-ready data: every field, every entry with its answers."""
    data = describe_own_data(entrant=entrant)
    listed = entrant.roster_entry
    return {
        "made_at": now.isoformat(timespec="seconds"),
        "contest": {"code": entrant.contest.code, "title": entrant.contest.title},
        "registered_at": entrant.registered_at.isoformat(timespec="seconds"),
        "fields": [
            {"field": one.code, "label": one.label, "value": one.value, "why": one.why}
            for one in data.held
        ],
        "compulsory_list": None
        if listed is None
        else {
            "name": listed.full_name,
            "staff_code": listed.staff_code,
            "birth_date": birth_text(listed.birth_date, listed.birth_precision),
            "exemption": listed.exemption,
        },
        "consents": [
            {
                "purpose": one.text.get_purpose_display(),
                "version": one.text.version,
                "text": one.text.body,
                "given_at": one.consent.given_at.isoformat(timespec="seconds"),
                "given_by": one.consent.given_by,
                "withdrawn": one.consent.withdrawn_at is not None,
            }
            for one in data.agreed
        ],
        "kept_until": data.until.isoformat() if data.until else None,
        "looked_at": {"numbers_revealed": data.revealed, "lists_exported": data.exported},
        "appeals": [_appeal_copy(appeal) for appeal in entrant.appeals.order_by("pk")],
        "attempts": [_attempt_copy(attempt) for attempt in _attempts(entrant)],
        "published": [
            {"round": one.round.name, "prize": one.tier_name, "money": one.money}
            for one in data.published
        ],
    }


def _appeal_copy(appeal: Appeal) -> dict[str, Any]:
    """What somebody complained of and what they were answered."""
    return {
        "number": appeal.number,
        "about": appeal.get_kind_display(),
        "filed_at": appeal.filed_at.isoformat(timespec="seconds"),
        "text": appeal.text,
        "contact": open_text(appeal.contact),
        "emergency_file": appeal.evidence,
        "state": told_state(appeal),
        "answer": told_answer(appeal),
    }


def _attempts(entrant: Entrant) -> Iterator[Attempt]:
    attempts = Attempt.objects.filter(entrant=entrant).select_related("round", "pool", "unit")
    yield from attempts.order_by("round__number", "ordinal")


def _attempt_copy(attempt: Attempt) -> dict[str, Any]:
    """One entry with its questions and what was chosen; marks once the round is released."""
    copy = {
        "round": attempt.round.name,
        "ordinal": attempt.ordinal,
        "state": attempt.get_state_display(),
        "started_at": attempt.started_at.isoformat(timespec="milliseconds"),
        "ended_at": attempt.ended_at and attempt.ended_at.isoformat(timespec="milliseconds"),
        "unit": attempt.unit.name if attempt.unit else "",
        "prediction": None if attempt.prediction is None else f"{attempt.prediction.normalize():f}",
        "answers": _answers(attempt),
        "voided": attempt.voided_at is not None,
    }
    standing = Standing.objects.filter(attempt=attempt.pk, round=attempt.round_id).first()
    if standing is not None and attempt.round.state == RoundState.RELEASED:
        copy |= {
            "score": str(standing.score),
            "correct": standing.correct,
            "total": standing.total,
            "rank": standing.rank,
        }
    return copy


def _answers(attempt: Attempt) -> list[dict[str, Any]]:
    pool = attempt.pool.document
    paper = draw_paper(
        read_pool(pool),
        bytes(attempt.seed),
        shuffle_items=pool["shuffle_items"],
        shuffle_options=pool["shuffle_options"],
    )
    rows = []
    for slot, mask in zip(paper, attempt.answers, strict=True):
        item = pool["items"][slot.item_ref]
        chosen = [text for at, text in enumerate(item["options"]) if mask >> at & 1]
        rows.append({"question": item["stem"], "chosen": chosen})
    return rows
