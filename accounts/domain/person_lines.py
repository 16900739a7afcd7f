"""The rows of a people workbook as they were written, and what they say of one person together."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.errors import Fault
from accounts.phones import read_phone
from accounts.text import fold, nfc

_STATES = {
    "": None,
    "dang hoat dong": True,
    "hoat dong": True,
    "mo": True,
    "mo lai": True,
    "khoa": False,
    "ngung": False,
    "ngung hoat dong": False,
    "nghi viec": False,
    "nghi huu": False,
}
_ROLE_WORDS = {
    "soan cau hoi": Role.AUTHOR,
    "nguoi soan": Role.AUTHOR,
    "duyet cau hoi": Role.REVIEWER,
    "nguoi duyet": Role.REVIEWER,
    "to chuc": Role.ORGANISER,
    "nguoi to chuc": Role.ORGANISER,
    "lanh dao": Role.UNIT_LEAD,
    "lanh dao don vi": Role.UNIT_LEAD,
    "dau moi": Role.UNIT_LEAD,
    "dau moi don vi": Role.UNIT_LEAD,
    "xuat du lieu": Role.EXPORTER,
    "kiem tra": Role.AUDITOR,
    "quan tri vien": Role.ADMINISTRATOR,
}


@dataclass(frozen=True)
class PersonLine:
    """One row as it was written, "" where nothing is; `place` says where it stands."""

    place: str
    username: str = ""
    full_name: str = ""
    unit: str = ""
    email: str = ""
    phone: str = ""
    roles: str = ""
    role_unit: str = ""
    state: str = ""
    reason: str = ""


@dataclass
class PersonWish:
    """What the rows of one person want; "" and None where they say nothing.

    `roles` are (role, unit as written or "" for the person's own, place of the row).
    """

    place: str
    username: str
    full_name: str = ""
    unit: str = ""
    email: str = ""
    phone: str = ""
    active: bool | None = None
    reason: str = ""
    roles: list[tuple[Role, str, str]] = field(default_factory=list)


def role_words() -> dict[str, Role]:
    """Every folded word for a role: its code, its name as shown, and the usual ones."""
    return {
        **_ROLE_WORDS,
        **{role.value: role for role in Role},
        **{fold(str(role.label)): role for role in Role},
    }


def read_person(line: PersonLine, words: dict[str, Role], faults: list[Fault]) -> PersonWish:
    """The values of a row; what can't be read goes to `faults`."""
    wish = PersonWish(
        place=line.place,
        username=line.username,
        full_name=nfc(line.full_name),
        unit=line.unit,
        email=line.email.lower(),
        reason=nfc(line.reason),
    )
    _check_lengths(line, faults)
    if line.phone:
        wish.phone = _phone(line, faults)
    state = fold(line.state)
    if state in _STATES:
        wish.active = _STATES[state]
    else:
        message = _("Trạng thái “%(text)s” chưa rõ.") % {"text": line.state}
        hint = _("Ghi “Khóa”, “Mở lại”, hoặc để trống.")
        faults.append(Fault(line.place, "state_unknown", message, hint))
    wish.roles = _roles(line, words, faults)
    return wish


def _check_lengths(line: PersonLine, faults: list[Fault]) -> None:
    for text, longest in ((line.username, 60), (line.full_name, 150), (line.email, 254)):
        if len(text) > longest:
            message = _("“%(text)s…” dài quá %(count)s ký tự.")
            told = message % {"text": text[:30], "count": longest}
            faults.append(Fault(line.place, "too_long", told, _("Viết ngắn lại.")))


def _phone(line: PersonLine, faults: list[Fault]) -> str:
    """Excel drops the first zero of a number that is not kept as text."""
    text = f"0{line.phone}" if len(line.phone) == 9 and line.phone.isdigit() else line.phone
    try:
        return read_phone(text)
    except ValueError as refusal:
        hint = _("Kiểm tra lại hoặc để trống.")
        faults.append(Fault(line.place, "phone_invalid", str(refusal), hint))
        return ""


def _roles(
    line: PersonLine, words: dict[str, Role], faults: list[Fault]
) -> list[tuple[Role, str, str]]:
    found: list[tuple[Role, str, str]] = []
    for part in filter(None, map(str.strip, line.roles.split(";"))):
        whole = words.get(fold(part))
        names = [part] if whole else [name.strip() for name in part.split(",")]
        for name in names:
            role = words.get(fold(name))
            if role is None:
                message = _("Vai trò “%(text)s” chưa có.") % {"text": name}
                labels = "; ".join(str(role.label) for role in Role)
                hint = _("Chọn trong: %(labels)s.") % {"labels": labels}
                faults.append(Fault(line.place, "role_unknown", message, hint))
            else:
                found.append((role, line.role_unit, line.place))
    return found


def join_persons(first: PersonWish, more: PersonWish, faults: list[Fault]) -> None:
    """A later row of the same person adds roles; else it repeats the earlier row or is silent."""
    first.roles += more.roles
    for name in ("full_name", "unit", "email", "phone", "active", "reason"):
        new, known = getattr(more, name), getattr(first, name)
        if known in ("", None):
            setattr(first, name, new)
        elif new not in ("", None, known):
            message = _("Dòng này nói khác %(place)s về cùng một người.") % {"place": first.place}
            faults.append(Fault(more.place, "contradiction", message, _("Giữ lại một dòng.")))
            return
