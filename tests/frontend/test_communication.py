"""Pages of communication plans: written, given to units, proven, confirmed, reported."""

from base64 import b64encode
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import Workbook, load_workbook

from accounts.domain.jobs import run_job
from accounts.enums import JobState
from accounts.models import Job
from tests.frontend.contest_pages import text_of
from tests.training.enrolment_world import make_province
from tests.training.library import make_material
from tests.training.plan_world import make_plan, make_task, prove
from training.domain.plan_things import find_thing
from training.models import CommunicationPlan, PlanEvidence, PlanTask, TrainingFile

pytestmark = pytest.mark.django_db
HEADER = ["STT", "Nội dung", "Đơn vị chủ trì", "Phối hợp", "Thời hạn", "Kết quả", "Chỉ tiêu"]


@pytest.fixture(autouse=True)
def no_second_factor(monkeypatch):
    monkeypatch.setattr("frontend.pages.workplace.access.needs_second_factor", lambda _user: False)


@pytest.fixture
def world(media_folder):
    return make_province()


@pytest.fixture
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def plan(world):
    return make_plan(world.top, world.organiser, year=timezone.localdate().year)


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def workbook(*rows):
    book, file = Workbook(), BytesIO()
    for row in (HEADER, *rows):
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("nhiem-vu.xlsx", file.getvalue())


def test_a_plan_is_made_given_proven_and_confirmed(world):
    organiser, lead = browser(world.organiser), browser(world.lead_an)
    assert "Chưa có kế hoạch nào" in text_of(organiser.get(reverse("w-communication")))
    year = timezone.localdate().year
    form = {"title": "Kế hoạch truyền thông", "year": year, "unit": world.top.code}
    wrong = organiser.post(reverse("w-communication-new"), form | {"title": ""})
    assert (wrong.status_code, CommunicationPlan.objects.count()) == (422, 0)
    organiser.post(reverse("w-communication-new"), form)
    plan = CommunicationPlan.objects.get()
    new = reverse("w-communication-task-new", args=[plan.pk])
    given = {"content": "Viết bài", "unit": world.commune.code, "due": "Cả năm"}
    wrong = organiser.post(new, given | {"due": "mai", "target": "vài bài"})
    assert (wrong.status_code, PlanTask.objects.count()) == (422, 0)
    assert organiser.post(new, given | {"target": "2 tin bài"}).status_code == 302
    task = PlanTask.objects.get()

    shown = text_of(lead.get(reverse("w-communication-plan", args=[plan.pk])))
    assert "Viết bài" in shown
    assert "Lập báo cáo" not in shown
    prove_url = reverse("w-communication-prove", args=[task.pk])
    assert lead.post(prove_url, {}).status_code == 422
    scan = SimpleUploadedFile("anh.pdf", b"%PDF-1.7\n%%EOF\n")
    sent = {"note": "Bài đăng trên trang xã", "amount": "2", "file_plain": scan}
    assert lead.post(prove_url, sent).status_code == 302
    assert PlanEvidence.objects.get().file == TrainingFile.objects.get(unit=world.commune)
    assert (
        browser(world.lead_binh).get(reverse("w-communication-task", args=[task.pk])).status_code
        == 404
    )

    page = text_of(organiser.get(reverse("w-communication-task", args=[task.pk])))
    assert "đã đạt 2" in page
    organiser.post(reverse("w-communication-confirm", args=[task.pk]), {"note": ""})
    assert "xác nhận." in text_of(lead.get(reverse("w-communication-task", args=[task.pk])))
    assert lead.post(prove_url, {"note": "Nữa"}).status_code == 422
    reopen = reverse("w-communication-reopen", args=[task.pk])
    assert organiser.post(reopen, {"reason": ""}).status_code == 422
    assert organiser.post(reopen, {"reason": "Nhầm"}).status_code == 302


def test_tasks_come_and_go_in_workbooks_with_faults_by_row(world, plan):
    client = browser(world.organiser)
    load = reverse("w-communication-load", args=[plan.pk])
    faulty = workbook(
        [1, "", "Xã An", "", "Quý II", "", ""],
        [2, "Mở lớp", "Xã Lạ", "", "Quý V", "", "nhiều lớp"],
        [2, "Phát tờ gấp", "xa-an", "", "Tháng 9", "", ""],
    )
    refused = client.post(load, {"file": faulty})
    assert (refused.status_code, PlanTask.objects.count()) == (422, 0)
    assert [fault.code for fault in refused.context["faults"]] == [
        "content_missing",
        "unit_unknown",
        "due_wrong",
        "target_wrong",
    ]
    assert client.post(load, {}).status_code == 422
    sound = workbook(
        [1, "Mở lớp", "Xã An", "Đài truyền thanh", "Quý II", "", "3 lớp"],
        ["", "Phát tờ gấp", "xa-binh", "", "Tháng 9", "500 tờ", ""],
    )
    assert client.post(load, {"file": sound}).status_code == 302
    again = workbook([2, "Phát tờ rơi", "Xã Bình", "", "Cả năm", "", ""])
    client.post(load, {"file": again})
    assert PlanTask.objects.get(position=2).expected == "500 tờ"  # an empty cell leaves it
    tasks = PlanTask.objects.values_list("position", "content", "unit__code", "due_span")
    assert list(tasks) == [
        (1, "Mở lớp", "xa-an", "quarter"),
        (2, "Phát tờ rơi", "xa-binh", "year"),
    ]
    filled = client.get(reverse("w-communication-template", args=[plan.pk]))
    book = load_workbook(BytesIO(filled.getvalue()))
    assert [cell.value for cell in book["Nhiệm vụ"][2]] == [
        *("1", "Mở lớp", "Xã An", "Đài truyền thanh", f"Quý II/{plan.year}", None, "3 lớp tập huấn")
    ]
    client.post(load, {"file": SimpleUploadedFile("t.xlsx", filled.getvalue())})
    assert PlanTask.objects.count() == 2
    out = client.get(reverse("w-communication-export", args=[plan.pk]))
    rows = list(load_workbook(BytesIO(out.getvalue())).active.values)
    assert [row[0] for row in rows if isinstance(row[0], int)] == [1, 2]


def test_a_confirmed_task_is_not_changed_by_a_workbook(world, plan):
    task = make_task(plan, world.commune, "Cả năm")
    prove(task, world.lead_an)
    client = browser(world.organiser)
    client.post(reverse("w-communication-confirm", args=[task.pk]), {"note": ""})
    load = reverse("w-communication-load", args=[plan.pk])
    other = workbook([1, "Việc khác", "Xã An", "", "Cả năm", "", ""])
    assert client.post(load, {"file": other}).context["faults"][0].code == "task_done"
    same = workbook([1, task.content, "Xã An", "", "Cả năm", "", ""])
    assert client.post(load, {"file": same}).status_code == 302


def test_one_button_makes_the_report(world, plan):
    make_task(plan, world.commune, "Cả năm")
    client = browser(world.organiser)
    page = reverse("w-communication-plan", args=[plan.pk])
    assert "Lập báo cáo" in text_of(client.get(page))
    report = reverse("w-communication-report", args=[plan.pk])
    assert client.post(report, {"period": "q9"}).status_code == 404
    answer = client.post(report, {"period": "year"})
    job = Job.objects.get(kind="plan_report")
    assert answer["Location"] == reverse("w-job", args=[job.public_id])
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"rows": 1})
    assert job.file_name == f"bao-cao-truyen-thong-tinh-{plan.year}-year.docx"
    file = client.get(reverse("w-job-file", args=[job.public_id]))
    paper = Document(BytesIO(b"".join(file.streaming_content)))
    assert "BÁO CÁO" in [paragraph.text for paragraph in paper.paragraphs]
    assert job.file_name in text_of(client.get(page))
    lead = browser(world.lead_an)
    assert lead.post(report, {"period": "year"}).status_code == 404


def test_a_period_to_come_and_a_plan_with_evidence_are_refused_on_the_page(world):
    client = browser(world.organiser)
    plan = make_plan(world.top, world.organiser, year=timezone.localdate().year + 1)
    report = reverse("w-communication-report", args=[plan.pk])
    refused = client.post(report, {"period": "q1"})
    assert (refused.status_code, "chưa bắt đầu" in text_of(refused)) == (409, True)
    copy = reverse("w-communication-copy", args=[plan.pk])
    assert client.post(copy, {"year": "9999"}).status_code == 422
    assert client.post(copy, {"year": str(plan.year + 1)}).status_code == 302
    assert client.post(copy, {"year": str(plan.year + 1)}).status_code == 409
    task = make_task(plan, world.commune, "Quý I")
    prove(task, world.lead_an)
    delete = reverse("w-communication-delete", args=[plan.pk])
    assert client.post(delete).status_code == 409
    assert CommunicationPlan.objects.count() == 2


def test_a_form_keeps_what_was_written_and_a_task_is_explained(world, plan):
    client = browser(world.organiser)
    task = make_task(plan, world.commune, f"01/01/{plan.year}", "2 tin bài")
    change = reverse("w-communication-task-change", args=[task.pk])
    page = text_of(client.get(change))
    assert f'value="01/01/{plan.year}"' in page
    assert 'value="2 tin bài"' in page
    given = {"content": "Khác", "unit": world.sibling.code, "due": "Quý I", "position": "1"}
    assert client.post(change, given).status_code == 302
    task.refresh_from_db()
    assert (task.content, task.unit) == ("Khác", world.sibling)
    explain = reverse("w-communication-explain", args=[task.pk])
    assert browser(world.lead_an).post(explain, {"reason": "x"}).status_code == 404
    browser(world.lead_binh).post(explain, {"reason": "Chờ kinh phí"})
    task.refresh_from_db()
    assert task.late_reason == "Chờ kinh phí"
    edit = reverse("w-communication-change", args=[plan.pk])
    form = {"title": plan.title, "number": "15/KH-UBND", "answer_days": "10"}
    assert client.post(edit, form).status_code == 302
    plan.refresh_from_db()
    assert (plan.number, plan.answer_days, plan.year) == (
        "15/KH-UBND",
        10,
        timezone.localdate().year,
    )


def test_a_lead_sends_evidence_by_pieces_for_their_own_unit_alone(world):
    def begun(unit):
        told = {"unit": unit.code, "filename": "bien-ban.pdf"}
        return browser(world.lead_an).post(
            reverse("w-uploads"),
            headers={
                "Tus-Resumable": "1.0.0",
                "Upload-Length": "10",
                "Upload-Metadata": ",".join(
                    f"{name} {b64encode(text.encode()).decode()}" for name, text in told.items()
                ),
            },
        )

    assert begun(world.commune).status_code == 201
    assert begun(world.sibling).status_code == 400
    assert TrainingFile.objects.get().unit == world.commune


def test_something_that_is_gone_is_named_and_not_linked(world, plan):
    material = make_material(world.top, world.organiser, text="Bài", title="Tờ gấp một cửa")
    thing = find_thing(kind="material", pk=material.pk, user=world.organiser)
    task = make_task(plan, world.top, "Cả năm")
    prove(task, world.organiser, note="", thing=thing)
    page, client = reverse("w-communication-task", args=[task.pk]), browser(world.organiser)
    address = reverse("w-material", args=[material.pk])
    assert f'href="{address}"' in text_of(client.get(page))
    material.delete()
    shown = text_of(client.get(page))
    assert ("Tờ gấp một cửa" in shown, address in shown) == (True, False)
