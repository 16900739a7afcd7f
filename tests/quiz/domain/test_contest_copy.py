"""A copy keeps what was decided, and moves the rounds to the day chosen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import NotAllowed
from quiz.domain.contest_copy import copy_contest
from quiz.domain.contests import add_round
from quiz.domain.rule_sets import rules_of, set_rules
from quiz.models import Entrant, MayNotWin
from tests.factories import HOUR, make_attempt, make_open_contest, make_person

pytestmark = pytest.mark.django_db


def decided_contest():
    made = make_open_contest()
    contest = made.contest
    contest.summary, contest.hotline = "Giới thiệu", "0257 1"
    contest.save()
    document = rules_of(contest=contest).model_copy(
        update={"decision_number": "12/QĐ-BTC", "decision_date": timezone.localdate()}
    )
    set_rules(contest=contest, data=document, user=made.organiser)
    add_round(
        contest=contest,
        opens_at=made.round.closes_at,
        closes_at=made.round.closes_at + HOUR,
        user=made.organiser,
        name="Tuần chót",
    )
    MayNotWin.objects.create(
        contest=contest, full_name="Người Ra Đề", folded_name="nguoi ra de", reason="Tổ ra đề"
    )
    make_attempt(made)
    return made


def test_settings_groups_and_rules_are_kept_but_not_the_decision():
    made = decided_contest()
    copy = copy_contest(contest=made.contest, user=made.organiser, title="Cuộc thi năm sau")
    old, new = rules_of(contest=made.contest), rules_of(contest=copy)
    assert new == old.model_copy(update={"decision_number": "", "decision_date": None})
    kept = ("unit", "body_name", "summary", "hotline", "roster", "consent_text")
    assert [getattr(copy, name) for name in kept] == [getattr(made.contest, name) for name in kept]
    assert [(g.code, g.name, g.order, g.bank) for g in copy.groups.all()] == [
        (g.code, g.name, g.order, g.bank) for g in made.contest.groups.all()
    ]
    assert (copy.title, copy.state, copy.rules.decision_number) == ("Cuộc thi năm sau", "draft", "")


def test_rounds_move_by_whole_days_and_keep_their_hours():
    made = decided_contest()
    opened = timezone.localdate(made.round.opens_at)
    copy = copy_contest(
        contest=made.contest, user=made.organiser, first_day=opened + timedelta(days=364)
    )
    year = timedelta(days=364)
    assert [
        (r.number, r.name, r.opens_at, r.closes_at, r.state) for r in copy.rounds.order_by("number")
    ] == [
        (r.number, r.name, r.opens_at + year, r.closes_at + year, "draft")
        for r in made.contest.rounds.order_by("number")
    ]


def test_nobody_and_nothing_that_happened_comes_along():
    made = decided_contest()
    copy = copy_contest(contest=made.contest, user=made.organiser, first_day=timezone.localdate())
    counts = [copy.may_not_win.count()]
    for round in copy.rounds.all():
        counts += [round.pools.count(), int(bool(round.commitment)), int(bool(round.rules_id))]
    assert counts == [0] * 7
    assert list(Entrant.objects.values_list("contest", flat=True)) == [made.contest.pk]


def test_who_may_not_win_comes_when_asked_for():
    made = decided_contest()
    copy = copy_contest(contest=made.contest, user=made.organiser, with_may_not_win=True)
    fields = ("full_name", "folded_name", "birth_date", "staff_code", "reason")
    assert list(copy.may_not_win.values_list(*fields)) == list(
        made.contest.may_not_win.values_list(*fields)
    )
    assert made.contest.may_not_win.count() == 1


def test_only_who_runs_the_contest_copies_it():
    made = make_open_contest()
    with pytest.raises(NotAllowed):
        copy_contest(contest=made.contest, user=make_person(Role.AUDITOR, unit=made.unit))
