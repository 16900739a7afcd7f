"""People: who signs in here, with which roles, and how they get in the first time."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.people import (
    create_person,
    deactivate_person,
    issue_person_link,
    reactivate_person,
    set_roles,
)
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import MANAGE, managed_people, managed_units
from accounts.text import fold
from frontend.pages.addresses import absolute_url
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.person_forms import (
    PersonChangeForm,
    PersonForm,
    RolesForm,
    TransferForm,
    role_choices,
)
from frontend.pages.workplace.refused import add_refusal, form_status
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search

PER_PAGE = 50
LINK_SESSION_KEY = "activation_link"
FIELDS = {
    "name_empty": "full_name",
    "username_empty": "username",
    "username_invalid": "username",
    "username_taken": "username",
    "email_invalid": "email",
    "email_taken": "email",
    "unit_out_of_reach": "unit",
}


@require_GET
@workplace_view(*MANAGE)
def people(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    rows = managed_people(request.user).select_related("unit").order_by("full_name", "pk")
    rows = rows.prefetch_related("memberships__unit")
    if query:
        rows = rows.filter(pk__in=_ids_matching(request.user, query))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "frontend/workplace/people.html", {"page": page, "query": query})


def _ids_matching(user: User, query: str) -> list[int]:
    """Names are folded here: people who administer are few, and so are those they look after."""
    words = fold(query).split()
    rows = managed_people(user).values_list("pk", "full_name", "username", "email")
    return [pk for pk, *texts in rows if all(word in fold(" ".join(texts)) for word in words)]


@require_http_methods(["GET", "POST"])
@workplace_view(*MANAGE)
def new_person(request: HttpRequest) -> HttpResponse:
    """A person with their roles; the next page shows their activation link once."""
    form = PersonForm(request.POST or None)
    form.fields["unit"].units = managed_units(request.user)
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        try:
            person = create_person(**form.cleaned_data, user=request.user)
        except DomainError as refusal:
            add_refusal(form, refusal, FIELDS)
        else:
            return _show_link_once(request, person)
    context = {
        "form": form,
        "unit": UnitChoice(form, "unit", chosen=request.user.unit),
        "roles": role_choices(),
        "chosen_roles": form.data.getlist("roles") if form.is_bound else [],
    }
    status = form_status(form)
    return render(request, "frontend/workplace/person_new.html", context, status=status)


def _show_link_once(request: HttpRequest, person: User) -> HttpResponse:
    """Kept in the session only until the page that shows it is drawn."""
    path = issue_person_link(person=person, user=request.user, now=timezone.now())
    link = absolute_url(request, path)
    request.session[LINK_SESSION_KEY] = {"person": person.pk, "link": link}
    return redirect("w-person", pk=person.pk)


@require_GET
@workplace_view(*MANAGE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(managed_people(request.user).select_related("unit"), pk=pk)
    return person_page(request, shown)


def person_page(
    request: HttpRequest,
    shown: User,
    *,
    form: RolesForm | None = None,
    transfer: TransferForm | None = None,
    change: PersonChangeForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    """The person with all that may be done; of the forms, the one that was sent is given."""
    kept = request.session.get(LINK_SESSION_KEY) or {}
    link = ""
    if kept.get("person") == shown.pk:
        link = request.session.pop(LINK_SESSION_KEY)["link"]
    roles_form, transfer_form = form or RolesForm(), transfer or TransferForm()
    reach = managed_units(request.user)
    roles_form.fields["unit"].units = reach
    transfer_form.fields["to"].units = reach.valid_on(timezone.localdate())
    memberships = shown.memberships.select_related("unit").order_by("unit__sort_name", "role")
    context = {
        "person": shown,
        "memberships": memberships,
        "link": link,
        "form": roles_form,
        "unit": UnitChoice(roles_form, "unit", chosen=shown.unit),
        "roles": role_choices(),
        "chosen_roles": [m.role for m in memberships if m.unit_id == shown.unit_id],
        "transfer_form": transfer_form,
        "to": UnitChoice(transfer_form, "to", chosen=None),
        "change_form": change or PersonChangeForm(initial=_known(shown)),
        "refusal": refusal,
    }
    sent = (form, transfer, change)
    refused = bool(refusal or any(each and each.errors for each in sent))
    return render(
        request, "frontend/workplace/person.html", context, status=422 if refused else 200
    )


def _known(shown: User) -> dict[str, str]:
    return {"full_name": shown.full_name, "email": shown.email, "phone": shown.phone_number}


@require_POST
@workplace_view(*MANAGE)
def person_roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly the ticked roles, at the chosen unit."""
    shown = get_object_or_404(managed_people(request.user), pk=pk)
    form = RolesForm(request.POST)
    form.fields["unit"].units = managed_units(request.user)
    if asks_to_search(form, "unit") or not form.is_valid():
        return person_page(request, shown, form=form)
    try:
        set_roles(person=shown, user=request.user, **form.cleaned_data)
    except DomainError as refusal:
        return person_page(request, shown, refusal=str(refusal))
    messages.success(request, _("Đã lưu vai trò."))
    return redirect("w-person", pk=pk)


@require_POST
@workplace_view(*MANAGE)
def person_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new activation link; the ones before stop working."""
    shown = get_object_or_404(managed_people(request.user), pk=pk)
    try:
        return _show_link_once(request, shown)
    except DomainError as refusal:
        return person_page(request, shown, refusal=str(refusal))


@require_POST
@workplace_view(*MANAGE)
def person_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate, or let in again."""
    shown = get_object_or_404(managed_people(request.user), pk=pk)
    reason = request.POST.get("reason", "").strip()
    try:
        if request.POST.get("active") == "1":
            reactivate_person(person=shown, user=request.user)
        elif reason:
            deactivate_person(person=shown, user=request.user, reason=reason)
        else:
            return person_page(request, shown, refusal=_("Ghi lý do khóa tài khoản."))
    except DomainError as refusal:
        return person_page(request, shown, refusal=str(refusal))
    messages.success(request, _("Đã cập nhật trạng thái tài khoản."))
    return redirect("w-person", pk=pk)
