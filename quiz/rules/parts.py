"""What every part of the rule document is made of: its base, one-line texts, codes."""

from typing import Annotated, Any
from unicodedata import category

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from accounts.text import nfc


def _one_line(text: str) -> str:
    """NFC on one line; control characters, which the database can't all keep, become spaces."""
    return nfc("".join(" " if category(letter) == "Cc" else letter for letter in text))


Line = Annotated[str, AfterValidator(_one_line), Field(max_length=250)]
Code = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,40}$")]


class Part(BaseModel):
    """A part of the document: unknown fields are refused, an empty box of a form is no value."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty_boxes(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {
            name: value
            for name, value in data.items()
            if not (isinstance(value, str) and not _one_line(value))
        }
