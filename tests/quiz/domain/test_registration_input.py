from datetime import date

import pytest

from accounts.enums import BirthPrecision
from quiz.domain.registration_input import (
    check_registration,
    parse_registration,
    read_birth_date,
    read_national_id,
    read_phone,
)
from quiz.errors import InputRefused
from quiz.rules.document import EntryRules, IdentityField
from tests.factories import make_rules, registration_data

RULES = make_rules().entry


def check(rules: EntryRules = RULES, **fields):
    given = parse_registration(registration_data(**fields))
    return check_registration(given, rules=rules, groups=["nguoi-dan"])


def refused_fields(call) -> dict[str, str]:
    with pytest.raises(InputRefused) as refusal:
        call()
    return {name: fault["code"] for name, fault in refusal.value.details["fields"].items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05/09/1990", (date(1990, 9, 5), BirthPrecision.DAY)),
        ("5-9-1990", (date(1990, 9, 5), BirthPrecision.DAY)),
        ("1990-09-05", (date(1990, 9, 5), BirthPrecision.DAY)),
        ("9/1990", (date(1990, 9, 1), BirthPrecision.MONTH)),
        ("1990", (date(1990, 1, 1), BirthPrecision.YEAR)),
        (" 29.2.2000 ", (date(2000, 2, 29), BirthPrecision.DAY)),
    ],
)
def test_a_birth_date_says_how_much_of_it_is_known(text, expected):
    assert read_birth_date(text) == expected


@pytest.mark.parametrize("text", ["31/02/1990", "90", "05/09/90", "1/2/3/4", "abc", "٥/٩/١٩٩٠", ""])
def test_a_day_that_never_was_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        read_birth_date(text)


@pytest.mark.parametrize("text", ["0912345678", "+84 912 345 678", "84912345678", "0912.345.678"])
def test_a_phone_number_has_one_form(text):
    assert read_phone(text) == "0912345678"


@pytest.mark.parametrize("text", ["912345678", "09123", "09123456789012", "09l2345678"])
def test_what_is_no_phone_number_is_refused(text):
    with pytest.raises(ValueError, match="10 chữ số"):
        read_phone(text)


def test_an_identity_number_has_twelve_digits():
    assert read_national_id("054 090 000 001") == "054090000001"
    with pytest.raises(ValueError, match="12 chữ số"):
        read_national_id("05409000000")


def test_everything_wrong_is_told_at_once():
    faults = refused_fields(
        lambda: check(
            full_name="", birth_date="32/01/1990", phone="12", group="khac", consent=False
        )
    )
    assert faults == {
        "full_name": "missing",
        "birth_date": "malformed",
        "phone": "malformed",
        "group": "unknown_group",
        "consent": "no_consent",
    }


def test_a_missing_consent_is_no_consent():
    data = registration_data()
    del data["consent"]
    assert refused_fields(lambda: parse_registration(data)) == {"consent": "missing"}


def test_fields_the_rules_do_not_ask_for_are_not_kept():
    who = check(national_id="054090000001", address="Thôn 1", staff_code="CB1")
    assert (who.national_id, who.address, who.staff_code) == ("", "", "")


def test_only_as_much_of_the_birth_date_is_kept_as_the_rules_ask_for():
    rules = RULES.model_copy(update={"birth_precision": "year"})
    who = check(rules)
    assert (who.birth_date, who.birth_precision) == (date(1990, 1, 1), BirthPrecision.YEAR)


def test_someone_who_knows_only_the_year_is_accepted():
    who = check(birth_date="1948")
    assert (who.birth_date, who.birth_precision) == (date(1948, 1, 1), BirthPrecision.YEAR)


def test_a_name_is_kept_in_one_normal_form():
    assert check(full_name="  Ho\u0300a   Thị\tNga ").full_name == "Hòa Thị Nga"


def test_a_form_from_elsewhere_is_refused_field_by_field():
    data = {"request_key": "not-random", "group": "g" * 41, "consent": "maybe"}
    assert refused_fields(lambda: parse_registration(data)) == {
        "request_key": "uuid_parsing",
        "group": "string_too_long",
        "consent": "bool_parsing",
    }


def test_an_optional_field_that_is_filled_in_is_checked():
    rules = RULES.model_copy(
        update={"identity_fields": [IdentityField(name="email", required=False)]}
    )
    assert check(rules, email="").email == ""
    assert refused_fields(lambda: check(rules, email="a@b")) == {"email": "malformed"}
