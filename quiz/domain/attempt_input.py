"""What a page or a program sends to save or submit: one model for the form, the API, OpenAPI."""

import re
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from quiz.domain.registration_input import refuse_fields
from quiz.errors import InputRefused
from quiz.rules.document import PredictionRules

_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+", re.ASCII)
MAX_REVISION = 2**21 - 1
Mask = Annotated[int, Field(ge=0, le=2**15 - 1)]


class AnswersInput(BaseModel):
    """The whole answer set; nothing of the sheet is sent piece by piece.

    `answers` has one mask of stable option ids per slot, 0 for an omitted item. `writer` is random
    per page load, `base` the revision the page last heard of, `revision` the page's own number for
    this set (greater than `base`); without one the next number is taken.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    writer: int = Field(ge=1, le=2**53 - 1)
    base: int = Field(ge=0, le=MAX_REVISION)
    revision: int | None = Field(default=None, ge=1, le=MAX_REVISION)
    answers: list[Mask] = Field(max_length=200)
    prediction: str | None = Field(default=None, max_length=20)


def parse_answers(raw: bytes) -> AnswersInput:
    """From JSON. Raises InputRefused."""
    try:
        return AnswersInput.model_validate_json(raw)
    except ValidationError as error:
        raise refuse_input(error) from None


def refuse_input(error: ValidationError) -> InputRefused:
    """The refusal of a malformed body: the places, the kinds, and no sentence per field."""
    return refuse_fields(
        {
            ".".join(str(step) for step in detail["loc"]) or "body": (
                detail["type"],
                _("Giá trị chưa hợp lệ."),
            )
            for detail in error.errors(include_url=False)
        }
    )


def read_prediction(text: str | None, rules: PredictionRules | None) -> Decimal | None:
    """“14.492”, “14 492”, “87,65432” → the number; None when empty or not asked.

    A dot before exactly three digits groups thousands, as numbers are written in Vietnamese, when
    the rules ask for a whole number. Raises InputRefused with the field `prediction`.
    """
    if rules is None or text is None or not text.strip():
        return None
    plain = "".join(text.split())
    if rules.decimals == 0 and _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    found = re.fullmatch(r"(\d{1,9})(?:[.,](\d{1,5}))?", plain, re.ASCII)
    if found is None or len(found[2] or "") > rules.decimals:
        raise refuse_fields(
            {
                "prediction": (
                    "malformed",
                    _("Số dự đoán chỉ gồm chữ số, có thể có dấu phẩy thập phân nếu thể lệ cho."),
                )
            }
        )
    return Decimal(f"{found[1]}.{found[2] or 0}").normalize()
