"""The attempt: one plain form that also works without script; save and submit."""

import json
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontend.pages.entry.cookies import attempt_token, remember_attempt
from frontend.pages.entry.hot import hot, private, see_other
from frontend.pages.entry.paper_html import paper_html
from frontend.pages.entry.plain_form import merge_form, read_form, without_prediction
from quiz.domain.attempt_input import AnswersInput, parse_answers
from quiz.domain.attempts import Sitting, read_attempt, save_attempt, submit_attempt
from quiz.domain.emergency_files import outbox_key
from quiz.enums import AttemptState
from quiz.errors import InputRefused, SaveConflict
from quiz.interfaces.api.posted import (
    Answered,
    Posted,
    answer_posted,
    is_json,
    posted_of,
    respond,
)
from quiz.rules.summary import prediction_question


@hot
@require_safe
def attempt(request: HttpRequest) -> HttpResponse:
    sitting = read_attempt(token=attempt_token(request))
    if sitting.row.state != AttemptState.OPEN or sitting.row.voided_at is not None:
        return private(see_other("receipt"))
    return private(_show_sheet(request, sitting))


def _show_sheet(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    row, frozen = sitting.row, sitting.round
    pool = frozen.pool(row.pool_id)
    prediction = frozen.rules.entry.prediction
    context = {
        "contest": frozen,
        "row": row,
        "now": row.at,
        "token": sitting.token,
        "key": outbox_key(row.secret),
        "slots": pool.slots,
        "left_ms": milliseconds(row.deadline_at - row.at),
        "grace_ms": frozen.grace_ms,
        "writer": new_writer(),
        "answers": ",".join(map(str, row.answers)),
        "prediction": show_prediction(sitting),
        "prediction_question": prediction_question(prediction) if prediction else "",
        "prediction_decimals": prediction.decimals if prediction else 0,
        "require_all": frozen.rules.entry.require_all_answered,
        "paper": paper_html(pool, row.seed, row.answers),
        "unanswered": [n for n, mask in enumerate(row.answers, start=1) if not mask],
        "prediction_error": _("Số dự đoán chưa đúng nên chưa được lưu: chỉ ghi chữ số.")
        if "sai-du-doan" in request.GET
        else "",
        "merged": "da-ghep" in request.GET,
        "saved": "da-luu" in request.GET,
    }
    return render(request, "frontend/entry/attempt.html", context)


def milliseconds(span: timedelta) -> int:
    return max(0, int(span.total_seconds() * 1000))


def new_writer() -> int:
    """Random per page; JavaScript's numbers hold 53 bits."""
    return secrets.randbelow(2**48 - 1) + 1


def show_prediction(sitting: Sitting) -> str:
    value = sitting.row.prediction
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def json_answer(act: Callable[..., Sitting]) -> Callable[[Posted], Answered]:
    """What the page's script is answered: the deadline is told anew each time."""

    def answer(posted: Posted) -> Answered:
        return answer_posted(lambda: _saved(act, posted))

    return answer


def _saved(act: Callable[..., Sitting], posted: Posted) -> bytes:
    row = act(token=posted.attempt_token, given=parse_answers(posted.body)).row
    told = {
        "revision": row.revision,
        "state": AttemptState(row.state).name.lower(),
        "left_ms": milliseconds(row.deadline_at - row.at),
    }
    return json.dumps(told, separators=(",", ":")).encode()


@hot
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    if is_json(request.META):
        return respond(save.answer(posted_of(request)))
    return _write_form(request, ends=False)


@hot
@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    if is_json(request.META):
        return respond(submit.answer(posted_of(request)))
    return _write_form(request, ends=True)


# Scripts of attempt pages are answered without Django's request (config/hot_chain.py).
save.answer = json_answer(save_attempt)
submit.answer = json_answer(submit_attempt)


def _write_form(request: HttpRequest, *, ends: bool) -> HttpResponse:
    """Save or submit a plain form; one that leaves items out is asked about first."""
    form = read_form(request.POST)
    confirmed = ends and (request.POST.get("confirmed") == "1" or 0 not in form.given.answers)
    act = submit_attempt if confirmed else save_attempt
    look_at = ""
    try:
        sitting = act(token=form.token, given=form.given)
    except SaveConflict as refusal:
        # Two pages of one attempt: put both sides together, then look at them before submitting.
        sitting = save_attempt(token=form.token, given=merge_form(form, refusal.details))
        look_at = "?da-ghep=1"
    except InputRefused as refusal:
        if set(refusal.details.get("fields", ())) != {"prediction"}:
            raise
        # The answers are not lost for the sake of one number.
        sitting = save_attempt(token=form.token, given=without_prediction(form))
        look_at = "?sai-du-doan=1#du-doan"
    if sitting.row.state != AttemptState.OPEN:
        response = see_other("receipt")
    elif ends and not look_at:
        response = _ask_to_confirm(request, sitting, form.given)
    else:
        response = see_other("attempt")
        response["Location"] += look_at or "?da-luu=1"
    remember_attempt(response, sitting.token)
    return response


def _ask_to_confirm(request: HttpRequest, sitting: Sitting, given: AnswersInput) -> HttpResponse:
    context = {
        "contest": sitting.round,
        "token": sitting.token,
        "row": sitting.row,
        "now": sitting.row.at,
        "writer": given.writer,
        "prediction": show_prediction(sitting),
        "unanswered": [n for n, mask in enumerate(sitting.row.answers, start=1) if not mask],
        "require_all": sitting.round.rules.entry.require_all_answered,
        "answers": ",".join(map(str, sitting.row.answers)),
        "slots": [
            (slot, [bit for bit in range(15) if mask >> bit & 1])
            for slot, mask in enumerate(sitting.row.answers)
        ],
    }
    return render(request, "frontend/entry/confirm.html", context)
