"""Personal data leaves in a workbook for a reason and with the right to take it out."""

import pytest
from django.utils import timezone

from accounts.domain.jobs import run_job
from accounts.domain.reveals import Reason
from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry, Job, Membership
from quiz.interfaces.excel.export_jobs import queue_export
from tests.factories import OpenContest, make_open_contest

pytestmark = pytest.mark.django_db
WHY = Reason("handing_over", "Trao giải tuần 1")
KINDS = {"export_winners": "whole_numbers", "export_participation": "names"}


@pytest.fixture
def made() -> OpenContest:
    return make_open_contest()


def ask(made: OpenContest, kind: str, reason: Reason | None = None) -> Job:
    return queue_export(
        kind=kind, round=made.round, user=made.organiser, now=timezone.now(), reason=reason
    )


def become_exporter(made: OpenContest) -> Membership:
    return Membership.objects.create(user=made.organiser, unit=made.unit, role=Role.EXPORTER)


@pytest.mark.parametrize("kind", KINDS)
def test_a_reason_without_the_right_is_refused(made, kind):
    with pytest.raises(NotAllowed):
        ask(made, kind, WHY)
    assert not Job.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_without_a_reason_gives_what_everyone_sees(made, kind):
    become_exporter(made)
    job = run_job(job_id=ask(made, kind).pk)
    assert job.result == {"rows": 0, KINDS[kind]: False}
    told = AuditEntry.objects.get(act=kind)
    assert told.details == {"rows": 0, "job": job.pk}


@pytest.mark.parametrize("kind", KINDS)
def test_right_and_reason_give_the_whole_and_the_diary_says_why(made, kind):
    become_exporter(made)
    job = run_job(job_id=ask(made, kind, WHY).pk)
    assert job.result == {"rows": 0, KINDS[kind]: True}
    told = AuditEntry.objects.get(act=kind)
    assert (told.actor, told.details["reason"], told.reason.text) == (
        made.organiser,
        WHY.code,
        WHY.text,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_taken_away_before_the_job_ran_counts_no_more(made, kind):
    right = become_exporter(made)
    asked = ask(made, kind, WHY)
    right.delete()
    assert run_job(job_id=asked.pk).result == {"rows": 0, KINDS[kind]: False}
