"""Fields of forms: Django's bound fields, and plain ones for pages that have no Django form."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template import Context

from frontend.components.library import one_of, plain, register, template_of

# What the browser is told of each kind: the type, and the keyboard to show.
INPUT_KINDS = {
    "text": ("text", ""),
    "search": ("search", ""),
    "email": ("email", ""),
    "tel": ("tel", "tel"),
    "password": ("password", ""),
    "digits": ("text", "numeric"),
    "decimal": ("text", "decimal"),
    "number": ("number", "numeric"),
    # Typed as people say it: browsers' calendars begin today, birthdays do not.
    "date": ("text", "numeric"),
    "moment": ("datetime-local", ""),
    "textarea": ("", ""),
}


def described_by(anchor: str, help_text: str, error: str) -> str:
    """The ids of a field's help and error, for screen readers."""
    ids = [f"{anchor}_helptext" if help_text else "", f"{anchor}_error" if error else ""]
    return " ".join(filter(None, ids))


@register.inclusion_tag(template_of("field"))
def field(bound: BoundField, *, hint: str = "") -> dict[str, Any]:
    """One field of a Django form with its label, help and errors."""
    widget = bound.field.widget
    grouped = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    return {
        "field": bound,
        "hint": hint,
        "grouped": grouped,
        "ticked": isinstance(widget, CheckboxInput),
    }


@register.inclusion_tag(template_of("input_field"))
def input_field(
    *,
    name: str,
    label: str,
    kind: str = "text",
    value: Any = "",
    help: str = "",
    error: str = "",
    required: bool = False,
    autocomplete: str = "",
    placeholder: str = "",
    maxlength: int | str = "",
    rows: int = 4,
    suffix: str = "",
    anchor: str = "",
) -> dict[str, Any]:
    """A field where something is typed."""
    input_type, inputmode = INPUT_KINDS[one_of("kind", kind, INPUT_KINDS)]
    return {
        "name": name,
        "anchor": anchor or f"id_{name}",
        "label": label,
        "kind": kind,
        "type": input_type,
        "inputmode": inputmode,
        "value": "" if value is None else plain(value),
        "help": help,
        "error": error,
        "described": described_by(anchor or f"id_{name}", help, error),
        "required": required,
        "autocomplete": autocomplete,
        "placeholder": placeholder,
        "maxlength": plain(maxlength),
        "rows": rows,
        "suffix": suffix,
    }


@register.inclusion_tag(template_of("choice_field"))
def choice_field(
    *,
    name: str,
    label: str,
    choices: Iterable[Sequence[Any]],
    kind: str = "radio",
    value: Any = "",
    help: str = "",
    error: str = "",
    required: bool = False,
    anchor: str = "",
) -> dict[str, Any]:
    """One of `choices` (value, text[, explanation]); several with `kind="checkbox"`."""
    one_of("kind", kind, ("radio", "checkbox", "select"))
    chosen = set(map(str, value)) if isinstance(value, list | tuple | set) else {str(value)}
    rows = [(*choice, "")[:3] for choice in choices]
    return {
        "name": name,
        "anchor": anchor or f"id_{name}",
        "label": label,
        "kind": kind,
        "choices": [(plain(key), text, note, str(key) in chosen) for key, text, note in rows],
        "help": help,
        "error": error,
        "described": described_by(anchor or f"id_{name}", help, error),
        "required": required,
    }


@register.inclusion_tag(template_of("checkbox"))
def checkbox(
    *,
    name: str,
    label: str,
    value: str = "1",
    checked: bool = False,
    help: str = "",
    error: str = "",
    required: bool = False,
    anchor: str = "",
) -> dict[str, Any]:
    """One box to tick; `label` may hold a link."""
    return {
        "name": name,
        "anchor": anchor or f"id_{name}",
        "label": label,
        "value": plain(value),
        "checked": checked,
        "help": help,
        "error": error,
        "described": described_by(anchor or f"id_{name}", help, error),
        "required": required,
    }


@register.inclusion_tag(template_of("file_input"))
def file_input(
    *,
    name: str,
    label: str,
    accept: str = "",
    help: str = "",
    error: str = "",
    required: bool = False,
    anchor: str = "",
) -> dict[str, Any]:
    return {
        "name": name,
        "anchor": anchor or f"id_{name}",
        "label": label,
        "accept": accept,
        "help": help,
        "error": error,
        "described": described_by(anchor or f"id_{name}", help, error),
        "required": required,
    }


@register.inclusion_tag(template_of("unit_picker"), takes_context=True)
def unit_picker(
    context: Context,
    *,
    name: str,
    label: str,
    url: str,
    chosen: Any = None,
    results: Iterable[Any] = (),
    search: str = "",
    help: str = "",
    error: str = "",
    required: bool = False,
) -> dict[str, Any]:
    """Choose a unit by typing part of its name.

    `url` answers `?q=` with {"units": [{"code", "name", "place"}]}. Without script the button
    posts the form with `<name>_search` and the page draws itself again with `results` (rows of
    the same three). `chosen` is the one row already chosen.
    """
    return {
        "name": name,
        "anchor": f"id_{name}",
        "label": label,
        "url": url,
        "chosen": chosen,
        "results": list(results),
        "search": search,
        "help": help,
        "error": error,
        "described": described_by(f"id_{name}", help, error),
        "required": required,
    }
