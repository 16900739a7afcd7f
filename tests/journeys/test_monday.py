"""The Monday morning with a few hundred people: the clicks are those of 26,106."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from quiz.enums import CorrectionState, DuplicateState, ReleaseState, RoundState
from quiz.models import Correction, DuplicateCase, Release
from tests.frontend.contest_pages import browser_of, do_jobs
from tests.journeys.monday import Morning, drive
from tests.journeys.monday_round import make_monday
from tests.journeys.people import DESK, Person, arrive

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
MOST_CLICKS = 30


def signed_in(browser: Browser, base: str, user: User) -> Person:
    person = arrive(browser, size=DESK)
    cookie = browser_of(user).cookies["sessionid"]
    person.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": base}])
    return person


def test_from_the_close_to_papers_ready_for_signature(
    live_server: Any, chromium: Browser, static_files: Any
) -> None:
    made = make_monday(persons=90, twins=6)
    officer, second = (
        signed_in(chromium, live_server.url, user) for user in (made.organiser, made.reviewer)
    )
    morning = Morning(officer, second, do_jobs)
    steps = drive(morning, live_server.url, contest=made.contest.pk, round=made.round.pk)
    assert [step.name for step in steps] == [
        "close",
        "duplicates",
        "wrong key",
        "ranking and awards",
        "seal",
        "release for signature",
        "papers",
    ]
    assert sum(step.clicks for step in steps) <= MOST_CLICKS
    assert (officer.errors, second.errors) == ([], [])
    made.round.refresh_from_db()
    assert made.round.state == RoundState.SEALED
    assert Release.objects.get().state == ReleaseState.SUBMITTED
    assert Correction.objects.get().state == CorrectionState.APPLIED
    assert set(DuplicateCase.objects.values_list("state", flat=True)) == {DuplicateState.SAME}
    assert DuplicateCase.objects.count() == 6
    for person in (officer, second):
        person.context.close()
