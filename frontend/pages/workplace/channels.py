"""Contact channels of units, and the words of the page on “phản ánh, kiến nghị”."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError
from accounts.models import OrgUnit
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.library_access import library_room, reached
from frontend.pages.workplace.refused import add_refusal, form_status
from frontend.pages.workplace.unit_forms import UnitChoice, UnitField, asks_to_search
from training.domain.contact_channels import delete_channel, save_channel
from training.domain.page_texts import (
    FEEDBACK,
    LONGEST,
    has_own_text,
    read_page_text,
    save_page_text,
)
from training.enums import ChannelKind
from training.models import ContactChannel
from training.permissions import KEEP_CHANNELS, RUN_TRAINING, SEE_TRAINING

PER_PAGE = 50
FIELDS = {
    "channel_empty": "value",
    "channel_link_unclear": "value",
    "channel_email_unclear": "value",
}


class ChannelForm(forms.Form):
    unit = UnitField(label=gettext_lazy("Đơn vị"))
    kind = forms.ChoiceField(label=gettext_lazy("Loại kênh"), choices=ChannelKind.choices)
    value = forms.CharField(label=gettext_lazy("Số hoặc địa chỉ"), max_length=300)
    hours = forms.CharField(
        label=gettext_lazy("Giờ làm việc"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Ví dụ: thứ Hai đến thứ Sáu, 7 giờ 30 đến 17 giờ."),
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=200, required=False)
    position = forms.IntegerField(
        label=gettext_lazy("Thứ tự"), min_value=1, max_value=9999, initial=1
    )


@require_GET
@workplace_view(*SEE_TRAINING)
def channels(request: HttpRequest) -> HttpResponse:
    reach = ContactChannel.objects.within_reach_of(request.user, *SEE_TRAINING)
    rows = reach.select_related("unit").order_by("unit__sort_name", "unit__code", "position", "pk")
    kept = ContactChannel.objects.within_reach_of(request.user, *KEEP_CHANNELS)
    context = library_room(
        request,
        "w-channels",
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        kept=set(kept.values_list("pk", flat=True)),
        keeps=_units(request).exists(),
    )
    return render(request, "frontend/workplace/library/channels.html", context)


def _units(request: HttpRequest) -> OrgUnit:
    units = OrgUnit.objects.reached_by(request.user, *KEEP_CHANNELS)
    return units.order_by("sort_name", "code")


@require_http_methods(["GET", "POST"])
@workplace_view(*KEEP_CHANNELS)
def new_channel(request: HttpRequest) -> HttpResponse:
    return _form_page(request)


@require_http_methods(["GET", "POST"])
@workplace_view(*KEEP_CHANNELS)
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    return _form_page(request, reached(request, ContactChannel, pk, *KEEP_CHANNELS))


def _form_page(request: HttpRequest, channel: ContactChannel | None = None) -> HttpResponse:
    names = set(ChannelForm.base_fields) - {"unit"}
    known = {name: getattr(channel, name) for name in names} if channel else None
    form = ChannelForm(request.POST or None, initial=known)
    form.fields["unit"].units = units = _units(request)
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        try:
            save_channel(**form.cleaned_data, user=request.user, channel=channel)
        except DomainError as refusal:
            add_refusal(form, refusal, FIELDS)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("w-channels")
    own = units.filter(pk=request.user.unit_id).first() or units.tops().first()
    unit = UnitChoice(form, "unit", chosen=channel.unit if channel else own)
    context = library_room(request, "w-channels", form=form, channel=channel, unit=unit)
    status = form_status(form)
    return render(request, "frontend/workplace/library/channel_form.html", context, status=status)


@require_POST
@workplace_view(*KEEP_CHANNELS)
def channel_delete(request: HttpRequest, pk: int) -> HttpResponse:
    delete_channel(channel=reached(request, ContactChannel, pk, *KEEP_CHANNELS), user=request.user)
    messages.success(request, _("Đã xoá kênh liên hệ."))
    return redirect("w-channels")


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def feedback_text(request: HttpRequest) -> HttpResponse:
    """The body's own words for the page, or those the product brings along."""
    refusal = None
    if request.method == "POST":
        try:
            save_page_text(code=FEEDBACK, text=request.POST.get("text", ""), user=request.user)
        except DomainError as refused:
            refusal = refused
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("w-feedback-text")
    context = library_room(
        request,
        "w-feedback-text",
        text=request.POST.get("text", read_page_text(FEEDBACK)),
        own=has_own_text(FEEDBACK),
        longest=LONGEST,
        refusal=refusal,
    )
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/library/feedback_text.html", context, status=status)
