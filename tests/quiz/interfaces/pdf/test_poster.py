"""The poster is one A4 page that names the contest, whatever its title's length."""

import re

import pytest

from quiz.interfaces.pdf.poster import Poster, write_poster
from tests.factories import make_open_contest

LINK = "https://thi.example.vn/cuoc-thi/tim-hieu/?don-vi=22276"


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.django_db
@pytest.mark.parametrize("length", [20, 90, 250])
def test_poster_is_one_page_whatever_the_title(length: int) -> None:
    contest = make_open_contest().contest
    contest.title = ("Tìm hiểu cải cách hành chính và dịch vụ công " * 6)[:length]
    for unit in ("", "Trung tâm Phục vụ hành chính công phường Buôn Ma Thuột"):
        pdf = write_poster(Poster(contest, LINK, unit))
        assert pdf.startswith(b"%PDF-")
        assert pages_of(pdf) == 1


@pytest.mark.django_db
def test_each_link_has_its_own_code() -> None:
    contest = make_open_contest().contest
    one, other = (write_poster(Poster(contest, link)) for link in (LINK, LINK + "1"))
    assert one != other
