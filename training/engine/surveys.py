"""What a satisfaction survey asks and how its answers are summed up. Pure.

An answer is counted, never kept: for each prompt how many chose each option. So no two prompts of
one answer can be put together again, and no two answers of one person.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

# From the best to the worst; the words are the interface's (training.domain.survey_words).
LEVELS = 5
SATISFIED = 2  # the first two levels
MOST_PROMPTS, MOST_OPTIONS = 30, 12
Counts = list[list[int]]


class Prompt(BaseModel):
    """One thing asked: how satisfied one is (`scale`), or a fact to choose (`choice`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["scale", "choice"]
    text: str = Field(min_length=1, max_length=300)
    options: tuple[str, ...] = Field(default=(), max_length=MOST_OPTIONS)

    @model_validator(mode="after")
    def _options_fit(self) -> "Prompt":
        if self.kind == "scale" and self.options:
            raise ValueError("a scale has no options of its own")
        if self.kind == "choice" and len(set(self.options)) < 2:
            raise ValueError("a fact needs two different options")
        if self.kind == "choice" and len(set(self.options)) < len(self.options):
            raise ValueError("an option stands twice")
        return self

    @property
    def size(self) -> int:
        """How many options there are to choose from."""
        return LEVELS if self.kind == "scale" else len(self.options)


class SurveyDocument(BaseModel):
    """A version of a survey: never changed once published."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    intro: str = Field(default="", max_length=2000)
    prompts: tuple[Prompt, ...] = Field(min_length=1, max_length=MOST_PROMPTS)
    remark: bool = True

    @model_validator(mode="after")
    def _asks_about_satisfaction(self) -> "SurveyDocument":
        if not any(prompt.kind == "scale" for prompt in self.prompts):
            raise ValueError("nothing asks how satisfied people are")
        return self


def no_counts(document: SurveyDocument) -> Counts:
    return [[0] * prompt.size for prompt in document.prompts]


def count_answer(document: SurveyDocument, chosen: Sequence[int | None]) -> Counts:
    """One answer as counts. `chosen`: the option of each prompt from 0, None where left out.

    Raises ValueError for an option that is none, and where a scale is left out.
    """
    counts = no_counts(document)
    for prompt, row, option in zip(document.prompts, counts, chosen, strict=True):
        if option is None:
            if prompt.kind == "scale":
                raise ValueError("a scale was left out")
            continue
        if not 0 <= option < prompt.size:
            raise ValueError("no such option")
        row[option] = 1
    return counts


def add_counts(*several: Counts) -> Counts:
    """Place by place; all of the same version."""
    return [[sum(cell) for cell in zip(*rows, strict=True)] for rows in zip(*several, strict=True)]


def satisfied(rows: Iterable[Sequence[int]]) -> tuple[int, int]:
    """Of the rows of scales: (satisfied and very satisfied, all levels together)."""
    held = list(rows)
    return sum(sum(row[:SATISFIED]) for row in held), sum(sum(row) for row in held)
