"""What each row of a people workbook would change, and everything that keeps it from it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.domain.person_changes import set_person_fields
from accounts.domain.person_lines import (
    PersonLine,
    PersonWish,
    join_persons,
    read_person,
    role_words,
)
from accounts.domain.plans import Change
from accounts.domain.unit_search import UnitFinder
from accounts.enums import Role
from accounts.errors import Fault, Faults
from accounts.models import Membership, OrgUnit, User
from accounts.models.user import phone_marks
from accounts.permissions import managed_units

_STORED = {
    "full_name": ("full_name",),
    "email": ("email", "email_verified"),
    "phone": ("phone", "phone_index", "phone_verified"),
}
_check_username = UnicodeUsernameValidator()


@dataclass
class PersonChange:
    """A person as they would be, not saved yet.

    `fields`: columns that differ; `corrected`: which of name, address, phone; `left`: the unit
    they leave; `ended` and `granted`: (role, unit id).
    """

    user: User
    is_new: bool
    fields: set[str] = field(default_factory=set)
    corrected: list[str] = field(default_factory=list)
    left: int | None = None
    ended: list[tuple[str, int]] = field(default_factory=list)
    granted: list[tuple[str, int]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def locks(self) -> bool:
        return "is_active" in self.fields and not self.user.is_active

    def tell(self, act: str, before: str = "", after: str = "") -> None:
        self.changes.append(Change(act, self.user.username, self.user.full_name, before, after))


class Planner:
    """Reads all rows, then sets each person against what is known; four queries for all of them."""

    def __init__(self, user: User) -> None:
        units = managed_units(user)
        self.units = {unit.pk: unit for unit in units}
        self.finder = UnitFinder(units)
        self.found: dict[str, OrgUnit | str] = {}
        self.faults: list[Fault] = []

    def plan(self, lines: Sequence[PersonLine]) -> list[PersonChange]:
        """Everyone the rows name, changed or not. Raises Faults."""
        wishes = self._read(lines)
        self._learn(wishes)
        self._check_claims(wishes.values())
        people = [self._person(key, wish) for key, wish in wishes.items()]
        if self.faults:
            raise Faults(self.faults)
        return people

    def _read(self, lines: Sequence[PersonLine]) -> dict[str, PersonWish]:
        wishes: dict[str, PersonWish] = {}
        words = role_words()
        for line in lines:
            wish = read_person(line, words, self.faults)
            if not wish.username:
                message, hint = _("Chưa có mã cán bộ."), _("Điền mã để đăng nhập.")
                self.faults.append(Fault(line.place, "username_empty", message, hint))
                continue
            held = wishes.setdefault(wish.username.lower(), wish)
            if held is not wish:
                join_persons(held, wish, self.faults)
        return wishes

    def _learn(self, wishes: dict[str, PersonWish]) -> None:
        """Who is known by these codes, their roles, and to whom addresses and phones belong."""
        rows = User.objects.annotate(key=Lower("username")).filter(key__in=list(wishes))
        self.known = {person.key: person for person in rows}
        self.roles: dict[int, set[tuple[str, int]]] = defaultdict(set)
        members = Membership.objects.filter(user__in=self.known.values())
        for user_id, role, unit in members.values_list("user_id", "role", "unit_id"):
            self.roles[user_id].add((role, unit))
        emails = [wish.email for wish in wishes.values() if wish.email]
        self.emails = dict(User.objects.filter(email__in=emails).values_list("email", "username"))
        self.marks = {wish.phone: phone_marks(wish.phone) for wish in wishes.values() if wish.phone}
        marks = [mark for each in self.marks.values() for mark in each]
        held = User.objects.filter(phone_index__in=marks).values_list("phone_index", "username")
        self.phones = {bytes(mark): username for mark, username in held}

    def _check_claims(self, wishes: Iterable[PersonWish]) -> None:
        """An address or a phone belongs to one person, in the file as well."""
        seen: dict[str, PersonWish] = {}
        for wish in wishes:
            key = wish.username.lower()
            marks = self.marks.get(wish.phone, [])
            owners = [self.emails.get(wish.email, ""), *(self.phones.get(m, "") for m in marks)]
            if any(owner and owner.lower() != key for owner in owners):
                message = _("Thư điện tử hoặc số điện thoại đã thuộc một người khác.")
                self._fault(wish, "contact_taken", message, _("Kiểm tra lại hoặc để trống."))
            for value in filter(None, (wish.email, wish.phone)):
                first = seen.setdefault(value, wish)
                if first is not wish:
                    message = _("Thư điện tử hoặc số điện thoại đã ghi cho người khác ở %(place)s.")
                    told = message % {"place": first.place}
                    self._fault(wish, "contact_twice", told, _("Mỗi người một địa chỉ, một số."))

    def _fault(self, wish: PersonWish, code: str, message: str, hint: str) -> None:
        self.faults.append(Fault(wish.place, code, message, hint))

    def _unit(self, place: str, text: str) -> OrgUnit | None:
        """The unit that a cell means; None with a fault. Each text is looked up once."""
        if text not in self.found:
            try:
                self.found[text] = self.finder.find(text)
            except ValueError as refusal:
                self.found[text] = str(refusal)
        found = self.found[text]
        if isinstance(found, str):
            hint = _("Xem mã đơn vị ở trang Đơn vị.")
            self.faults.append(Fault(place, "unit_unknown", found, hint))
            return None
        if found.valid_to is not None:
            message = _("“%(name)s” đã ngừng hoạt động.") % {"name": found.name}
            self.faults.append(Fault(place, "unit_closed", message, _("Chọn đơn vị khác.")))
            return None
        return found

    def _person(self, key: str, wish: PersonWish) -> PersonChange:
        held = self.known.get(key)
        unit = self._unit(wish.place, wish.unit) if wish.unit else None
        person = self._held(held, wish, unit) if held else self._new(wish, unit)
        self._grant(person, wish)
        return person

    def _new(self, wish: PersonWish, unit: OrgUnit | None) -> PersonChange:
        if not wish.full_name:
            self._fault(wish, "name_empty", _("Chưa có họ và tên."), _("Nhập họ và tên đầy đủ."))
        if not wish.unit:
            message = _("Người mới chưa ghi đơn vị.")
            self._fault(wish, "unit_empty", message, _("Điền cột “Đơn vị”."))
        if wish.active is False:
            message = _("Người này chưa có tài khoản nên không có gì để khóa.")
            self._fault(wish, "nobody_to_lock", message, _("Kiểm tra mã cán bộ."))
        self._check_username(wish)
        user = User(username=wish.username, full_name=wish.full_name, unit=unit)
        person = PersonChange(user, is_new=True)
        self._correct(person, wish)
        person.corrected = []
        person.tell("create_person", "", unit.name if unit else "")
        return person

    def _check_username(self, wish: PersonWish) -> None:
        try:
            _check_username(wish.username)
        except ValidationError:
            hint = _("Chỉ dùng chữ, số và các dấu @ . + - _, không có khoảng trắng.")
            self._fault(wish, "username_invalid", _("Mã cán bộ không hợp lệ."), hint)

    def _held(self, user: User, wish: PersonWish, unit: OrgUnit | None) -> PersonChange:
        person = PersonChange(user, is_new=False)
        if user.unit_id not in self.units:
            message = _("“%(code)s” thuộc đơn vị nằm ngoài phạm vi quản trị của bạn.")
            hint = _("Xóa dòng này hoặc nhờ quản trị cấp trên.")
            self._fault(wish, "out_of_reach", message % {"code": user.username}, hint)
            return person
        self._correct(person, wish)
        if unit is not None and unit.pk != user.unit_id:
            self._transfer(person, wish, unit)
        if wish.active is not None and wish.active != user.is_active:
            user.is_active = wish.active
            user.inactive_reason = "" if wish.active else wish.reason
            person.fields |= {"is_active", "inactive_reason"}
            person.tell(
                "reactivate_person" if wish.active else "deactivate_person", "", wish.reason
            )
        if person.fields and any(at not in self.units for _role, at in self.roles[user.pk]):
            message = _("“%(code)s” có vai trò ở đơn vị nằm ngoài phạm vi quản trị của bạn.")
            hint = _("Nhờ quản trị của đơn vị cấp trên thực hiện.")
            self._fault(wish, "person_outranks", message % {"code": user.username}, hint)
        return person

    def _correct(self, person: PersonChange, wish: PersonWish) -> None:
        """Name, address, phone; a cell that is empty takes nothing away."""
        user = person.user
        if wish.email and wish.email != user.email:
            try:
                validate_email(wish.email)
            except ValidationError:
                message = _("Địa chỉ thư điện tử không hợp lệ.")
                self._fault(wish, "email_invalid", message, _("Kiểm tra lại hoặc để trống."))
        same = bytes(user.phone_index or b"") in self.marks.get(wish.phone, [b""])
        person.corrected = set_person_fields(
            user,
            full_name=wish.full_name or user.full_name,
            email=wish.email or user.email,
            phone=None if same or not wish.phone else wish.phone,
        )
        if person.corrected and not person.is_new:
            person.fields |= {name for each in person.corrected for name in _STORED[each]}
            labels = {
                "full_name": _("họ và tên"),
                "email": _("thư điện tử"),
                "phone": _("điện thoại"),
            }
            told = ", ".join(labels[name] for name in person.corrected)
            person.tell("update_person", "", told)

    def _transfer(self, person: PersonChange, wish: PersonWish, unit: OrgUnit) -> None:
        """Roles at the unit they leave end, but for those that the rows name there themselves."""
        user, left = person.user, self.units[person.user.unit_id or 0]
        kept = {(role, self._role_unit(text, at)) for role, text, at in wish.roles if text}
        person.left = left.pk
        person.ended = sorted(
            (role, at)
            for role, at in self.roles[user.pk]
            if at == left.pk and (Role(role), left.pk) not in kept
        )
        user.unit = unit
        person.fields.add("unit")
        person.tell("transfer_person", left.name, unit.name)
        for role, _at in person.ended:
            person.tell("revoke_role", left.name, str(Role(role).label))

    def _role_unit(self, text: str, place: str) -> int | None:
        unit = self._unit(place, text)
        return unit.pk if unit else None

    def _grant(self, person: PersonChange, wish: PersonWish) -> None:
        held = self.roles[person.user.pk] if person.user.pk else set()
        for role, text, place in wish.roles:
            unit = self._role_unit(text, place) if text else person.user.unit_id
            grant = (role.value, unit or 0)
            if unit in self.units and grant not in person.granted:
                if grant in held and grant not in person.ended:
                    continue
                person.granted.append(grant)
                person.tell("grant_role", str(role.label), self.units[unit].name)
