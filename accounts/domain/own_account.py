"""What is held about someone who signs in, and what granting their requests does."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.dates import show_moment
from accounts.domain.audit_labels import register_act_labels
from accounts.domain.data_requests import Subject, Wanted, register_subject
from accounts.domain.people import deactivate_person
from accounts.domain.person_changes import update_person
from accounts.enums import DataRequestKind, Role
from accounts.errors import Fault, Faults
from accounts.models import AuditEntry, DataRequest, User
from accounts.text import nfc

USER = "accounts.user"
_LABELS = {
    "ask_correction": gettext_lazy("Nhận yêu cầu sửa thông tin %(number)s"),
    "ask_withdrawal": gettext_lazy("Ghi nhận rút lại sự đồng ý %(number)s"),
    "ask_erasure": gettext_lazy("Nhận yêu cầu xoá dữ liệu %(number)s"),
    "done_correction": gettext_lazy("Sửa thông tin theo yêu cầu %(number)s"),
    "done_erasure": gettext_lazy("Xoá dữ liệu theo yêu cầu %(number)s"),
    "refused_correction": gettext_lazy("Trả lời không sửa được, yêu cầu %(number)s"),
    "refused_erasure": gettext_lazy("Trả lời không xoá được, yêu cầu %(number)s"),
    "erase_person": gettext_lazy("Xoá thông tin nhận diện của tài khoản"),
}


def register_own_account() -> None:
    """Called once when Django starts."""
    register_act_labels(_LABELS)
    register_subject(
        Subject(
            code=USER,
            title=lambda pk: str(User.objects.filter(pk=pk).first() or ""),
            url=lambda pk: reverse("w-person", args=[pk]),
            carry_out={
                DataRequestKind.CORRECTION: _correct,
                DataRequestKind.ERASURE: _close_account,
            },
            answered_by=(Role.ADMINISTRATOR,),
        )
    )


OwnData = Callable[[User], list[tuple[str, str]]]
_OWN_DATA: list[OwnData] = []


def register_own_data(read: OwnData) -> None:
    """What an app above holds about someone who signs in, for their copy: (label, value)."""
    _OWN_DATA.append(read)


def own_account_data(user: User) -> list[tuple[str, str]]:
    """The account itself, and what the apps above hold about the person."""
    return account_data(user) + [row for read in _OWN_DATA for row in read(user)]


def account_data(user: User) -> list[tuple[str, str]]:
    """(label, value) of everything held about the person as someone who signs in."""
    roles = user.memberships.select_related("unit").order_by("unit__sort_name", "role")
    return [
        (_("Họ và tên"), user.full_name),
        (_("Mã cán bộ"), user.username),
        (_("Thư điện tử"), user.email),
        (_("Điện thoại"), user.phone_number),
        (_("Đơn vị"), user.unit.name if user.unit else ""),
        (_("Vai trò"), "; ".join(f"{m.get_role_display()} ({m.unit.name})" for m in roles)),
        (_("Tài khoản có từ"), show_moment(user.joined_at)),
        (_("Đăng nhập gần nhất"), show_moment(user.last_login) if user.last_login else ""),
        (_("Thiết bị đang đăng nhập"), "; ".join(_devices(user))),
        (_("Số việc đã ghi nhật ký"), str(AuditEntry.objects.filter(actor=user).count())),
        (_("Số tác vụ đã chạy"), str(user.jobs.count())),
    ]


def _devices(user: User) -> list[str]:
    """“198.51.100.7, Firefox …” of each session that sign-in keeps."""
    return [
        f"{device.ip}, {device.user_agent}"
        for device in UserSession.objects.filter(user=user).order_by("pk")
    ]


def check_wanted(wanted: dict[str, Any]) -> Wanted:
    """The changes that can be asked for. Raises Faults."""
    tidy = {name: nfc(str(wanted.get(name, ""))) for name in ("full_name", "email")}
    if tidy["email"]:
        try:
            validate_email(tidy["email"])
        except ValidationError:
            place, hint = _("Thư điện tử"), _("Ghi địa chỉ dạng ten@co-quan.vn.")
            raise Faults(
                [Fault(place, "malformed", _("Địa chỉ thư điện tử chưa đúng."), hint)]
            ) from None
    return {name: value for name, value in tidy.items() if value}


def _correct(request: DataRequest, wanted: Wanted, user: User, now: datetime) -> str:
    """As the page of people does it. Raises Faults, UnitOutOfReach, PersonOutranks."""
    person = User.objects.select_for_update(of=("self",)).get(pk=request.subject_id)
    update_person(
        person=person,
        full_name=wanted.get("full_name", person.full_name),
        email=wanted.get("email", person.email),
        phone=person.phone_number,
        user=user,
    )
    return _("Đã sửa thông tin tài khoản.")


def _close_account(request: DataRequest, wanted: Wanted, user: User, now: datetime) -> str:
    """Nobody gets in any more; who it was goes once the diary need not say it any longer."""
    person = User.objects.get(pk=request.subject_id)
    deactivate_person(person=person, user=user)
    return _(
        "Đã khoá tài khoản. Họ tên, mã cán bộ và địa chỉ được xoá sau 12 tháng, khi nhật ký không "
        "còn phải cho biết ai đã làm việc gì."
    )
