"""The demo's installation: units, people, bank, documents and rosters, by the domain's own acts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from accounts.domain.people import create_person
from accounts.domain.units import create_unit, ensure_root_unit, set_headcount
from accounts.enums import Role
from accounts.interfaces.provinces import find_province, load_province
from accounts.models import OrgUnit, Roster, RosterEntry, User
from accounts.text import fold
from quiz.demo import contest as plan
from quiz.demo.content import draft_of, load_items
from quiz.demo.roster import DemoRosterRow
from quiz.domain.banks import create_bank
from quiz.domain.item_review import approve_versions
from quiz.domain.items import add_items
from quiz.domain.legal_documents import learn_known_documents
from quiz.models import ItemBank

LEAD_UNIT = "22276"  # Hòa Thịnh: the unit head's commune
ORGANISER, REVIEWER, UNIT_LEAD, ADMINISTRATOR = (
    "demo.to-chuc",
    "demo.duyet",
    "demo.don-vi",
    "demo.quan-tri",
)


@dataclass(frozen=True)
class DemoSetting:
    """What contests of the demo are made from."""

    province: OrgUnit
    units: dict[str, OrgUnit]
    organiser: User
    reviewer: User
    bank: ItemBank


def make_setting(*, now: datetime) -> DemoSetting:
    """Everything before the first contest. The database holds no demo yet."""
    province, units = _make_units()
    people = _make_people(province, units)
    bank = _make_bank(province, people[ORGANISER], people[REVIEWER], now)
    return DemoSetting(province, units, people[ORGANISER], people[REVIEWER], bank)


def _make_units() -> tuple[OrgUnit, dict[str, OrgUnit]]:
    found = find_province(plan.province_code())
    assert found is not None, "the package of provinces knows the demo's"  # noqa: S101
    load_province(province=found, parent=ensure_root_unit())
    province = OrgUnit.objects.get(code=plan.province_code())
    for unit in plan.DEPARTMENTS:
        create_unit(name=unit.name, code=unit.code, kind=unit.kind, parent=province, user=None)
    return province, {unit.code: unit for unit in OrgUnit.objects.below([province.pk])}


def _make_people(province: OrgUnit, units: dict[str, OrgUnit]) -> dict[str, User]:
    wanted = (
        (ORGANISER, "Cán bộ tổ chức (mẫu)", province, (Role.ORGANISER, Role.AUTHOR, Role.EXPORTER)),
        (REVIEWER, "Cán bộ duyệt (mẫu)", province, (Role.REVIEWER, Role.ORGANISER)),
        (UNIT_LEAD, "Lãnh đạo đơn vị (mẫu)", units[LEAD_UNIT], (Role.UNIT_LEAD,)),
        (ADMINISTRATOR, "Quản trị (mẫu)", province, (Role.ADMINISTRATOR,)),
    )
    return {
        username: create_person(
            full_name=name, username=username, unit=unit, user=None, roles=roles
        )
        for username, name, unit, roles in wanted
    }


def _make_bank(province: OrgUnit, author: User, reviewer: User, now: datetime) -> ItemBank:
    """All items proposed; those whose documents are confirmed approved by the second person."""
    learn_known_documents()
    bank = create_bank(name=plan.BANK_NAME, unit=province, user=author, code=plan.BANK_CODE)
    drafts = [draft_of(item) for item in load_items()]
    versions = add_items(bank=bank, drafts=drafts, author=author)
    approve_versions(versions=versions, user=reviewer, now=now)
    return bank


def make_roster(
    *, setting: DemoSetting, name: str, rows: Iterable[DemoRosterRow], as_of: date
) -> Roster:
    """The compulsory list with a headcount per unit on it."""
    roster = Roster.objects.create(name=name, unit=setting.province, as_of=as_of)
    listed = list(rows)
    RosterEntry.objects.bulk_create(
        RosterEntry(
            roster=roster,
            unit=setting.units[row.unit_code],
            full_name=row.full_name,
            folded_name=fold(row.full_name),
            staff_code=row.staff_code,
            birth_date=row.birth_date,
            group_code=plan.OFFICIALS,
            exemption=row.exemption,
        )
        for row in listed
    )
    counts: dict[str, int] = {}
    for row in listed:
        counts[row.unit_code] = counts.get(row.unit_code, 0) + 1
    for code, count in counts.items():
        set_headcount(unit=setting.units[code], on_date=as_of, count=count, user=setting.organiser)
    return roster
