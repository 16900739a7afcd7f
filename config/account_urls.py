"""The routes of django-allauth that MinhThi uses, and no others: each has a row in the tests."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as other_systems
from django.urls import path, re_path
from django.views.generic import RedirectView

from frontend.pages.workplace.sign_in import SignInPage, from_other_system, to_other_system

urlpatterns = [
    path("dang-nhap/", SignInPage.as_view(), name="account_login"),
    path("dang-nhap/ma/", account.request_login_code, name="account_request_login_code"),
    path("dang-nhap/ma/nhap/", account.confirm_login_code, name="account_confirm_login_code"),
    path("dang-nhap/khoa/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "dang-nhap/he-thong/da-huy/",
        other_systems.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
    path("dang-nhap/he-thong/<str:provider_id>/", to_other_system, name="openid_connect_login"),
    path(
        "dang-nhap/he-thong/<str:provider_id>/ve/",
        from_other_system,
        name="openid_connect_callback",
    ),
    path("dang-xuat/", account.logout, name="account_logout"),
    # Nobody signs up: the page says who makes accounts.
    path("dang-ky/", account.signup, name="account_signup"),
    path("ngung-dung/", account.account_inactive, name="account_inactive"),
    path("xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("doi-mat-khau/", account.password_change, name="account_change_password"),
    path("dat-mat-khau/", account.password_set, name="account_set_password"),
    path("quen-mat-khau/", account.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "quen-mat-khau/xong/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("hai-lop/", mfa.index, name="mfa_index"),
    path("hai-lop/nhap-ma/", mfa.authenticate, name="mfa_authenticate"),
    path("hai-lop/xac-nhan-lai/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "hai-lop/xac-nhan-lai/khoa/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    # allauth leads here after a key is removed; all ways stand on one page.
    path("hai-lop/khoa/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("hai-lop/khoa/them/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("hai-lop/khoa/<int:pk>/xoa/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("hai-lop/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("hai-lop/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("hai-lop/ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "hai-lop/ma-du-phong/tao-moi/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "hai-lop/ma-du-phong/tai-ve/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
