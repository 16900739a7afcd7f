"""Signing in with the account of another system (OpenID Connect): its word says who somebody is.

It lets in people who already have an account here, and makes none. The first time they are found
by a claim (staff code or verified e-mail); from then on by the system's own lasting number.
"""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from accounts.domain.audit import record_act
from accounts.models import User


class OtherSystemsAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody makes an account for themselves, here neither."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person; whoever is unknown here is told so on a page of their own."""
        account = sociallogin.account
        said, account.extra_data = _what_was_said(account), {}
        if request.user.is_authenticated:
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("w-account")))
        if sociallogin.is_existing:
            # What the other system told of the person is not kept.
            account.save(update_fields=["extra_data"])
            return
        config = sociallogin.provider.app.settings
        person = find_person(said, claim=config["claim"], matches=config["matches"])
        if person is None:
            page = {"provider": sociallogin.provider.app.name}
            unknown = render(request, "socialaccount/unknown_person.html", page, status=403)
            raise ImmediateHttpResponse(unknown)
        sociallogin.connect(request, person)
        record_act(
            actor=person,
            act="connect_other_system",
            subject=person,
            unit_id=person.unit_id,
            system=account.provider,
        )

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return reverse("w-account")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The diary has it; the person did it this moment."""


def _what_was_said(account: SocialAccount) -> dict[str, Any]:
    data = account.extra_data
    return data.get("userinfo") or data.get("id_token") or data


def find_person(said: dict[str, Any], *, claim: str, matches: str) -> User | None:
    """Whom the claim names: by staff code, or by an e-mail that the other system has verified."""
    value = said.get(claim)
    if not isinstance(value, str) or not value.strip():
        return None
    if matches == "email":
        if said.get("email_verified") is not True:
            return None
        return User.objects.filter(email__iexact=value.strip()).exclude(email="").first()
    return User.objects.filter(username__iexact=value.strip()).first()


def offered_systems() -> list[tuple[str, str]]:
    """(name, address of its sign-in) of each system that is set up."""
    return [
        (provider["name"], reverse("openid_connect_login", args=[provider["id"]]))
        for provider in settings.OIDC_PROVIDERS
    ]
