"""Rehearsing: against the real server, seen by nobody, and nothing left behind."""

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from accounts.errors import NotAllowed
from accounts.models import Job
from quiz.domain import rehearsal_driving, rehearsals
from quiz.domain.count_secrecy import may_see_counts
from quiz.domain.rehearsal_shadow import delete_shadow, make_shadow, shadow_rules
from quiz.domain.rehearsal_words import measured_sentence, stop_sentence
from quiz.domain.rehearsals import (
    RehearsalRunning,
    RehearsalUnready,
    RoundNear,
    ServerNotReached,
    ask_rehearsal,
    cancel_rehearsal,
    prepare_rehearsal,
    run_rehearsal,
)
from quiz.enums import RehearsalState
from quiz.errors import InputRefused
from quiz.models import Attempt, Contest, Entrant, ItemUsage, Rehearsal, Round
from quiz.rules.document import parse_rules
from tests.factories import HOUR, make_contest, make_open_contest, make_person

NOW = timezone.now


def prepared(made, url: str = "http://127.0.0.1:9", **fields) -> Rehearsal:
    values = {"entrants": 6, "minutes": 1, "now": NOW(), "url": url} | fields
    return prepare_rehearsal(contest=made.contest, user=made.organiser, **values)


@pytest.fixture
def hurried(monkeypatch):
    """A minute of a rehearsal takes a second."""
    real = rehearsals._course

    def soon(rehearsal, round):
        course = real(rehearsal, round)
        return rehearsal_driving.Course(**(course.__dict__ | {"seconds": course.seconds / 60}))

    monkeypatch.setattr(rehearsals, "_course", soon)


def rows() -> dict[str, int]:
    """How many of everything, but what is made once an installation or tells of the rehearsal."""
    kept = {"quiz.Rehearsal", "accounts.AuditEntry", "accounts.ConsentText", "quiz.UnitTree"}
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model._meta.label not in kept
    }


@pytest.mark.django_db(transaction=True)
def test_entrants_enter_over_http_and_nothing_is_left(live_server, hurried):
    made = make_contest(opens_in=24 * HOUR, closes_in=48 * HOUR)
    before = rows()
    rehearsal = prepared(made, live_server.url)
    report = run_rehearsal(rehearsal=rehearsal)
    assert (report["completed"], report["lost"], report["checked"]) == (6, 0, 6)
    assert (report["errors"], report["stopped"]) == ({}, "")
    counts = {step: row["count"] for step, row in report["steps"].items()}
    once = dict.fromkeys(("page", "register", "start", "paper", "submit", "receipt"), 6)
    assert counts == once | {"save": 24}
    assert rows() == before
    assert (rehearsal.shadow, rehearsal.state) == (None, RehearsalState.ENDED)
    assert measured_sentence(rehearsal).startswith("Đã đo: 6 trên 6 lượt trong")


@pytest.mark.django_db(transaction=True)
def test_an_answer_the_database_does_not_hold_is_reported_lost(live_server, hurried, monkeypatch):
    made = make_contest(opens_in=24 * HOUR, closes_in=48 * HOUR)
    real = rehearsals._lost

    def forgetful(round, measured):
        first = Attempt.objects.filter(round=round).order_by("pk").first()
        Attempt.objects.filter(pk=first.pk).update(answers=[0] * len(first.answers))
        return real(round, measured)

    monkeypatch.setattr(rehearsals, "_lost", forgetful)
    assert run_rehearsal(rehearsal=prepared(made, live_server.url))["lost"] == 1


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_rehearsal_stops_and_reports(live_server, monkeypatch):
    monkeypatch.setattr(rehearsals, "ASK_SECONDS", 0)
    made = make_contest(opens_in=24 * HOUR, closes_in=48 * HOUR)
    rehearsal = prepared(made, live_server.url, entrants=60, minutes=60)
    cancel_rehearsal(rehearsal=rehearsal, user=made.organiser)
    report = run_rehearsal(rehearsal=rehearsal)
    assert (report["stopped"], report["seconds"] < 5) == ("cancelled", True)
    assert stop_sentence(rehearsal) == "Đã dừng theo yêu cầu."
    assert Entrant.objects.count() == 0


def test_too_many_errors_stop_the_drive(monkeypatch):
    monkeypatch.setattr(rehearsal_driving, "JUDGED", 10)
    course = rehearsal_driving.Course(
        url="http://127.0.0.1:9",
        host="127.0.0.1",
        page="/",
        contest_code="x",
        round_id=1,
        groups=("a",),
        entrants=1000,
        seconds=0.01,
    )
    measured = rehearsal_driving.drive(course, stopped=lambda: False, tell=lambda done: None)
    assert (measured.stopped, measured.completed) == ("errors", 0)
    assert measured.begun < 1000
    assert set(measured.errors) == {"network"}


@pytest.mark.django_db
def test_a_server_that_does_not_answer_leaves_nothing():
    made = make_contest(opens_in=24 * HOUR, closes_in=48 * HOUR)
    rehearsal = prepared(made)
    with pytest.raises(ServerNotReached):
        run_rehearsal(rehearsal=rehearsal)
    assert (Contest.objects.exclude(rehearses=None).count(), rehearsal.state) == (0, "ended")
    assert stop_sentence(rehearsal).startswith("Diễn tập không chạy được")


@pytest.mark.django_db
def test_a_killed_run_is_not_repeated_and_its_shadow_goes():
    made = make_contest(opens_in=24 * HOUR, closes_in=48 * HOUR)
    rehearsal = prepared(made)
    make_shadow(rehearsal=rehearsal, now=NOW())
    Rehearsal.objects.update(state=RehearsalState.RUNNING)
    rehearsal.refresh_from_db()
    assert run_rehearsal(rehearsal=rehearsal)["stopped"] == "killed"
    assert Contest.objects.exclude(rehearses=None).count() == 0


@pytest.mark.django_db
def test_nobody_is_shown_the_shadow(client):
    made = make_contest(opens_in=24 * HOUR, closes_in=48 * HOUR)
    rehearsal = prepared(made)
    round = make_shadow(rehearsal=rehearsal, now=NOW())
    shadow = round.contest
    assert list(Contest.objects.public()) == [made.contest]
    assert list(Contest.objects.within_reach_of(made.organiser)) == [made.contest]
    assert not may_see_counts(user=made.organiser, contest=shadow)
    assert Client().get(f"/cuoc-thi/{shadow.code}/").status_code == 404
    assert shadow.title == made.contest.title
    assert Client().get("/").content.decode().count("<article") <= 1
    assert ItemUsage.objects.filter(pool__round=round).count() == 0
    delete_shadow(rehearsal=rehearsal)
    delete_shadow(rehearsal=rehearsal)
    assert Round.objects.filter(pk=round.pk).count() == 0


@pytest.mark.django_db
def test_the_shadow_keeps_time_and_length_and_asks_what_invented_people_know():
    made = make_contest()
    rules = parse_rules(made.contest.rules.document)
    shadow = shadow_rules(rules)
    assert shadow.entry.time_limit_seconds == rules.entry.time_limit_seconds
    assert [group.paper.item_count for group in shadow.groups] == [5]
    assert shadow.entry.asked_fields == {"full_name", "birth_date", "phone"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opens", "closes", "near"),
    [
        (-HOUR, HOUR, True),
        (HOUR / 2, 5 * HOUR, True),
        (-5 * HOUR, -HOUR / 2, True),
        (2 * HOUR, 5 * HOUR, False),
        (-9 * HOUR, -2 * HOUR, False),
    ],
)
def test_no_rehearsal_within_an_hour_of_a_round_that_takes_entries(opens, closes, near):
    made = make_open_contest()
    now = NOW()
    Round.objects.update(opens_at=now + opens, closes_at=now + closes)
    if near:
        with pytest.raises(RoundNear):
            prepared(made)
        prepared(made, anyway=True)
    else:
        prepared(made)
    with pytest.raises(RehearsalRunning):
        prepared(made, anyway=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("entrants", "minutes", "field"),
    [(0, 1, "entrants"), (20_001, 60, "entrants"), (10, 61, "minutes"), (3001, 1, "entrants")],
)
def test_sizes_beyond_the_bounds_are_refused(entrants, minutes, field):
    made = make_contest()
    with pytest.raises(InputRefused) as refused:
        prepared(made, entrants=entrants, minutes=minutes, anyway=True)
    assert list(refused.value.details["fields"]) == [field]


@pytest.mark.django_db
def test_only_who_runs_the_contest_may_ask():
    made = make_contest(opens_in=24 * HOUR, closes_in=48 * HOUR)
    stranger = make_person("auditor", unit=made.unit)
    asked = {"contest": made.contest, "entrants": 5, "minutes": 1, "now": NOW()}
    with pytest.raises(NotAllowed):
        ask_rehearsal(user=stranger, **asked)
    rehearsal = ask_rehearsal(user=made.organiser, **asked)
    assert Job.objects.get().params == {"rehearsal": rehearsal.pk}
    with pytest.raises(NotAllowed):
        cancel_rehearsal(rehearsal=rehearsal, user=stranger)


@pytest.mark.django_db
def test_a_contest_without_rules_or_consent_is_not_ready():
    made = make_contest(opens_in=24 * HOUR, closes_in=48 * HOUR)
    Contest.objects.update(consent_text=None)
    made.contest.refresh_from_db()
    with pytest.raises(RehearsalUnready):
        prepared(made)
