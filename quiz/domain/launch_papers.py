"""What a contest is launched with, from its own data and rules; nothing is typed twice.

The texts are papers of a Vietnamese body and stay Vietnamese in every language of the interface.
"""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.utils import translation

from accounts.dates import show_moment
from accounts.domain.installation import parent_body_of, read_installation
from accounts.enums import UnitKind
from accounts.models import OrgUnit
from quiz.domain.rule_sets import rules_of
from quiz.models import Contest
from quiz.rules.document import RuleDocument
from quiz.rules.figures import show_money
from quiz.rules.sections import ProseContext
from quiz.rules.summary import summary_lines

_COMMUNES = (
    (UnitKind.COMMUNE, "xã"),
    (UnitKind.WARD, "phường"),
    (UnitKind.SPECIAL_ZONE, "đặc khu"),
)


@dataclass(frozen=True)
class LaunchFacts:
    """Everything the papers say. `link` opens the contest's page; `addressees` get the letter."""

    title: str
    body_name: str
    parent_body: str
    place: str
    link: str
    document: RuleDocument
    rounds: tuple[tuple[str, datetime, datetime], ...]
    groups: tuple[tuple[str, str], ...]
    addressees: tuple[str, ...]
    hotline: str = ""
    decision_number: str = ""
    decision_date: date | None = None

    @property
    def host(self) -> str:
        """What people type: the host, and the port where it is unusual."""
        return urlsplit(self.link).netloc

    @property
    def opens_at(self) -> datetime | None:
        return min((opens for _name, opens, _closes in self.rounds), default=None)

    @property
    def closes_at(self) -> datetime | None:
        return max((closes for _name, _opens, closes in self.rounds), default=None)

    @property
    def context(self) -> ProseContext:
        """The same, for the prose of the regulations."""
        return ProseContext(
            contest_title=self.title,
            body_name=self.body_name,
            rounds=self.rounds,
            hotline=self.hotline,
            group_names=dict(self.groups),
            parent_body=self.parent_body,
            place=self.place,
            decision_number=self.decision_number,
            decision_date=self.decision_date,
        )


def launch_facts(*, contest: Contest, link: str) -> LaunchFacts | None:
    """The contest as it is now; None before it has rules."""
    document = rules_of(contest=contest)
    if document is None or contest.rules is None:
        return None
    rounds = contest.rounds.order_by("number").values_list("name", "opens_at", "closes_at")
    return LaunchFacts(
        title=contest.title,
        body_name=contest.body_name,
        parent_body=parent_body_of(unit=contest.unit),
        place=read_installation().place,
        link=link,
        document=document,
        rounds=tuple(rounds),
        groups=tuple(contest.groups.values_list("code", "name")),
        addressees=_addressees(contest.unit),
        hotline=contest.hotline,
        decision_number=contest.rules.decision_number,
        decision_date=contest.rules.decision_date,
    )


def _addressees(unit: OrgUnit) -> tuple[str, ...]:
    """Who a letter of this unit goes to, by the kinds of the units below it."""
    below = OrgUnit.objects.below([unit.pk]).exclude(pk=unit.pk).order_by()
    kinds = set(below.values_list("kind", flat=True).distinct())
    found = []
    if UnitKind.DEPARTMENT in kinds:
        found.append("Các sở, ban, ngành")
    if communes := [word for kind, word in _COMMUNES if kind in kinds]:
        found.append(f"Ủy ban nhân dân các {', '.join(communes)}")
    if UnitKind.OFFICE in kinds:
        found.append("Các phòng, trung tâm trực thuộc")
    return tuple(found) or ("Các cơ quan, đơn vị",)


def prize_lines(document: RuleDocument) -> list[str]:
    """“2 Giải Nhì, mỗi giải 1.500.000 đồng”, each tier once."""
    return [
        f"{tier.count} {tier.name}" + (f", mỗi giải {show_money(tier.money)}" if tier.money else "")
        for tier in document.result.prizes
        if tier.count
    ]


def zalo_text(facts: LaunchFacts) -> str:
    """A message to paste into a group: one fact a line, the link on a line of its own."""
    with translation.override("vi"):
        return "\n".join(_zalo_lines(facts))


def _zalo_lines(facts: LaunchFacts) -> list[str]:
    document = facts.document
    names = "; ".join(name for _code, name in facts.groups)
    age = document.entry.minimum_age
    lines = [
        facts.title.upper(),
        f"Đơn vị tổ chức: {facts.body_name}",
        f"Thời gian: {_span(facts)}",
        f"Đối tượng: {names}" + (f", từ đủ {age} tuổi" if age else ""),
        "Cách thi: trực tuyến trên điện thoại hoặc máy tính, không cần tài khoản",
    ]
    said_already = "Từ đủ "
    takes = [line for line in summary_lines(document) if not line.startswith(said_already)]
    lines += [f"- {line}" for line in takes]
    if prizes := prize_lines(document):
        several = len(facts.groups) > 1
        lines.append(f"Giải thưởng {scope_of_prizes(several=several)}:")
        lines += [f"- {line}" for line in prizes]
    lines += ["Vào thi tại:", facts.link]
    if facts.hotline:
        lines.append(f"Hỗ trợ: {facts.hotline}")
    return lines


def scope_of_prizes(*, several: bool) -> str:
    return "mỗi vòng, cho mỗi đối tượng" if several else "mỗi vòng"


def _span(facts: LaunchFacts) -> str:
    if facts.opens_at is None or facts.closes_at is None:
        return "sẽ được thông báo"
    count = len(facts.rounds)
    rounds = f" ({count} vòng)" if count > 1 else ""
    return f"từ {show_moment(facts.opens_at)} đến {show_moment(facts.closes_at)}{rounds}"
