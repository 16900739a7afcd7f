"""Printed codes: the same whenever asked for, their key right, fixed orders kept."""

import pytest
from django.utils import timezone

from accounts.errors import Faults, NotAllowed
from quiz.domain.drawable_pools import drawable_pools, open_pool_keys, require_reach
from quiz.domain.key_openings import has_opened_keys
from quiz.domain.printed_papers import (
    LETTERS,
    key_letters,
    key_rows,
    paper_head,
    plan_codes,
    print_papers,
)
from quiz.enums import ItemKind
from quiz.models import ItemVersion, KeyOpening
from tests.factories import make_contest, make_draft, make_open_contest, make_person, make_rules

pytestmark = pytest.mark.django_db
CODES = ["101", "102", "103"]


def pool_of(made):
    (pool,) = drawable_pools(round=made.round, now=timezone.now())
    return pool


def shown(paper) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.stem, item.options) for item in paper.items]


def test_the_same_codes_give_the_same_papers():
    made = make_open_contest()
    once = print_papers(pool=pool_of(made), codes=CODES, same_items=True)
    again = print_papers(pool=pool_of(made), codes=["103"], same_items=True)
    assert shown(once[2]) == shown(again[0])
    assert len({tuple(shown(paper)) for paper in once}) == 3


def test_codes_of_one_set_hold_the_same_items():
    pool = pool_of(make_open_contest())
    papers = print_papers(pool=pool, codes=CODES, same_items=True)
    assert len({frozenset(item.stem for item in paper.items) for paper in papers}) == 1
    own = print_papers(pool=pool, codes=CODES, same_items=False)
    assert len({frozenset(item.stem for item in paper.items) for paper in own}) > 1
    assert {len(paper.items) for paper in own} == {5}


def test_a_draft_prints_the_same_at_every_look():
    made = make_contest()
    first, second = (
        print_papers(pool=pool_of(made), codes=CODES, same_items=True) for _look in range(2)
    )
    assert [shown(paper) for paper in first] == [shown(paper) for paper in second]
    assert made.round.pools.count() == 0


def test_letters_of_the_key_name_the_right_options():
    drafts = [
        make_draft(n, kind=ItemKind.MULTIPLE, key=frozenset({0, n % 3 + 1})) for n in range(1, 7)
    ]
    pool = pool_of(make_open_contest(drafts=drafts))
    right = {
        version.stem: {version.options[i] for i in range(4) if version.key_mask >> i & 1}
        for version in ItemVersion.objects.all()
    }
    papers = print_papers(pool=pool, codes=CODES, same_items=False)
    for paper in papers:
        for item, letters in zip(paper.items, key_letters(pool=pool, paper=paper), strict=True):
            named = {item.options[LETTERS.index(letter)] for letter in letters.split(", ")}
            assert named == right[item.stem]
    rows = key_rows(pool=pool, papers=papers)
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row[2] for row in rows] == key_letters(pool=pool, paper=papers[1])


def test_options_of_a_fixed_order_stand_still():
    drafts = [make_draft(n, fixed_order=n % 2 == 0) for n in range(1, 9)]
    pool = pool_of(make_open_contest(drafts=drafts))
    written = {version.stem: tuple(version.options) for version in ItemVersion.objects.all()}
    fixed = set(ItemVersion.objects.filter(fixed_order=True).values_list("stem", flat=True))
    papers = print_papers(pool=pool, codes=CODES, same_items=False)
    shuffled = 0
    for paper in papers:
        for item in paper.items:
            if item.stem in fixed:
                assert item.options == written[item.stem]
            else:
                shuffled += item.options != written[item.stem]
    assert shuffled


def test_a_fixed_paper_without_shuffling_keeps_its_order():
    paper = {"fixed_items": [4, 2, 7], "blueprint": [], "shuffle_items": False}
    pool = pool_of(make_open_contest(rules=make_rules(paper=paper)))
    papers = print_papers(pool=pool, codes=CODES, same_items=True)
    for each in papers:
        assert [item.stem.split(" số ")[1][0] for item in each.items] == ["4", "2", "7"]


def test_codes_have_three_digits():
    assert plan_codes(count=3, first=101) == CODES
    assert plan_codes(count=1, first=999) == ["999"]
    for count, first in ((0, 101), (25, 101), (1, 99), (2, 999), (1, 1000)):
        with pytest.raises(Faults):
            plan_codes(count=count, first=first)


def test_what_is_missing_is_said_before_papers_are_drawn():
    made = make_contest(rules=make_rules(paper={"blueprint": [{"count": 9}]}))
    with pytest.raises(Faults) as refused:
        pool_of(made)
    assert "bank_too_small" in [fault.code for fault in refused.value.faults]


def test_keys_are_opened_for_who_may_see_them():
    made = make_open_contest()
    pool = pool_of(made)
    KeyOpening.objects.all().delete()
    reader = make_person("organiser", unit=made.unit)
    require_reach(user=reader, pool=pool)
    assert not has_opened_keys(bank=made.banks[0], user=reader)
    open_pool_keys(user=reader, pool=pool)
    assert has_opened_keys(bank=made.banks[0], user=reader)
    for act in (require_reach, open_pool_keys):
        with pytest.raises(NotAllowed):
            act(user=make_person("exporter", unit=made.unit), pool=pool)


def test_the_head_says_whose_paper_it_is():
    made = make_open_contest()
    head = paper_head(round=made.round, pool=pool_of(made))
    assert (head.body_name, head.contest_title) == ("Ban Tổ chức cuộc thi", made.contest.title)
    assert (head.about, head.time_note) == (
        "Vòng 1 · nguoi-dan",
        "Thời gian làm bài: 15 phút.",
    )
