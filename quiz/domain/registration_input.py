"""What someone types to register: one model for the form, the API and the OpenAPI document."""

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from accounts.birth_dates import read_birth_date
from accounts.enums import BirthPrecision
from accounts.phones import read_phone
from accounts.text import nfc
from quiz.enums import Sex
from quiz.errors import InputRefused
from quiz.rules.document import EntryRules

FieldFaults = dict[str, tuple[str, str]]

Text150 = Annotated[str, AfterValidator(nfc), Field(max_length=150)]
Text250 = Annotated[str, AfterValidator(nfc), Field(max_length=250)]


class RegistrationInput(BaseModel):
    """Every field a contest may ask for; its rules say which are asked and which are required."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    request_key: uuid.UUID = Field(description="Random, made by the client once per form shown.")
    group: str = Field(default="", max_length=40, description="Code of the audience group.")
    consent: bool = Field(description="Whether the consent text was agreed to; must be true.")
    full_name: Text150 = ""
    birth_date: str = Field(
        default="", max_length=20, description="dd/mm/yyyy, mm/yyyy, yyyy or ISO 8601."
    )
    sex: str = Field(default="", max_length=6)
    phone: str = Field(default="", max_length=30)
    national_id: str = Field(default="", max_length=30)
    email: Text250 = ""
    address: Text250 = ""
    unit: str = Field(default="", max_length=40, description="Code of the unit.")
    staff_code: str = Field(default="", max_length=60)
    guardian_name: Text150 = Field(
        default="", description="Who agrees to publishing the name of someone under 16."
    )


class Identity(BaseModel):
    """A registration whose every field was checked; what the rules don't ask for is empty."""

    model_config = ConfigDict(frozen=True)

    full_name: str = ""
    birth_date: date | None = None
    birth_precision: BirthPrecision = BirthPrecision.DAY
    sex: str = ""
    phone: str = ""
    national_id: str = ""
    email: str = ""
    address: str = ""
    unit: str = ""
    staff_code: str = ""
    guardian_name: str = ""

    def canonical(self, name: str) -> str:
        """One field as text, equal for equal values."""
        value = getattr(self, name)
        return value.isoformat() if isinstance(value, date) else str(value or "")


def parse_registration(data: Mapping[str, Any]) -> RegistrationInput:
    """Raises InputRefused naming every malformed field."""
    try:
        return RegistrationInput.model_validate(data)
    except ValidationError as error:
        faults: FieldFaults = {}
        for detail in error.errors(include_url=False):
            name = str(detail["loc"][0]) if detail["loc"] else ""
            faults[name] = (detail["type"], _shape_message(name, detail["type"]))
        raise refuse_fields(faults) from None


def refuse_fields(faults: FieldFaults) -> InputRefused:
    """The refusal that lists every field: {"fields": {name: {"code", "message"}}}."""
    return InputRefused(
        fields={
            name: {"code": code, "message": message} for name, (code, message) in faults.items()
        }
    )


def _shape_message(name: str, kind: str) -> str:
    if name == "consent":
        return _("Cần đọc và đánh dấu đồng ý để được dự thi.")
    if kind == "string_too_long":
        return _("Nội dung quá dài.")
    return _("Giá trị chưa hợp lệ.")


def check_registration(
    given: RegistrationInput, *, rules: EntryRules, groups: Iterable[str]
) -> Identity:
    """The identity the rules ask for. Raises InputRefused naming every field that is not right."""
    faults: FieldFaults = {}
    values: dict[str, Any] = {}
    for name in rules.asked_fields:
        text = getattr(given, name)
        if not text:
            if name in rules.required_fields:
                faults[name] = ("missing", _("Chưa điền mục này."))
            continue
        try:
            values |= _read_field(name, text, rules)
        except ValueError as error:
            faults[name] = ("malformed", str(error))
    if "birth_date" in rules.asked_fields:
        values["guardian_name"] = given.guardian_name
    if given.group not in groups:
        faults["group"] = ("unknown_group", _("Chọn đối tượng dự thi."))
    if not given.consent:
        faults["consent"] = ("no_consent", _shape_message("consent", ""))
    if faults:
        raise refuse_fields(faults)
    return Identity(**values)


def _read_field(name: str, text: str, rules: EntryRules) -> dict[str, Any]:
    if name == "birth_date":
        day, precision = read_birth_date(text)
        wanted = BirthPrecision[rules.birth_precision.upper()]
        precision = min(precision, wanted)
        return {"birth_date": _coarsen(day, precision), "birth_precision": precision}
    return {name: _READERS.get(name, str)(text)}


def _coarsen(day: date, precision: BirthPrecision) -> date:
    if precision == BirthPrecision.DAY:
        return day
    return day.replace(day=1, month=1 if precision == BirthPrecision.YEAR else day.month)


def _digits(text: str) -> str:
    return re.sub(r"[\s.\-()]", "", text)


def read_national_id(text: str) -> str:
    """Raises ValueError with a sentence."""
    digits = _digits(text)
    if not re.fullmatch(r"\d{12}", digits, re.ASCII):
        raise ValueError(_("Số định danh cá nhân gồm đúng 12 chữ số, ghi trên thẻ căn cước/CCCD."))
    return digits


def _read_email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text):
        raise ValueError(_("Địa chỉ thư điện tử chưa đúng."))
    return text.lower()


def _read_sex(text: str) -> str:
    if text not in Sex.values:
        raise ValueError(_("Chọn một trong các giá trị của mục này."))
    return text


def _read_name(text: str) -> str:
    if not any(character.isalpha() for character in text):
        raise ValueError(_("Ghi họ và tên bằng chữ."))
    return text


_READERS: dict[str, Callable[[str], str]] = {
    "phone": read_phone,
    "national_id": read_national_id,
    "email": _read_email,
    "sex": _read_sex,
    "full_name": _read_name,
}
