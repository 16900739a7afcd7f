"""Collective prizes ("giải tập thể") as data: what a unit's result is made of, and who may win."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from quiz.engine import unit_prizes as engine
from quiz.rules.parts import Code, Line, Part

ComponentKind = Literal[
    "completion", "participation", "average", "share", "top", "winner", "points"
]
TieKind = Literal[
    "completion", "participation", "average", "share", "top", "winner", "points", "size", "board"
]
UnitKindName = Literal[
    "province", "commune", "ward", "special_zone", "department", "office", "other"
]


class UnitComponent(Part):
    """`weight` percent of one figure between 0 and 100.

    completion: listed people who entered / the list; participation: persons / headcount, at most
    100; average: of the members' marks in percent; share: of members with `at_least` percent;
    top: the average of the `count` best members, zero for the missing; winner: 100 with an
    individual winner; points: what the board gives by hand for what `name` says. `over`: whether
    average and share divide by those who entered or by all.
    """

    kind: ComponentKind
    weight: Decimal = Field(gt=0, le=100, decimal_places=2)
    at_least: int = Field(default=80, ge=1, le=100)
    over: Literal["entered", "all"] = "entered"
    count: int = Field(default=10, ge=1, le=10_000)
    name: Line = ""


class UnitCondition(Part):
    """Units of `size_from` to under `size_below` people need this percentage to be considered."""

    kind: Literal["completion", "participation", "winner"]
    percent: Decimal = Field(default=Decimal(100), gt=0, le=100, decimal_places=2)
    size_from: int | None = Field(default=None, ge=1, le=1_000_000)
    size_below: int | None = Field(default=None, ge=1, le=1_000_000)


class UnitBloc(Part):
    """A "khối": units of these kinds are ranked among themselves."""

    code: Code
    name: Line
    kinds: list[UnitKindName] = Field(min_length=1, max_length=7)


class UnitPrizeTier(Part):
    """`count` prizes of `money` VND each; without `bloc`, in every bloc."""

    code: Code
    name: Line
    count: int = Field(ge=1, le=10_000)
    money: int = Field(default=0, ge=0, le=10**12)
    bloc: Code | None = None


class UnitPrizeRules(Part):
    """The formula, in every round. `members`: whose marks count and what a unit's size is: the
    people of the compulsory list, or everybody who entered against the dated headcount. The exempt
    leave both. Each figure and the sum are rounded half up to `decimals`, and so compared; what
    `ties` can't tell apart is the board's to decide ("board", the last of them, says so in a row).
    """

    members: Literal["listed", "everybody"] = "listed"
    components: list[UnitComponent] = Field(min_length=1, max_length=10)
    conditions: list[UnitCondition] = Field(default_factory=list, max_length=20)
    ties: list[TieKind] = Field(default_factory=list, max_length=9)
    decimals: int = Field(default=2, ge=0, le=6)
    blocs: list[UnitBloc] = Field(default_factory=list, max_length=20)
    prizes: list[UnitPrizeTier] = Field(default_factory=list, max_length=50)

    def prizes_of(self, bloc: str | None) -> tuple[UnitPrizeTier, ...]:
        """The tiers awarded in one bloc (None where there are no blocs)."""
        return tuple(tier for tier in self.prizes if tier.bloc in (None, bloc))

    @property
    def money(self) -> int:
        """All prizes of one round, in VND."""
        blocs = max(1, len(self.blocs))
        return sum(tier.count * tier.money * (1 if tier.bloc else blocs) for tier in self.prizes)

    def component(self, kind: str) -> UnitComponent | None:
        """The weighed figure of a kind, if there is one."""
        return next((part for part in self.components if part.kind == kind), None)

    def formula(self) -> engine.Formula:
        """The same for the arithmetic."""
        return engine.Formula(
            members=self.members,
            components=tuple(
                engine.Component(
                    kind=part.kind,
                    weight=Fraction(part.weight),
                    at_least=part.at_least,
                    over=part.over,
                    count=part.count,
                    name=part.name,
                )
                for part in self.components
            ),
            conditions=tuple(
                engine.Condition(
                    kind=each.kind,
                    percent=Fraction(each.percent),
                    size_from=each.size_from or 0,
                    size_below=each.size_below,
                )
                for each in self.conditions
            ),
            ties=tuple(kind for kind in self.ties if kind != "board"),
            decimals=self.decimals,
        )
