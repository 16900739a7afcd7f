"""The second origin, on which packages of strangers are played with none of the site's rights.

A package's scripts may do anything on their origin. So on that host name there is nothing but the
packages and the frame around them: no page of the site, no session, no cookie in either direction.
On the site's own name, the other way round, there is no package.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve

from accounts.errors import DomainError

ROUTES = "frontend.pages.content.urls"
LOOPBACK = ("127.0.0.1", "localhost")


def content_origin(request: HttpRequest) -> str:
    """Where this site's packages are played; "" where no second origin is known.

    Without configuration it is the other name of this very machine: with `make run`, “localhost”.
    """
    if settings.CONTENT_ORIGIN:
        return str(settings.CONTENT_ORIGIN)
    name, colon, port = request.get_host().partition(":")
    if settings.SITE_ORIGIN or name not in LOOPBACK or name == settings.LOOPBACK_CONTENT:
        return ""
    return f"{request.scheme}://{settings.LOOPBACK_CONTENT}{colon}{port}"


def is_content_host(host: str) -> bool:
    """Whether a Host header names the content origin."""
    if settings.CONTENT_ORIGIN:
        return host == urlsplit(settings.CONTENT_ORIGIN).netloc
    return not settings.SITE_ORIGIN and host.partition(":")[0] == settings.LOOPBACK_CONTENT


class ContentOriginMiddleware:
    """Stands before everything else: what is asked of the content host never reaches the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            host = request.get_host()
        except DisallowedHost:
            return self.get_response(request)
        if not is_content_host(host):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        if request.path.startswith(settings.STATIC_URL):
            response = self.get_response(request)
        else:
            response = _answer(request)
        response.cookies.clear()
        return response


def _answer(request: HttpRequest) -> HttpResponse:
    try:
        view, arguments, named = resolve(request.path, ROUTES)
        return view(request, *arguments, **named)
    except Resolver404:
        return _elsewhere(request)
    except DomainError as refusal:
        return HttpResponse(
            f"{refusal}\n", status=refusal.status, content_type="text/plain; charset=utf-8"
        )


def _elsewhere(request: HttpRequest) -> HttpResponse:
    """Who types the wrong one of this machine's two names is led to the site."""
    if settings.CONTENT_ORIGIN or request.method != "GET":
        return HttpResponse(status=404)
    other = next(name for name in LOOPBACK if name != settings.LOOPBACK_CONTENT)
    _name, colon, port = request.get_host().partition(":")
    return HttpResponseRedirect(f"{request.scheme}://{other}{colon}{port}{request.get_full_path()}")
