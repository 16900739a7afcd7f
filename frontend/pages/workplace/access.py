"""The door of every workplace page."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.permissions import holds_any, needs_second_factor

View = Callable[..., HttpResponse]
NEXT_SESSION_KEY = "after_second_factor"


def workplace_view(*roles: str, second_factor: bool | None = None) -> Callable[[View], View]:
    """Lets in who holds one of `roles` at any unit; without roles, everyone signed in.

    Anonymous: 302 to the sign-in page. No role: the 403 page. Someone whose roles ask for a second
    factor and who has none yet: 302 to its set-up, and back here after it (`second_factor=False`
    leaves that out; pages without roles leave it out unless told otherwise). What lies out of
    reach is the view's own 404, by the scoped queryset it reads from.
    """
    ask_second_factor = bool(roles) if second_factor is None else second_factor

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if roles and not holds_any(request.user, *roles):
                raise PermissionDenied
            if ask_second_factor and needs_second_factor(request.user):
                return ask_for_second_factor(request)
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        return login_required(checked)

    return decorate


def ask_for_second_factor(request: HttpRequest) -> HttpResponseRedirect:
    """To the set-up page, keeping where the person was going."""
    if request.method == "GET":
        request.session[NEXT_SESSION_KEY] = request.get_full_path()
    return HttpResponseRedirect(reverse("mfa_activate_totp"))
