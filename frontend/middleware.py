"""What every answer of the house carries, and how refusals are shown."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from accounts.errors import DomainError
from frontend.refusals import refusal_response

HOT_CSP = "; ".join(
    " ".join([name, *values])
    for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)


class DomainErrorMiddleware:
    """Turns a refusal raised by a page into a page (or JSON) that says what to do next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal_response(request, error) if isinstance(error, DomainError) else None


class HotHeadersMiddleware:
    """The whole of the short chain: the language as LocaleMiddleware finds it, safe headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.urlconf = "config.hot_urls"
        translation.activate(translation.get_language_from_request(request))
        response = self.get_response(request)
        headers = response.headers
        headers["Cache-Control"] = "no-store"
        headers.setdefault("Referrer-Policy", "no-referrer")
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        headers.setdefault("Content-Security-Policy", HOT_CSP)
        return response
