"""Weekly rounds in one step, all or none; a round copied to another time."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.dates import VIETNAM
from accounts.errors import Faults, NotAllowed
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.seasons import (
    SeasonPlan,
    copy_round,
    make_season,
    plan_season,
    suggest_round,
)
from quiz.enums import RoundState
from tests.factories import make_contest, make_open_contest, make_person

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
MONDAY = datetime(2027, 1, 4, 10, 0, tzinfo=VIETNAM)
CLOSE = datetime(2027, 1, 11, 9, 0, tzinfo=VIETNAM)
NOW = datetime(2026, 12, 1, tzinfo=VIETNAM)


@pytest.fixture
def made():
    return make_contest()


def season(made, **fields):
    plan = {"opens_at": MONDAY, "closes_at": CLOSE, "weeks": 4, "name": "Tuần"} | fields
    allow = plan.pop("allow_overlap", False)
    user = plan.pop("user", made.organiser)
    return make_season(
        contest=made.contest, plan=SeasonPlan(**plan), user=user, now=NOW, allow_overlap=allow
    )


def refused(made, **fields) -> list[str]:
    before = made.contest.rounds.count()
    with pytest.raises(Faults) as error:
        season(made, **fields)
    assert made.contest.rounds.count() == before
    return [fault.code for fault in error.value.faults]


def test_weeks_follow_each_other_at_the_same_hours(made):
    rounds = season(made)
    assert [(r.name, r.opens_at, r.closes_at, r.state) for r in rounds] == [
        (f"Tuần {n + 2}", MONDAY + n * WEEK, CLOSE + n * WEEK, RoundState.DRAFT) for n in range(4)
    ]
    assert [r.number for r in rounds] == [2, 3, 4, 5]


def test_a_week_with_a_day_off_is_left_out_and_the_season_grows(made):
    tet = (date(2027, 1, 13), date(2027, 1, 26))
    rounds = season(made, weeks=3, skipped=tet)
    assert [r.opens_at for r in rounds] == [MONDAY, MONDAY + 2 * WEEK, MONDAY + 4 * WEEK]
    assert [r.name for r in rounds] == ["Tuần 2", "Tuần 3", "Tuần 4"]


def test_the_monday_of_the_close_belongs_to_the_next_week(made):
    rounds = season(made, weeks=2, skipped=(date(2027, 1, 11),))
    assert [r.opens_at for r in rounds] == [MONDAY, MONDAY + 2 * WEEK]


def test_nothing_is_made_when_one_week_overlaps(made):
    season(made, weeks=1, opens_at=MONDAY + 2 * WEEK, closes_at=CLOSE + 2 * WEEK)
    with pytest.raises(Faults) as error:
        season(made)
    assert [str(fault.message) for fault in error.value.faults] == [
        "Tuần 5 trùng thời gian với Tuần 2 (10:00 18/01/2027 – 09:00 25/01/2027)."
    ]
    assert made.contest.rounds.count() == 2
    assert len(season(made, allow_overlap=True)) == 4


def test_impossible_plans_are_refused(made):
    assert refused(made, weeks=0) == ["weeks_out_of_range"]
    assert refused(made, weeks=53) == ["weeks_out_of_range"]
    assert refused(made, closes_at=MONDAY) == ["closes_before_opens"]
    assert refused(made, closes_at=MONDAY + 8 * timedelta(days=1)) == ["week_too_long"]
    assert refused(made, closes_at=MONDAY + timedelta(minutes=14)) == ["window_shorter_than_limit"]
    last_year = {"opens_at": MONDAY - 52 * WEEK, "closes_at": CLOSE - 52 * WEEK}
    assert refused(made, weeks=1, **last_year) == ["already_over"]


def test_every_day_off_leaves_no_week(made):
    every = tuple(date(2027, 1, 4) + n * WEEK for n in range(104))
    assert season(made, skipped=every) == []


def test_a_plan_stores_nothing(made):
    plan = SeasonPlan(opens_at=MONDAY, closes_at=CLOSE, weeks=2)
    assert [each.name for each in plan_season(contest=made.contest, plan=plan)] == [
        "Tuần 2",
        "Tuần 3",
    ]
    assert made.contest.rounds.count() == 1


def test_only_who_runs_the_contest_makes_rounds(made):
    stranger = make_person()
    with pytest.raises(NotAllowed):
        season(made, user=stranger)
    with pytest.raises(NotAllowed):
        copy_round(round=made.round, opens_at=MONDAY, closes_at=CLOSE, user=stranger)
    assert made.contest.rounds.count() == 1


def test_a_copied_round_is_a_draft_under_the_contest_s_rules():
    made = make_open_contest()
    copy = copy_round(
        round=made.round, opens_at=MONDAY, closes_at=CLOSE, user=made.organiser, name="Tuần chót"
    )
    assert (copy.name, copy.number, copy.state) == ("Tuần chót", 2, RoundState.DRAFT)
    assert (copy.opens_at, copy.closes_at) == (MONDAY, CLOSE)
    assert rules_of_round(round=copy) == rules_of_round(round=made.round)
    assert (copy.rules, copy.pools.count(), copy.commitment) == (None, 0, "")


def test_a_copy_over_another_round_has_to_be_allowed(made):
    window = {"opens_at": made.round.opens_at, "closes_at": made.round.closes_at}
    with pytest.raises(Faults) as error:
        copy_round(round=made.round, user=made.organiser, **window)
    assert [fault.code for fault in error.value.faults] == ["rounds_overlap"]
    copy_round(round=made.round, user=made.organiser, allow_overlap=True, **window)
    assert made.contest.rounds.count() == 2


def test_the_suggested_time_is_behind_every_round(made):
    season(made, weeks=2)
    suggested = suggest_round(round=made.round)
    assert suggested.opens_at >= CLOSE + WEEK
    assert (suggested.opens_at - made.round.opens_at) % WEEK == timedelta(0)
    length = made.round.closes_at - made.round.opens_at
    assert suggested.closes_at - suggested.opens_at == length
    assert (
        timezone.localtime(suggested.opens_at).time()
        == timezone.localtime(made.round.opens_at).time()
    )
