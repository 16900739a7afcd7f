"""What sealed rounds tell of their items, and that no other round tells anything."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from quiz.domain.awards import propose_awards
from quiz.domain.duplicates import keep_earliest
from quiz.domain.item_usage import facilities, rounds_in_use, usages
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.rounds import unfreeze_round
from quiz.domain.sealing import seal_round, unseal_round
from quiz.enums import AttemptState
from quiz.models import DuplicateCase, ItemUsage, ItemVersion, Pool
from tests.factories import make_open_contest, make_rules
from tests.results_factory import Entry, Person, close, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def person(*entries: Entry, **fields) -> Person:
    return Person(birth_date=None, entries=entries, **fields)


def used_versions() -> list[ItemVersion]:
    """In the order of the pool: with items not shuffled, slot by slot."""
    [pool] = Pool.objects.all()
    return [ItemVersion.objects.get(pk=item["version"]) for item in pool.document["items"]]


def all_five(people: list[Person]):
    """A round whose papers all hold the same five items, in one order."""
    rules = make_rules(
        paper={"shuffle_items": False, "blueprint": [], "fixed_items": [1, 2, 3, 4, 5]}
    )
    made = make_open_contest(rules=rules)
    make_entrants(made, people)
    return made


def test_an_item_is_in_use_from_the_freeze_and_no_more_when_it_is_taken_back():
    made = make_open_contest(opens_in=timedelta(hours=1), closes_in=timedelta(hours=2))
    version = used_versions()[0]
    assert rounds_in_use(version) == [made.round]
    unfreeze_round(round=made.round, user=made.organiser, now=NOW - timedelta(days=400))
    assert ItemUsage.objects.count() == 0


def test_the_seal_counts_answers_item_by_item():
    made = all_five(
        [
            person(Entry(seconds=1)),
            person(Entry(wrong=1, seconds=2)),
            person(Entry(wrong=2, seconds=3)),
            person(Entry(wrong=1, blank=4, seconds=4)),
        ]
    )
    close_and_seal(made)
    versions = used_versions()
    told = usages(versions)
    figures = [
        (u.drawn, u.papers, u.met, u.answered, u.omitted, u.not_reached, u.correct)
        for u in (told[version.pk] for version in versions)
    ]
    assert figures == [
        (4, 4, 4, 4, 0, 0, 1),
        (4, 4, 4, 3, 0, 1, 2),
        (4, 4, 4, 3, 0, 1, 3),
        (4, 4, 4, 3, 0, 1, 3),
        (4, 4, 4, 3, 0, 1, 3),
    ]
    assert facilities(versions) == dict(
        zip([version.pk for version in versions], [0.25, 0.5, 0.75, 0.75, 0.75], strict=True)
    )
    assert told[versions[0].pk].exposure == 1


def test_choices_are_told_by_the_versions_own_options():
    made = all_five([person(Entry())])
    close_and_seal(made)
    for version in used_versions():
        [usage] = version.usages.all()
        assert usage.choices == [
            int(version.key_mask == 1 << option) for option in range(len(version.options))
        ]


def test_statistics_weigh_first_entries_and_exposure_all_of_them():
    made = all_five([person(Entry(wrong=5), Entry(wrong=0, seconds=9)), person(Entry(seconds=2))])
    close_and_seal(made)
    [version, *_rest] = used_versions()
    usage = usages([version])[version.pk]
    assert (usage.papers, usage.drawn, usage.met, usage.correct) == (3, 3, 2, 1)


def test_voided_entries_and_duplicates_are_not_counted():
    people = [
        person(Entry()),
        person(Entry(voided=True)),
        person(Entry(wrong=5), identity="một", registered=1),
        person(Entry(wrong=5, seconds=9), identity="một", registered=2),
    ]
    made = all_five(people)
    close(made)
    keep_earliest(cases=DuplicateCase.objects.all(), user=made.organiser, now=NOW)
    mark_and_rank(round=made.round)
    propose_awards(round=made.round, user=made.organiser)
    seal_round(round=made.round, user=made.organiser, now=NOW)
    [version, *_rest] = used_versions()
    usage = usages([version])[version.pk]
    assert (usage.papers, usage.met, usage.correct) == (2, 2, 1)


def test_nothing_is_told_of_a_round_before_its_seal():
    made = all_five([person(Entry(seconds=1)), person(Entry(wrong=1, state=AttemptState.CLOSED))])
    assert usages(used_versions()) == {}
    close(made)
    propose_awards(round=made.round, user=made.organiser)
    assert usages(used_versions()) == {}
    assert set(ItemUsage.objects.values_list("papers", "drawn", "met")) == {(0, 0, 0)}


def test_opening_the_seal_takes_the_figures_away():
    made = all_five([person(Entry(seconds=1)), person(Entry(wrong=1))])
    close_and_seal(made)
    before = usages(used_versions())
    unseal_round(round=made.round, user=made.organiser, reason="Sửa biên bản")
    assert usages(used_versions()) == {}
    assert set(ItemUsage.objects.values_list("papers", "drawn", "met")) == {(0, 0, 0)}
    made.round.refresh_from_db()
    seal_round(round=made.round, user=made.organiser, now=NOW)
    assert usages(used_versions()) == before


def test_drawn_papers_share_the_items_out():
    made = make_open_contest(rules=make_rules(entry={"points_per_item": Decimal(2)}))
    make_entrants(made, [person(Entry(wrong=n % 3, seconds=n + 1)) for n in range(12)])
    close_and_seal(made)
    versions = used_versions()
    told = usages(versions)
    assert len(versions) == 8
    assert sum(usage.drawn for usage in told.values()) == 12 * 5
    assert sum(usage.correct for usage in told.values()) == 12 * 5 - sum(n % 3 for n in range(12))
    assert {usage.papers for usage in told.values()} == {12}
