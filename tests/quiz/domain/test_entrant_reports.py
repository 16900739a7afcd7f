import pytest
from django.utils import timezone

from accounts.domain.audit import chain_audit
from accounts.errors import Faults, NotAllowed, TooManyRequests
from accounts.models import AuditEntry
from quiz.domain.entrant_reports import BY_ADDRESS, file_report, handle_report, reports_of
from quiz.domain.return_errors import ReportHandled
from quiz.errors import InputRefused
from quiz.models import EntrantReport
from tests.factories import make_open_contest, make_person, register

pytestmark = pytest.mark.django_db


def report(made, text="Tôi chưa từng đăng ký", contact="0999000777", token="", address="::1"):
    file_report(
        contest=made.contest, text=text, contact=contact, entrant_token=token, address=address
    )


def test_a_report_keeps_the_entrant_of_the_browser_and_seals_the_contact():
    made = make_open_contest()
    who = register(made)
    report(made, token=who.token)
    row = EntrantReport.objects.get()
    assert row.entrant_id == who.entrant_id
    assert b"0999000777" not in bytes(row.contact)
    [shown] = reports_of(contest=made.contest)
    assert (shown.contact, shown.report.text) == ("0999000777", "Tôi chưa từng đăng ký")


def test_a_browser_without_an_entrant_or_with_one_of_another_contest_reports_too():
    made, other = make_open_contest(), make_open_contest()
    report(made)
    report(made, token=register(other).token)
    assert [row.entrant_id for row in EntrantReport.objects.all()] == [None, None]


def test_an_empty_report_is_refused_and_so_is_a_flood():
    made = make_open_contest()
    with pytest.raises(InputRefused):
        report(made, text="  ")
    for _time in range(BY_ADDRESS[0]):
        report(made)
    with pytest.raises(TooManyRequests):
        report(made)
    report(made, address="::2")


def test_an_organiser_closes_a_report_once_with_what_came_of_it():
    made = make_open_contest()
    report(made)
    row = EntrantReport.objects.get()
    act = {"report": row, "user": made.organiser, "now": timezone.now()}
    with pytest.raises(Faults):
        handle_report(**act, note=" ")
    with pytest.raises(NotAllowed):
        handle_report(**act | {"user": make_person(unit=made.unit)}, note="Đã gọi lại")
    handle_report(**act, note="Đã gọi lại, huỷ bài")
    with pytest.raises(ReportHandled):
        handle_report(**act, note="Lần nữa")
    row.refresh_from_db()
    assert (row.note, row.handled_by) == ("Đã gọi lại, huỷ bài", made.organiser)
    chain_audit()
    assert AuditEntry.objects.filter(act="handle_report").count() == 1
