"""The emergency file that the attempt page saves when time ran out before everything was sent.

It is evidence and nothing else: read, kept beside the appeal and shown beside what is stored.
Nobody's answers change by it, and a browser's clock proves nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from quiz.domain.registration_input import refuse_fields
from quiz.models import Attempt

MOST_BYTES = 32 * 1024
Mask = Annotated[int, Field(ge=0, le=2**15 - 1)]
Whole = Annotated[int, Field(ge=0, le=2**53)]
Guess = Annotated[str, Field(max_length=40)]


class _Acknowledged(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    answers: list[Mask] = Field(max_length=300)
    prediction: Guess | None = None


class EmergencyFile(BaseModel):
    """What frontend/static/frontend/entry/attempt.js writes: the answers on the page, what the
    server was known to have, and the browser's time.
    """

    model_config = ConfigDict(extra="forbid")

    attempt: str = Field(max_length=64)
    writer: Whole
    base: Whole
    revision: Whole
    answers: list[Mask] = Field(min_length=1, max_length=300)
    prediction: Guess | None = None
    acknowledged: _Acknowledged
    browser_time: AwareDatetime


def outbox_key(secret: bytes | memoryview) -> str:
    """What the attempt page calls an attempt in the browser's store and in the file."""
    return sha256(b"outbox" + bytes(secret)).hexdigest()[:16]


def read_emergency_file(content: bytes) -> dict[str, Any] | None:
    """What is kept of the file, ready for JSON; None for an empty one. Raises InputRefused."""
    if not content.strip():
        return None
    try:
        if len(content) > MOST_BYTES:
            raise ValueError
        return EmergencyFile.model_validate_json(content).model_dump(mode="json")
    except (ValidationError, ValueError):
        message = _("Đây không phải tệp dự phòng do trang làm bài lưu. Gửi nguyên tệp đã tải về.")
        raise refuse_fields({"evidence": ("malformed", message)}) from None


@dataclass(frozen=True)
class Evidence:
    """`belongs`: the file names this attempt. `differing`: (number of the slot, mask stored, mask
    in the file) where they differ.
    """

    belongs: bool
    browser_time: datetime
    differing: list[tuple[int, int, int]]
    prediction: str
    revision: int


def compare_evidence(*, attempt: Attempt, kept: dict[str, Any]) -> Evidence:
    """The file beside what is stored of the attempt."""
    told = EmergencyFile.model_validate(kept)
    same_length = len(told.answers) == len(attempt.answers)
    pairs = enumerate(zip(attempt.answers, told.answers, strict=False), start=1)
    return Evidence(
        belongs=same_length and told.attempt == outbox_key(attempt.secret),
        browser_time=told.browser_time,
        differing=[(number, was, now) for number, (was, now) in pairs if was != now],
        prediction=told.prediction or "",
        revision=told.revision,
    )
