"""What the entry calls answer; the OpenAPI document is made from these models."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from quiz.domain.attempts import Sitting
from quiz.domain.clock import read_now
from quiz.domain.deadlines import deadline_if_started
from quiz.domain.frozen import EntryWindow, frozen_round
from quiz.domain.receipts import Receipt, provisional_score
from quiz.domain.registration import Registered
from quiz.drafts import STEM, Media
from quiz.enums import AttemptState

State = Literal["open", "submitted", "closed"]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class StartInput(BaseModel):
    """Which of the entrant's attempts is meant: asking twice for one number is one attempt."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    ordinal: int = Field(default=1, ge=1, le=10_000)


class RegisteredAnswer(_Answer):
    """`entry_code` (mã dự thi) is told this once; `entrant_token` starts attempts."""

    entry_code: str
    entrant_token: str
    round_id: int
    opens_at: datetime
    closes_at: datetime
    deadline_if_started_now: datetime | None = Field(
        description="The effective one, cut by the close where the rules say so; null before."
    )

    @classmethod
    def of(cls, registered: Registered, window: EntryWindow) -> "RegisteredAnswer":
        return cls(
            entry_code=registered.code,
            entrant_token=registered.token,
            round_id=window.round_id,
            opens_at=window.opens_at,
            closes_at=window.closes_at,
            deadline_if_started_now=deadline_if_started(
                round=window, rules=frozen_round(window.round_id).rules, now=read_now()
            ),
        )


class OptionAnswer(_Answer):
    """`id` n stands for the bit 1 << n of an answer's mask."""

    id: int
    text: str


class MediaAnswer(_Answer):
    """Of the option with this id, or of the stem; the bytes come from `entry_media`."""

    option: int | None
    kind: Literal["image", "sound"]
    sha256: str
    alt: str

    @classmethod
    def of(cls, media: Media) -> "MediaAnswer":
        option = None if media.place == STEM else media.place
        return cls(option=option, kind=media.kind, sha256=media.sha256, alt=media.alt)


class ItemAnswer(_Answer):
    number: int
    kind: Literal["single", "multiple", "true_false"]
    stem: str
    options: list[OptionAnswer]
    media: list[MediaAnswer] = []


class SavedAnswer(_Answer):
    """Every reply tells the deadline anew: an extension acts at once."""

    state: State
    revision: int
    deadline_at: datetime
    now: datetime

    @classmethod
    def of(cls, sitting: Sitting, **more: Any) -> "SavedAnswer":
        row = sitting.row
        return cls(
            state=AttemptState(row.state).name.lower(),
            revision=row.revision,
            deadline_at=row.deadline_at,
            now=row.at,
            **more,
        )


class AttemptRest(_Answer):
    """What an attempt's page needs beside the paper."""

    attempt_token: str
    answers: list[int]
    prediction: str | None

    @classmethod
    def of(cls, sitting: Sitting) -> "AttemptRest":
        row = sitting.row
        given = None if row.prediction is None else f"{row.prediction.normalize():f}"
        return cls(attempt_token=sitting.token, answers=list(row.answers), prediction=given)


class AttemptAnswer(AttemptRest, SavedAnswer):
    """The paper without keys, and what is stored of the answers; `paper_json` writes it."""

    items: list[ItemAnswer]


class ReceiptAnswer(SavedAnswer):
    """`receipt` opens the attempt's leaf; `signature` is Ed25519 over it by `public_key`."""

    receipt: dict[str, Any]
    signature: str
    public_key: str
    code: str
    provisional_correct: int | None = Field(
        description="Right answers, only where the rules show the score at once."
    )

    @classmethod
    def of_receipt(cls, sitting: Sitting, signed: Receipt) -> "ReceiptAnswer":
        score = provisional_score(sitting)
        return cls.of(
            sitting,
            **signed.as_dict(),
            provisional_correct=None if score is None else score.correct,
        )


class RefusalAnswer(_Answer):
    """Why not: `code` for the program, `message` and `hint` for the person."""

    code: str
    message: str
    hint: str
    details: dict[str, Any] | None = None
