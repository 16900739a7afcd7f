"""django-allauth's settings: the ways in, the second factor, other systems' sign-in."""

from typing import Any

import environ

_env = environ.Env()

ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_DISPLAY = "accounts.adapter.display_name"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# Whoever asks for a code or a reset gets the same answer; unknown addresses get no letter either.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "MinhThi: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
# allauth counts in the cache, which each process has for itself when there is no Redis; the
# limits stand in accounts/domain/sign_in_limits.py and are counted in the database.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False

ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 1  # once

ACCOUNT_FORMS = {
    "login": "accounts.sign_in_forms.LoginForm",
    "request_login_code": "accounts.sign_in_forms.RequestCodeForm",
    "confirm_login_code": "accounts.sign_in_forms.ConfirmCodeForm",
    "change_password": "accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "accounts.sign_in_forms.SetPasswordForm",
    "reset_password": "accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.sign_in_forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "accounts.sign_in_forms.AuthenticateForm",
    "reauthenticate": "accounts.sign_in_forms.ReauthenticateByCodeForm",
    "add_webauthn": "accounts.sign_in_forms.AddPasskeyForm",
}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# A passkey asks for finger, face or PIN, so it is both factors at once.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Addresses are typed by administrators; nobody is kept from a second factor for want of one.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "MinhThi"
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1


def openid_settings(providers: list[dict[str, Any]]) -> dict[str, Any]:
    """allauth's form of OIDC_PROVIDERS."""
    apps = [
        {
            "provider_id": provider["id"],
            "name": provider["name"],
            "client_id": provider["client_id"],
            "secret": provider.get("secret", ""),
            "settings": {
                "server_url": provider["server_url"],
                "claim": provider.get("claim", "preferred_username"),
                "matches": provider.get("matches", "username"),
            },
        }
        for provider in providers
    ]
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}


# Other systems whose word on who somebody is counts (accounts/other_systems.py), as JSON:
# [{"id": "tinh", "name": "Tài khoản tỉnh", "server_url": "https://…", "client_id": "…",
#   "secret": "…", "claim": "staff_code", "matches": "username"}]
OIDC_PROVIDERS: list[dict[str, Any]] = _env.json("OIDC_PROVIDERS", default=[])
SOCIALACCOUNT_PROVIDERS = openid_settings(OIDC_PROVIDERS)
SOCIALACCOUNT_ADAPTER = "accounts.other_systems.OtherSystemsAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
# A link, not a form: the CSP lets forms lead to this site alone. Whoever is slipped the link is at
# most signed in as themselves.
SOCIALACCOUNT_LOGIN_ON_GET = True

# Remembered this long after signing in; those who see keys or personal data: for a working day
# (accounts/adapter.py). Whoever is remembered proves nothing anew on the day of a contest.
SESSION_SERIALIZER = "accounts.sealed_sessions.SealedSerializer"
SESSION_COOKIE_AGE = 30 * 86_400
PRIVILEGED_SESSION_SECONDS = 12 * 3_600

# scrypt of 16 MB takes 0.17 s of a core here and its memory makes guessing on graphics cards dear;
# what was stored before (PBKDF2, 0.20 s) is replaced at the next sign-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "full_name")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
