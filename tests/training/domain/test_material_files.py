"""The file of a material: sent with the form, read by anyone once published, found by its words."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.domain.jobs import run_job
from accounts.enums import Role
from accounts.models import Job
from tests.factories import make_person, make_unit
from tests.training.file_samples import pdf_of
from tests.training.library import make_material
from tests.training.stored_files import make_ready_file
from training.domain.file_use import may_read_file
from training.domain.library_errors import MaterialFileNotReady
from training.domain.library_search import search_library
from training.domain.material_files import take_file
from training.domain.materials import (
    READ_MATERIAL,
    MaterialDraft,
    change_material,
    publish_material,
    store_file_text,
    withdraw_material,
)
from training.enums import FileKind, MaterialKind

pytestmark = pytest.mark.django_db
WORDS = "Quy che tiep cong dan"
PDF = pdf_of(
    f"<< /Length {28 + len(WORDS)} >>\nstream\nBT /F1 12 Tf 10 50 Td ({WORDS}) Tj ET\nendstream",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
).replace(
    b"/MediaBox [0 0 100 100]",
    b"/MediaBox [0 0 400 100] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>",
)


@pytest.fixture
def unit():
    return make_unit()


@pytest.fixture
def organiser(unit):
    return make_person(Role.ORGANISER, unit=unit)


def pdf_material(unit, organiser, content=PDF):
    file = make_ready_file(unit=unit, user=organiser, kind=FileKind.PDF, content=content)
    material = make_material(unit, organiser, title="Quyết định", file=file)
    run_job(job_id=Job.objects.get(kind=READ_MATERIAL).pk)
    material.refresh_from_db()
    return material


def test_the_words_of_a_pdf_are_found(unit, organiser):
    material = pdf_material(unit, organiser)
    assert material.file_text == WORDS
    assert [entry.slug for entry in search_library(text="tiep cong dan")] == [material.slug]


def test_a_pdf_that_can_not_be_read_is_published_all_the_same(unit, organiser):
    material = pdf_material(unit, organiser, b"%PDF-1.7 hong")
    assert (material.state, material.file_text) == ("published", "")
    assert Job.objects.get(kind=READ_MATERIAL).state == "done"


def test_words_of_a_file_that_was_changed_meanwhile_are_not_stored(unit, organiser):
    material = make_material(unit, organiser, text="x")
    store_file_text(material_pk=material.pk, file_pk=1, text="cũ")
    material.refresh_from_db()
    assert material.file_text == ""


def test_a_new_file_is_read_anew(unit, organiser):
    material = pdf_material(unit, organiser)
    draft = MaterialDraft(kind=MaterialKind.POST, title="Quyết định", text="Không còn tệp")
    change_material(material=material, draft=draft, user=organiser)
    assert not search_library(text="tiep cong dan")


def test_anyone_reads_the_file_of_what_is_published_and_of_nothing_else(unit, organiser):
    file = make_ready_file(unit=unit, user=organiser)
    material = make_material(unit, organiser, published=False, file=file)
    assert not may_read_file(AnonymousUser(), file)
    publish_material(material=material, user=organiser, now=timezone.now())
    assert may_read_file(AnonymousUser(), file)
    withdraw_material(material=material, reason="Cũ", user=organiser)
    assert not may_read_file(AnonymousUser(), file)


def test_a_file_is_taken_in_one_piece_and_waited_for(unit, organiser):
    file = take_file(
        unit=unit,
        name="a.pdf",
        size=len(PDF),
        chunks=[PDF[:100], PDF[100:]],
        user=organiser,
        now=timezone.now(),
    )
    assert (file.state, file.received) == ("checking", len(PDF))
    material = make_material(unit, organiser, published=False, file=file)
    with pytest.raises(MaterialFileNotReady):
        publish_material(material=material, user=organiser, now=timezone.now())
