"""The wizard's step that makes two people: one sets contests up, the other approves."""

import segno
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.domain.people import create_person, issue_person_link
from accounts.enums import Role
from accounts.errors import DomainError
from accounts.models import User
from frontend.pages.addresses import absolute_url
from frontend.pages.workplace.refused import add_refusal
from frontend.pages.workplace.setup import draw_step
from frontend.pages.workplace.setup_forms import PeopleForm
from frontend.pages.workplace.setup_steps import running_people, setup_view, top_unit
from quiz.domain.starter_bank import load_starter_bank

LINKS_SESSION_KEY = "set_up_links"
# (prefix of the fields, roles): who proposes and who approves are two people.
PAIR = (
    ("first", (Role.ORGANISER, Role.AUTHOR, Role.EXPORTER)),
    ("second", (Role.REVIEWER, Role.ORGANISER)),
)
FIELDS = {
    "name_empty": "name",
    "username_empty": "code",
    "username_invalid": "code",
    "username_taken": "code",
    "email_invalid": "email",
    "email_taken": "email",
}


@require_http_methods(["GET", "POST"])
@setup_view
def people(request: HttpRequest) -> HttpResponse:
    form = PeopleForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = _made_people(form, request.user)
        if made:
            # Kept in the session only until the page that shows them is drawn.
            request.session[LINKS_SESSION_KEY] = [_link(request, person) for person in made]
            messages.success(request, _("Đã thêm hai người. Liên kết kích hoạt chỉ hiện lúc này."))
            return redirect("w-setup-people")
    links = request.session.pop(LINKS_SESSION_KEY, [])
    slips = [
        (name, link, segno.make(link, error="m").svg_data_uri(scale=4, border=2))
        for name, link in links
    ]
    return draw_step(
        request, "w-setup-people", "people", form=form, slips=slips, people=running_people()
    )


def _link(request: HttpRequest, person: User) -> tuple[str, str]:
    path = issue_person_link(person=person, user=request.user, now=timezone.now())
    return person.full_name, absolute_url(request, path)


def _made_people(form: PeopleForm, user: User) -> list[User]:
    """Both or, with the reasons in the form, none."""
    given, unit, made = form.cleaned_data, top_unit(), []
    with transaction.atomic():
        for prefix, roles in PAIR:
            try:
                person = create_person(
                    full_name=given[f"{prefix}_name"],
                    username=given[f"{prefix}_code"],
                    email=given[f"{prefix}_email"],
                    unit=unit,
                    user=user,
                    roles=roles,
                )
            except DomainError as refusal:
                fields = {code: f"{prefix}_{field}" for code, field in FIELDS.items()}
                add_refusal(form, refusal, fields)
                transaction.set_rollback(True)
                return []
            made.append(person)
        if given["starter"]:
            load_starter_bank(unit=unit, user=user)
    return made
