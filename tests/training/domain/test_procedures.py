"""Standardised procedures: links to the portal of the state, by name."""

import pytest

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from tests.factories import make_person, make_unit
from training.domain.library_search import search_library
from training.domain.listed_rows import ListedRow
from training.domain.procedures import (
    delete_procedures,
    find_procedures,
    is_official,
    load_procedures,
)
from training.models import Procedure

pytestmark = pytest.mark.django_db
PORTAL = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc.html?ma=1"


def row(code: str, name: str = "Đăng ký khai sinh", link: str = PORTAL, field: str = "Hộ tịch"):
    cells = {"code": code, "name": name, "link": link, "field": field}
    return ListedRow(f"dòng {code}", cells)


def test_a_procedure_is_found_by_its_name_without_marks(unit, organiser):
    rows = [row("1.001"), row("1.002", "Đăng ký kết hôn")]
    assert load_procedures(unit=unit, rows=rows, user=organiser) == 2
    assert [one.code for one in find_procedures(text="khai sinh")] == ["1.001"]
    assert find_procedures(field="Hộ tịch", text="dang ky").count() == 2
    assert [one.slug for one in search_library(text="ket hon")] == ["1.002"]


def test_the_same_code_again_replaces_its_row(unit, organiser):
    load_procedures(unit=unit, rows=[row("1.001")], user=organiser)
    load_procedures(unit=unit, rows=[row("1.001", "Khai sinh lưu động")], user=organiser)
    assert [one.name for one in Procedure.objects.all()] == ["Khai sinh lưu động"]
    assert [one.title for one in search_library(text="luu dong")] == ["Khai sinh lưu động"]


def test_every_fault_is_told_and_nothing_is_stored(unit, organiser):
    rows = [row("1.001"), row("", "", "http://a.vn"), row("a b"), row("1.001")]
    with pytest.raises(Faults) as refused:
        load_procedures(unit=unit, rows=rows, user=organiser)
    assert [fault.code for fault in refused.value.faults] == [
        *("code_missing", "name_missing", "link_wrong"),
        *("code_wrong", "row_twice"),
    ]
    assert not Procedure.objects.exists()


@pytest.mark.parametrize(
    ("link", "official"),
    [
        (PORTAL, True),
        ("https://gov.vn/a", True),
        ("http://dichvucong.gov.vn/a", False),
        ("https://dichvucong-gov.vn/a", False),
        ("https://gov.vn.example.com/", False),
        ("https://example.com/?gov.vn", False),
        ("javascript:alert(1)", False),
        ("https://a@b.gov.vn:99999/", False),
    ],
)
def test_links_lead_to_the_state_and_nowhere_else(link, official):
    assert is_official(link) is official


def test_nobody_rewrites_or_deletes_what_another_unit_keeps(unit, organiser):
    load_procedures(unit=unit, rows=[row("1.001")], user=organiser)
    elsewhere = make_unit("Nơi khác")
    stranger = make_person(Role.ORGANISER, unit=elsewhere)
    with pytest.raises(Faults):
        load_procedures(unit=elsewhere, rows=[row("1.001")], user=stranger)
    with pytest.raises(NotAllowed):
        load_procedures(unit=unit, rows=[row("1.009")], user=stranger)
    ids = list(Procedure.objects.values_list("pk", flat=True))
    assert delete_procedures(ids=ids, user=stranger) == 0
    assert delete_procedures(ids=ids, user=organiser) == 1
    assert not search_library(text="khai sinh")
