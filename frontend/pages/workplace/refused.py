"""Forms that come back: a domain's refusal beside the fields it is about, and the status."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import BaseForm, Form

from accounts.errors import DomainError, Faults


def add_refusal(form: Form, refusal: DomainError, fields: Mapping[str, str]) -> None:
    """Put each fault at its field by the fault's code; what belongs to none, above the form."""
    if not isinstance(refusal, Faults):
        form.add_error(fields.get(refusal.code), str(refusal))
        return
    for fault in refusal.faults:
        form.add_error(fields.get(fault.code), f"{fault.message} {fault.hint}".strip())


def form_status(form: BaseForm | None) -> int:
    """The status of a page with this form: 422 where what was sent comes back with its faults."""
    return 422 if form is not None and form.errors else 200


def stored(form: Form, act: Callable[..., Any], fields: Mapping[str, str]) -> bool:
    """Whether `act` took what the form holds; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data)
    except DomainError as refusal:
        add_refusal(form, refusal, fields)
        return False
    return True
