"""The library: materials by kind, subject and audience, and the search over all of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend.pages.public.library_parts import library_context, page_of, typed
from training.domain.file_storage import POSTER
from training.domain.files import file_url
from training.domain.library_search import search_library
from training.domain.material_reading import about_material, subjects_in_use
from training.domain.search_index import KINDS, address_of
from training.enums import LANGUAGES, FileKind, FileState, LibraryAudience, MaterialKind
from training.models import Material, SearchEntry

# The field, and its name in the address.
FILTERS = {"kind": "loai", "subject": "chu-de", "audience": "doi-tuong"}


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Materials, the newest first; with words typed, whatever of the library holds them."""
    text = typed(request)
    chosen = {field: typed(request, name) for field, name in FILTERS.items()}
    context = library_context(
        "library",
        text=text,
        chosen=chosen,
        narrowed=any(chosen.values()),
        kinds=[("", _("Tất cả")), *MaterialKind.choices],
        audiences=[("", _("Tất cả")), *LibraryAudience.choices],
        subjects=[("", _("Tất cả")), *((name, name) for name in subjects_in_use())],
    )
    materials = _narrowed(chosen)
    if text:
        found = search_library(text=text)
        if context["narrowed"]:
            found = found.filter(kind="material", subject_id__in=materials.values("pk"))
        context["page"] = page = page_of(request, found)
        context["rows"] = [_found_row(entry) for entry in page.object_list]
    else:
        context["page"] = page = page_of(request, materials.select_related("unit"))
        context["rows"] = [_row(material) for material in page.object_list]
    return render(request, "frontend/public/library/library.html", context)


def _narrowed(chosen: dict[str, str]) -> Any:
    materials = Material.objects.public()
    return materials.filter(**{field: value for field, value in chosen.items() if value})


def _found_row(entry: SearchEntry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "url": address_of(entry),
        "kind": KINDS[entry.kind].title,
        "lead": entry.lead,
        "at": entry.at,
    }


def newest_materials(count: int) -> list[dict[str, Any]]:
    """What the front page shows of the library."""
    return [_row(one) for one in Material.objects.public().select_related("unit")[:count]]


def _row(material: Material) -> dict[str, Any]:
    return {
        "title": material.title,
        "slug": material.slug,
        "kind": material.get_kind_display(),
        "lead": material.summary,
        "at": material.published_at,
        "unit": material.unit.name,
        "over": bool(material.valid_to and material.valid_to <= timezone.localdate()),
    }


def _public(slug: str) -> Material:
    rows = Material.objects.public().select_related("unit", "about", "file")
    return get_object_or_404(rows, slug=slug)


@require_safe
def material(request: HttpRequest, slug: str) -> HttpResponse:
    """One material, with what it rests on and whether that still holds."""
    shown = _public(slug)
    context = library_context("library", **material_context(request, shown))
    return render(request, "frontend/public/library/material.html", context)


def material_context(request: HttpRequest, material: Material) -> dict[str, Any]:
    """What the page of a material shows, public or tried out by whoever writes it."""
    about = about_material(material=material, today=timezone.localdate())
    return {
        "material": material,
        "about": about,
        "file": _shown_file(material),
        "share_url": request.build_absolute_uri(request.path),
    }


def _shown_file(material: Material) -> dict[str, Any] | None:
    """What the page needs of a file that may be used."""
    file = material.file
    if file is None or file.state != FileState.READY:
        return None
    poster = file.kind == FileKind.VIDEO and file.facts.get("poster")
    return {
        "kind": file.kind,
        "name": file.name,
        "alt": file.alt,
        "url": file_url(file),
        "poster": file_url(file, POSTER) if poster else "",
        "subtitles": _tracks(material) if file.kind == FileKind.VIDEO else [],
        "pages": file.facts.get("pages") if file.kind == FileKind.PDF else None,
    }


def _tracks(material: Material) -> list[tuple[str, Any, str]]:
    """(language, its name, address) of each of a film's subtitles."""
    held = material.subtitles.filter(file__state=FileState.READY).select_related("file")
    return [
        (each.language, LANGUAGES.get(each.language, each.language), file_url(each.file))
        for each in held
    ]


@require_safe
def script(request: HttpRequest, slug: str) -> HttpResponse:
    """The text to be read aloud, in large letters, to print."""
    shown = _public(slug)
    about = about_material(material=shown, today=timezone.localdate())
    context = library_context("library", material=shown, about=about)
    return render(request, "frontend/public/library/script.html", context)
