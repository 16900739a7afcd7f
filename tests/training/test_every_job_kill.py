"""Every kind of long work of training, killed in the middle: see tests/whole_jobs.py.

A new kind of job fails the test until it has its row in `JOBS`.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from openpyxl import Workbook

from accounts.domain.jobs import queue_job
from accounts.models import Job, User
from tests.media_samples import PNG
from tests.training.courses import enrol
from tests.training.enrolment_world import Province, make_province
from tests.training.file_samples import pdf
from tests.training.library import make_material
from tests.training.plan_world import make_plan, make_task, prove
from tests.training.stored_files import make_ready_file
from tests.whole_jobs import Kills, queue
from training.domain.articles import ArticleDraft, approve_article, create_article, send_article
from training.domain.bulletins import (
    MAIL,
    change_bulletin,
    create_bulletin,
    publish_bulletin,
    queue_letters,
)
from training.domain.courses import DRAW_PAGES
from training.domain.files import CHECK_FILE, append, start_upload
from training.domain.materials import READ_MATERIAL
from training.enums import FileKind, MaterialKind
from training.interfaces.excel.credits import CREDITS_JOB
from training.interfaces.excel.enrolment_list_jobs import CHECK_LIST, STORE_LIST
from training.interfaces.excel.hours import HOURS_JOB
from training.interfaces.pages import drawing
from training.interfaces.pages import jobs as drawing_jobs
from training.interfaces.pdf import certificate
from training.interfaces.pdf.study_record_jobs import RECORDS_JOB
from training.interfaces.word.plan_report_jobs import REPORT_JOB
from training.job_kinds import STEPWISE, WHOLE
from training.models import Enrolment, TrainingFile

pytestmark = pytest.mark.django_db(transaction=True)


def workbook(*rows: tuple[str, ...]) -> ContentFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return ContentFile(file.getvalue(), name="danh-sach.xlsx")


def credits_of(world: Province) -> Job:
    head = ("Mã cán bộ", "Tên khoá học", "Nơi cấp", "Số giấy", "Ngày", "Số phút", "Đơn vị tính")
    rows = [
        (name, "Kỹ năng số", "Học viện", f"{at}/GCN", "04/05/2026", "90", "phút")
        for at, name in enumerate(("an", "anh", "binh"))
    ]
    return _queue(CREDITS_JOB, world.organiser, upload=workbook(head, *rows))


def _queue(kind: str, user: User, upload: ContentFile, **params: object) -> Job:
    now = timezone.now()
    return queue_job(kind=kind, params=params, user=user, now=now, upload=upload)


def list_check(world: Province) -> Job:
    people = workbook(("STT", "Họ và tên", "Mã cán bộ"), ("1", "An", "an"), ("2", "Anh", "anh"))
    course = world.course.pk
    return _queue(CHECK_LIST, world.organiser, upload=people, course=course, due_on="")


def list_store(world: Province) -> Job:
    return queue(STORE_LIST, world.organiser, checked=list_check(world).pk)


def stored_pdf(world: Province, pages: int) -> TrainingFile:
    return make_ready_file(
        unit=world.top,
        user=world.organiser,
        kind=FileKind.PDF,
        content=pdf(pages),
        name="tài liệu.pdf",
        facts={"pages": pages},
    )


def material(world: Province) -> Job:
    given = {"kind": MaterialKind.LEAFLET, "file": stored_pdf(world, 1)}
    made = make_material(world.top, world.organiser, published=False, **given)
    return queue(READ_MATERIAL, None, material=made.pk)


def letters(world: Province) -> Job:
    """To three people with an address."""
    now = timezone.now()
    for person in (world.an, world.anh, world.binh):
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@example.vn")
    draft = ArticleDraft(title="Một cửa số", text="Trả kết quả đúng hẹn.")
    article = create_article(unit=world.commune, draft=draft, user=world.lead_an)
    send_article(article=article, user=world.lead_an, now=now)
    approve_article(article=article, user=world.organiser, now=now)
    common = {"user": world.organiser}
    bulletin = create_bulletin(unit=world.top, title="Số 1", now=now, **common)
    change_bulletin(bulletin=bulletin, title="", lead="", articles=[article.pk], **common)
    publish_bulletin(bulletin=bulletin, now=now, **common)
    bulletin.refresh_from_db()
    return queue_letters(bulletin=bulletin, link="https://a.vn/", now=now, next="/", **common)


def upload_to_check(world: Province) -> Job:
    common = {"now": timezone.now()}
    size = len(PNG)
    begun = start_upload(unit=world.top, name="hình.png", size=size, user=world.organiser, **common)
    append(file=begun, offset=0, chunk=PNG, **common)
    return Job.objects.get(kind=CHECK_FILE)


def certificates(world: Province) -> Job:
    for person in (world.an, world.anh):
        enrol(world.course, person)
    Enrolment.objects.update(completed_at=timezone.now())
    link = "https://a.vn/giay-xac-nhan/"
    return queue(certificate.JOB, world.organiser, course=world.course.pk, link=link)


def pages(world: Province) -> Job:
    return queue(DRAW_PAGES, None, file=stored_pdf(world, 2).pk)


def hours(world: Province) -> Job:
    return queue(HOURS_JOB, world.organiser, unit=None, year=2026)


def records(world: Province) -> Job:
    link = "https://a.vn/PERSON/"
    return queue(RECORDS_JOB, world.lead_an, unit=world.commune.pk, year=2026, link=link)


def plan_report(world: Province) -> Job:
    plan = make_plan(world.top, world.organiser)
    prove(make_task(plan, world.commune), world.lead_an)
    return queue(REPORT_JOB, world.organiser, plan=plan.pk, period="q3")


# How each is queued, and how many steps lie between two kills: more of what starts programs.
JOBS: dict[str, tuple[Callable[[Province], Job], int]] = {
    CREDITS_JOB: (credits_of, 2),
    READ_MATERIAL: (material, 2),
    CHECK_LIST: (list_check, 2),
    STORE_LIST: (list_store, 3),
    MAIL: (letters, 1),
    CHECK_FILE: (upload_to_check, 1),
    certificate.JOB: (certificates, 4),
    DRAW_PAGES: (pages, 3),
    HOURS_JOB: (hours, 4),
    RECORDS_JOB: (records, 5),
    REPORT_JOB: (plan_report, 9),
}


def test_every_kind_of_job_is_whole_or_has_not_happened(media_folder: Path, monkeypatch) -> None:
    for module in (drawing, drawing_jobs):
        monkeypatch.setattr(module, "AT_ONCE", 1)
    world, kill = make_province(), Kills()
    for job, apart in JOBS.values():
        kill.at_steps(job(world), apart=apart)
    assert set(kill.done) == {code for code, _run, _title in (*WHOLE, *STEPWISE)}
