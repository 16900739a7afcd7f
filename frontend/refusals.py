"""One way to show a refusal: a page for people, code and sentence for machines."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from accounts.errors import DomainError, seconds_to_wait


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or "application/json" in request.headers.get(
        "Accept", ""
    )


def refusal_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The refusal with its own HTTP status; 429 and 503 say when to come back."""
    if wants_json(request):
        response: HttpResponse = JsonResponse(error.as_dict(), status=error.status)
    else:
        response = render(
            request,
            "frontend/public/refusal.html",
            # Nothing that a refusal needs is asked of the database: it may be what refuses.
            {"error": error, "uncounted": True},
            status=error.status,
        )
    if error.status in (429, 503):
        response["Retry-After"] = str(seconds_to_wait(error))
    return response
