"""Forms of the first-run wizard."""

import json
from urllib.parse import quote, urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _
from vietnam_provinces import Province

from accounts.crypto import open_text, seal_text
from accounts.models import Installation

SECURITY = (
    ("smtp+tls", _("STARTTLS (thường là cổng 587)")),
    ("smtp+ssl", _("SSL/TLS (thường là cổng 465)")),
    ("smtp", _("Không mã hoá (chỉ trong mạng nội bộ)")),
)


class BodyForm(forms.Form):
    body_name = forms.CharField(
        label=_("Tên cơ quan"),
        max_length=200,
        help_text=_("Như ghi trên văn bản, ví dụ: Ủy ban nhân dân xã Hòa Thịnh"),
    )
    parent_body = forms.CharField(
        label=_("Cơ quan chủ quản"),
        max_length=200,
        required=False,
        help_text=_("Dòng trên cùng bên trái văn bản. Không có thì để trống."),
    )
    place = forms.CharField(
        label=_("Địa danh trên văn bản"),
        max_length=80,
        required=False,
        help_text=_("Đứng trước ngày tháng, ví dụ: Hòa Thịnh, ngày 05 tháng 02 năm 2026"),
    )
    emblem = forms.FileField(
        label=_("Hình con dấu hoặc biểu trưng"),
        required=False,
        help_text=_("PNG, JPEG hoặc SVG, không quá 2 MB. In trên tờ treo."),
    )
    remove = forms.BooleanField(label=_("Bỏ hình đang có"), required=False)


def province_choices() -> list[tuple[str, str]]:
    found = sorted(Province.iter_all(), key=lambda province: province.code)
    return [("", str(_("Không nạp"))), *((f"{p.code:02d}", p.name) for p in found)]


class UnitsForm(forms.Form):
    province = forms.ChoiceField(
        label=_("Tỉnh, thành phố"),
        choices=province_choices,
        required=False,
        help_text=_("Nạp mọi xã, phường, đặc khu của tỉnh theo danh mục từ 01/7/2025."),
    )
    departments = forms.CharField(
        label=_("Sở, ban, ngành, phòng"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Mỗi dòng một đơn vị. Đơn vị đã có thì giữ nguyên."),
    )


class PeopleForm(forms.Form):
    """Two people: one sets contests up, the other approves."""

    first_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    first_code = forms.CharField(
        label=_("Mã cán bộ"), max_length=60, help_text=_("Dùng để đăng nhập.")
    )
    first_email = forms.EmailField(label=_("Thư điện tử"), required=False)
    second_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    second_code = forms.CharField(
        label=_("Mã cán bộ"), max_length=60, help_text=_("Dùng để đăng nhập.")
    )
    second_email = forms.EmailField(label=_("Thư điện tử"), required=False)
    starter = forms.BooleanField(
        label=_("Nạp bộ câu hỏi khởi đầu để người thứ hai duyệt"), required=False, initial=True
    )


class SendersForm(forms.Form):
    """Passwords are never shown again; an empty box keeps the one stored."""

    security = forms.ChoiceField(label=_("Kết nối"), choices=SECURITY, initial="smtp+tls")
    host = forms.CharField(label=_("Máy chủ thư (SMTP)"), max_length=200, required=False)
    port = forms.IntegerField(label=_("Cổng"), min_value=1, max_value=65535, initial=587)
    name = forms.CharField(label=_("Tên đăng nhập"), max_length=200, required=False)
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Để trống: giữ mật khẩu đã lưu."),
    )
    mail_from = forms.EmailField(label=_("Gửi từ địa chỉ"), required=False)
    gateway = forms.CharField(
        label=_("Cổng tin nhắn (JSON)"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_(
            "Theo tài liệu của nhà cung cấp: url, headers, json; {phone} và {text} là chỗ điền. "
            "Để trống: giữ thiết lập đã lưu."
        ),
    )
    try_letter = forms.EmailField(label=_("Gửi thử đến địa chỉ"), required=False)
    try_text = forms.CharField(label=_("Gửi thử đến số"), max_length=20, required=False)

    def mail_url(self, held: Installation) -> str:
        """`smtp+tls://name:password@host:port` of what was typed, "" without a server."""
        given = self.cleaned_data
        if not given["host"]:
            return ""
        known = urlsplit(open_text(held.mail_url)) if held.mail_url else urlsplit("")
        same = known.hostname == given["host"].lower()
        password = quote(given["password"], safe="") or (known.password or "" if same else "")
        user = quote(given["name"], safe="")
        login = f"{user}:{password}@" if user else ""
        return f"{given['security']}://{login}{given['host']}:{given['port']}"


def stored_senders(held: Installation) -> dict[str, object]:
    """The form's first values: everything stored but secrets."""
    if not held.mail_url:
        return {"mail_from": held.mail_from}
    parts = urlsplit(open_text(held.mail_url))
    return {
        "security": parts.scheme,
        "host": parts.hostname,
        "port": parts.port,
        "name": parts.username,
        "mail_from": held.mail_from,
    }


def sealed(text: str) -> bytes:
    """What is stored of a setting that holds a password."""
    return seal_text(text) if text else b""


def gateway_name(held: Installation) -> str:
    """The host of the stored gateway: all of it that is shown."""
    if not held.text_sender:
        return ""
    return urlsplit(json.loads(open_text(held.text_sender)).get("url", "")).hostname or ""


class AddressForm(forms.Form):
    address = forms.CharField(
        label=_("Địa chỉ công khai"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: https://thi.tinh.gov.vn; trong mạng nội bộ: http://192.168.1.10:8000"),
    )
