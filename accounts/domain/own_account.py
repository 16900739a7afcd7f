"""What is held about someone who signs in, and what granting their requests does."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.audit import record_act
from accounts.domain.audit_labels import register_act_labels
from accounts.domain.data_requests import Subject, Wanted, register_subject
from accounts.domain.people import deactivate_person
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
    "correct_person": gettext_lazy("Sửa thông tin tài khoản theo yêu cầu"),
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


def account_data(user: User) -> list[tuple[str, str]]:
    """(label, value) of everything held about the person as someone who signs in."""
    roles = user.memberships.select_related("unit").order_by("unit__sort_name", "role")
    return [
        (_("Họ và tên"), user.full_name),
        (_("Mã cán bộ"), user.username),
        (_("Thư điện tử"), user.email),
        (_("Đơn vị"), user.unit.name if user.unit else ""),
        (_("Vai trò"), "; ".join(f"{m.get_role_display()} ({m.unit.name})" for m in roles)),
        (_("Tài khoản có từ"), user.joined_at.isoformat(timespec="seconds")),
        (_("Đăng nhập gần nhất"), str(user.last_login or "")),
        (_("Số việc đã ghi nhật ký"), str(AuditEntry.objects.filter(actor=user).count())),
        (_("Số tác vụ đã chạy"), str(user.jobs.count())),
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
    person = User.objects.select_for_update(of=("self",)).get(pk=request.subject_id)
    person.full_name = wanted.get("full_name", person.full_name)[:150]
    person.email = wanted.get("email", person.email).lower()
    person.save(update_fields=["full_name", "email"])
    record_act(actor=user, act="correct_person", subject=person, unit_id=person.unit_id)
    return _("Đã sửa thông tin tài khoản.")


def _close_account(request: DataRequest, wanted: Wanted, user: User, now: datetime) -> str:
    """Nobody gets in any more; who it was goes once the diary need not say it any longer."""
    person = User.objects.get(pk=request.subject_id)
    deactivate_person(person=person, user=user)
    return _(
        "Đã khoá tài khoản. Họ tên, mã cán bộ và địa chỉ được xoá sau 12 tháng, khi nhật ký không "
        "còn phải cho biết ai đã làm việc gì."
    )
