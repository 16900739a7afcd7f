"""Rankings, procedures, the directory and the official channels: public, and from workbooks."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from accounts.enums import Role
from tests.factories import make_person, make_unit
from training.models import ContactChannel, IndexResult, Procedure

pytestmark = pytest.mark.django_db
PORTAL = "https://dichvucong.gov.vn"


@pytest.fixture
def unit():
    return make_unit("Xã Hòa Thịnh", code="hoa-thinh")


@pytest.fixture
def work(unit, monkeypatch) -> Client:
    """The browser of who runs the library."""
    monkeypatch.setattr("frontend.pages.workplace.access.needs_second_factor", lambda _user: False)
    client = Client()
    client.force_login(make_person(Role.ORGANISER, unit=unit))
    return client


def workbook(*rows: list[object]) -> SimpleUploadedFile:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("bang.xlsx", file.getvalue())


def read(client: Client, route: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(route, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("route", "words"),
    [
        ("indexes", "Chưa có kết quả chỉ số"),
        ("procedures", "Chưa có thủ tục nào"),
        ("channels", "Danh bạ còn trống"),
    ],
)
def test_an_empty_list_says_so(client, route, words):
    assert words in read(client, route)


@pytest.mark.parametrize("route", ["w-indexes-template", "w-procedures-template"])
def test_the_guide_says_that_a_row_takes_the_place_of_the_stored_one(work, route):
    answer = work.get(reverse(route))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    guide = load_workbook(io.BytesIO(content)).worksheets[-1]
    assert guide["B1"].value == "Dòng đã có được thay cả dòng: ô để trống thì mục đó thành trống."


def test_index_results_go_in_as_a_workbook_and_out_as_table_and_workbook(work, client, unit):
    file = workbook(
        ["Chỉ số", "Năm", "Đơn vị", "Điểm", "Xếp hạng"],
        ["SIPAS", 2024, "hoa-thinh", 80, 2],
        ["SIPAS", 2025, "hoa-thinh", 90, 1],
    )
    assert work.post(reverse("w-indexes-upload"), {"file": file}).status_code == 302
    page = read(client, "indexes")
    assert "SIPAS năm 2025" in page
    assert "Xã Hòa Thịnh" in page
    assert "SIPAS qua các năm" in read(client, "index-unit", unit.pk)
    sheet = client.get(reverse("indexes-xlsx"), {"chi-so": "2024 SIPAS"})
    assert sheet["Content-Disposition"] == 'attachment; filename="sipas-2024.xlsx"'
    work.post(reverse("w-index-delete"), {"name": "SIPAS", "year": "2024"})
    assert IndexResult.objects.get().year == 2025


def test_the_faults_of_a_workbook_are_shown_by_row(work):
    file = workbook(["Chỉ số", "Năm", "Đơn vị"], ["SIPAS", 2024, "Xã Lạ"])
    response = work.post(reverse("w-indexes-upload"), {"file": file})
    page = response.content.decode()
    assert (response.status_code, "dòng 2" in page, "Xã Lạ" in page) == (422, True, True)


@pytest.mark.parametrize("file", [None, SimpleUploadedFile("a.xlsx", b"khong phai")])
def test_what_is_no_workbook_is_refused_in_words(work, unit, file):
    posted = {"unit": unit.code} | ({"file": file} if file else {})
    response = work.post(reverse("w-procedures-upload"), posted)
    assert response.status_code == 422
    assert "Cả tệp" in response.content.decode()


def test_procedures_lead_to_the_portal(work, client, unit):
    file = workbook(
        ["Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Liên kết"],
        ["1.1", "Đăng ký khai sinh", "Hộ tịch", PORTAL],
    )
    work.post(reverse("w-procedures-upload"), {"unit": unit.code, "file": file})
    page = read(client, "procedures", query="?q=khai+sinh")
    assert f'href="{PORTAL}"' in page
    assert PORTAL in read(client, "procedure", "1.1")
    assert reverse("procedure", args=["1.1"]) in read(client, "library", query="?q=khai+sinh")
    one = Procedure.objects.get()
    work.post(reverse("w-procedure-delete"), {"procedure": [one.pk, "x"]})
    assert "Không tìm thấy" in read(client, "procedures", query="?q=khai+sinh")


def test_a_channel_is_kept_and_called(work, client, unit):
    form = {"unit": unit.code, "kind": "hotline", "value": "0257 381.1222", "position": "1"}
    assert work.post(reverse("w-channel-new"), form).status_code == 302
    assert 'href="tel:02573811222"' in read(client, "channels", query="?q=hoa+thinh")
    channel = ContactChannel.objects.get()
    refused = work.post(reverse("w-channel", args=[channel.pk]), form | {"kind": "website"})
    assert refused.status_code == 422
    work.post(reverse("w-channel-delete", args=[channel.pk]))
    assert not ContactChannel.objects.exists()


def test_the_page_on_the_official_channels_has_words_and_takes_others(work, client):
    assert "Cổng Dịch vụ công quốc gia" in read(client, "feedback")
    work.post(reverse("w-feedback-text"), {"text": "Gọi **1**."})
    assert "<strong>1</strong>" in read(client, "feedback")


@pytest.mark.parametrize("route", ["w-indexes", "w-procedures", "w-channels", "w-feedback-text"])
def test_each_part_is_shown_to_who_runs_the_library(work, route):
    assert "Danh bạ" in read(work, route)
