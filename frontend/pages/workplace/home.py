"""The first page of the workplace: what waits for me, and what I may do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from frontend.pages.workplace.access import workplace_view


@workplace_view()
def workplace(request: HttpRequest) -> HttpResponse:
    return render(request, "frontend/workplace/home.html", {})
