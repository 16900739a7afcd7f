"""A province with two communes, its course, and the people who take it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from accounts.enums import Role
from accounts.models import OrgUnit, User
from tests.people import make_person, make_unit
from training.enums import CourseState
from training.models import Course

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def make_course(unit: OrgUnit, by: User, code: str = "mot-cua", **fields: Any) -> Course:
    """A course that is open to all of the unit."""
    values = {"state": CourseState.PUBLISHED, "published_at": NOW, "title": "Tiếp công dân"}
    return Course.objects.create(unit=unit, code=code, made_by=by, **(values | fields))


@dataclass(frozen=True)
class Province:
    """`organiser` runs training of all, `lead_an` looks after Xã An alone, `lead_binh` after Xã
    Bình; An and Ánh work at Xã An, Bình at Xã Bình.
    """

    top: OrgUnit
    commune: OrgUnit
    sibling: OrgUnit
    organiser: User
    lead_an: User
    lead_binh: User
    an: User
    anh: User
    binh: User
    course: Course


def make_province(**course: Any) -> Province:
    top = make_unit("tinh", name="Tỉnh")
    commune = make_unit("xa-an", name="Xã An", parent=top)
    sibling = make_unit("xa-binh", name="Xã Bình", parent=top)
    organiser = make_person("to-chuc", Role.ORGANISER, unit=top)
    return Province(
        top,
        commune,
        sibling,
        organiser,
        make_person("dau-moi-an", Role.UNIT_LEAD, unit=commune, totp=False),
        make_person("dau-moi-binh", Role.UNIT_LEAD, unit=sibling, totp=False),
        make_person("an", unit=commune, totp=False),
        make_person("anh", unit=commune, totp=False),
        make_person("binh", unit=sibling, totp=False),
        make_course(top, organiser, **course),
    )
