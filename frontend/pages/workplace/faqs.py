"""Questions asked again and again, as their editors work on them."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.library_access import library_room, own_unit, reached, run_units
from frontend.pages.workplace.refused import add_refusal, form_status
from frontend.pages.workplace.unit_forms import UnitChoice, UnitField, asks_to_search
from training.domain.faqs import delete_faq, save_faq, unclear_first
from training.models import Faq
from training.permissions import RUN_TRAINING, SEE_TRAINING

PER_PAGE = 30
LONGEST_ANSWER = 10_000


class FaqForm(forms.Form):
    unit = UnitField(label=gettext_lazy("Đơn vị"))
    question = forms.CharField(label=pgettext_lazy("của người dân", "Câu hỏi"), max_length=300)
    answer = forms.CharField(
        label=gettext_lazy("Trả lời"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    subject = forms.CharField(label=gettext_lazy("Chủ đề"), max_length=100, required=False)
    position = forms.IntegerField(
        label=gettext_lazy("Thứ tự"), min_value=1, max_value=9999, initial=1
    )
    is_shown = forms.BooleanField(
        label=gettext_lazy("Hiện cho mọi người"), required=False, initial=True
    )


@require_GET
@workplace_view(*SEE_TRAINING)
def faqs(request: HttpRequest) -> HttpResponse:
    """What readers found unclear comes first."""
    rows = unclear_first(Faq.objects.within_reach_of(request.user, *SEE_TRAINING))
    page = Paginator(rows.select_related("unit"), PER_PAGE).get_page(request.GET.get("page"))
    context = library_room(request, "w-faqs", page=page)
    return render(request, "frontend/workplace/library/faqs.html", context)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def new_faq(request: HttpRequest) -> HttpResponse:
    return _form_page(request)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def faq(request: HttpRequest, pk: int) -> HttpResponse:
    return _form_page(request, reached(request, Faq, pk, *RUN_TRAINING))


def _form_page(request: HttpRequest, faq: Faq | None = None) -> HttpResponse:
    names = set(FaqForm.base_fields) - {"unit"}
    known = {name: getattr(faq, name) for name in names} if faq else None
    form = FaqForm(request.POST or None, initial=known)
    form.fields["unit"].units = run_units(request)
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        try:
            save_faq(**form.cleaned_data, user=request.user, faq=faq)
        except DomainError as refusal:
            add_refusal(form, refusal, {})
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("w-faqs")
    unit = UnitChoice(form, "unit", chosen=faq.unit if faq else own_unit(request))
    context = library_room(request, "w-faqs", form=form, faq=faq, unit=unit)
    status = form_status(form)
    return render(request, "frontend/workplace/library/faq_form.html", context, status=status)


@require_POST
@workplace_view(*RUN_TRAINING)
def faq_delete(request: HttpRequest, pk: int) -> HttpResponse:
    delete_faq(faq=reached(request, Faq, pk, *RUN_TRAINING), user=request.user)
    messages.success(request, _("Đã xoá câu hỏi thường gặp."))
    return redirect("w-faqs")
