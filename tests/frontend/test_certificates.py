"""Certificates on pages: checked by anyone, fetched by their holder, revoked with a reason."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Job
from quiz.domain.paper_layouts import read_layout
from tests.people import make_person, make_unit
from tests.training.courses import enrol, make_course
from training.domain.certificates import issue_certificate, revoke_certificate, signed_code
from training.interfaces.pdf.certificate import JOB
from training.models import Certificate

pytestmark = pytest.mark.django_db
CHECK = "/giay-hoan-thanh/"


@pytest.fixture
def held() -> Certificate:
    unit = make_unit("so-noi-vu", name="Sở Nội vụ")
    course = make_course(unit, make_person("olga", Role.ORGANISER, unit=unit))
    enrolment = enrol(course, make_person("alice", unit=unit))
    enrolment.completed_at = timezone.now()
    enrolment.save()
    certificate = issue_certificate(enrolment=enrolment, now=timezone.now())
    assert certificate is not None
    return certificate


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def revoke(certificate: Certificate) -> None:
    user = certificate.enrolment.course.made_by
    revoke_certificate(
        certificate=certificate, reason="Cấp nhầm người", user=user, now=timezone.now()
    )


@pytest.mark.parametrize("whole", [True, False])
def test_anyone_is_told_whether_a_paper_holds(held, client, whole: bool) -> None:
    code = f"https://x.vn/giay-hoan-thanh/#{signed_code(held)}" if whole else held.code
    before = client.post(CHECK, {"code": code}).content.decode()
    revoke(held)
    after = client.post(CHECK, {"code": code}).content.decode()
    for html, title in ((before, "Giấy xác nhận còn giá trị"), (after, "đã bị thu hồi")):
        answer = html.split("data-result")[0]
        assert title in answer
        assert "Alice" in answer
    assert "Lý do: Cấp nhầm người" in after


def test_a_paper_with_another_name_is_not_ours(held, client) -> None:
    mark, payload, signature = signed_code(held).split(".")
    changed = ".".join([mark, payload[:-8] + "AAAAAAAA", signature])
    response = client.post(CHECK, {"code": changed})
    answer = response.content.decode().split("data-result")[0]
    assert ("không phải mã" in answer) or ("Chữ ký không phải" in answer)
    assert "Giấy xác nhận còn giá trị" not in answer


def test_an_unknown_code_is_404_with_a_sentence(client) -> None:
    response = client.get(reverse("certificate", args=["0123abcd"]))
    assert response.status_code == 404
    assert "Không có giấy xác nhận nào mang mã này" in response.content.decode()


def test_keys_and_states_are_there_for_machines(held, client) -> None:
    keys = client.get(reverse("certificate-keys")).json()
    assert keys == {"algorithm": "Ed25519", "keys": [held.key.public_key]}
    url = reverse("certificate-state")
    assert client.get(url, {"code": held.code}).json() == {"state": "valid", "reason": ""}
    revoke(held)
    told = {"state": "revoked", "reason": "Cấp nhầm người"}
    assert client.get(url, {"code": held.code}).json() == told
    assert client.get(url, {"code": "?"}).json() == {"state": "", "reason": ""}


def test_a_holder_fetches_their_paper_until_it_is_revoked(held) -> None:
    holder = browser(held.enrolment.person)
    url = reverse("own-certificate-pdf", args=[held.code])
    assert url in holder.get(reverse("own-certificates")).content.decode()
    response = holder.get(url)
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    revoke(held)
    assert holder.get(url).status_code == 404
    assert "Cấp nhầm người" in holder.get(reverse("own-certificates")).content.decode()


def test_who_has_none_is_told_how_to_get_one(client) -> None:
    person = make_person("bob", unit=make_unit())
    page = browser(person).get(reverse("own-certificates")).content.decode()
    assert "Bạn chưa có giấy xác nhận nào" in page


def test_the_organiser_finds_by_a_name_without_marks_and_revokes_with_a_reason(held) -> None:
    organiser = browser(held.enrolment.course.made_by)
    url = reverse("w-certificate", args=[held.code])
    found = organiser.get(reverse("w-certificates"), {"q": "so noi vu alice"})
    assert url in found.content.decode()
    assert url not in organiser.get(reverse("w-certificates"), {"q": "bob"}).content.decode()
    refused = organiser.post(url, {"reason": ""})
    assert (refused.status_code, "Chưa ghi lý do" in refused.content.decode()) == (400, True)
    assert organiser.post(url, {"reason": "Cấp nhầm người"}).status_code == 302
    held.refresh_from_db()
    assert held.revoke_reason == "Cấp nhầm người"
    in_state = {
        state: organiser.get(reverse("w-certificates"), {"trang-thai": state})
        for state in ("valid", "expired", "revoked")
    }
    shown = {state: url in page.content.decode() for state, page in in_state.items()}
    assert shown == {"valid": False, "expired": False, "revoked": True}


def test_a_unit_lead_sees_and_does_not_revoke(held) -> None:
    lead = browser(make_person("lan", Role.UNIT_LEAD, unit=held.unit))
    url = reverse("w-certificate", args=[held.code])
    assert "Thu hồi giấy xác nhận" not in lead.get(url).content.decode()
    assert lead.post(url, {"reason": "Không muốn"}).status_code == 403
    held.refresh_from_db()
    assert held.revoked_at is None


def test_papers_of_a_course_are_queued_and_land_in_an_archive(held, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    organiser = browser(held.enrolment.course.made_by)
    answer = organiser.post(reverse("w-certificates-issue"), {"course": held.enrolment.course_id})
    job = Job.objects.get(kind=JOB)
    assert answer["Location"] == reverse("w-job", args=[job.public_id])


def test_the_layout_is_the_bodys_own_until_it_is_given_up(held) -> None:
    organiser = browser(held.enrolment.course.made_by)
    url = reverse("w-certificate-layout", args=[held.unit_id])
    assert organiser.post(url, {"signer_name": "x" * 200}).status_code == 422
    data = {"title": "Giấy xác nhận", "signer_title": "GIÁM ĐỐC", "signer_name": "Trần Bình"}
    assert organiser.post(url, data).status_code == 302
    assert read_layout(unit=held.unit, kind="completion").signer_name == "Trần Bình"
    assert organiser.post(url, {"forget": "1"}).status_code == 302
    assert read_layout(unit=held.unit, kind="completion").saved_for is None
