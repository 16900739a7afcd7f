"""The poster is one A4 page that names the contest, whatever its title's length."""

import re
import zipfile
from datetime import date

import pytest
import typst
from django.utils import timezone

from accounts.domain.installation import update_installation
from accounts.domain.job_runs import open_job_file
from accounts.domain.jobs import queue_job, run_job
from accounts.enums import JobState, Role
from quiz.interfaces.pdf.poster import Poster, write_poster
from quiz.interfaces.pdf.poster_jobs import POSTERS_JOB
from tests.factories import make_open_contest, make_person, make_unit

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


@pytest.mark.django_db
def test_a5_is_a_sheet_of_half_the_size() -> None:
    contest = make_open_contest().contest
    for size, width, height in (("a4", 595.28, 841.89), ("a5", 419.53, 595.28)):
        pdf = write_poster(Poster(contest, LINK), size=size)
        box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
        assert [float(side) for side in box.groups()] == pytest.approx([width, height], abs=0.1)


@pytest.mark.django_db
def test_the_bodys_emblem_stands_on_the_poster() -> None:
    contest = make_open_contest().contest
    plain = write_poster(Poster(contest, LINK))
    square = typst.compile(b"#set page(width: 9pt, height: 9pt)\n#square(fill: red)", format="png")
    update_installation(user=None, seal=square)
    sealed = write_poster(Poster(contest, LINK))
    pictures = [len(re.findall(rb"/Subtype\s*/Image", pdf)) for pdf in (plain, sealed)]
    assert (pages_of(sealed), pictures) == (1, [0, 1])


@pytest.mark.django_db
@pytest.mark.parametrize(("together", "names"), [(True, ["to-treo-0001-0002.pdf"]), (False, None)])
def test_every_unit_below_has_its_page(together: bool, names: list[str] | None) -> None:
    made = make_open_contest()
    for number, name in enumerate(("Xã Hòa Thịnh", "Xã Tây Hòa")):
        make_unit(name, parent=made.unit, code=f"u{number}")
    make_unit("Xã đã sáp nhập", parent=made.unit, valid_to=date(2025, 7, 1))
    params = {
        "contest": made.contest.pk,
        "link": "https://a.vn/?don-vi=",
        "size": "a5",
        "together": together,
    }
    job = queue_job(kind=POSTERS_JOB, params=params, user=made.organiser, now=timezone.now())
    job = run_job(job_id=job.pk)
    assert (job.state, job.result["rows"]) == (JobState.DONE, 2)
    with zipfile.ZipFile(open_job_file(job)) as archive:
        assert archive.namelist() == (names or ["xa-hoa-thinh-u0.pdf", "xa-tay-hoa-u1.pdf"])
        assert sum(pages_of(archive.read(name)) for name in archive.namelist()) == 2


@pytest.mark.django_db
def test_posters_of_a_contest_out_of_reach_are_refused() -> None:
    made = make_open_contest()
    stranger = make_person(Role.ORGANISER, unit=make_unit())
    params = {"contest": made.contest.pk, "link": "", "size": "a4", "together": True}
    job = queue_job(kind=POSTERS_JOB, params=params, user=stranger, now=timezone.now())
    assert run_job(job_id=job.pk).error_code == "not_allowed"
