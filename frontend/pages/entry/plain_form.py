"""The sheet as a plain HTML form sends it: `s0`, `s1`, … and what the page began from."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import ValidationError

from quiz.domain.attempt_input import AnswersInput, refuse_input
from quiz.domain.frozen import frozen_round
from quiz.domain.tokens import open_attempt_token
from quiz.engine.saving import merge_answers, merge_value
from quiz.errors import InputRefused


@dataclass(frozen=True)
class SheetForm:
    """`began` and `began_prediction` are what the page showed when it was drawn."""

    token: str
    given: AnswersInput
    began: tuple[int, ...]
    began_prediction: str


def read_form(data: QueryDict) -> SheetForm:
    """Raises UnknownToken, InputRefused."""
    token = data.get("token", "")
    opened = open_attempt_token(token)
    slots = frozen_round(opened.round_id).pool(opened.pool_id).slots
    try:
        began = tuple(int(mask) for mask in data.get("began", "").split(",") if mask)
        given = AnswersInput(
            writer=int(data.get("writer", "")),
            base=int(data.get("base", "")),
            revision=None,
            answers=[_mask(data.getlist(f"s{slot}")) for slot in range(slots)],
            prediction=data.get("prediction"),
        )
    except ValidationError as error:
        raise refuse_input(error) from None
    except ValueError:
        raise InputRefused(_("Trang gửi lên thiếu thông tin."), _("Tải lại trang.")) from None
    if len(began) != slots:
        raise InputRefused(_("Trang gửi lên thiếu thông tin."), _("Tải lại trang."))
    return SheetForm(token, given, began, data.get("began_prediction", ""))


def _mask(values: list[str]) -> int:
    """The mask of the option ids ticked. Raises ValueError."""
    options = {int(value) for value in values}
    if not all(0 <= option < 15 for option in options):
        raise ValueError("no such option")
    return sum(1 << option for option in options)


def merge_form(form: SheetForm, stored: dict[str, Any]) -> AnswersInput:
    """The form's answers put together with the stored ones of a SaveConflict, slot by slot."""
    merged = merge_answers(form.given.answers, form.began, stored["answers"])
    prediction = merge_value(
        (form.given.prediction or "").strip(),
        form.began_prediction,
        (stored["prediction"] or "").replace(".", ","),
    )
    return form.given.model_copy(
        update={
            "answers": list(merged.answers),
            "base": stored["revision"],
            "prediction": prediction or None,
        }
    )


def without_prediction(form: SheetForm) -> AnswersInput:
    """The form's answers with the prediction as the page showed it."""
    return form.given.model_copy(update={"prediction": form.began_prediction or None})
