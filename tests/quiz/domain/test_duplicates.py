"""Entrants who may be one person: found, weighed by prizes, decided by a person, undone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from accounts.errors import Faults, NotAllowed
from quiz.domain.duplicates import (
    cases_by_effect,
    decide_different,
    decide_same,
    find_duplicates,
    keep_earliest,
    members_of,
    merged_entrants,
    reopen_case,
)
from quiz.domain.round_closing import mark_and_rank
from quiz.enums import DuplicateReason, DuplicateState, RoundState
from quiz.errors import CaseDecided, RoundSealed
from quiz.models import DuplicateCase, Entrant, Round, Standing
from tests.factories import OpenContest, make_open_contest, make_person
from tests.results_factory import Entry, Person, close, make_entrants

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def aside() -> dict[int, int]:
    found = Entrant.objects.filter(duplicate_of__isnull=False)
    return dict(found.values_list("pk", "duplicate_of"))


def cases(made: OpenContest) -> list[tuple[str, list[int]]]:
    return [
        (case.reason, list(members_of(case).values_list("pk", flat=True)))
        for case in DuplicateCase.objects.filter(contest=made.contest).order_by("pk")
    ]


def two_pairs() -> tuple[OpenContest, list[Entrant], list[DuplicateCase]]:
    """Two entrants share an identity, two others a phone; the last stands alone."""
    made = make_open_contest()
    people = [
        Person(identity="một", birth_date=None, registered=20),
        Person(identity="một", birth_date=None, registered=10),
        Person(phone="0999000001", birth_date=None),
        Person(phone="0999000001", birth_date=None, registered=5),
        Person(birth_date=None),
    ]
    entrants = make_entrants(made, people)
    assert find_duplicates(contest=made.contest) == 2
    return made, entrants, list(DuplicateCase.objects.order_by("pk"))


def test_each_sign_is_found_once_with_the_strongest_reason():
    made = make_open_contest()
    people = [
        Person(national_id="001", identity="a", phone="0999000001"),
        Person(national_id="001", identity="a", phone="0999000001"),
        Person(full_name="Lê Văn Ví Dụ", phone="0999000002", birth_date=date(1980, 1, 1)),
        Person(full_name="LÊ VĂN  VÍ DỤ", phone="0999000002", birth_date=None),
        Person(full_name="Trần Ví Dụ", birth_date=date(1970, 1, 1)),
        Person(full_name="Trần Ví Dụ", birth_date=date(1970, 1, 1)),
        Person(full_name="Trần Ví Dụ", birth_date=date(1970, 1, 2)),
        Person(full_name="Người Khác", phone="0999000002"),
    ]
    one, two, three, four, five, six, *_alone = [e.pk for e in make_entrants(made, people)]
    assert find_duplicates(contest=made.contest) == 3
    assert cases(made) == [
        (DuplicateReason.NATIONAL_ID, [one, two]),
        (DuplicateReason.PHONE, [three, four]),
        (DuplicateReason.NAME_BIRTH, [five, six]),
    ]


def test_finding_again_finds_nothing_new():
    made, _entrants, _cases = two_pairs()
    before = cases(made)
    assert find_duplicates(contest=made.contest) == 2
    assert cases(made) == before


def test_other_contests_are_not_compared():
    make_entrants(make_open_contest(), [Person(identity="một")])
    other = make_open_contest()
    make_entrants(other, [Person(identity="một")])
    assert find_duplicates(contest=other.contest) == 0


def test_the_earliest_registered_is_kept_unless_another_is_named():
    made, entrants, (first, second) = two_pairs()
    decide_same(case=first, user=made.organiser, now=NOW)
    decide_same(case=second, user=made.organiser, now=NOW, kept=entrants[3], note="Nhầm máy")
    assert aside() == {entrants[0].pk: entrants[1].pk, entrants[2].pk: entrants[3].pk}
    assert (first.state, first.kept, first.decided_by, first.decided_at) == (
        DuplicateState.SAME,
        entrants[1],
        made.organiser,
        NOW,
    )


def test_a_case_is_decided_once():
    made, _entrants, (first, _second) = two_pairs()
    decide_different(case=first, user=made.organiser, now=NOW)
    with pytest.raises(CaseDecided):
        decide_same(case=first, user=made.organiser, now=NOW)
    assert aside() == {}


def test_only_a_member_can_be_kept():
    made, entrants, (first, _second) = two_pairs()
    with pytest.raises(Faults) as refused:
        decide_same(case=first, user=made.organiser, now=NOW, kept=entrants[4])
    assert [fault.code for fault in refused.value.faults] == ["not_a_member"]


def test_many_cases_at_once_and_undone_again():
    made, entrants, both = two_pairs()
    decide_different(case=both[1], user=made.organiser, now=NOW)
    assert keep_earliest(cases=both, user=made.organiser, now=NOW) == 1
    assert aside() == {entrants[0].pk: entrants[1].pk}
    reopen_case(case=both[0], user=made.organiser)
    assert aside() == {}
    assert both[0].state == DuplicateState.OPEN


def test_a_decided_case_that_someone_joins_waits_again():
    made, _entrants, (first, _second) = two_pairs()
    decide_same(case=first, user=made.organiser, now=NOW)
    make_entrants(made, [Person(identity="một", birth_date=None, registered=99)])
    assert find_duplicates(contest=made.contest) == 2
    assert aside() == {}
    decide_different(case=first, user=made.organiser, now=NOW)
    assert aside() == {}


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([((1, 2), 1)], {2: 1}),
        ([((1, 2), 1), ((2, 3), 2)], {2: 1, 3: 1}),
        ([((2, 3), 2), ((1, 2), 1)], {2: 1, 3: 1}),
        ([((1, 2), 1), ((2, 3), 3)], {1: 3, 2: 3}),
        ([((1, 2), 2), ((2, 3), 2)], {1: 2, 3: 2}),
        ([((1, 2), 1), ((3, 4), 3), ((2, 4), 2)], {2: 1, 3: 1, 4: 1}),
        ([((1, 2), None)], {2: 1}),
    ],
)
def test_who_is_one_person_with_the_same_person_is_one(
    decisions: list[tuple[Sequence[int], int | None]], expected: dict[int, int]
):
    told = [([(NOW, pk) for pk in members], kept) for members, kept in decisions]
    assert merged_entrants(told) == expected


def test_undoing_one_decision_leaves_the_others():
    made = make_open_contest()
    people = [
        Person(national_id="1", birth_date=None),
        Person(national_id="1", identity="b", birth_date=None),
        Person(identity="b", birth_date=None),
    ]
    one, two, three = [entrant.pk for entrant in make_entrants(made, people)]
    find_duplicates(contest=made.contest)
    first, second = DuplicateCase.objects.order_by("pk")
    keep_earliest(cases=[first, second], user=made.organiser, now=NOW)
    assert aside() == {two: one, three: one}
    reopen_case(case=first, user=made.organiser)
    assert aside() == {three: two}


def test_cases_nearest_to_a_prize_come_first():
    made = make_open_contest()
    people = [
        Person(identity="xa", birth_date=None, entries=[Entry(wrong=3)]),
        Person(identity="xa", birth_date=None, entries=[]),
        Person(identity="gần", birth_date=None, entries=[Entry(wrong=4)]),
        Person(identity="gần", birth_date=None, entries=[Entry()]),
        Person(identity="chưa thi", birth_date=None, entries=[]),
        Person(identity="chưa thi", birth_date=None, entries=[]),
    ]
    make_entrants(made, people)
    assert close(made) == 3
    found = cases_by_effect(contest=made.contest)
    ranked = [(c.best_rank, min(e.pk for e in members_of(c))) for c in found]
    ids = list(Entrant.objects.order_by("pk").values_list("pk", flat=True))
    assert ranked == [(1, ids[2]), (2, ids[0]), (None, ids[4])]
    decide_different(case=found[0], user=made.organiser, now=NOW)
    assert [case.best_rank for case in cases_by_effect(contest=made.contest)] == [2, None, 1]


def test_a_duplicates_attempts_do_not_count():
    made, entrants, (first, second) = two_pairs()
    close(made)
    decide_same(case=first, user=made.organiser, now=NOW)
    decide_different(case=second, user=made.organiser, now=NOW)
    assert mark_and_rank(round=made.round) == 4
    assert not Standing.objects.filter(entrant=entrants[0]).exists()


def test_a_sealed_round_is_opened_before_a_decision_on_its_entrants():
    made, _entrants, (first, second) = two_pairs()
    decide_same(case=first, user=made.organiser, now=NOW)
    Round.objects.filter(pk=made.round.pk).update(state=RoundState.SEALED)
    with pytest.raises(RoundSealed):
        decide_same(case=second, user=made.organiser, now=NOW)
    with pytest.raises(RoundSealed):
        reopen_case(case=first, user=made.organiser)
    assert len(aside()) == 1


def test_only_who_runs_the_contest_decides():
    _made, _entrants, (first, _second) = two_pairs()
    stranger = make_person()
    for act in (decide_same, decide_different):
        with pytest.raises(NotAllowed):
            act(case=first, user=stranger, now=timezone.now())
    with pytest.raises(NotAllowed):
        reopen_case(case=first, user=stranger)
