"""The files of a material: described, read by anyone once published, found by their words."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.domain.jobs import run_job
from accounts.errors import Faults
from accounts.models import Job
from tests.training.file_samples import pdf_of
from tests.training.library import make_material
from tests.training.stored_files import make_ready_file
from training.domain.file_use import may_read_file, unused_files
from training.domain.files import take_whole
from training.domain.library_errors import MaterialFileNotReady, PictureNotDescribed
from training.domain.library_search import search_library
from training.domain.materials import (
    READ_MATERIAL,
    MaterialDraft,
    change_material,
    publish_material,
    store_file_text,
    withdraw_material,
)
from training.enums import FileKind, FileState, MaterialKind
from training.models import TrainingFile

pytestmark = pytest.mark.django_db
WORDS = "Quy che tiep cong dan"
PDF = pdf_of(
    f"<< /Length {28 + len(WORDS)} >>\nstream\nBT /F1 12 Tf 10 50 Td ({WORDS}) Tj ET\nendstream",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
).replace(
    b"/MediaBox [0 0 100 100]",
    b"/MediaBox [0 0 400 100] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>",
)


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
    material = make_material(unit, organiser, published=False, file=file, alt="Hình")
    assert not may_read_file(AnonymousUser(), file)
    publish_material(material=material, user=organiser, now=timezone.now())
    assert may_read_file(AnonymousUser(), file)
    withdraw_material(material=material, reason="Cũ", user=organiser)
    assert not may_read_file(AnonymousUser(), file)


def test_a_file_that_is_still_looked_at_is_waited_for(unit, organiser):
    file = take_whole(
        unit=unit,
        name="a.pdf",
        file=ContentFile(PDF),
        user=organiser,
        now=timezone.now(),
    )
    assert (file.state, file.received) == ("checking", len(PDF))
    material = make_material(unit, organiser, published=False, file=file)
    with pytest.raises(MaterialFileNotReady):
        publish_material(material=material, user=organiser, now=timezone.now())


def test_a_picture_without_words_is_refused(unit, organiser):
    picture = make_ready_file(unit=unit, user=organiser)
    with pytest.raises(Faults) as refused:
        make_material(unit, organiser, file=picture, alt=" ")
    assert [fault.code for fault in refused.value.faults] == ["alt_missing"]
    make_material(unit, organiser, file=picture, alt="Bốn bước nộp hồ sơ")
    picture.refresh_from_db()
    assert picture.alt == "Bốn bước nộp hồ sơ"


def test_a_picture_that_was_looked_at_only_later_is_not_published_without_words(unit, organiser):
    picture = make_ready_file(unit=unit, user=organiser)
    TrainingFile.objects.update(kind="", state=FileState.CHECKING)
    picture.refresh_from_db()
    material = make_material(unit, organiser, published=False, file=picture)
    TrainingFile.objects.update(kind=FileKind.IMAGE, state=FileState.READY)
    with pytest.raises(PictureNotDescribed):
        publish_material(material=material, user=organiser, now=timezone.now())
    draft = MaterialDraft(kind=MaterialKind.POST, title="Hình", file=picture, alt="Bốn bước")
    change_material(material=material, draft=draft, user=organiser)
    publish_material(material=material, user=organiser, now=timezone.now())


def film_with_words(unit, organiser, **words):
    film = make_ready_file(unit=unit, user=organiser, kind=FileKind.VIDEO)
    return make_material(unit, organiser, file=film, subtitles=words)


def test_subtitles_go_with_a_film_and_are_read_by_anyone(unit, organiser):
    words = make_ready_file(unit=unit, user=organiser, kind=FileKind.SUBTITLES)
    material = film_with_words(unit, organiser, vi=words, en=words)
    assert {each.language for each in material.subtitles.all()} == {"vi", "en"}
    assert may_read_file(AnonymousUser(), words)
    draft = MaterialDraft(kind=MaterialKind.VIDEO, title="Phim", file=material.file)
    change_material(material=material, draft=draft, user=organiser)
    assert material.subtitles.count() == 0
    assert not may_read_file(AnonymousUser(), words)
    assert words in unused_files()


def test_subtitles_without_a_film_or_that_are_none_are_refused(unit, organiser):
    picture = make_ready_file(unit=unit, user=organiser)
    with pytest.raises(Faults) as refused:
        film_with_words(unit, organiser, vi=picture)
    assert [fault.code for fault in refused.value.faults] == ["subtitles_unusable"]
    words = make_ready_file(unit=unit, user=organiser, kind=FileKind.SUBTITLES)
    with pytest.raises(Faults) as refused:
        make_material(unit, organiser, text="Chữ", subtitles={"vi": words})
    assert [fault.code for fault in refused.value.faults] == ["subtitles_alone"]


def test_pictures_of_before_get_their_materials_title(unit, organiser):
    picture = make_ready_file(unit=unit, user=organiser)
    make_material(unit, organiser, title="Bốn bước", file=picture, alt="x")
    lonely = make_ready_file(unit=unit, user=organiser, content=b"khac")
    TrainingFile.objects.update(alt="")
    import_module("training.migrations.0019_material_subtitles").describe_pictures(apps, None)
    told = dict(TrainingFile.objects.values_list("pk", "alt"))
    assert told == {picture.pk: "Bốn bước", lonely.pk: ""}
