"""Five answers make a contest that could be published at once."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from django.utils import timezone

from accounts.domain.installation import update_installation
from accounts.enums import Role
from accounts.errors import Faults
from quiz.domain.contest_templates import (
    BOTH,
    CITIZENS,
    OFFICIALS,
    PER_CONTEST,
    PrizeAnswer,
    TemplateAnswers,
    create_from_template,
    next_monday,
    template_rounds,
    template_rules,
)
from quiz.domain.rule_sets import rules_of
from quiz.domain.starter_bank import starter_bank_of
from quiz.rules.document import PrizeTier, advise_rules, check_rules
from tests.factories import make_bank, make_person, make_unit

ANSWERS = TemplateAnswers(
    title="Tìm hiểu cải cách hành chính",
    first_day=date(2026, 11, 30),
    weeks=2,
    audience=BOTH,
    prizes=(PrizeAnswer("nhat", 1, 2_000_000), PrizeAnswer("nhi", 0, 1), PrizeAnswer("ba", 3, 0)),
    decision_number="12/QĐ-UBND",
    decision_date=date(2026, 11, 20),
)
NOW = datetime(2026, 11, 22, 15, tzinfo=timezone.get_default_timezone())


def hours(answers):
    return [
        (name, *(timezone.localtime(at).strftime("%H:%M %d/%m") for at in (opens, closes)))
        for name, opens, closes in template_rounds(answers)
    ]


def test_weeks_run_from_monday_ten_to_the_next_monday_nine():
    assert hours(ANSWERS) == [
        ("Tuần 1", "10:00 30/11", "09:00 07/12"),
        ("Tuần 2", "10:00 07/12", "09:00 14/12"),
    ]
    assert next_monday(date(2026, 11, 22)) == date(2026, 11, 23)
    assert next_monday(date(2026, 11, 23)) == date(2026, 11, 30)


def test_prizes_for_the_whole_contest_make_one_round_of_all_weeks():
    once = replace(ANSWERS, prizes_per=PER_CONTEST, opens=time(8), closes=time(17))
    assert hours(once) == [("Vòng thi", "08:00 30/11", "17:00 14/12")]


@pytest.mark.parametrize(
    ("audience", "groups", "scope"),
    [
        (BOTH, ["can-bo", "nguoi-dan"], "group"),
        (OFFICIALS, ["can-bo"], "round"),
        (CITIZENS, ["nguoi-dan"], "round"),
    ],
)
def test_rules_hold_and_nobody_advises_against_them(audience, groups, scope):
    for asks_unit in (True, False):
        rules = template_rules(replace(ANSWERS, audience=audience, asks_unit=asks_unit))
        assert [group.code for group in rules.groups] == groups
        assert rules.entry.prediction.scope == scope
        assert ("unit" in rules.entry.required_fields) is asks_unit
        assert ("address" in rules.entry.required_fields) is not asks_unit
        assert (check_rules(rules), advise_rules(rules)) == ([], [])
        assert not rules.count_secrecy


def test_prizes_without_a_count_are_left_out():
    assert template_rules(ANSWERS).result.prizes == [
        PrizeTier(code="nhat", name="Giải Nhất", count=1, money=2_000_000),
        PrizeTier(code="ba", name="Giải Ba", count=3, money=0),
    ]


@pytest.mark.django_db
def test_the_contest_has_groups_rounds_rules_and_the_starter_bank():
    unit = make_unit(parent=None)
    organiser = make_person(Role.ORGANISER, unit=unit)
    update_installation(user=None, body_name="Ủy ban nhân dân xã Hòa Thịnh")
    contest = create_from_template(answers=ANSWERS, unit=unit, user=organiser, now=NOW)
    starter = starter_bank_of(unit=unit)
    assert (contest.title, contest.body_name, contest.code) == (
        ANSWERS.title,
        "Ủy ban nhân dân xã Hòa Thịnh",
        "tim-hieu-cai-cach-hanh-chinh",
    )
    assert [(g.code, g.bank) for g in contest.groups.all()] == [
        ("can-bo", starter),
        ("nguoi-dan", starter),
    ]
    assert [
        (r.name, r.opens_at, r.closes_at) for r in contest.rounds.order_by("number")
    ] == template_rounds(ANSWERS)
    assert rules_of(contest=contest) == template_rules(ANSWERS)
    assert (contest.rules.decision_number, contest.rules.decision_date) == (
        "12/QĐ-UBND",
        date(2026, 11, 20),
    )


@pytest.mark.django_db
def test_a_chosen_bank_is_used_instead():
    unit = make_unit()
    organiser = make_person(Role.ORGANISER, unit=unit)
    reviewer = make_person(Role.REVIEWER, unit=unit)
    bank = make_bank(unit=unit, author=organiser, reviewer=reviewer)
    made = create_from_template(answers=ANSWERS, unit=unit, user=organiser, now=NOW, bank=bank)
    assert {group.bank for group in made.groups.all()} == {bank}
    assert starter_bank_of(unit=unit) is None


@pytest.mark.django_db
def test_impossible_answers_are_refused_together():
    unit = make_unit()
    organiser = make_person(Role.ORGANISER, unit=unit)
    wrong = replace(ANSWERS, first_day=date(2026, 11, 21), weeks=0)
    with pytest.raises(Faults) as refused:
        create_from_template(answers=wrong, unit=unit, user=organiser, now=NOW)
    assert [fault.code for fault in refused.value.faults] == [
        "first_day_over",
        "weeks_out_of_range",
    ]
