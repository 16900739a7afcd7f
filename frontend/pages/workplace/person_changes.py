"""A person corrected, or moved to another unit; both are forms of the person's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.domain.person_changes import transfer_person, update_person
from accounts.errors import DomainError
from accounts.permissions import MANAGE, managed_people, managed_units
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.people import person_page
from frontend.pages.workplace.person_forms import PersonChangeForm, TransferForm
from frontend.pages.workplace.refused import add_refusal
from frontend.pages.workplace.unit_forms import asks_to_search

FIELDS = {
    "name_empty": "full_name",
    "email_invalid": "email",
    "email_taken": "email",
    "phone_invalid": "phone",
    "phone_taken": "phone",
}


@require_POST
@workplace_view(*MANAGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, address, phone."""
    shown = get_object_or_404(managed_people(request.user).select_related("unit"), pk=pk)
    form = PersonChangeForm(request.POST)
    if form.is_valid():
        try:
            update_person(person=shown, user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal, FIELDS)
        else:
            messages.success(request, _("Đã lưu thông tin."))
            return redirect("w-person", pk=pk)
    return person_page(request, shown, change=form)


@require_POST
@workplace_view(*MANAGE)
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """To another unit that the administrator looks after."""
    shown = get_object_or_404(managed_people(request.user).select_related("unit"), pk=pk)
    form = TransferForm(request.POST)
    form.fields["to"].units = managed_units(request.user).valid_on(timezone.localdate())
    if asks_to_search(form, "to") or not form.is_valid():
        return person_page(request, shown, transfer=form)
    unit, keep = form.cleaned_data["to"], form.cleaned_data["keep_roles"]
    try:
        transfer_person(person=shown, unit=unit, user=request.user, keep_roles=keep)
    except DomainError as refusal:
        return person_page(request, shown, transfer=form, refusal=str(refusal))
    told = _("Đã điều chuyển đến “%(unit)s”.") % {"unit": unit.name}
    messages.success(request, told)
    return redirect("w-person", pk=pk)
