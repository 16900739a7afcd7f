"""django-allauth's forms in the words of the house."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.adapter import limit_session
from accounts.client_address import client_address
from accounts.domain.contacts import BadContact, find_by_phone, read_contact
from accounts.domain.sending import may_send_letters, may_send_texts
from accounts.domain.sign_in_limits import CODE_TRIES, SECOND_FACTOR, allow_code, allow_reset
from accounts.models import User


class InOurWords(forms.Form):
    """Puts the labels of `labels` on the fields; placeholders only repeat them, so they go."""

    labels: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Typed once: whoever mistypes it asks for a new link, and most let the browser keep it.
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


NEW = _("Mật khẩu mới")


class LoginForm(account.LoginForm):
    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """allauth gives each password sign-in the same length; the house goes by the roles."""
        response = super().login(request, redirect_url)
        if request.user.is_authenticated:
            limit_session(request, request.user)
        return response


class RequestCodeForm(forms.Form):
    """One field for phone or e-mail; whoever is unknown is answered alike and sent nothing."""

    contact = forms.CharField(label=_("Số điện thoại hoặc thư điện tử"), max_length=254)
    _user: User | None = None

    def clean_contact(self) -> str:
        text = self.cleaned_data["contact"]
        kind = "email" if "@" in text else "phone"
        if not (may_send_letters() if kind == "email" else may_send_texts()):
            raise forms.ValidationError(
                _("Hệ thống chưa gửi được mã theo cách này. Dùng mật khẩu, hoặc liên hệ quản trị.")
            )
        try:
            contact = read_contact(kind=kind, text=text)
        except BadContact as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        allow_code(contact=contact, address=client_address(context.request))
        self._user = _find(contact)
        # Under these names allauth's view hands it on.
        self.cleaned_data[kind] = contact
        return contact


def _find(contact: str) -> User | None:
    if "@" not in contact:
        return find_by_phone(contact)
    return next(iter(filter_users_by_email(contact, is_active=True, for_login=True)), None)


class ConfirmCodeForm(InOurWords, account.ConfirmLoginCodeForm):
    labels = {"code": _("Mã trong tin nhắn hoặc thư")}

    def clean_code(self) -> str:
        CODE_TRIES.take(f"{context.request.session.session_key}\0{self.expected_code}")
        return super().clean_code()


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    labels = {"oldpassword": _("Mật khẩu hiện tại"), "password1": NEW}


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    labels = {"password1": NEW}


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    labels = {"email": _("Thư điện tử")}

    def clean_email(self) -> str:
        if not may_send_letters():
            raise forms.ValidationError(
                _("Hệ thống chưa gửi được thư. Đề nghị quản trị của đơn vị cấp liên kết mới.")
            )
        email = super().clean_email()
        allow_reset(contact=email.lower(), address=client_address(context.request))
        return email


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    labels = {"password1": NEW}


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    labels = {"password": _("Mật khẩu")}


class LimitedCodeForm(InOurWords):
    """A try is counted before it is looked at; the right code gives its turn back."""

    labels = {"code": _("Mã xác thực")}

    def clean_code(self) -> str:
        SECOND_FACTOR.take(str(self.user.pk))
        code = super().clean_code()
        SECOND_FACTOR.give_back(str(self.user.pk))
        return code


class AuthenticateForm(LimitedCodeForm, mfa.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(LimitedCodeForm, mfa.ReauthenticateForm):
    pass


class AddPasskeyForm(InOurWords, webauthn.AddWebAuthnForm):
    """Every key kept here signs in by itself, with finger, face or PIN: one kind to explain."""

    labels = {"name": _("Tên gợi nhớ cho khóa")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": _("Khóa trên máy này")}
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 60
        self.fields.pop("passwordless")

    def clean(self) -> dict[str, Any]:
        # allauth checks finger, face or PIN where this was ticked.
        self.cleaned_data["passwordless"] = True
        return super().clean()
