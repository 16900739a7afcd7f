"""Pages of documents become pictures and words, once."""

import pytest
from django.utils import timezone

from accounts.domain.jobs import queue_job, run_job
from accounts.enums import JobState, Role
from tests.people import make_trio
from tests.training.file_samples import pdf
from tests.training.stored_files import make_ready_file
from training.demo.files import slides
from training.domain.courses import DRAW_PAGES
from training.domain.file_errors import FileNotFound
from training.enums import FileKind
from training.interfaces.pages.drawing import AT_ONCE, page_path, pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    trio = make_trio(Role.ORGANISER)

    def store(content: bytes, pages: int):
        return make_ready_file(
            unit=trio.here,
            user=trio.alice,
            kind=FileKind.PDF,
            content=content,
            facts={"pages": pages},
        )

    return store


def test_a_page_is_a_picture_with_its_words(stored) -> None:
    file = stored(slides(), 3)
    first, second, third = pages_of(file, first=1)
    assert (first.drawn, second.drawn, third.drawn) == (True, True, True)
    assert "Dữ liệu đã có thì không đòi giấy" in " ".join(first.words.split())
    assert page_path(file, 3).read_bytes()[8:12] == b"WEBP"
    drawn_at = page_path(file, 1).stat().st_mtime_ns
    pages_of(file, first=1)
    assert page_path(file, 1).stat().st_mtime_ns == drawn_at


def test_the_worker_draws_all_pages_and_goes_on_where_it_was_killed(stored) -> None:
    file = stored(pdf(AT_ONCE + 1), AT_ONCE + 1)
    pages_of(file, first=1)
    job = queue_job(kind=DRAW_PAGES, params={"file": file.pk}, user=None, now=timezone.now())
    done = run_job(job_id=job.pk)
    assert done is not None
    assert (done.state, done.result) == (
        JobState.DONE,
        {"pages": AT_ONCE + 1, "drawn": AT_ONCE + 1},
    )


def test_a_document_that_cannot_be_drawn_is_told_page_by_page(stored) -> None:
    file = stored(b"%PDF-1.7 broken", 2)
    assert [(page.drawn, page.words) for page in pages_of(file, first=1)] == [(False, "")] * 2
    with pytest.raises(FileNotFound):
        page_path(file, 1)
