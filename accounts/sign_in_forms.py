"""django-allauth's forms in the words of the house."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from django import forms
from django.utils.translation import gettext_lazy as _


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


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    labels = {"oldpassword": _("Mật khẩu hiện tại"), "password1": NEW}


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    labels = {"password1": NEW}


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    labels = {"email": _("Thư điện tử")}


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    labels = {"password1": NEW}


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    labels = {"password": _("Mật khẩu")}


class AuthenticateForm(InOurWords, mfa.AuthenticateForm):
    labels = {"code": _("Mã xác thực")}


class ReauthenticateByCodeForm(InOurWords, mfa.ReauthenticateForm):
    labels = {"code": _("Mã xác thực")}
