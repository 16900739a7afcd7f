"""The demo's people: always the same, all kinds of behaviour, and duplicates only where meant."""

import hashlib
from collections import Counter, defaultdict
from datetime import date

import pytest

from accounts.text import fold, nfc
from quiz.demo.contest import (
    ATTEMPTS_PER_ROUND,
    CITIZENS,
    DEPARTMENTS,
    ITEMS_PER_PAPER,
    MINIMUM_AGE,
    OFFICIALS,
    PERSONS_PER_PHONE,
    TIME_LIMIT_SECONDS,
    commune_codes,
)
from quiz.demo.entrant import DemoEntrant
from quiz.demo.people import generate_entrants
from quiz.demo.roster import generate_roster
from quiz.demo.stories import count_all_correct

TODAY = date(2026, 11, 23)
COMMUNES = commune_codes()
DEPARTMENT_CODES = [unit.code for unit in DEPARTMENTS]


def make(seed: int = 2026, count: int = 2000, today: date = TODAY) -> list[DemoEntrant]:
    return generate_entrants(
        seed=seed,
        count=count,
        today=today,
        commune_codes=COMMUNES,
        department_codes=DEPARTMENT_CODES,
    )


PEOPLE = make()
BY_NUMBER = {one.number: one for one in PEOPLE}
FIRST_TIME = [one for one in PEOPLE if one.duplicate_of is None]
COPIES = [one for one in PEOPLE if one.duplicate_of is not None]


def test_the_same_seed_gives_the_same_people():
    assert make() == PEOPLE
    assert make(seed=1) != PEOPLE


def test_the_people_do_not_depend_on_the_machine():
    digest = hashlib.sha256(repr(make(count=200)).encode()).hexdigest()
    assert digest[:16] == "b6750ecc5c71074e"


def test_registrations_are_counted_from_one():
    assert [one.number for one in PEOPLE] == list(range(1, 2001))
    assert Counter(one.group for one in PEOPLE) == {OFFICIALS: 686, CITIZENS: 1314}


def test_units_belong_to_the_groups():
    assert {one.unit_code for one in PEOPLE if one.group == CITIZENS} <= set(COMMUNES)
    officials = {one.unit_code for one in PEOPLE if one.group == OFFICIALS}
    assert officials <= {*COMMUNES, *DEPARTMENT_CODES}
    assert officials & set(COMMUNES)
    assert officials >= set(DEPARTMENT_CODES)


def test_officials_alone_have_staff_codes_and_each_their_own():
    codes = [one.staff_code for one in PEOPLE if one.group == OFFICIALS]
    assert len(set(codes)) == len(codes)
    assert {code[:3] for code in codes} == {"MAU"}
    assert {one.staff_code for one in PEOPLE if one.group == CITIZENS} == {""}


def test_phones_have_ten_digits_under_the_unused_prefix():
    for one in PEOPLE:
        assert one.phone.isdigit()
        assert (len(one.phone), one.phone[:3]) == (10, "057")


def test_a_phone_serves_a_household_but_never_too_many():
    holders = Counter(one.phone for one in PEOPLE)
    assert set(holders.values()) == {1, 2, 3}
    assert max(holders.values()) == PERSONS_PER_PHONE


def test_nobody_looks_like_another_unless_meant():
    by_day = Counter(
        (fold(one.full_name), one.birth_date.month, one.birth_date.day) for one in FIRST_TIME
    )
    by_phone = Counter((fold(one.full_name), one.phone) for one in FIRST_TIME)
    assert max(by_day.values()) == max(by_phone.values()) == 1


def test_copies_come_later_with_another_phone_or_year_of_birth():
    assert len(COPIES) == 40
    changes = Counter()
    for copy in COPIES:
        first = BY_NUMBER[copy.duplicate_of]
        assert first.number < copy.number
        assert first.duplicate_of is None
        assert (first.full_name, first.unit_code) == (copy.full_name, copy.unit_code)
        same_phone = first.phone == copy.phone
        same_year = first.birth_date.year == copy.birth_date.year
        assert first.birth_date == copy.birth_date.replace(year=first.birth_date.year)
        changes[same_phone, same_year] += 1
    assert changes == {(False, True): 20, (True, False): 20}


def test_everyone_is_old_enough_and_some_need_a_guardian():
    ages = [one.age_on(TODAY) for one in PEOPLE]
    assert min(ages) == MINIMUM_AGE
    young = [one for one in PEOPLE if one.age_on(TODAY) < 16]
    assert Counter(bool(one.guardian) for one in young) == {True: 29, False: 29}
    assert {one.group for one in young} == {CITIZENS}
    assert {one.guardian for one in PEOPLE if one.age_on(TODAY) >= 16} == {""}


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2030, 1, 1)])
def test_ages_follow_the_day_of_the_contest(today: date):
    ages = [one.age_on(today) for one in make(count=200, today=today)]
    assert min(ages) >= MINIMUM_AGE
    assert max(ages) <= 95


def test_names_are_nfc_and_one_looks_like_a_formula():
    assert all(one.full_name == nfc(one.full_name) for one in PEOPLE)
    formulas = [one for one in PEOPLE if one.full_name.startswith(("=", "+", "-", "@"))]
    assert len(formulas) == 1


def test_every_behaviour_has_its_share():
    flags = ("abandoned", "late", "double_submit", "two_tabs", "forgets_consent")
    counts = {flag: sum(getattr(one.behaviour, flag) for one in PEOPLE) for flag in flags}
    assert counts == {
        "abandoned": 80,
        "late": 60,
        "double_submit": 80,
        "two_tabs": 60,
        "forgets_consent": 20,
    }
    assert sum(not one.behaviour.attempts for one in PEOPLE) == 20
    assert 150 < sum(one.behaviour.returns for one in PEOPLE) <= 200


def test_plans_fit_the_paper_and_the_clock():
    for one in PEOPLE:
        *earlier, last = one.behaviour.attempts or [None]
        assert len(earlier) < ATTEMPTS_PER_ROUND
        for plan in one.behaviour.attempts:
            assert 0 <= plan.wrong + plan.omitted <= ITEMS_PER_PAPER
            late = one.behaviour.late and plan is last
            assert (plan.seconds > TIME_LIMIT_SECONDS + 5) == late
        assert all(not plan.is_full for plan in earlier)
        if one.behaviour.late or one.behaviour.abandoned:
            assert last.omitted > 0


def test_many_tie_on_full_marks_and_guess_how_many():
    actual = count_all_correct(PEOPLE)
    assert actual == sum(one.behaviour.all_correct for one in FIRST_TIME)
    assert 400 < actual < 700
    guesses = [one.behaviour.prediction for one in PEOPLE]
    assert guesses.count(None) > 10
    assert sum(abs(guess - actual) <= actual // 2 for guess in guesses if guess is not None) > 1500


def test_the_special_few_stand_where_prizes_are_given():
    actual = count_all_correct(PEOPLE)
    exact = [
        one
        for one in PEOPLE
        if one.group == CITIZENS
        and one.behaviour.all_correct
        and one.behaviour.prediction == actual
    ]
    stories = defaultdict(int)
    for one in exact:
        stories["formula"] += one.full_name.startswith("=")
        stories["guarded"] += bool(one.guardian)
        stories["unguarded"] += one.age_on(TODAY) < 16 and not one.guardian
        stories["barred"] += not one.may_win
        stories["copy"] += one.duplicate_of is not None
    assert stories == {"formula": 1, "guarded": 1, "unguarded": 1, "barred": 1, "copy": 1}
    assert len(exact) < 16


@pytest.mark.parametrize("seed", range(5))
def test_a_small_crowd_shows_everything_too(seed: int):
    people = make(seed=seed, count=200)
    assert len(people) == 200
    assert sum(one.full_name.startswith("=") for one in people) == 1
    for flag in ("abandoned", "late", "double_submit", "two_tabs", "forgets_consent", "returns"):
        assert any(getattr(one.behaviour, flag) for one in people), flag


def test_too_small_a_crowd_is_refused():
    with pytest.raises(ValueError, match="200"):
        make(count=199)


def test_the_roster_names_those_present_and_some_absent():
    roster = generate_roster(seed=3, entrants=PEOPLE, today=TODAY)
    assert roster == generate_roster(seed=3, entrants=PEOPLE, today=TODAY)
    present = {one.staff_code: one for one in PEOPLE if one.group == OFFICIALS}
    codes = [row.staff_code for row in roster]
    assert len(set(codes)) == len(codes) == 686 + 82
    for row in roster:
        if one := present.get(row.staff_code):
            assert (row.full_name, row.birth_date) == (one.full_name, one.birth_date)
            assert (row.unit_code, row.exemption) == (one.unit_code, "")
    assert sum(bool(row.exemption) for row in roster) == 28
    assert {row.unit_code for row in roster} == {one.unit_code for one in present.values()}
