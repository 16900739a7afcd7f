"""The effective window of each round, and what is odd about it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quiz.domain.calendars import list_rounds
from quiz.domain.contests import add_round
from quiz.domain.round_closing import last_deadline
from quiz.domain.rule_sets import rules_of_round, set_rules
from quiz.models import Contest, Release, Seal
from tests.factories import HOUR, make_contest, make_open_contest, make_rules

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
GRACE = timedelta(seconds=5)


def shown(made, **stretch):
    contests = Contest.objects.filter(pk=made.contest.pk)
    return list_rounds(contests=contests, now=timezone.now(), **stretch)


def test_under_last_save_the_close_ends_every_attempt():
    made = make_contest(rules=make_rules(entry={"at_close": "last_save"}))
    (each,) = shown(made)
    assert (each.opens_at, each.closes_at) == (made.round.opens_at, made.round.closes_at)
    assert each.full_time_until == made.round.closes_at - 15 * MINUTE
    assert each.ends_at == made.round.closes_at + GRACE
    assert each.ends_at == last_deadline(round=made.round, rules=rules_of_round(round=made.round))


def test_under_last_start_the_last_attempt_keeps_its_time():
    made = make_contest(rules=make_rules(entry={"at_close": "last_start"}))
    (each,) = shown(made)
    assert each.full_time_until == made.round.closes_at
    assert each.ends_at == made.round.closes_at + 15 * MINUTE + GRACE
    assert each.ends_at == last_deadline(round=made.round, rules=rules_of_round(round=made.round))


def test_without_a_limit_only_the_close_ends():
    made = make_contest(rules=make_rules(entry={"time_limit_seconds": None}))
    (each,) = shown(made)
    assert (each.full_time_until, each.ends_at) == (made.round.closes_at, each.closes_at + GRACE)


def test_overlaps_short_rounds_and_late_attempts_are_told():
    made = make_contest(
        rules=make_rules(entry={"at_close": "last_start"}), opens_in=HOUR, closes_in=2 * HOUR
    )
    first = made.round
    add_round(
        contest=made.contest,
        opens_at=first.closes_at - 30 * MINUTE,
        closes_at=first.closes_at + HOUR,
        user=made.organiser,
        name="Chồng",
    )
    add_round(
        contest=made.contest,
        opens_at=first.closes_at + HOUR,
        closes_at=first.closes_at + HOUR + 20 * MINUTE,
        user=made.organiser,
        name="Sát",
    )
    longer = make_rules(entry={"at_close": "last_start", "time_limit_seconds": 1800})
    set_rules(contest=made.contest, data=longer, user=made.organiser)
    moment = timezone.localtime(first.closes_at + HOUR).strftime("%H:%M %d/%m/%Y")
    assert [(each.round.name, list(each.remarks)) for each in shown(made)] == [
        ("Vòng 1", ["Trùng thời gian với Chồng."]),
        (
            "Chồng",
            [
                "Trùng thời gian với Vòng 1.",
                f"Bài bắt đầu sát giờ đóng còn làm tới sau khi Sát mở ({moment}).",
            ],
        ),
        (
            "Sát",
            [
                "Vòng thi mở ngắn hơn thời gian làm một bài. "
                "Đặt giờ đóng muộn hơn hoặc giảm thời gian làm bài."
            ],
        ),
    ]


def test_a_draft_past_its_opening_is_told():
    (each,) = shown(make_contest())
    assert each.remarks == ["Đã qua giờ mở mà chưa chốt đề, nên chưa ai vào thi được."]
    (each,) = shown(make_open_contest())
    assert each.remarks == []


def test_releases_have_their_moment_and_the_days_for_complaints():
    made = make_open_contest()
    at = timezone.now()
    Seal.objects.create(
        round=made.round, counts={}, root="0" * 64, size=0, sealed_by=made.organiser, sealed_at=at
    )
    for number, state, moment in ((1, "released", at), (2, "submitted", None)):
        Release.objects.create(
            contest=made.contest,
            round=made.round,
            number=number,
            state=state,
            document={},
            digest="0" * 64,
            submitted_by=made.organiser,
            submitted_at=at,
            released_at=moment,
        )
    (each,) = shown(made)
    assert [(r.number, r.published_at, r.complaints_until) for r in each.results] == [
        (1, at, at + timedelta(days=3))
    ]


def test_a_stretch_shows_the_rounds_that_touch_it():
    made = make_contest()
    opens, closes = made.round.opens_at, made.round.closes_at
    assert len(shown(made, stretch=(opens, closes))) == 1
    assert len(shown(made, stretch=(closes, closes + HOUR))) == 1
    assert shown(made, stretch=(closes + MINUTE, closes + HOUR)) == []
    assert shown(made, stretch=(opens - HOUR, opens)) == []


def test_one_round_and_many_take_the_same_queries(django_assert_num_queries):
    made = make_contest()
    for count in (1, 4):
        with django_assert_num_queries(3):
            assert len(shown(made)) == count
        for n in range(3):
            add_round(
                contest=made.contest,
                opens_at=made.round.closes_at + n * HOUR,
                closes_at=made.round.closes_at + (n + 1) * HOUR,
                user=made.organiser,
            )
