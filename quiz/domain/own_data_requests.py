"""What an entrant asks about their own data, and what granting it does.

Withdrawing takes effect at once and by itself: it needs nobody's leave. Corrections and erasure are
decided by a person of the organising body within two working days.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.birth_dates import read_birth_date
from accounts.crypto import open_text
from accounts.domain.audit import record_act
from accounts.domain.audit_labels import register_act_labels
from accounts.domain.consents import withdraw_consents
from accounts.domain.data_requests import Subject, Wanted, ask, note_done, register_subject
from accounts.enums import BirthPrecision, ConsentPurpose, DataRequestKind
from accounts.errors import Fault, Faults
from accounts.models import DataRequest, OrgUnit, User
from accounts.text import fold, nfc
from quiz.domain.erasure import SUBJECT, erase_entrant
from quiz.domain.registration import identity_index, sort_name
from quiz.domain.registration_input import Identity
from quiz.domain.rule_sets import rules_of
from quiz.errors import UnknownCode
from quiz.models import Entrant

CORRECTABLE = ("full_name", "birth_date", "unit")
_LABELS = {
    "withdraw_consent": gettext_lazy("Người dự thi rút lại sự đồng ý"),
    "withdraw_publishing": gettext_lazy("Rút lại sự đồng ý công bố tên người dưới 16 tuổi"),
    "correct_entrant": gettext_lazy("Sửa thông tin người dự thi theo yêu cầu"),
    "copy_own_data": gettext_lazy("Người được lưu dữ liệu tải bản sao của mình"),
    "erase_entrant": gettext_lazy("Xoá thông tin nhận diện của người dự thi"),
}


def register_entrant_requests() -> None:
    """Called once when Django starts."""
    register_act_labels(_LABELS)
    register_subject(
        Subject(
            code=SUBJECT,
            title=_title,
            url=_url,
            carry_out={DataRequestKind.CORRECTION: _correct, DataRequestKind.ERASURE: _erase},
        )
    )


def _title(pk: int) -> str:
    found = Entrant.objects.select_related("contest").filter(pk=pk).first()
    return f"{found.full_name} – {found.contest.title}" if found else ""


def _url(pk: int) -> str:
    contest = Entrant.objects.filter(pk=pk).values_list("contest", flat=True).first()
    return reverse("w-entrant", args=[contest, pk]) if contest else ""


def _check_named(entrant: Entrant) -> None:
    """Someone erased has nothing left to ask about. Raises UnknownCode."""
    if entrant.erased_at is not None:
        raise UnknownCode


def ask_erasure(*, entrant: Entrant, now: datetime) -> DataRequest:
    """Raises UnknownCode for someone erased meanwhile."""
    _check_named(entrant)
    return ask(
        subject_kind=SUBJECT,
        subject_id=entrant.pk,
        kind=DataRequestKind.ERASURE,
        unit=entrant.contest.unit,
        now=now,
    )


def ask_correction(*, entrant: Entrant, wanted: Wanted, now: datetime) -> DataRequest:
    """`wanted`: {field of CORRECTABLE: what should stand there}. Raises Faults, UnknownCode."""
    _check_named(entrant)
    tidy = {name: nfc(str(wanted.get(name, "")))[:150] for name in CORRECTABLE}
    tidy = {name: value for name, value in tidy.items() if value}
    if not tidy:
        raise Faults([_fault(_("Chưa ghi mục nào cần sửa."), _("Điền ít nhất một ô."))])
    _read_changes(tidy)
    return ask(
        subject_kind=SUBJECT,
        subject_id=entrant.pk,
        kind=DataRequestKind.CORRECTION,
        unit=entrant.contest.unit,
        now=now,
        wanted=tidy,
    )


@transaction.atomic
def withdraw(*, entrant: Entrant, now: datetime) -> DataRequest:
    """Take the consent to take part back: no further attempt begins and no prize is considered.

    What a signed decision published stays published. Done once, however often it is asked.
    """
    held = Entrant.objects.select_for_update(of=("self",)).get(pk=entrant.pk)
    _check_named(held)
    if held.withdrawn_at is not None:
        about = DataRequest.objects.about(SUBJECT, held.pk)
        if noted := about.filter(kind=DataRequestKind.WITHDRAWAL).first():
            return noted
    Entrant.objects.filter(pk=held.pk).update(withdrawn_at=now, may_win=False)
    answer = _("Đã có hiệu lực: không bắt đầu được lượt thi mới, bài đã thi không được xét giải.")
    purposes = [ConsentPurpose.ENTER_CONTEST, ConsentPurpose.PUBLISH_MINOR]
    return _withdraw(held, purposes, "withdraw_consent", answer, now)


@transaction.atomic
def withdraw_publishing(*, entrant: Entrant, now: datetime) -> DataRequest:
    """Guardian and child no longer agree to the name being published: from now on, initials."""
    answer = _(
        "Từ bây giờ trang kết quả chỉ ghi chữ cái đầu của họ tên. Những bản đã tải về trước đó "
        "không thu hồi được."
    )
    purposes = [ConsentPurpose.PUBLISH_MINOR]
    return _withdraw(entrant, purposes, "withdraw_publishing", answer, now)


def _withdraw(
    entrant: Entrant, purposes: list[ConsentPurpose], act: str, answer: str, now: datetime
) -> DataRequest:
    """Take back the consents given for these purposes; the request is answered as it is made."""
    withdraw_consents(subject_kind=SUBJECT, subject_id=entrant.pk, purposes=purposes, now=now)
    record_act(actor=None, act=act, subject=entrant, unit_id=entrant.contest.unit_id)
    return note_done(
        subject_kind=SUBJECT,
        subject_id=entrant.pk,
        kind=DataRequestKind.WITHDRAWAL,
        unit=entrant.contest.unit,
        now=now,
        answer=answer,
    )


def _fault(message: str, hint: str) -> Fault:
    return Fault(_("Sửa thông tin"), "malformed", message, hint)


def _read_changes(wanted: Wanted) -> dict[str, Any]:
    """The columns that a correction sets. Raises Faults."""
    changes: dict[str, Any] = {}
    if name := wanted.get("full_name"):
        changes |= {"full_name": name, "folded_name": fold(name), "sort_name": sort_name(name)}
    if born := wanted.get("birth_date"):
        try:
            day, precision = read_birth_date(born)
        except ValueError as error:
            raise Faults([_fault(str(error), "")]) from None
        changes |= {"birth_date": day, "birth_precision": precision}
    if code := wanted.get("unit"):
        unit = OrgUnit.objects.filter(code=code).first()
        if unit is None:
            raise Faults(
                [_fault(_("Không tìm thấy đơn vị này."), _("Chọn đơn vị trong danh sách."))]
            )
        changes["unit"] = unit
    return changes


def _correct(request: DataRequest, wanted: Wanted, user: User, now: datetime) -> str:
    """Set the columns and what is derived from them. Entries keep the unit they were made under,
    because it is part of what each of them committed to.
    """
    entrant = Entrant.objects.select_for_update(of=("self",)).get(pk=request.subject_id)
    _check_named(entrant)
    changes = _read_changes(wanted)
    for name, value in changes.items():
        setattr(entrant, name, value)
    rules = rules_of(contest=entrant.contest)
    if rules is not None:
        entrant.identity_index = identity_index(
            entrant.contest_id, rules.entry.identity_key, _identity(entrant)
        )
    entrant.save(update_fields=[*changes, "identity_index"])
    record_act(
        actor=user,
        act="correct_entrant",
        subject=entrant,
        unit_id=entrant.contest.unit_id,
        fields=sorted(wanted),
    )
    return _("Đã sửa theo yêu cầu. Bài đã thi vẫn tính theo đơn vị lúc thi.")


def _identity(entrant: Entrant) -> Identity:
    """The entrant as registering read them, for the index by which duplicates are found."""
    return Identity(
        full_name=entrant.full_name,
        birth_date=entrant.birth_date,
        birth_precision=BirthPrecision(entrant.birth_precision),
        sex=entrant.sex,
        phone=open_text(entrant.phone),
        national_id=open_text(entrant.national_id),
        email=entrant.email,
        address=entrant.address,
        unit=entrant.unit.code if entrant.unit else "",
        staff_code=entrant.staff_code,
    )


def _erase(request: DataRequest, wanted: Wanted, user: User, now: datetime) -> str:
    entrant = Entrant.objects.select_related("contest").get(pk=request.subject_id)
    erase_entrant(entrant=entrant, user=user, now=now)
    return _(
        "Đã xoá thông tin nhận diện. Giữ lại số liệu thống kê không tên và, nếu đã đạt giải, họ "
        "tên, đơn vị, kết quả trong quyết định đã công bố."
    )
