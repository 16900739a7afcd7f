"""Opening a bank for learning, keys included, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.bank_access import bank_view
from quiz.domain.clock import read_now
from quiz.domain.practice_banks import set_for_practice
from quiz.models import ItemBank
from quiz.permissions import WRITE_ITEMS


@require_POST
@bank_view(*WRITE_ITEMS)
def practice(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """Posted: `practice`, 1 to open the bank for learning, anything else to take it back."""
    opens = request.POST.get("practice") == "1"
    try:
        set_for_practice(bank=bank, practice=opens, user=request.user, now=read_now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        opened = _("Ngân hàng dùng được để ôn luyện; đáp án của các câu đã duyệt là công khai.")
        messages.success(request, opened if opens else _("Ngân hàng không còn dùng để ôn luyện."))
    return redirect("w-bank", pk=bank.pk)
