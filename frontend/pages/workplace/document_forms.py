"""Forms about legal documents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quiz.domain.legal_documents import LONGEST_NOTE
from quiz.domain.validity import LONGEST_CLAUSE_END, LONGEST_TITLE, Description
from quiz.models import LegalDocument

_DATE_FORMATS = ["%d/%m/%Y", "%Y-%m-%d"]


def day_field(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"})
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        input_formats=_DATE_FORMATS,
        widget=widget,
        error_messages={"invalid": _("Ngày chưa đúng: ghi như 05/09/2026.")},
    )


class DocumentForm(forms.Form):
    """What a person found out about a document."""

    title = forms.CharField(
        label=_("Tên văn bản"), max_length=LONGEST_TITLE, required=False, strip=True
    )
    issued_on = day_field(_("Ngày ban hành"), _("Ví dụ: 05/09/2026"))
    effective_from = day_field(_("Có hiệu lực từ"))
    effective_to = day_field(
        _("Hết hiệu lực từ"),
        _("Để trống khi còn hiệu lực. Từ ngày này, câu dẫn văn bản bị gắn cờ."),
    )
    replaced_by = forms.CharField(
        label=_("Bị thay thế bởi"),
        max_length=200,
        required=False,
        help_text=_("Số, ký hiệu, ví dụ: Nghị định 118/2025/NĐ-CP. Để trống khi bị bãi bỏ."),
    )
    needs_check = forms.BooleanField(
        label=_("Đang chờ kiểm hiệu lực"),
        required=False,
        help_text=_("Chưa bỏ dấu này thì câu dẫn văn bản chưa duyệt được."),
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=LONGEST_NOTE, required=False)

    @classmethod
    def of(cls, document: LegalDocument) -> "DocumentForm":
        names = ("title", "issued_on", "effective_from", "effective_to", "needs_check", "note")
        known = {name: getattr(document, name) for name in names}
        return cls(initial=known | {"replaced_by": str(document.replaced_by or "")})

    def as_description(self) -> Description:
        return Description(**self.cleaned_data)


class ClauseForm(forms.Form):
    """A clause out of force while its document stays."""

    clause = forms.CharField(
        label=_("Điều, khoản"),
        max_length=LONGEST_CLAUSE_END,
        help_text=_("Ví dụ: khoản 2 Điều 5"),
    )
    effective_to = day_field(_("Hết hiệu lực từ"), required=True)
    note = forms.CharField(label=_("Ghi chú"), max_length=LONGEST_NOTE, required=False)
