"""How anyone rechecks published results, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.pages.public.keeping import kept_briefly


@require_safe
@kept_briefly
def recheck(request: HttpRequest) -> HttpResponse:
    return render(request, "frontend/public/recheck.html", {"section": "contests"})
