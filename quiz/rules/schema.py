"""The shape of the rule document.

Everything the rules of a contest decide is a field here; the entry page, the marking, the ranking,
the printed regulations and the verifier all read this one document. Its limits are those of single
values; what makes no sense together is said by `quiz.rules.checks`.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, model_validator

from quiz.rules.parts import Code, Line, Part
from quiz.rules.unit_prizes import UnitPrizeRules

SCHEMA_VERSION: Literal[1] = 1


IdentityName = Literal[
    "full_name",
    "birth_date",
    "sex",
    "phone",
    "national_id",
    "email",
    "address",
    "unit",
    "staff_code",
]
CriterionKind = Literal[
    "all_correct",
    "score",
    "prediction_error",
    "duration",
    "duration_share",
    "submitted_at",
    "attempts_used",
    "registered_at",
    "age",
    "lot",
    "decision",
]
Precision = Literal["ms", "second", "minute", "month", "year", "whole", "tenth", "hundredth"]
PrizeBy = Literal["rank", "oldest", "youngest"]
Reentry = Literal["code", "code_or_contact", "staff_code_and_birth_date"]
DEFAULT_DIRECTIONS: dict[str, Literal["asc", "desc"]] = {
    "all_correct": "desc",
    "score": "desc",
    "prediction_error": "asc",
    "duration": "asc",
    "duration_share": "asc",
    "submitted_at": "asc",
    "attempts_used": "asc",
    "registered_at": "asc",
    "age": "desc",
    "lot": "asc",
    "decision": "asc",
}


_MOMENT = ("ms", "second", "minute")
_FIGURE = ("hundredth", "tenth", "whole")
PRECISIONS: dict[str, tuple[str, ...]] = {
    "score": _FIGURE,
    "prediction_error": _FIGURE,
    "duration": _MOMENT,
    "duration_share": _FIGURE,
    "submitted_at": _MOMENT,
    "registered_at": _MOMENT,
    "age": ("month", "year"),
}


class BlueprintRow(Part):
    """`count` items of one topic (its name) and one level (`Level`); None means any."""

    topic: Line | None = None
    level: Line | None = None
    count: int = Field(ge=0, le=200)


class PaperRules(Part):
    """What a paper is made of: drawn by a blueprint, or `fixed_items` (numbers in the bank)."""

    blueprint: list[BlueprintRow] = Field(default_factory=list, max_length=60)
    shuffle_items: bool = True
    shuffle_options: bool = True
    fixed_items: list[int] | None = Field(default=None, max_length=200)

    @property
    def item_count(self) -> int:
        if self.fixed_items is not None:
            return len(self.fixed_items)
        return sum(row.count for row in self.blueprint)


class GroupRules(Part):
    """One audience group; `code` is the `AudienceGroup`'s."""

    code: Code
    name: Line
    paper: PaperRules = Field(default_factory=PaperRules)


class IdentityField(Part):
    name: IdentityName
    required: bool = True


class PredictionRules(Part):
    """What entrants predict: persons or entries, which of them, over what.

    `scope` group is the entrant's own group in the round.
    """

    count: Literal["persons", "entries"] = "persons"
    who: Literal["took_part", "all_correct", "percent_all_correct"] = "all_correct"
    scope: Literal["round", "contest", "group"] = "round"
    decimals: int = Field(default=0, ge=0, le=6)


class EntryRules(Part):
    """Who may enter and how an attempt runs; each attempt keeps the version it was taken under.

    `identity_key` is what makes two registrations look like one person. `time_limit_seconds` None:
    only the close ends an attempt. `at_close`: under `last_save` the close ends every attempt,
    under `last_start` an attempt begun before it keeps its whole limit. `grace_ms` is what the
    network may take after the deadline. `reentry`: what brings an entrant back on another device;
    each way includes those before it, and the mã dự thi always does.
    """

    identity_fields: list[IdentityField] = Field(
        default=[IdentityField(name="full_name")], max_length=9
    )
    birth_precision: Literal["day", "month", "year"] = "day"
    identity_key: list[IdentityName] = Field(default=["full_name"], max_length=9)
    persons_per_phone: int | None = Field(default=None, ge=1, le=100)
    minimum_age: int | None = Field(default=None, ge=1, le=120)
    reentry: Reentry = "code"
    time_limit_seconds: int | None = Field(default=None, ge=10, le=604_800)
    grace_ms: int = Field(default=5000, ge=0, le=60_000)
    at_close: Literal["last_start", "last_save"] = "last_save"
    attempts_per_round: int | None = Field(default=None, ge=1, le=1000)
    points_per_item: Decimal = Field(default=Decimal(1), gt=0, le=1000, decimal_places=2)
    multiple_marking: Literal["all_or_nothing", "partial"] = "all_or_nothing"
    require_all_answered: bool = False
    prediction: PredictionRules | None = None

    @property
    def required_fields(self) -> frozenset[str]:
        return frozenset(field.name for field in self.identity_fields if field.required)

    @property
    def asked_fields(self) -> frozenset[str]:
        return frozenset(field.name for field in self.identity_fields)

    @property
    def reentry_by_contact(self) -> bool:
        """Whether a one-time code to a phone or address given at registration brings back."""
        return self.reentry != "code" and bool({"phone", "email"} & self.asked_fields)


class Criterion(Part):
    """One step of the ranking; without a direction it takes the one natural to its kind.

    `all_correct` leaves out every other entry. `precision` cuts what is compared (see
    `quiz.engine.ranking.Criterion`), so that what is printed is what decides; `PRECISIONS` says
    which words a kind takes.
    """

    kind: CriterionKind
    direction: Literal["asc", "desc"] | None = None
    precision: Precision = "second"

    @model_validator(mode="before")
    @classmethod
    def _take_natural_direction(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.get("direction"):
            natural = DEFAULT_DIRECTIONS.get(str(data.get("kind")))
            return {**data, "direction": natural}
        return data


class PrizeTier(Part):
    """`count` prizes of `money` VND each, in every round; without `group`, in every group.

    `by`: to the first in the ranking, or a side prize for the oldest or youngest who are ranked.
    """

    code: Code
    name: Line
    count: int = Field(ge=0, le=100_000)
    money: int = Field(default=0, ge=0, le=10**12)
    group: Code | None = None
    by: PrizeBy = "rank"


class ResultRules(Part):
    """How entries become results; one version per round.

    `one_prize_per` year: whoever won in another contest of the same unit that year wins nothing.
    `max_share_percent` caps the prizes of a round by its entrants. `budget`: the VND declared for
    the prizes of one round, individual and collective. `actual_value_policy`: the
    prediction's true value stays as first released, or follows corrections.
    """

    counted_attempt: Literal["best", "first", "last"] = "best"
    chain: list[Criterion] = Field(default_factory=list, max_length=10)
    prizes: list[PrizeTier] = Field(default_factory=list, max_length=100)
    one_prize_per: Literal["year", "contest", "round", "none"] = "contest"
    reserves: int = Field(default=5, ge=0, le=1000)
    max_share_percent: int | None = Field(default=None, ge=1, le=100)
    score_shown: Literal["at_submit", "after_release"] = "after_release"
    key_shown: Literal["after_release", "never"] = "after_release"
    budget: int | None = Field(default=None, ge=1, le=10**13)
    complaint_days: int = Field(default=3, ge=1, le=90)
    actual_value_policy: Literal["frozen", "recomputed"] = "frozen"
    minor_names: Literal["initials", "consent"] = "initials"
    unit_prizes: UnitPrizeRules | None = None

    def has(self, kind: str) -> bool:
        """Whether the chain uses this criterion."""
        return any(criterion.kind == kind for criterion in self.chain)


class RuleDocument(Part):
    """The rules of one contest, one version."""

    schema_version: Literal[1] = SCHEMA_VERSION
    decision_number: Line = ""
    decision_date: date | None = None
    title: Line = ""
    entry: EntryRules = Field(default_factory=EntryRules)
    result: ResultRules = Field(default_factory=ResultRules)
    groups: list[GroupRules] = Field(default_factory=list, max_length=50)

    @property
    def count_secrecy(self) -> bool:
        """Whether who can see a participation figure could win by it."""
        prediction = self.entry.prediction
        return (
            prediction is not None
            and prediction.who in ("took_part", "percent_all_correct")
            and self.result.has("prediction_error")
        )

    def group(self, code: str) -> GroupRules | None:
        return next((group for group in self.groups if group.code == code), None)

    def prizes_of(self, code: str) -> tuple[PrizeTier, ...]:
        """The tiers for places in one group, in the order of the document."""
        return tuple(tier for tier in self._tiers(code) if tier.by == "rank")

    def side_prizes_of(self, code: str) -> tuple[PrizeTier, ...]:
        """The tiers for the oldest and youngest of one group, given after those for places."""
        return tuple(tier for tier in self._tiers(code) if tier.by != "rank")

    @property
    def has_side_prizes(self) -> bool:
        return any(tier.by != "rank" for tier in self.result.prizes)

    @property
    def cuts_score(self) -> bool:
        """Whether scores that differ may be equal in the ranking."""
        words = [c.precision for c in self.result.chain if c.kind == "score"]
        return bool({"whole", "tenth"} & set(words))

    def _tiers(self, code: str) -> Iterator[PrizeTier]:
        return (tier for tier in self.result.prizes if tier.group in (None, code))
