"""The bulletin for everyone: issues, their articles, the PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from accounts.rich_text import to_html
from frontend.pages.addresses import absolute_url
from frontend.pages.public.library_parts import library_context, page_of
from training.interfaces.pdf.bulletin import write_bulletin
from training.models import Article, Bulletin

PER_PAGE = 12


@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    rows = Bulletin.objects.public().select_related("unit")
    page = page_of(request, rows, PER_PAGE)
    context = library_context("bulletins", page=page)
    return render(request, "frontend/public/library/bulletins.html", context)


@require_safe
def bulletin(request: HttpRequest, slug: str) -> HttpResponse:
    """One issue: its lead and what is in it."""
    shown = _public(slug)
    context = library_context(
        "bulletins",
        bulletin=shown,
        lead=to_html(shown.lead),
        articles=shown.articles.select_related("unit"),
    )
    return render(request, "frontend/public/library/bulletin.html", context)


@require_safe
def bulletin_article(request: HttpRequest, pk: str) -> HttpResponse:
    """One article of a published issue."""
    rows = Article.objects.public().select_related("unit", "bulletin__unit")
    article = get_object_or_404(rows, pk=int(pk) if pk.isdecimal() else 0)
    around = list(article.bulletin.articles.values_list("pk", "title"))
    place = [each for each, _title in around].index(article.pk)
    context = library_context(
        "bulletins",
        article=article,
        html=to_html(article.text),
        before=around[place - 1] if place else None,
        after=around[place + 1] if place + 1 < len(around) else None,
        share_url=absolute_url(request, request.path),
    )
    return render(request, "frontend/public/library/article.html", context)


@require_safe
def bulletin_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    return pdf_answer(_public(slug))


def pdf_answer(bulletin: Bulletin) -> HttpResponse:
    """An issue as a file; always in the language it is written in."""
    with translation.override("vi"):
        content = write_bulletin(bulletin)
    headers = {"Content-Disposition": f'inline; filename="ban-tin-{bulletin.slug}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _public(slug: str) -> Bulletin:
    return get_object_or_404(Bulletin.objects.public().select_related("unit"), slug=slug)
