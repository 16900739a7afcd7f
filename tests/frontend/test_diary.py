"""The diary's page: within reach, filtered, in words, exported for a reason."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.domain.audit import record_act
from accounts.domain.audit_anchors import anchor_audit
from accounts.domain.reveals import Reason, record_reveal
from accounts.enums import Role
from accounts.models import AuditEntry, Job
from tests.database_owner import as_owner
from tests.frontend.contest_pages import do_jobs, text_of
from tests.people import make_person, make_unit

pytestmark = pytest.mark.django_db
DIARY = "/lam-viec/nhat-ky/"


@pytest.fixture
def province():
    return make_unit("tinh", name="Tỉnh")


@pytest.fixture
def commune(province):
    return make_unit("xa", name="Xã Hòa Thịnh", parent=province)


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def auditor(province):
    return browser(make_person("kiem.tra", Role.AUDITOR, unit=province))


def sentences(page: str) -> list[str]:
    return re.findall(r'<th scope="row" data-label="Việc"><div>([^<]+)', page)


def test_lines_are_read_in_words_the_newest_first(auditor, commune):
    record_act(actor=None, act="set_headcount", subject=commune, unit_id=commune.pk, count=47)
    page = text_of(auditor.get(DIARY))
    assert sentences(page) == ["Ghi biên chế: 47 người", "Thêm đơn vị", "Thêm đơn vị"]
    assert "Xã Hòa Thịnh" in page


def test_who_audits_a_commune_sees_its_lines_and_no_others(province, commune):
    beside = make_unit("ben-canh", parent=province)
    record_act(actor=None, act="set_headcount", subject=beside, unit_id=beside.pk, count=1)
    record_act(actor=None, act="update_installation", subject=province)
    record_act(actor=None, act="set_headcount", subject=commune, unit_id=commune.pk, count=2)
    page = text_of(browser(make_person("xa", Role.AUDITOR, unit=commune)).get(DIARY))
    assert sentences(page) == ["Ghi biên chế: 2 người", "Thêm đơn vị"]


@pytest.fixture
def told(commune):
    """Four lines by two people, the oldest ten days ago."""
    an, binh = (make_person(name, unit=commune) for name in ("an", "binh"))
    for number, actor in enumerate((an, binh, an, binh), start=1):
        record_act(
            actor=actor, act="set_headcount", subject=commune, unit_id=commune.pk, count=number
        )
    record_act(actor=an, act="update_unit", subject=commune, unit_id=commune.pk)
    oldest = AuditEntry.objects.filter(act="set_headcount").earliest("pk")
    with as_owner() as execute:
        sql = "UPDATE accounts_auditentry SET at = at - interval '10 days' WHERE id = %s"
        execute(sql, oldest.pk)
    return commune


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ({"person": "an", "act": "set_headcount"}, [3, 1]),
        ({"person": "BINH"}, [4, 2]),
        ({"person": "khong-ai"}, []),
        ({"act": "set_headcount", "last": "-5"}, [1]),
        ({"act": "set_headcount", "first": "-5", "last": "0"}, [4, 3, 2]),
    ],
)
def test_lines_are_found_by_person_act_and_day(auditor, told, asked, counts):
    today = timezone.localdate()
    query = {
        name: (today + timedelta(days=int(value))).strftime("%d/%m/%Y")
        if name in ("first", "last")
        else value
        for name, value in asked.items()
    }
    page = text_of(auditor.get(DIARY, query))
    assert sentences(page) == [f"Ghi biên chế: {count} người" for count in counts]


def test_lines_are_found_by_what_they_are_about(auditor, told, province):
    query = {"kind": "accounts.orgunit", "subject_id": province.pk}
    assert sentences(text_of(auditor.get(DIARY, query))) == ["Thêm đơn vị"]


def test_a_date_that_is_none_is_told(auditor, told):
    answer = auditor.get(DIARY, {"first": "32/13/2026"})
    assert answer.status_code == 422


def test_older_lines_are_a_page_further(auditor, commune):
    for number in range(60):
        record_act(
            actor=None, act="set_headcount", subject=commune, unit_id=commune.pk, count=number
        )
    first = text_of(auditor.get(DIARY, {"act": "set_headcount"}))
    older = re.search(r'href="(\?[^"]*before=\d+)"', first)[1].replace("&amp;", "&")
    second = text_of(auditor.get(DIARY + older))
    told = [int(re.search(r"\d+", line)[0]) for line in sentences(first) + sentences(second)]
    assert told == list(range(59, -1, -1))
    assert "before=" not in second


def test_a_reason_is_shown_and_the_anchor_too(auditor, commune, settings, tmp_path):
    settings.AUDIT_ANCHOR_DIR = tmp_path
    actor = make_person("an", unit=commune)
    reason = Reason("appeal", "Đơn số 12")
    record_reveal(actor=actor, act="reveal_numbers", subject=commune, reason=reason)
    anchor = anchor_audit(now=timezone.now())
    page = text_of(auditor.get(DIARY))
    assert "Lý do: Giải quyết khiếu nại – Đơn số 12" in page
    assert anchor.hash in page


def test_what_was_filtered_is_exported_for_a_reason(auditor, told):
    address, wanted = reverse("w-diary-export"), {"person": "an", "act": "set_headcount"}
    refused = auditor.post(address, wanted)
    assert (refused.status_code, Job.objects.count()) == (422, 0)
    auditor.post(address, wanted | {"reason": "authority", "reason_text": "Đoàn kiểm tra"})
    assert do_jobs() == ["export_diary"]
    job = Job.objects.get()
    with job.file.open() as file:
        rows = list(load_workbook(file, read_only=True).active.iter_rows(values_only=True))
    assert [(row[2], row[3], row[4]) for row in rows[1:]] == [
        ("An", "an", "Ghi biên chế: 3 người"),
        ("An", "an", "Ghi biên chế: 1 người"),
    ]
    last = AuditEntry.objects.latest("pk")
    assert (last.act, last.details["rows"], last.reason.text) == (
        "export_diary",
        2,
        "Đoàn kiểm tra",
    )
