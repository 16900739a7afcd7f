"""“Không phải tôi”, from the entrant's page to the organiser's note."""

import pytest
from django.test import Client

from quiz.models import EntrantReport
from tests.factories import make_open_contest, register
from tests.frontend.test_entry import path
from tests.people import make_person

pytestmark = pytest.mark.django_db


def test_a_report_reaches_the_organiser_who_closes_it_with_a_note(client):
    made = make_open_contest()
    register(made)
    sent = client.post(
        path(made, "khong-phai-toi"), {"text": "Tôi là Lê B, chưa đăng ký", "contact": "0999"}
    )
    assert (sent.status_code, sent["Location"]) == (303, path(made, "khong-phai-toi") + "?da-gui=1")
    assert "Đã nhận điều bạn báo" in client.get(sent["Location"]).content.decode()

    organiser = Client()
    organiser.force_login(make_person("to-chuc", "organiser", unit=made.unit))
    base = f"/lam-viec/cuoc-thi/{made.contest.pk}"
    assert "Báo mạo danh (1)" in organiser.get(f"{base}/nguoi-du-thi/").content.decode()
    assert "Có 1 báo mạo danh" in organiser.get(f"{base}/trung/").content.decode()
    html = organiser.get(f"{base}/bao-mao-danh/").content.decode()
    assert ("Tôi là Lê B, chưa đăng ký" in html, "0999" in html) == (True, True)

    address = f"{base}/bao-mao-danh/{EntrantReport.objects.get().pk}/"
    assert organiser.post(address, {"note": ""}).status_code == 422
    assert organiser.post(address, {"note": "Đã gọi lại"}).status_code == 302
    assert "Đã gọi lại" in organiser.get(f"{base}/bao-mao-danh/").content.decode()
    assert organiser.post(address, {"note": "Lần nữa"}).status_code == 409


def test_a_report_says_nothing_of_who_entered(client):
    """With the same words, whether the person named is registered or not."""
    made = make_open_contest()
    answers = []
    for name in ("Nguyễn Thị Thử Nghiệm", "Không Có Ai"):
        register(made)
        sent = client.post(path(made, "khong-phai-toi"), {"text": f"Tôi là {name}"})
        answers.append((sent.status_code, sent["Location"], sent.content, dict(sent.cookies)))
    assert answers[0] == answers[1]
    empty = client.post(path(made, "khong-phai-toi"), {"text": " "})
    assert empty.status_code == 422
    assert 'id="id_text_error"' in empty.content.decode()
