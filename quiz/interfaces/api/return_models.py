"""What the calls of returning entrants take and answer; OpenAPI is made from these models."""

from pydantic import BaseModel, ConfigDict, Field

from quiz.domain.registration_input import RegistrationInput


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class CodeInput(_Input):
    entry_code: str = Field(max_length=60, description="The mã dự thi.")


class ContactInput(_Input):
    contact: str = Field(max_length=250, description="A phone number or a mail address.")


class ConfirmInput(_Input):
    secret: str = Field(max_length=100, description="What the asking call answered.")
    code: str = Field(max_length=20, description="The six digits of the message.")


class StaffInput(_Input):
    staff_code: str = Field(max_length=60)
    birth_date: str = Field(max_length=20, description="The whole date: dd/mm/yyyy or ISO 8601.")


class StaffRegisterInput(RegistrationInput):
    """What the rules ask for besides name, birth date, unit and staff code."""

    claim: str = Field(max_length=300, description="What the claiming call answered.")


class ReportInput(_Input):
    text: str = Field(max_length=600)
    contact: str = Field(default="", max_length=120, description="Where to answer.")
    entrant_token: str = Field(
        default="", max_length=300, description="The registration in question, if at hand."
    )


class ReturnedAnswer(_Answer):
    """`entry_code` (mã dự thi) only where an entrant was just made."""

    entrant_token: str
    entry_code: str | None


class AskedAnswer(_Answer):
    """The same for everyone: whether a message is sent is not told."""

    secret: str


class PersonAnswer(_Answer):
    name: str
    entrant_token: str


class PersonsAnswer(_Answer):
    persons: list[PersonAnswer]


class ClaimAnswer(_Answer):
    """`entrant_token` where the rules lead back to the entrant this person made; it opens nothing
    that is over. Else `claim` registers them.
    """

    claim: str
    full_name: str
    unit: str
    entrant_token: str | None


class ReceivedAnswer(_Answer):
    received: bool
