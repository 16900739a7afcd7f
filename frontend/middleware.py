"""How refusals are shown."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.errors import DomainError
from frontend.refusals import refusal_response


class DomainErrorMiddleware:
    """Turns a refusal raised by a page into a page (or JSON) that says what to do next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal_response(request, error) if isinstance(error, DomainError) else None
