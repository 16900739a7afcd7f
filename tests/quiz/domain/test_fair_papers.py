"""Papers before they are taken, by level or past rounds; and after the seal, by their grades."""

import pytest
from django.utils import timezone

from quiz.domain.contests import add_round
from quiz.domain.drawable_pools import drawable_pools
from quiz.domain.fair_papers import (
    ASSUMED,
    expected_spread,
    facilities_before,
    found_spread,
)
from quiz.enums import Level
from quiz.models import ItemUsage
from tests.factories import HOUR, make_contest, make_draft, make_open_contest, make_rules
from tests.results_factory import Entry, Person, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db
LEVELS = (Level.RECALL, Level.APPLY)
MIXED = [make_draft(n, level=LEVELS[n % 2]) for n in range(1, 9)]


def spread(made, papers: int = 200):
    (pool,) = drawable_pools(round=made.round, now=timezone.now())
    return expected_spread(round=made.round, pool=pool, papers=papers)


def test_without_past_rounds_levels_are_assumed():
    paper = {"blueprint": [{"level": "nhan_biet", "count": 2}, {"level": "van_dung", "count": 3}]}
    report = spread(make_contest(rules=make_rules(paper=paper), drafts=MIXED))
    expected = 2 * ASSUMED[Level.RECALL] + 3 * ASSUMED[Level.APPLY]
    assert (report.slots, report.items, report.known) == (5, 8, 0)
    assert (report.spread.minimum, report.spread.maximum) == pytest.approx((expected, expected))


def test_a_blueprint_without_levels_lets_papers_differ():
    report = spread(make_contest(drafts=MIXED))
    easy, hard = ASSUMED[Level.RECALL], ASSUMED[Level.APPLY]
    assert report.spread.minimum == pytest.approx(easy + 4 * hard)
    assert report.spread.maximum == pytest.approx(4 * easy + hard)
    assert report.spread.count == 200


def test_the_report_is_the_same_at_every_look():
    made = make_open_contest(drafts=MIXED)
    assert spread(made) == spread(made)


def sealed(entries: int = 12):
    made = make_open_contest(drafts=MIXED)
    people = [
        Person(birth_date=None, entries=[Entry(wrong=n % 4, seconds=100 + n)])
        for n in range(entries)
    ]
    make_entrants(made, people)
    close_and_seal(made)
    return made


def test_sealed_rounds_tell_of_later_ones_only():
    made = sealed()
    versions = list(ItemUsage.objects.values_list("version", flat=True))
    assert facilities_before(round=made.round, versions=versions) == {}
    assert spread(made).known == 0
    closes = made.round.closes_at
    later = add_round(
        contest=made.contest, opens_at=closes, closes_at=closes + HOUR, user=made.organiser
    )
    usage = ItemUsage.objects.filter(met__gt=0).first()
    told = facilities_before(round=later, versions=versions)
    assert told[usage.version_id] == usage.correct / usage.met
    (pool,) = drawable_pools(round=later, now=timezone.now())
    assert expected_spread(round=later, pool=pool).known == len(told)


def test_grades_are_grouped_after_the_seal_only():
    made = make_open_contest(drafts=MIXED)
    assert found_spread(round=made.round, pool=made.round.pools.get()) is None
    made = sealed(24)
    found = found_spread(round=made.round, pool=made.round.pools.get())
    assert (found.graded, found.looked_at) == (24, 24)
    assert sum(part.papers for part in found.parts) == 24
    mean = sum(part.score * part.papers for part in found.parts) / 24
    assert mean == pytest.approx(5 - (0 + 1 + 2 + 3) / 4)
    assert found.correlation is None or -1 <= found.correlation <= 1


def test_a_sealed_round_nobody_entered_tells_nothing():
    made = sealed(0)
    assert found_spread(round=made.round, pool=made.round.pools.get()) is None
