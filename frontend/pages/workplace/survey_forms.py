"""Forms about surveys: a new one, what it asks, which figures are wanted."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.pages.workplace.unit_forms import UnitField, lines_of
from training.engine.surveys import MOST_PROMPTS, SurveyDocument

BLANK_ROWS = 3
KINDS = (("scale", _("Mức hài lòng (5 mức)")), ("choice", _("Thông tin, chọn một")))


class NewSurveyForm(forms.Form):
    title = forms.CharField(label=_("Tên khảo sát"), max_length=200)
    unit = UnitField(label=_("Đơn vị"))


class DocumentForm(forms.Form):
    """The version's own fields; its prompts are `PromptForm`s beside it."""

    intro = forms.CharField(
        label=_("Lời mời"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    remark = forms.BooleanField(label=_("Có ô ghi ý kiến thêm"), required=False)


class PromptForm(forms.Form):
    """One prompt; left without text, it is left out."""

    place = forms.IntegerField(label=_("Thứ tự"), required=False, min_value=1, max_value=99)
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS)
    text = forms.CharField(label=_("Nội dung hỏi"), max_length=300, required=False)
    options = forms.CharField(
        label=_("Các lựa chọn"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một lựa chọn. Câu đo mức hài lòng để trống."),
    )

    def as_data(self) -> dict[str, Any]:
        given = self.cleaned_data
        options = lines_of(given["options"]) if given["kind"] == "choice" else []
        return {"kind": given["kind"], "text": given["text"].strip(), "options": options}


Prompts = forms.formset_factory(
    PromptForm, extra=BLANK_ROWS, max_num=MOST_PROMPTS, validate_max=True
)


def prompts_of(document: SurveyDocument) -> list[dict[str, Any]]:
    """What the rows of prompts begin with."""
    return [
        {
            "place": place,
            "kind": prompt.kind,
            "text": prompt.text,
            "options": "\n".join(prompt.options),
        }
        for place, prompt in enumerate(document.prompts, start=1)
    ]


def posted_document(form: DocumentForm, prompts: Any) -> dict[str, Any]:
    """Both forms, valid, as a document's data; rows in the order of their numbers."""
    rows = [row for row in prompts if row.cleaned_data.get("text", "").strip()]
    rows.sort(key=lambda row: row.cleaned_data["place"] or 100)
    return {**form.cleaned_data, "prompts": [row.as_data() for row in rows]}


def read_month(text: str, default: date) -> date:
    """“2026-03”, as a month's control gives it, as its first day."""
    year, _dash, month = text.partition("-")
    if year.isdecimal() and month.isdecimal() and len(year) == 4 and 1 <= int(month) <= 12:
        return date(max(int(year), 1), int(month), 1)
    return default
