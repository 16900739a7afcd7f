"""Papers and keys as jobs: what is in the files, and what is not."""

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from django.utils import timezone
from docx import Document

from accounts.domain.job_runs import open_job_file
from accounts.domain.jobs import queue_job, run_job
from accounts.enums import JobState
from accounts.models import AuditEntry
from quiz.domain.drawable_pools import drawable_pools
from quiz.domain.media_files import store_bytes
from quiz.domain.printed_papers import (
    PaperHead,
    PrintedItem,
    PrintedPaper,
    key_rows,
    plan_codes,
    print_papers,
)
from quiz.drafts import STEM, Media
from quiz.interfaces.printing.jobs import PRINT_KEY, PRINT_PAPERS
from quiz.interfaces.printing.papers_docx import write_paper_docx
from quiz.interfaces.printing.papers_pdf import write_answer_sheet, write_paper
from quiz.models import KeyOpening
from tests.factories import make_draft, make_open_contest, make_person
from tests.media_samples import PNG, WEBP

pytestmark = pytest.mark.django_db
PAGES = re.compile(rb"/Type\s*/Page\b")
LONG = "Theo quy định hiện hành, cơ quan nào chịu trách nhiệm giải quyết hồ sơ này? " * 4


@pytest.fixture
def made():
    return make_open_contest(drafts=[make_draft(n, stem=f"{n}. {LONG}") for n in range(1, 9)])


def do(made, kind: str, user=None, **params):
    asked = {"round": made.round.pk, "group": "nguoi-dan", "count": 2, "first": 101}
    job = queue_job(
        kind=kind,
        params=asked | {"same_items": True} | params,
        user=user or made.organiser,
        now=timezone.now(),
    )
    return run_job(job_id=job.pk)


def files_of(job) -> dict[str, bytes]:
    with open_job_file(job) as file, zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def papers_of(made):
    (pool,) = drawable_pools(round=made.round, now=timezone.now())
    return pool, print_papers(pool=pool, codes=plan_codes(count=2, first=101), same_items=True)


def test_each_code_comes_as_pdf_and_word_with_an_answer_sheet(made):
    job = do(made, PRINT_PAPERS)
    assert (job.state, job.done, job.total) == (JobState.DONE, 2, 2)
    files = files_of(job)
    assert sorted(files) == [
        "de-101.docx",
        "de-101.pdf",
        "de-102.docx",
        "de-102.pdf",
        "phieu-tra-loi.pdf",
    ]
    assert all(files[name].startswith(b"%PDF") for name in files if name.endswith(".pdf"))
    assert AuditEntry.objects.filter(act="print_papers").count() == 1


def test_word_holds_the_paper_and_keeps_items_together(made):
    _pool, papers = papers_of(made)
    document = Document(io.BytesIO(files_of(do(made, PRINT_PAPERS))["de-102.docx"]))
    texts = [paragraph.text for paragraph in document.paragraphs]
    items = [papers[1].items[0], papers[1].items[4]]
    assert f"Câu 1. {items[0].stem}" in texts
    assert f"Câu 5. {items[1].stem}" in texts
    assert "Mã đề: 102" in texts
    begins = texts.index(f"Câu 1. {items[0].stem}")
    options = [t for t in texts[begins + 1 : begins + 3] if t]
    assert (
        " ".join(options).replace("\t", " ").split()
        == " ".join(
            f"{letter}. {text}" for letter, text in zip("ABCD", items[0].options, strict=True)
        ).split()
    )
    kept = [p.paragraph_format.keep_with_next for p in document.paragraphs[begins : begins + 3]]
    assert kept == [True, True, False]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler reads the PDF back")
def test_pages_break_between_items_only(made, tmp_path):
    _pool, papers = papers_of(made)
    (tmp_path / "de.pdf").write_bytes(files_of(do(made, PRINT_PAPERS))["de-101.pdf"])
    read = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "de.pdf"), "-"],
        check=True,
        capture_output=True,
    )
    pages = [" ".join(page.split()) for page in read.stdout.decode().split("\f") if page.strip()]
    assert [re.search(r"Mã đề 101 · Trang (\d)/\d", page)[1] for page in pages] == [
        str(number) for number in range(1, len(pages) + 1)
    ]
    for item in papers[0].items:
        (own,) = [page for page in pages if f"Câu {item.number}." in page]
        for letter, option in zip("ABCD", item.options, strict=True):
            assert f"{letter}. {option}" in own


def test_papers_open_no_keys_and_the_key_does(made):
    reader = make_person("organiser", unit=made.unit)
    do(made, PRINT_PAPERS, user=reader)
    assert not KeyOpening.objects.filter(user=reader).exists()
    job = do(made, PRINT_KEY, user=reader)
    assert KeyOpening.objects.filter(user=reader, bank=made.banks[0]).exists()
    files = files_of(job)
    assert sorted(files) == ["dap-an.docx", "dap-an.pdf"]
    (table,) = Document(io.BytesIO(files["dap-an.docx"])).tables[1:]
    pool, papers = papers_of(made)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Câu", "Mã 101", "Mã 102"],
        *key_rows(pool=pool, papers=papers),
    ]
    assert AuditEntry.objects.filter(act="print_key", actor=reader).count() == 1


def test_only_who_runs_the_contest_and_reaches_its_bank_prints(made):
    for person in (make_person(), make_person("exporter", unit=made.unit)):
        for kind in (PRINT_PAPERS, PRINT_KEY):
            job = do(made, kind, user=person)
            assert (job.state, job.error_code) == (JobState.FAILED, "not_allowed")
    assert do(made, PRINT_PAPERS, group="khac").error_code == "not_found"


def test_pictures_are_printed_and_sounds_are_told():
    media = tuple(
        Media(place=place, kind=kind, sha256=store_bytes(content), alt=alt, mime=mime, **sides)
        for place, kind, content, alt, mime, sides in (
            (STEM, "image", PNG, "Sơ đồ", "image/png", {"width": 8, "height": 4}),
            (1, "image", WEBP, "Con dấu", "image/webp", {"width": 8, "height": 4}),
            (STEM, "sound", b"ID3", "Nghe đoạn sau", "audio/mpeg", {}),
        )
    )
    item = PrintedItem(1, "Hình nào đúng?", ("một", "hai"), several=False, media=media)
    paper = PrintedPaper("101", (item,), ())
    head = PaperHead("", "Ban Tổ chức", "Cuộc thi", "Vòng 1", "")
    assert write_paper(paper, head).count(b"/Subtype/Image") == 2
    word = io.BytesIO()
    write_paper_docx(paper, head, word)
    document = Document(word)
    assert len(document.inline_shapes) == 2
    assert "(Câu này có âm thanh: Nghe đoạn sau)" in [p.text for p in document.paragraphs]


def test_many_items_take_further_sheets():
    head = PaperHead("", "Ban Tổ chức", "Cuộc thi", "Vòng 1", "")
    pages = {
        (count, options): len(PAGES.findall(write_answer_sheet(head, count=count, options=options)))
        for count, options in ((10, 4), (100, 5), (101, 5), (75, 8), (76, 8))
    }
    assert pages == {(10, 4): 1, (100, 5): 1, (101, 5): 2, (75, 8): 1, (76, 8): 2}
