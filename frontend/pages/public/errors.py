"""Pages for what went wrong, each with what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "frontend/errors/400.html", status=400)


def no_permission(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "frontend/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "frontend/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "frontend/errors/500.html", status=500)
