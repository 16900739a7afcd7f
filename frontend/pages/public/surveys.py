"""The survey at a desk: asked without knowing who answers, by a plain form that sets no cookie."""

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.client_address import client_address
from accounts.models import OrgUnit
from quiz.domain.clock import read_now
from training.domain.survey_answers import (
    LONGEST_REMARK,
    find_desk,
    give_answer,
    make_form_token,
)
from training.domain.survey_errors import SurveyClosed, SurveyFormOld
from training.domain.survey_pressure import pressure
from training.domain.survey_words import option_words
from training.domain.surveys import current_version, document_of
from training.engine.surveys import Prompt
from training.models import SurveyVersion


# No session is asked and no CSRF cookie set: an answer is bound to the form's own random value.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """The form of the desk that `don-vi` names. Raises SurveyNotFound, SurveyClosed."""
    shown, unit = find_desk(code=code, unit_code=request.GET.get("don-vi", ""))
    if not shown.is_open:
        raise SurveyClosed
    version = current_version(survey=shown)
    if request.method == "POST":
        return _answered(request, version, unit)
    return _form(request, version, unit, make_form_token())


def _answered(request: HttpRequest, version: SurveyVersion, unit: OrgUnit) -> HttpResponse:
    if request.POST.get("version") != str(version.number):
        raise SurveyFormOld
    token = request.POST.get("token", "")
    prompts = document_of(version).prompts
    chosen = [_chosen(request, place, prompt) for place, prompt in enumerate(prompts)]
    if any(p.kind == "scale" and c is None for p, c in zip(prompts, chosen, strict=True)):
        return _form(request, version, unit, token, chosen=chosen)
    pressure.take(client_address(request), time.time())
    give_answer(
        version=version,
        unit=unit,
        chosen=chosen,
        remark=request.POST.get("remark", "") if document_of(version).remark else "",
        token=token,
        now=read_now(),
    )
    thanks = reverse("survey-thanks", args=[version.survey.code])
    return redirect(f"{thanks}?don-vi={unit.code}")


def _chosen(request: HttpRequest, place: int, prompt: Prompt) -> int | None:
    """The option as posted; None for anything that is none."""
    posted = request.POST.get(f"p{place}", "")
    number = int(posted) if posted.isdecimal() and posted.isascii() and len(posted) < 3 else -1
    return number if 0 <= number < prompt.size else None


def _form(
    request: HttpRequest,
    version: SurveyVersion,
    unit: OrgUnit,
    token: str,
    chosen: list[int | None] | None = None,
) -> HttpResponse:
    """With `chosen`: what was answered, and which scales are still open."""
    document = document_of(version)
    rows = []
    for place, prompt in enumerate(document.prompts):
        value = chosen[place] if chosen else None
        missing = chosen is not None and prompt.kind == "scale" and value is None
        rows.append(
            {
                "name": f"p{place}",
                "text": prompt.text,
                "required": prompt.kind == "scale",
                "choices": [(str(n), words) for n, words in enumerate(option_words(prompt))],
                "value": "" if value is None else str(value),
                "error": _("Chọn một mức hài lòng.") if missing else "",
            }
        )
    context = {
        "survey": version.survey,
        "version": version,
        "unit": unit,
        "intro": document.intro,
        "rows": rows,
        "remark": document.remark,
        "typed": request.POST.get("remark", "")[:LONGEST_REMARK],
        "longest": LONGEST_REMARK,
        "token": token,
        "uncounted": True,
    }
    status = 422 if chosen else 200
    response = render(request, "frontend/public/survey.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """The same for all who answered. Raises SurveyNotFound."""
    shown, unit = find_desk(code=code, unit_code=request.GET.get("don-vi", ""))
    context = {"survey": shown, "unit": unit, "uncounted": True}
    response = render(request, "frontend/public/survey_thanks.html", context)
    response["Cache-Control"] = "no-store"
    return response
