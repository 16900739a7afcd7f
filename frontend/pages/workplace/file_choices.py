"""Choosing training files in a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from training.enums import LANGUAGES


def file_field(label: Any, files: Any) -> forms.ModelChoiceField:
    """One of `files`, or none."""
    return forms.ModelChoiceField(
        label=label,
        queryset=files,
        to_field_name="public_id",
        required=False,
        empty_label=_("Chưa chọn"),
    )


def subtitle_fields(files: Any) -> dict[str, forms.ModelChoiceField]:
    """“subtitles_vi” and its like."""
    return {
        f"subtitles_{code}": file_field(_("Phụ đề: %(language)s") % {"language": language}, files)
        for code, language in LANGUAGES.items()
    }


def chosen_subtitles(values: dict[str, Any]) -> dict[str, Any]:
    """{language: file} of a valid form."""
    chosen = {code: values.get(f"subtitles_{code}") for code in LANGUAGES}
    return {code: file for code, file in chosen.items() if file}
