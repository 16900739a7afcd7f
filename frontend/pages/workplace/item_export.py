"""Items out of a bank: which, in which format; a job writes the file."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.errors import DomainError
from frontend.pages.workplace.bank_access import bank_view
from quiz.domain.clock import read_now
from quiz.domain.item_exports import versions_to_export
from quiz.interfaces.formats.export_jobs import queue_item_export
from quiz.interfaces.formats.writers import WRITERS
from quiz.models import ItemBank
from quiz.permissions import SEE_KEYS


class ExportForm(forms.Form):
    """What to write, and how."""

    format = forms.ChoiceField(
        label=_("Định dạng"),
        choices=[(writer.code, writer.name) for writer in WRITERS.values()],
        initial="excel",
        widget=forms.RadioSelect,
    )
    which = forms.ChoiceField(
        label=_("Câu hỏi"),
        choices=[("all", _("Mọi câu đang dùng")), ("approved", _("Chỉ câu đã duyệt"))],
        initial="all",
        widget=forms.RadioSelect,
    )
    topic = forms.ModelChoiceField(
        label=_("Chủ đề"), queryset=None, required=False, empty_label=_("Mọi chủ đề")
    )

    def __init__(self, *args: object, bank: ItemBank, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = bank.topics.order_by("name")


@require_http_methods(["GET", "POST"])
@bank_view(*SEE_KEYS)
def export_page(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """The choice; posted, the export is queued and its job's page hands out the file."""
    form = ExportForm(request.POST or None, bank=bank)
    refusal: DomainError | None = None
    if form.is_bound and form.is_valid():
        try:
            job = queue_item_export(
                bank=bank,
                format=form.cleaned_data["format"],
                approved=form.cleaned_data["which"] == "approved",
                topic=form.cleaned_data["topic"],
                user=request.user,
                now=read_now(),
                next=reverse("w-bank", args=[bank.pk]),
            )
        except DomainError as refused:
            refusal = refused
        else:
            return redirect("w-job", public_id=job.public_id)
    context = {
        "bank": bank,
        "form": form,
        "formats": [(w.code, w.name, w.note) for w in WRITERS.values()],
        "format": form["format"].value(),
        "refusal": refusal,
        "total": versions_to_export(bank=bank).count(),
        "approved": versions_to_export(bank=bank, approved=True).count(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "frontend/workplace/item/export.html", context, status=status)
