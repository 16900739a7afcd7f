"""Forms about people and their roles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from frontend.pages.workplace.unit_forms import UnitField

# What each role lets a person do, in the words of those who hand them out.
ROLE_NOTES = {
    Role.AUTHOR: _("Soạn và nhập câu hỏi; thấy đáp án."),
    Role.REVIEWER: _("Duyệt câu hỏi do người khác soạn; thấy đáp án."),
    Role.ORGANISER: _("Lập cuộc thi, chốt đề, chấm, xếp hạng, trình và phê duyệt công bố."),
    Role.UNIT_LEAD: _("Theo dõi việc tham gia của đơn vị mình."),
    Role.JUDGE: _("Chấm phần thi viết, thi sân khấu."),
    Role.EXPORTER: _("Xuất dữ liệu có số điện thoại, số định danh."),
    Role.AUDITOR: _("Xem và đối chiếu, không thay đổi gì."),
    Role.ADMINISTRATOR: _("Quản lý đơn vị, con người và phân quyền."),
}


def role_choices() -> list[tuple[str, str, object]]:
    """Rows of the choice: value, name, what it allows."""
    return [(role.value, role.label, ROLE_NOTES[role]) for role in Role]


class PersonForm(forms.Form):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    username = forms.CharField(
        label=_("Mã cán bộ"), max_length=60, help_text=_("Dùng để đăng nhập; không đổi về sau.")
    )
    email = forms.EmailField(
        label=_("Thư điện tử"), required=False, help_text=_("Dùng để đặt lại mật khẩu khi quên.")
    )
    unit = UnitField(label=_("Đơn vị"))
    roles = forms.MultipleChoiceField(
        label=_("Vai trò tại đơn vị"), choices=Role.choices, required=False
    )


class RolesForm(forms.Form):
    unit = UnitField(label=_("Tại đơn vị"))
    roles = forms.MultipleChoiceField(label=_("Vai trò"), choices=Role.choices, required=False)


class PersonChangeForm(forms.Form):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    phone = forms.CharField(
        label=_("Điện thoại"),
        required=False,
        max_length=20,
        help_text=_("10 chữ số. Mỗi số thuộc một người."),
    )


class TransferForm(forms.Form):
    to = UnitField(label=_("Chuyển đến đơn vị"))
    keep_roles = forms.BooleanField(
        label=_("Giữ các vai trò tại đơn vị cũ"), required=False, initial=False
    )
