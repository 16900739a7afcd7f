"""A scanned page says which release it is of and whether that is still in force."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from quiz.domain.printed_pages import mark_page, mark_pages, read_page
from quiz.domain.releases import approve_release, return_release, submit_for_signature
from quiz.enums import PrintedPaper, ReleaseState
from quiz.models import Release
from tests.factories import OpenContest, make_open_contest
from tests.results_factory import Entry, Person, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db
CONTENT = [["1", "Nguyễn Thị Thử Nghiệm", "Giải Nhất", "1.000.000"]]


@pytest.fixture(scope="module")
def _sealed(django_db_setup, django_db_blocker):
    """One sealed round for the module; each test's own changes are rolled back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        made = make_open_contest()
        make_entrants(
            made, [Person(full_name=name, entries=[Entry(wrong=n)]) for n, name in enumerate("AB")]
        )
        close_and_seal(made)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def made(_sealed: OpenContest, db) -> OpenContest:
    return _sealed


def submit(made: OpenContest) -> Release:
    return submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())


def publish(release: Release, made: OpenContest) -> None:
    approve_release(
        release=release,
        user=made.reviewer,
        decision_number="12/QĐ-BTC",
        decision_date=date(2026, 11, 30),
        now=timezone.now(),
    )


def annex_of(release: Release) -> str:
    marked = mark_page(
        release=release, paper=PrintedPaper.ANNEX, content=CONTENT, rows=1, money=1_000_000
    )
    return marked.path


def scanned(path: str) -> tuple[int, str]:
    answer = Client().get(path)
    return answer.status_code, answer.content.decode()


def test_before_during_and_after_the_signature_a_page_says_what_it_is_worth(made):
    release = submit(made)
    path = annex_of(release)
    code, text = scanned(path)
    assert code == 200
    assert "Bản số 1 chưa công bố" in text
    publish(release, made)
    assert annex_of(Release.objects.get()) == path
    code, text = scanned(path)
    assert "Đúng bản công bố số 1" in text
    assert "12/QĐ-BTC" in text
    assert "1.000.000 đồng" in text


def test_a_page_of_a_replaced_release_names_the_newer_one(made):
    release = submit(made)
    publish(release, made)
    path = annex_of(release)
    second = Release.objects.get()
    second.pk, second.number, second.digest = None, 2, "cd" * 32
    second.save()
    code, text = scanned(path)
    assert (code, "Đã có bản số 2" in text, "Đúng bản công bố" in text) == (200, True, False)
    assert "Đúng bản công bố số 2" in scanned(annex_of(second))[1]


def test_a_page_of_a_draft_that_was_returned_is_not_to_be_used(made):
    release = submit(made)
    path = annex_of(release)
    return_release(release=release, user=made.reviewer, reason="Sai tên")
    assert "đã bị trả lại" in scanned(path)[1]


def test_a_forged_page_is_known_by_nobody(made):
    release = submit(made)
    path = annex_of(release)
    for forged in (
        path.replace("-1000000-", "-9000000-"),
        path.replace("/pl-", "/qd-"),
        path.replace("/1/1/", "/1/2/"),
        path.replace(release.contest.code, "khong-co"),
        path[:-3] + "00/",
    ):
        assert scanned(forged)[0] == 404, forged


def test_the_pages_of_a_paper_are_counted_through(made):
    release = submit(made)
    pages = mark_pages(
        release=release, paper=PrintedPaper.ANNEX, pages=[(CONTENT, 1, 5), (["b"], 2, 7)]
    )
    read = []
    for page in pages:
        _, _, contest, round_number, number, mark, _ = page.path.split("/")
        found = read_page(
            contest_code=contest, round_number=int(round_number), number=int(number), mark=mark
        )
        told = found.mark
        read.append((told.page, told.pages, told.rows, told.money, found.paper, found.standing))
    label = "Phụ lục danh sách đạt giải"
    assert read == [(1, 2, 1, 5, label, "waiting"), (2, 2, 2, 7, label, "waiting")]
    assert len({page.code for page in pages}) == 2


def test_the_release_in_force_is_a_published_one(made):
    """A later draft does not replace what is in force."""
    release = submit(made)
    publish(release, made)
    later = Release.objects.get()
    later.pk, later.number, later.state = None, 2, ReleaseState.SUBMITTED
    later.approved_by = None
    later.save()
    assert "Đúng bản công bố số 1" in scanned(annex_of(release))[1]
