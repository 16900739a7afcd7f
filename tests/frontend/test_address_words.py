"""A code that people or titles make up never takes the place of a fixed address beside it."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.urls import URLResolver, get_resolver

from accounts.enums import Role
from tests.people import make_trio
from training.domain.course_errors import CodeReserved
from training.domain.courses import RESERVED_CODES, CourseInput, create_course

COURSE_CODE = "hoc/<slug:code>"
# Codes that can't be one of the words beside them: made by chance or by a pattern of their own
# (an issue's is “unit-year-number”), or chosen among the words the program knows.
MADE_OTHERWISE = {
    "ban-tin/<slug:slug>",
    "giay-hoan-thanh/<slug:code>",
    "lam-viec/cuoc-thi/<int:pk>/vong/<int:round_pk>/ketqua/dinh-chinh/<slug:kind>",
    "lam-viec/du-lieu-ca-nhan/<str:number>",
    "lam-viec/tai-khoan/<str:kind>",
    "lam-viec/tap-huan/giay-xac-nhan/<slug:code>",
    "tai-khoan/dang-nhap/he-thong/<str:provider_id>",
}


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, address)
        else:
            yield address


def words_beside_codes() -> dict[str, set[str]]:
    """{address up to a code: the fixed words that stand in its place}."""
    split = [address.lstrip("^").split("/") for address in addresses(get_resolver())]
    followers: dict[str, set[str]] = defaultdict(set)
    for parts in split:
        for place, part in enumerate(parts):
            followers["/".join(parts[:place])].add(part)
    return {
        f"{before}/{part}": fixed
        for before, parts in followers.items()
        for part in parts
        if re.fullmatch(r"<(slug|str):\w+>", part)
        and (fixed := {word for word in parts if word and not re.search(r"[<(\\]", word)})
    }


def test_words_beside_a_course_code_are_the_reserved_ones():
    beside = words_beside_codes()
    assert beside.pop(COURSE_CODE) == RESERVED_CODES
    assert set(beside) == MADE_OTHERWISE


@pytest.mark.django_db
def test_a_reserved_course_code_is_refused_and_a_title_that_makes_one_gets_a_number():
    trio = make_trio(Role.ORGANISER)
    given = CourseInput(title="Giờ học")
    with pytest.raises(CodeReserved):
        create_course(unit=trio.here, given=given, user=trio.alice, code="lop")
    assert create_course(unit=trio.here, given=given, user=trio.alice).code == "gio-hoc-2"
