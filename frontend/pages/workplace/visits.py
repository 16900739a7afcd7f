"""How often the public pages were visited, month by month, and whether everybody sees it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.domain.installation import may_set_up, read_installation
from frontend.pages.workplace.access import workplace_view
from quiz.domain.clock import read_now
from training.domain.visits import show_visits
from training.models import VisitDay
from training.permissions import SEE_TRAINING
from training.queries.visit import read_visits


@require_http_methods(["GET", "POST"])
@workplace_view(*SEE_TRAINING)
def visits(request: HttpRequest) -> HttpResponse:
    """POST switches it on or off: for who administers the topmost unit."""
    if request.method == "POST":
        show_visits(shown=request.POST.get("shown") == "1", user=request.user)
        messages.success(request, _("Đã lưu."))
        return redirect("w-visits")
    context = {
        "shown": read_installation().shows_visits,
        "changes": may_set_up(request.user),
        "figures": read_visits(today=timezone.localdate(), now=read_now()),
        "months": VisitDay.objects.by_month(),
    }
    return render(request, "frontend/workplace/training/visits.html", context)
