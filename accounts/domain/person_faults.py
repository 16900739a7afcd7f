"""What is wrong with a name, staff code, address or phone as somebody gives it."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.errors import Fault
from accounts.models import User
from accounts.models.user import phone_marks
from accounts.phones import read_phone


def name_faults(name: str) -> list[Fault]:
    if name:
        return []
    place, message = _("Họ và tên"), _("Chưa có họ và tên.")
    return [Fault(place, "name_empty", message, _("Nhập họ và tên đầy đủ."))]


def username_faults(username: str) -> list[Fault]:
    place = _("Mã cán bộ")
    if not username:
        return [Fault(place, "username_empty", _("Chưa có mã cán bộ."), _("Nhập mã để đăng nhập."))]
    try:
        User._meta.get_field("username").run_validators(username)  # noqa: SLF001
    except ValidationError:
        hint = _("Chỉ dùng chữ, số và các dấu @ . + - _, không có khoảng trắng.")
        return [Fault(place, "username_invalid", _("Mã cán bộ không hợp lệ."), hint)]
    if User.objects.filter(username__iexact=username).exists():
        message = _("Mã “%(code)s” đã có người dùng.") % {"code": username}
        return [Fault(place, "username_taken", message, _("Kiểm tra lại hoặc chọn mã khác."))]
    return []


def email_faults(email: str, person: User | None = None) -> list[Fault]:
    """`person` may keep the address they have."""
    place = _("Thư điện tử")
    if not email or (person and email.lower() == person.email):
        return []
    try:
        validate_email(email)
    except ValidationError:
        hint = _("Kiểm tra lại hoặc để trống.")
        return [Fault(place, "email_invalid", _("Địa chỉ thư điện tử không hợp lệ."), hint)]
    if User.objects.filter(email__iexact=email).exists():
        message = _("Địa chỉ thư này đã thuộc một người khác.")
        return [Fault(place, "email_taken", message, _("Dùng địa chỉ khác hoặc để trống."))]
    return []


def phone_faults(phone: str, person: User | None = None) -> list[Fault]:
    """`person` may keep the number they have."""
    place = _("Số điện thoại")
    if not phone:
        return []
    try:
        number = read_phone(phone)
    except ValueError as refusal:
        return [Fault(place, "phone_invalid", str(refusal), _("Kiểm tra lại hoặc để trống."))]
    bearers = User.objects.filter(phone_index__in=phone_marks(number))
    if (bearers.exclude(pk=person.pk) if person else bearers).exists():
        message = _("Số điện thoại này đã thuộc một người khác.")
        return [Fault(place, "phone_taken", message, _("Dùng số khác hoặc để trống."))]
    return []
