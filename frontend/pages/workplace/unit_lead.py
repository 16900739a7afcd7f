"""A unit lead's own page: 47/50, the three names, the reminder, the certificate."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.enums import Role
from accounts.errors import DomainError, NotFound
from accounts.models import OrgUnit
from frontend.pages.addresses import absolute_url
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import attempted
from frontend.pages.workplace.refused import add_refusal, form_status
from quiz.domain.clock import read_now
from quiz.domain.count_secrecy import counts_are_opened, counts_are_secret, open_counts
from quiz.domain.roster_certificates import certificate_of, issue_certificate
from quiz.domain.roster_deadlines import deadline_of, set_deadline
from quiz.domain.roster_duty import (
    Sight,
    duties_of,
    missing_people,
    read_duty,
    sight_of,
)
from quiz.domain.roster_reminders import (
    NAMED,
    letters_refused,
    queue_letters,
    reminder_text,
)
from quiz.errors import CountsSecret
from quiz.interfaces.pdf.unit_certificate import write_unit_certificate
from quiz.models import Round
from quiz.permissions import SEE_DUTY, may_open_counts

PER_PAGE = 100
PRINTED = 5000


class DeadlineForm(forms.Form):
    due_at = forms.DateTimeField(
        label=gettext_lazy("Hạn của đơn vị"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Trước giờ đóng vòng. Để trống là bỏ hạn riêng."),
    )


@require_GET
@workplace_view(Role.UNIT_LEAD)
def duties(request: HttpRequest) -> HttpResponse:
    """The lists one answers for; straight on where there is only one."""
    found = duties_of(user=request.user)
    if len(found) == 1:
        round, unit = found[0]
        return redirect("w-duty-unit", round_pk=round.pk, pk=unit.pk)
    return render(request, "frontend/workplace/duty/list.html", {"duties": found})


def _round_and_unit(round_pk: int, pk: int) -> tuple[Round, OrgUnit]:
    rounds = Round.objects.select_related("contest__roster", "contest__rules", "rules")
    return get_object_or_404(rounds, pk=round_pk), get_object_or_404(OrgUnit, pk=pk)


def _sight(request: HttpRequest, round: Round, unit: OrgUnit) -> Sight:
    """Raises Http404 out of reach, CountsSecret."""
    try:
        return sight_of(user=request.user, round=round, unit=unit, now=read_now())
    except NotFound:
        raise Http404 from None


def contest_link(request: HttpRequest, round: Round) -> str:
    return absolute_url(request, reverse("contest", args=[round.contest.code]))


@require_GET
@workplace_view(*SEE_DUTY)
def duty(request: HttpRequest, round_pk: int, pk: int) -> HttpResponse:
    """How far the unit is, who is missing, and what to do about it."""
    return _page(request, *_round_and_unit(round_pk, pk))


def _page(
    request: HttpRequest,
    round: Round,
    unit: OrgUnit,
    *,
    refusal: DomainError | None = None,
    form: DeadlineForm | None = None,
) -> HttpResponse:
    asked = {"round": round, "contest": round.contest, "unit": unit, "refusal": refusal}
    try:
        sight = _sight(request, round, unit)
    except CountsSecret as secret:
        may = may_open_counts(request.user, round.contest)
        context = asked | {"secret": secret, "may_open": may}
        return render(request, "frontend/workplace/duty/secret.html", context, status=secret.status)
    context = asked | _figures(request, sight) | _acts(request, sight, form)
    status = form_status(form)
    return render(request, "frontend/workplace/duty/unit.html", context, status=status)


def _figures(request: HttpRequest, sight: Sight) -> dict[str, object]:
    wanted = request.GET.get("page", "1")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1
    duty = read_duty(sight=sight, first=PER_PAGE, offset=PER_PAGE * (max(number, 1) - 1))
    page = Paginator(range(duty.whole.missing), PER_PAGE).get_page(number)
    if duty.whole.missing and not duty.missing:  # a page behind the last
        duty = read_duty(sight=sight, first=PER_PAGE, offset=page.start_index() - 1)
    first = duty.missing if page.number == 1 else missing_people(sight=sight, limit=NAMED)
    text = reminder_text(
        sight=sight,
        missing=first,
        total=duty.whole.missing,
        link=contest_link(request, sight.round),
    )
    return {
        "sight": sight,
        "whole": duty.whole,
        "parts": duty.parts,
        "page": page,
        "missing": duty.missing,
        "exempt": duty.exempt,
        "more_exempt": duty.whole.exempt - len(duty.exempt),
        "reminder": text if duty.whole.missing else "",
    }


def _acts(request: HttpRequest, sight: Sight, form: DeadlineForm | None) -> dict[str, object]:
    secret = counts_are_secret(contest=sight.round.contest)
    due = deadline_of(sight=sight)
    return {
        "due": due,
        "form": form or DeadlineForm(initial={"due_at": due}),
        "no_letters": letters_refused(sight=sight, now=read_now()),
        "certificate": certificate_of(sight=sight),
        "secret": secret,
        "opened": secret and counts_are_opened(user=request.user, contest=sight.round.contest),
        "over": read_now() >= sight.round.closes_at,
    }


@require_GET
@workplace_view(*SEE_DUTY)
def printed(request: HttpRequest, round_pk: int, pk: int) -> HttpResponse:
    """The missing and the exempt on paper, to be ticked off at the desk."""
    round, unit = _round_and_unit(round_pk, pk)
    try:
        sight = _sight(request, round, unit)
    except CountsSecret:
        return _page(request, round, unit)
    duty = read_duty(sight=sight, first=PRINTED)
    context = {
        "sight": sight,
        "round": round,
        "contest": round.contest,
        "unit": unit,
        "whole": duty.whole,
        "due": deadline_of(sight=sight),
        "missing": duty.missing,
        "exempt": duty.exempt,
        "now": read_now(),
    }
    return render(request, "frontend/workplace/duty/print.html", context)


@require_POST
@workplace_view(*SEE_DUTY)
def deadline(request: HttpRequest, round_pk: int, pk: int) -> HttpResponse:
    round, unit = _round_and_unit(round_pk, pk)
    form = DeadlineForm(request.POST)
    if form.is_valid():
        try:
            sight = _sight(request, round, unit)
            set_deadline(sight=sight, due_at=form.cleaned_data["due_at"], user=request.user)
        except CountsSecret:
            return _page(request, round, unit)
        except DomainError as refusal:
            add_refusal(form, refusal, {"deadline_outside": "due_at"})
        else:
            messages.success(request, _("Đã lưu hạn của đơn vị."))
            return redirect("w-duty-unit", round_pk=round_pk, pk=pk)
    return _page(request, round, unit, form=form)


@require_POST
@workplace_view(*SEE_DUTY)
def remind(request: HttpRequest, round_pk: int, pk: int) -> HttpResponse:
    """A letter to everybody missing who has an address."""
    round, unit = _round_and_unit(round_pk, pk)

    def act() -> HttpResponse:
        job = queue_letters(
            sight=_sight(request, round, unit),
            user=request.user,
            now=timezone.now(),
            link=contest_link(request, round),
            next=reverse("w-duty-unit", args=[round_pk, pk]),
        )
        return redirect("w-job", public_id=job.public_id)

    return attempted(act, lambda refusal: _page(request, round, unit, refusal=refusal))


@require_POST
@workplace_view(*SEE_DUTY)
def show_counts(request: HttpRequest, round_pk: int, pk: int) -> HttpResponse:
    """Opens the units below, live; who asked for it can't win from now on."""
    round, unit = _round_and_unit(round_pk, pk)

    def act() -> HttpResponse:
        open_counts(user=request.user, contest=round.contest)
        messages.success(request, _("Đã mở số liệu. Bạn không còn được nhận giải cuộc thi này."))
        return redirect("w-duty-unit", round_pk=round_pk, pk=pk)

    return attempted(act, lambda refusal: _page(request, round, unit, refusal=refusal))


@require_POST
@workplace_view(*SEE_DUTY)
def issue(request: HttpRequest, round_pk: int, pk: int) -> HttpResponse:
    """Number the certificate; the page then has it to download."""
    round, unit = _round_and_unit(round_pk, pk)

    def act() -> HttpResponse:
        sight = _sight(request, round, unit)
        issue_certificate(sight=sight, user=request.user, now=timezone.now())
        messages.success(request, _("Đã cấp giấy xác nhận."))
        return redirect("w-duty-unit", round_pk=round_pk, pk=pk)

    return attempted(act, lambda refusal: _page(request, round, unit, refusal=refusal))


@require_GET
@workplace_view(*SEE_DUTY)
def certificate(request: HttpRequest, round_pk: int, pk: int) -> HttpResponse:
    """The issued certificate as PDF."""
    round, unit = _round_and_unit(round_pk, pk)
    try:
        held = certificate_of(sight=_sight(request, round, unit))
    except CountsSecret:
        return _page(request, round, unit)
    if held is None:
        raise Http404
    link = absolute_url(request, reverse("unit-certificate", args=[held.code]))
    content = write_unit_certificate(certificate=held, link=link)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="giay-xac-nhan-{unit.code}.pdf"'
    return response
