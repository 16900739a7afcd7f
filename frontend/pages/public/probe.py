"""Answers a token as only this installation can: how the wizard checks the public address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.interfaces.reachability import answer_probe


@require_GET
@never_cache
def probe(_request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse(answer_probe(token[:64]), content_type="text/plain; charset=ascii")
