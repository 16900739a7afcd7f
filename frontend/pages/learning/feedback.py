"""The form at the end of a course or class: five statements and a remark, without a name."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import DomainError
from frontend.pages.workplace.access import workplace_view
from training.domain.feedback_errors import FeedbackIncomplete
from training.domain.feedbacks import (
    LEVELS,
    LONGEST,
    STATEMENTS,
    Subject,
    give_feedback,
    has_given,
    may_give,
)
from training.models import Course, TrainingClass


@require_http_methods(["GET", "POST"])
@workplace_view()
def course_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Of somebody who takes the course; a stranger to it gets 404."""
    taken = Course.objects.filter(enrolments__person=request.user).distinct()
    return _form(request, get_object_or_404(taken, pk=pk))


@require_http_methods(["GET", "POST"])
@workplace_view()
def class_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    return _form(request, get_object_or_404(TrainingClass.objects.for_person(request.user), pk=pk))


def _form(request: HttpRequest, subject: Subject) -> HttpResponse:
    refusal: DomainError | None = None
    if request.method == "POST":
        try:
            give_feedback(
                subject=subject,
                levels=_levels(request),
                remark=request.POST.get("remark", ""),
                user=request.user,
            )
        except DomainError as refused:
            refusal = refused
        else:
            messages.success(request, _("Cảm ơn bạn đã đánh giá."))
            return redirect(request.path)
    context: dict[str, Any] = {
        "subject": subject,
        "may": may_give(subject=subject, user=request.user),
        "given": has_given(subject=subject, user=request.user),
        "statements": [
            (code, text, request.POST.get(code, "")) for code, text in STATEMENTS.items()
        ],
        "levels": [(str(level), words) for level, words in LEVELS.items()],
        "remark": request.POST.get("remark", ""),
        "longest": LONGEST,
        "refusal": refusal,
    }
    page = "frontend/learning/feedback.html"
    return render(request, page, context, status=refusal.status if refusal else 200)


def _levels(request: HttpRequest) -> dict[str, int]:
    """What was chosen. Raises FeedbackIncomplete for what is no level."""
    chosen = {code: request.POST.get(code, "") for code in STATEMENTS}
    known = {str(level): level for level in LEVELS}
    if not set(chosen.values()) <= set(known):
        raise FeedbackIncomplete
    return {code: known[level] for code, level in chosen.items()}
