"""Materials of the library as those who run it work on them."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError
from accounts.models import OrgUnit
from frontend.pages.public.library import material_context
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import acted
from frontend.pages.workplace.library_access import library_room, own_unit, reached
from frontend.pages.workplace.material_forms import UPLOAD, MaterialForm
from frontend.pages.workplace.posted_files import posted_again, posted_file
from frontend.pages.workplace.refused import add_refusal, form_status
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from training.domain.materials import (
    change_material,
    create_material,
    publish_material,
    withdraw_material,
)
from training.enums import MaterialKind, MaterialState
from training.models import Material, TrainingFile
from training.permissions import RUN_TRAINING, SEE_TRAINING, may_run_training_at

PER_PAGE = 30
FIELDS = {
    "title_empty": "title",
    "days_out_of_order": "valid_to",
    "link_unclear": "link",
    "citation_too_long": "citations",
    "material_empty": "text",
    "material_file_not_ready": "file",
    "picture_not_described": "alt",
    "alt_missing": "alt",
    "subtitles_alone": "subtitles_vi",
    "subtitles_unusable": "subtitles_vi",
}


@require_GET
@workplace_view(*SEE_TRAINING)
def materials(request: HttpRequest) -> HttpResponse:
    """Those within reach; what rests on something out of force is flagged and may be asked for."""
    reach = Material.objects.within_reach_of(request.user, *SEE_TRAINING)
    flagged = set(reach.out_of_force(timezone.localdate()).values_list("pk", flat=True))
    state, kind = request.GET.get("trang-thai", ""), request.GET.get("loai", "")
    rows = reach.select_related("unit")
    if state == "flagged":
        rows = rows.filter(pk__in=flagged)
    elif state in MaterialState.values:
        rows = rows.filter(state=state)
    if kind in MaterialKind.values:
        rows = rows.filter(kind=kind)
    context = library_room(
        request,
        "w-materials",
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        flagged=flagged,
        state=state,
        kind=kind,
        narrowed=bool(state or kind),
        states=[("", _("Tất cả")), *MaterialState.choices, ("flagged", _("Cần xem lại căn cứ"))],
        kinds=[("", _("Tất cả")), *MaterialKind.choices],
    )
    return render(request, "frontend/workplace/library/materials.html", context)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def new_material(request: HttpRequest) -> HttpResponse:
    form = MaterialForm(request, request.POST or None)
    if _is_sent(form):
        try:
            unit = form.cleaned_data["unit"]
            draft = form.as_draft(_sent_file(request, unit))
            made = create_material(unit=unit, draft=draft, user=request.user)
        except DomainError as refusal:
            add_refusal(form, refusal, FIELDS)
        else:
            messages.success(request, _("Đã lưu bản nháp. Xem thử rồi đăng."))
            return redirect("w-material", pk=made.pk)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def material_form(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reached(request, Material, pk, *RUN_TRAINING)
    posted = request.POST
    form = MaterialForm(request, posted) if posted else MaterialForm.of(request, shown)
    if _is_sent(form):
        try:
            draft = form.as_draft(_sent_file(request, shown.unit))
            change_material(material=shown, draft=draft, user=request.user)
        except DomainError as refusal:
            add_refusal(form, refusal, FIELDS)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("w-material", pk=shown.pk)
    return _form_page(request, form, shown)


def _is_sent(form: MaterialForm) -> bool:
    searching = asks_to_search(form, "unit") or asks_to_search(form, "about")
    return form.is_bound and not searching and form.is_valid()


def _sent_file(request: HttpRequest, unit: OrgUnit) -> TrainingFile | None:
    """The file sent with the form or before it. Raises as `posted_file`."""
    return posted_file(request, UPLOAD, unit=unit, now=timezone.now())


def _form_page(
    request: HttpRequest, form: MaterialForm, material: Material | None = None
) -> HttpResponse:
    context = library_room(
        request,
        "w-materials",
        form=form,
        material=material,
        unit=UnitChoice(form, "unit", chosen=material.unit if material else own_unit(request)),
        has_subtitles=any(bound.value() or bound.errors for bound in form.subtitles()),
        uploaded=posted_again(request, UPLOAD),
        upload_unit=material.unit if material else own_unit(request),
        about=UnitChoice(form, "about", chosen=material.about if material else None),
    )
    status = form_status(form)
    return render(request, "frontend/workplace/library/material_form.html", context, status=status)


@require_GET
@workplace_view(*SEE_TRAINING)
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """The material as its readers see it, and the acts on it."""
    return _show(request, reached(request, Material, pk, *SEE_TRAINING))


def _show(
    request: HttpRequest, material: Material, refusal: DomainError | None = None
) -> HttpResponse:
    context = library_room(
        request,
        "w-materials",
        **material_context(request, material),
        refusal=refusal,
        may_run=may_run_training_at(request.user, material.unit),
        typed=request.POST,
    )
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/library/material.html", context, status=status)


@require_POST
@workplace_view(*RUN_TRAINING)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reached(request, Material, pk, *RUN_TRAINING)

    def act() -> None:
        publish_material(material=shown, user=request.user, now=timezone.now())

    return _acted(request, shown, act, _("Đã đăng lên thư viện."))


@require_POST
@workplace_view(*RUN_TRAINING)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reached(request, Material, pk, *RUN_TRAINING)

    def act() -> None:
        reason = request.POST.get("reason", "")
        withdraw_material(material=shown, reason=reason, user=request.user)

    return _acted(request, shown, act, _("Đã gỡ khỏi thư viện."))


def _acted(
    request: HttpRequest, material: Material, act: Callable[[], None], done: str
) -> HttpResponse:
    def otherwise(refusal: DomainError) -> HttpResponse:
        return _show(request, reached(request, Material, material.pk, *RUN_TRAINING), refusal)

    to = redirect("w-material", pk=material.pk)
    return acted(request, act, said=done, to=to, otherwise=otherwise)
