"""How to reach the units, and the official ways of “phản ánh, kiến nghị”."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.rich_text import to_html
from frontend.pages.public.library_parts import library_context, typed
from training.domain.contact_channels import MOST_UNITS, directory
from training.domain.page_texts import FEEDBACK, read_page_text


@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    text = typed(request)
    units = list(directory(text=text))
    context = library_context("channels", text=text, units=units, more=len(units) == MOST_UNITS)
    return render(request, "frontend/public/library/channels.html", context)


@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    context = library_context("feedback", words=to_html(read_page_text(FEEDBACK)))
    return render(request, "frontend/public/library/feedback.html", context)
