"""Entering a paper from elsewhere, by whoever may: one way for the learner and the organiser."""

from django.http import HttpRequest
from django.utils import timezone

from accounts.errors import DomainError
from accounts.models import User
from frontend.pages.learning.credit_forms import FIELDS, CreditForm
from frontend.pages.workplace.refused import add_refusal
from training.domain.credits import LARGEST_SCAN, enter_credit


def entered(request: HttpRequest, form: CreditForm, person: User) -> bool:
    """Whether the form was stored; if not, it says why."""
    if not form.is_valid():
        return False
    paper = form.paper_of(person)
    if paper is None:
        return False
    scan = form.cleaned_data["scan"]
    try:
        enter_credit(
            person=person,
            paper=paper,
            scan=scan.read(LARGEST_SCAN + 1) if scan else b"",
            user=request.user,
            now=timezone.now(),
        )
    except DomainError as refusal:
        add_refusal(form, refusal, FIELDS)
        return False
    return True
