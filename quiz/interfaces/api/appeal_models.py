"""What the calls of those who appeal take and answer; OpenAPI is made from these models."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class AppealFiling(BaseModel):
    """Who appeals is known by the mã dự thi or by the receipt."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    request_key: str = Field(max_length=36, description="A random UUID; sent again, the same.")
    round: int = Field(ge=1, le=32767, description="The round's number.")
    kind: str = Field(
        max_length=14, description="mark, key, entry, impersonation, winner or technical."
    )
    text: str = Field(max_length=4000)
    contact: str = Field(default="", max_length=120, description="Where to ask back.")
    entry_code: str = Field(default="", max_length=60, description="The code of the entry slip.")
    receipt: str = Field(default="", max_length=65536, description="The receipt file's text.")
    slot: int | None = Field(default=None, ge=1, le=300, description="Which item of the paper.")
    evidence: str = Field(default="", max_length=32768, description="The emergency file's text.")


class AppealCodeInput(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    code: str = Field(max_length=60, description="The appeal's code.")


class FiledAnswer(BaseModel):
    """`code` opens the answer later; it is not stored and can't be given out again."""

    number: str
    code: str


class AppealAnswer(BaseModel):
    """`answer` is "" before it is decided; `accepted` is null then."""

    number: str
    round: int
    kind: str
    filed_at: datetime
    state: str
    accepted: bool | None
    answer: str
    decided_at: datetime | None
