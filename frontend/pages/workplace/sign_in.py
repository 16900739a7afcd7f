"""Coming in: the sign-in page, and one-time links."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from accounts.domain.sign_in_links import activate_person, open_activation, use_sign_in_link
from accounts.models import User
from accounts.other_systems import offered_systems
from frontend.pages.workplace.access import NEXT_SESSION_KEY, workplace_view

logger = logging.getLogger(__name__)


class SignInPage(LoginView):
    """allauth's page, with the other systems that are set up."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"systems": offered_systems()}


def to_other_system(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the other system's own page."""
    return _unless_silent(request, openid.login, provider_id)


def from_other_system(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from it, with its word on who somebody is."""
    return _unless_silent(request, openid.callback, provider_id)


def _unless_silent(
    request: HttpRequest, view: Callable[..., HttpResponse], provider_id: str
) -> HttpResponse:
    """A system that is not there, or says what nobody understands, is a page and no failure."""
    try:
        return view(request, provider_id)
    except (RequestException, ValueError, KeyError) as trouble:
        logger.warning("sign-in by %s: %s", provider_id, type(trouble).__name__)
        return render(request, "socialaccount/authentication_error.html", status=503)


def _come_in(request: HttpRequest, user: User, method: str) -> HttpResponse:
    """Sign in as with a password: whoever has set up a second factor is asked for it."""
    record_authentication(request, user, method=method)
    return perform_login(request, Login(user=user))


@require_GET
@never_cache
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """The printed link: one click and inside."""
    return _come_in(request, use_sign_in_link(token=token, now=timezone.now()), "link")


@require_http_methods(["GET", "POST"])
@never_cache
def activate(request: HttpRequest, token: str) -> HttpResponse:
    """Whose account this is, and the choice of its password."""
    now = timezone.now()
    person = open_activation(token=token, now=now)
    faults: list[str] = []
    if request.method == "POST":
        password = request.POST.get("password", "")
        try:
            validate_password(password, person)
        except ValidationError as refusal:
            faults = refusal.messages
        else:
            person = activate_person(token=token, password=password, now=now)
            return _come_in(request, person, "activation")
    page = {"person": person, "faults": faults}
    return render(request, "account/activate.html", page, status=422 if faults else 200)


@workplace_view()
def after_second_factor(request: HttpRequest) -> HttpResponse:
    """Back to where the person was going before the second factor was asked for."""
    return redirect(request.session.pop(NEXT_SESSION_KEY, "workplace"))
