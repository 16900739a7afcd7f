"""What a finding about rules is, and the small steps fixes are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accounts.errors import Fault
from quiz.rules.labels import describe_place
from quiz.rules.schema import Criterion, PredictionRules, RuleDocument

Change = Callable[[RuleDocument], RuleDocument]
Path = tuple[str | int, ...]


class Severity(StrEnum):
    """How much it weighs.

    `CONTRADICTION`: two sentences of the rules can't both mean something. `RISK`: it works and
    invites disputes. `GAP`: something a reader will ask for is not said.
    """

    CONTRADICTION = "contradiction"
    RISK = "risk"
    GAP = "gap"


@dataclass(frozen=True)
class Fix:
    """`label` says what the button does; `apply` is a pure function from document to document."""

    label: str
    apply: Change


@dataclass(frozen=True)
class RuleFinding:
    """One doubt about the rules, where it is, and the way out where a machine can know it."""

    code: str
    severity: Severity
    path: Path
    message: str
    hint: str
    fix: Fix | None = None

    @property
    def place(self) -> str:
        return describe_place(self.path)

    @property
    def key(self) -> str:
        """Tells findings of one document apart: “prize_order@result.prizes.1”."""
        return f"{self.code}@{'.'.join(map(str, self.path))}"

    def as_fault(self) -> Fault:
        return Fault(self.place, self.code, self.message, self.hint)


def change_entry(**values: Any) -> Change:
    """A change of fields of the entry part."""
    return lambda document: document.model_copy(
        update={"entry": document.entry.model_copy(update=values)}
    )


def change_result(**values: Any) -> Change:
    """A change of fields of the result part."""
    return lambda document: document.model_copy(
        update={"result": document.result.model_copy(update=values)}
    )


def change_prediction(prediction: PredictionRules, **values: Any) -> Change:
    return change_entry(prediction=prediction.model_copy(update=values))


def without_criterion(document: RuleDocument, kind: str) -> Change:
    return change_result(chain=[c for c in document.result.chain if c.kind != kind])


def with_criterion_before_last(document: RuleDocument, kind: str) -> Change:
    """One more criterion, before the lot or decision that ends the chain."""
    chain = list(document.result.chain)
    added = Criterion.model_validate({"kind": kind})
    at = len(chain) - 1 if chain and chain[-1].kind in ("lot", "decision") else len(chain)
    return change_result(chain=[*chain[:at], added, *chain[at:]])


def with_precision(document: RuleDocument, kind: str, precision: str) -> Change:
    return change_result(chain=_precise(document.result.chain, kind, precision))


def _precise(chain: Sequence[Criterion], kind: str, precision: str) -> list[Criterion]:
    return [c.model_copy(update={"precision": precision}) if c.kind == kind else c for c in chain]
