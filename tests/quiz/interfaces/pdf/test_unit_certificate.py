"""The certificate as a PDF: one page, its words in it."""

import re
import shutil
import subprocess

import pytest

from quiz.domain.roster_certificates import issue_certificate
from quiz.interfaces.pdf.unit_certificate import _data, write_unit_certificate
from quiz.models import UnitCertificate
from tests.factories import database_now
from tests.quiz.rosters import make_listed_contest

pytestmark = pytest.mark.django_db
LINK = "https://thi.example.vn/giay-xac-nhan/abc/"


@pytest.fixture
def certificate() -> UnitCertificate:
    listed = make_listed_contest()
    for code in ("CB1", "CB2", "CB3"):
        listed.enter(code)
    now = database_now()
    return issue_certificate(sight=listed.sight(), user=listed.lead, now=now)


def test_the_page_names_unit_contest_figures_and_number(certificate):
    data = _data(certificate, LINK)
    contest = certificate.round.contest.title
    assert data["text"][0] == (
        f"Xác nhận Xã An đã có 3/3 người trong danh sách phải dự thi tham gia cuộc thi “{contest}” "
        "(Vòng 1), đạt tỷ lệ 100 %."
    )
    assert len(data["text"]) == 3  # one person is exempt
    assert data["number"] == "Số: 01/GXN"
    assert data["link"] == "thi.example.vn/giay-xac-nhan/abc/"


def test_it_is_one_page(certificate):
    content = write_unit_certificate(certificate=certificate, link=LINK)
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_vietnamese_letters_are_in_the_file(certificate):
    content = write_unit_certificate(certificate=certificate, link=LINK)
    read = subprocess.run(
        ["pdftotext", "-", "-"], input=content, capture_output=True, check=True, timeout=20
    )
    text = " ".join(read.stdout.decode().split())
    assert "GIẤY XÁC NHẬN Đơn vị hoàn thành 100 % danh sách dự thi" in text
