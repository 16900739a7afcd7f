"""A domain's refusal beside the fields of the form it is about."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import Form

from accounts.errors import DomainError, Faults


def add_refusal(form: Form, refusal: DomainError, fields: Mapping[str, str]) -> None:
    """Put each fault at its field by the fault's code; what belongs to none, above the form."""
    if not isinstance(refusal, Faults):
        form.add_error(fields.get(refusal.code), str(refusal))
        return
    for fault in refusal.faults:
        form.add_error(fields.get(fault.code), f"{fault.message} {fault.hint}".strip())


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
