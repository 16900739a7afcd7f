"""A field for a file of training, sent piece by piece while the form is filled in."""

from typing import Any

from django.template import Context
from django.urls import reverse

from frontend.components.fields import described_by
from frontend.components.library import register, template_of
from frontend.packages import package_url
from training.domain.files import MOST_PLAIN
from training.engine.file_limits import MB, SUFFIXES


@register.inclusion_tag(template_of("upload_field"), takes_context=True)
def upload_field(
    context: Context,
    *,
    name: str,
    label: str,
    unit: str,
    value: Any = None,
    accept: str = "",
    help: str = "",
    error: str = "",
    required: bool = False,
    anchor: str = "",
) -> dict[str, Any]:
    """`unit` is the code of the unit that the file will belong to; `value` the TrainingFile that is
    chosen already. Posts `<name>` (its public id) or, without script, `<name>_plain`;
    `frontend.pages.workplace.posted_files.posted_file` reads both.
    """
    anchor = anchor or f"id_{name}"
    return {
        "name": name,
        "anchor": anchor,
        "label": label,
        "unit": unit,
        "value": value,
        "accept": accept or ",".join(SUFFIXES),
        "help": help,
        "error": error,
        "described": described_by(anchor, help, error),
        "required": required,
        "start": reverse("w-uploads"),
        "token": str(context.get("csrf_token", "")),
        "client": package_url("tus.js"),
        "most": MOST_PLAIN // MB,
    }
