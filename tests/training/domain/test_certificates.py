"""Certificates: issued once, numbered, signed so that paper alone proves them, revoked, expired."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from accounts.domain.retention import STORES, expire
from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry
from tests.people import make_person, make_unit
from tests.training.courses import enrol, make_course
from training.domain.certificate_codes import (
    CodeUnreadableError,
    Told,
    is_signed,
    read_code,
)
from training.domain.certificates import (
    CertificateUnreadable,
    ReasonMissing,
    check_certificate,
    issue_certificate,
    issue_missing,
    published_keys,
    revoke_certificate,
    signed_code,
    state_of,
)
from training.enums import CertificateState
from training.models import Certificate, Course, Enrolment

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)


@pytest.fixture
def course() -> Course:
    unit = make_unit("so-noi-vu", name="Sở Nội vụ")
    return make_course(unit, make_person("olga", Role.ORGANISER, unit=unit), renew_months=12)


def completed(course: Course, name: str, *, at: datetime = NOW) -> Enrolment:
    person = make_person(name, unit=course.unit)
    enrolment = enrol(course, person)
    enrolment.completed_at = at
    enrolment.save()
    return enrolment


def issued(course: Course, name: str = "alice") -> Certificate:
    certificate = issue_certificate(enrolment=completed(course, name), now=NOW)
    assert certificate is not None
    return certificate


def test_a_completed_enrolment_gets_one_certificate_numbered_within_unit_and_year(course) -> None:
    first, second = issued(course), issued(course, "bob")
    again = issue_certificate(enrolment=first.enrolment, now=NOW + timedelta(days=40))
    later = issue_certificate(enrolment=completed(course, "carol"), now=NOW + timedelta(days=40))
    assert again == first
    assert [each.full_number for each in (first, second, later)] == [
        "0001/2026/GXN-SO-NOI-VU",
        "0002/2026/GXN-SO-NOI-VU",
        "0001/2027/GXN-SO-NOI-VU",
    ]
    assert (first.holder_name, first.holder_unit) == ("Alice", "Sở Nội vụ")
    assert (first.completed_on, first.expires_on) == (date(2026, 11, 30), date(2027, 11, 30))


def test_who_has_not_completed_or_takes_a_course_without_certificates_gets_none(course) -> None:
    unfinished = enrol(course, make_person("alice", unit=course.unit))
    assert issue_certificate(enrolment=unfinished, now=NOW) is None
    course.gives_certificate = False
    course.save()
    assert issue_certificate(enrolment=completed(course, "bob"), now=NOW) is None
    assert Certificate.objects.count() == 0


def test_those_who_lack_one_are_issued_together_by_who_runs_the_course(course) -> None:
    first = issued(course)
    later = completed(course, "bob", at=NOW + timedelta(hours=1))
    with pytest.raises(NotAllowed):
        issue_missing(course=course, user=later.person, now=NOW)
    given = issue_missing(course=course, user=course.made_by, now=NOW)
    assert [each.enrolment_id for each in given] == [first.enrolment_id, later.pk]
    assert AuditEntry.objects.get(act="issue_certificates").details == {"count": 2, "new": 1}


def test_the_code_on_paper_proves_what_it_says_without_asking(course) -> None:
    certificate = issued(course)
    code = signed_code(certificate)
    told, payload, signature = read_code(f"https://thi.example.vn/giay-hoan-thanh/#{code}")
    assert told == Told(
        number="0001/2026/GXN-SO-NOI-VU",
        holder="Alice",
        unit="Sở Nội vụ",
        course="Một cửa",
        body="Sở Nội vụ",
        completed="2026-11-30",
        expires="2027-11-30",
        code=certificate.code,
    )
    assert is_signed(payload=payload, signature=signature, public_key=published_keys()[0])
    assert signed_code(Certificate.objects.get()) == code


@pytest.mark.parametrize("part", [1, 2])
def test_one_changed_letter_is_no_longer_signed(course, part: int) -> None:
    parts = signed_code(issued(course)).split(".")
    letter = "A" if parts[part][30] != "A" else "B"
    parts[part] = parts[part][:30] + letter + parts[part][31:]
    try:
        checked = check_certificate(text=".".join(parts))
    except CertificateUnreadable:
        return
    assert checked is not None
    assert (checked.signed, checked.certificate) == (False, None)


@pytest.mark.parametrize(
    "text", ["", "MT1", "MT1.a.b.c", "MT1.é.AA", "MT1.W10.AA", "MT1.WzFd.AA", "MT2.W10.AA"]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(CodeUnreadableError):
        read_code(text)


def test_it_holds_until_its_last_day(course) -> None:
    certificate = issued(course)
    last = date(2027, 11, 29)
    assert certificate.last_day == last
    assert state_of(certificate, last) == CertificateState.VALID
    assert state_of(certificate, last + timedelta(days=1)) == CertificateState.EXPIRED


def test_revoked_it_says_so_to_whoever_checks_by_either_code(course) -> None:
    certificate = issued(course)
    given = {"certificate": certificate, "user": course.made_by, "now": NOW}
    with pytest.raises(NotAllowed):
        revoke_certificate(
            certificate=certificate, reason="Cấp nhầm", user=certificate.enrolment.person, now=NOW
        )
    with pytest.raises(ReasonMissing):
        revoke_certificate(reason=" ", **given)
    revoke_certificate(reason="Cấp nhầm người", **given)
    revoke_certificate(reason="Lý do khác", **given)
    for text in (certificate.code, certificate.code.upper(), signed_code(certificate)):
        checked = check_certificate(text=text)
        assert checked is not None
        assert checked.state == CertificateState.REVOKED
        assert checked.certificate.revoke_reason == "Cấp nhầm người"
    assert AuditEntry.objects.filter(act="revoke_certificate").count() == 1


def test_an_unknown_code_is_nobody_s_certificate() -> None:
    assert check_certificate(text="0123456789abcdef0123") is None


def test_of_an_erased_person_only_the_number_stays(course) -> None:
    certificate = issued(course)
    code = signed_code(certificate)
    person = certificate.enrolment.person
    person.full_name = "(đã xoá)"
    person.save()
    assert expire(store=STORES["certificates"], now=NOW) == 1
    certificate.refresh_from_db()
    assert (certificate.holder_name, certificate.holder_unit) == ("", "")
    assert not Certificate.objects.printable().exists()
    assert check_certificate(text=certificate.code) is None
    checked = check_certificate(text=code)
    assert checked is not None
    assert (checked.signed, checked.certificate, checked.state) == (True, None, None)


def test_renaming_the_course_changes_no_paper(course) -> None:
    certificate = issued(course)
    code = signed_code(certificate)
    course.title = "Tên mới"
    course.save()
    assert signed_code(Certificate.objects.get()) == code


def test_pages_carry_the_code_and_the_words(course) -> None:
    from pypdfium2 import PdfDocument

    from training.interfaces.pdf.certificate import write_certificates

    certificates = [issued(course), issued(course, "nguyễn-thị-bình")]
    with translation.override("vi"):
        content = write_certificates(certificates, link="https://thi.example.vn/giay-hoan-thanh/")
    document = PdfDocument(content)
    text = document[1].get_textpage().get_text_range()
    assert len(document) == 2
    assert "GIẤY XÁC NHẬN HOÀN THÀNH" in text
    assert "Nguyễn-Thị-Bình" in text
    assert "Đã hoàn thành khoá học “Một cửa”" in text
    assert f"mã {certificates[1].code}" in text
    assert "Ngày 30 tháng 11 năm 2026" in " ".join(text.split())


def test_completing_a_course_issues_its_certificate(course) -> None:
    from training.domain import completions

    enrolment = enrol(course, make_person("alice", unit=course.unit))
    for told in completions._ON_COMPLETED:
        enrolment.completed_at = timezone.now()
        told(enrolment, timezone.now())
    assert Certificate.objects.get().enrolment_id == enrolment.pk
