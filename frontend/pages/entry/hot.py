"""What the views of the short chain share. They also work in the full one (tests, `runserver`)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from accounts.errors import DomainError
from frontend.refusals import refusal_response

View = Callable[..., HttpResponse]


def hot(view: View) -> View:
    """A view without session and CSRF: what it acts on is named by a token in the body.

    Refusals become pages or JSON here, because the short chain has no middleware for it.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return private(view(request, *args, **kwargs))
        except DomainError as error:
            return private(refusal_response(request, error))

    return csrf_exempt(wrapped)


def private(response: HttpResponse, *, referrer: str = "no-referrer") -> HttpResponse:
    """The page belongs to one person: never kept, never told to another site.

    Pages with a CSRF token say `same-origin`: under `no-referrer` browsers post with the origin
    "null", which the CSRF check refuses.
    """
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = referrer
    return response


def url_of(name: str, **kwargs: Any) -> str:
    return reverse(name, urlconf=settings.ROOT_URLCONF, kwargs=kwargs)


def see_other(name: str, **kwargs: Any) -> HttpResponse:
    """303: what follows is fetched by GET, whatever was posted."""
    response = HttpResponseRedirect(url_of(name, **kwargs))
    response.status_code = 303
    return response
