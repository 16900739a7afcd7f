"""People enrolled from a list: every row is one person, found by staff code or name and birth
date, or none of the list is stored.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.birth_dates import read_birth_date
from accounts.dates import read_day
from accounts.domain.roster_rows import staff_key
from accounts.enums import BirthPrecision
from accounts.errors import Fault, Faults
from accounts.models import RosterEntry, User
from accounts.text import fold
from training.domain.enrolments import check_running, enrol_people, enrollable_people
from training.enums import EnrolmentSource
from training.models import Course, Enrolment

Born = tuple[str, date]


@dataclass(frozen=True)
class EnrolmentRow:
    """One line as it was written; `place` says where."""

    place: str
    full_name: str = ""
    staff_code: str = ""
    birth_date: str = ""
    due_on: str = ""


@dataclass(frozen=True)
class Listed:
    """Whom a row means, and until when they have (None: as the whole list)."""

    person: User
    due_on: date | None


@dataclass(frozen=True)
class ListPlan:
    """What a list would do: who is new, whose due date it moves, how many stay as they are."""

    new: list[Listed]
    moved: list[tuple[Enrolment, Listed]]
    same: int


def plan_list(
    *, course: Course, rows: Sequence[EnrolmentRow], user: User, now: datetime
) -> ListPlan:
    """Set the list against who takes the course. Stores nothing.

    Raises Faults with every row's faults, CourseNotRunning.
    """
    check_running(course, now)
    listed = read_listed(course=course, rows=rows, user=user, now=now)
    wanted = [one.person.pk for one in listed]
    standing = Enrolment.objects.standing().filter(course=course, person__in=wanted)
    held = {each.person_id: each for each in standing.order_by("ordinal")}
    new, moved, same = [], [], 0
    for one in listed:
        enrolment = held.get(one.person.pk)
        if enrolment is None:
            new.append(one)
        elif _moves(enrolment, one):
            moved.append((enrolment, one))
        else:
            same += 1
    return ListPlan(new, moved, same)


def _moves(enrolment: Enrolment, listed: Listed) -> bool:
    over = enrolment.completed_at or enrolment.exempted_at
    return not over and listed.due_on is not None and enrolment.due_on != listed.due_on


@transaction.atomic
def store_list(
    *,
    course: Course,
    rows: Sequence[EnrolmentRow],
    due_on: date | None,
    user: User,
    now: datetime,
) -> ListPlan:
    """Enrol everybody of the list; repeated it changes nothing.

    Raises as `plan_list`, DuePassed.
    """
    plan = plan_list(course=course, rows=rows, user=user, now=now)
    by_due: dict[date | None, list[User]] = defaultdict(list)
    for one in plan.new:
        by_due[one.due_on or due_on].append(one.person)
    for due, people in by_due.items():
        enrol_people(
            course=course,
            people=people,
            source=EnrolmentSource.LIST,
            user=user,
            due_on=due,
            now=now,
        )
    for enrolment, one in plan.moved:
        enrolment.due_on = one.due_on
    Enrolment.objects.bulk_update([each for each, _one in plan.moved], ["due_on"], batch_size=1000)
    return plan


def read_listed(
    *, course: Course, rows: Sequence[EnrolmentRow], user: User, now: datetime
) -> list[Listed]:
    """The people of the rows, in the same order. Raises Faults with every row's faults."""
    people = _People(course, rows, user)
    today = timezone.localdate(now)
    faults: list[Fault] = []
    first: dict[int, str] = {}
    listed = []
    for row in rows:
        due_on = _read_due(row, today, faults)
        person = people.find(row, faults)
        if person is None:
            continue
        if first.setdefault(person.pk, row.place) != row.place:
            told = {"name": person.full_name, "place": first[person.pk]}
            message = _("“%(name)s” đã có ở %(place)s.") % told
            faults.append(Fault(row.place, "person_twice", message, _("Giữ lại một dòng.")))
        listed.append(Listed(person, due_on))
    if faults:
        raise Faults(faults)
    return listed


class _People:
    """Looks people up among those the user may enrol, all rows at once."""

    def __init__(self, course: Course, rows: Sequence[EnrolmentRow], user: User) -> None:
        self.reach = enrollable_people(user=user, course=course)
        self.born = self._known_births(rows)
        codes = {staff_key(row.staff_code) for row in rows if row.staff_code}
        codes |= {code for found in self.born.values() for code in found}
        found = self.reach.annotate(key=Lower("username")).filter(key__in=codes)
        self.by_code = {staff_key(person.username): person for person in found}

    def _known_births(self, rows: Sequence[EnrolmentRow]) -> dict[Born, set[str]]:
        """{(folded name, birth date): staff codes} of the compulsory lists, for rows without a
        code; only whole birth dates say who somebody is.
        """
        names = {fold(row.full_name) for row in rows if not row.staff_code and row.full_name}
        if not names:
            return {}
        entries = RosterEntry.objects.filter(
            ~Q(staff_code=""),
            folded_name__in=names,
            birth_precision=BirthPrecision.DAY,
            unit__in=self.reach.order_by().values("unit"),
        )
        found: dict[Born, set[str]] = defaultdict(set)
        for name, born, code in entries.values_list("folded_name", "birth_date", "staff_code"):
            if born:
                found[name, born].add(staff_key(code))
        return dict(found)

    def find(self, row: EnrolmentRow, faults: list[Fault]) -> User | None:
        """The person, or a fault and None."""
        if row.staff_code:
            return self._by_code(row, faults)
        if not row.full_name or not row.birth_date:
            message = _("Chưa đủ để biết là ai.")
            hint = _("Ghi mã cán bộ, hoặc họ tên và ngày sinh.")
            faults.append(Fault(row.place, "person_unclear", message, hint))
            return None
        return self._by_birth(row, faults)

    def _by_code(self, row: EnrolmentRow, faults: list[Fault]) -> User | None:
        person = self.by_code.get(staff_key(row.staff_code))
        if person is None:
            message = _("Không có mã cán bộ “%(code)s” trong phạm vi của bạn và của khoá học.")
            hint = _("Kiểm tra lại mã, hoặc thêm người này ở trang Người dùng trước.")
            told = message % {"code": row.staff_code}
            faults.append(Fault(row.place, "person_unknown", told, hint))
        elif row.full_name and fold(row.full_name) != fold(person.full_name):
            message = _("Mã “%(code)s” là của “%(name)s”, khác họ tên ở dòng này.")
            told = message % {"code": row.staff_code, "name": person.full_name}
            faults.append(Fault(row.place, "name_differs", told, _("Sửa mã hoặc họ tên.")))
        return person

    def _by_birth(self, row: EnrolmentRow, faults: list[Fault]) -> User | None:
        try:
            born, _precision = read_birth_date(row.birth_date)
        except ValueError as refusal:
            message = _("Ngày sinh “%(text)s” chưa đúng.") % {"text": row.birth_date}
            faults.append(Fault(row.place, "birth_date", message, str(refusal)))
            return None
        codes = self.born.get((fold(row.full_name), born), set())
        people = {self.by_code[code] for code in codes if code in self.by_code}
        if len(people) == 1:
            return people.pop()
        if people:
            message = _("Có nhiều người tên “%(name)s” cùng ngày sinh.")
        else:
            message = _("Không tìm thấy “%(name)s” với ngày sinh này trong danh sách bắt buộc.")
        told = message % {"name": row.full_name}
        faults.append(Fault(row.place, "person_unknown", told, _("Ghi thêm mã cán bộ.")))
        return None


def _read_due(row: EnrolmentRow, today: date, faults: list[Fault]) -> date | None:
    if not row.due_on:
        return None
    try:
        due_on = read_day(row.due_on)
    except ValueError as refusal:
        message = _("Hạn hoàn thành “%(text)s” chưa đúng.") % {"text": row.due_on}
        faults.append(Fault(row.place, "due_on", message, str(refusal)))
        return None
    if due_on < today:
        message = _("Hạn hoàn thành %(text)s đã qua.") % {"text": row.due_on}
        faults.append(Fault(row.place, "due_passed", message, _("Chọn ngày từ hôm nay trở đi.")))
    return due_on
