"""The screen of the ceremony: by group its draws, then prizes from the smallest to the greatest."""

import pytest

from quiz.domain.ceremony import LotSlide, PrizeSlide, ceremony_slides
from quiz.domain.result_papers import result_facts
from quiz.engine.lot import order_by_lot
from tests.factories import OpenContest
from tests.quiz.result_world import sealed_world, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> OpenContest:
    made = sealed_world()
    submit(made)
    return made


def test_slides_lead_up_to_the_first_prize_of_each_group(made):
    slides = ceremony_slides(facts=result_facts(round=made.round))
    told = [
        (slide.group, slide.tier, len(slide.winners), slide.one_by_one)
        if isinstance(slide, PrizeSlide)
        else (slide.group, "lot", len(slide.slips), False)
        for slide in slides
    ]
    prizes = [
        ("lot", 2, False),
        ("Giải Khuyến khích", 4, False),
        ("Giải Nhì", 2, True),
        ("Giải Nhất", 1, True),
    ]
    groups = ("Người dân", "Cán bộ, công chức")
    assert told == [(group, *prize) for group in groups for prize in prizes]
    first = next(slide for slide in slides if isinstance(slide, PrizeSlide))
    names = [
        winner["name"] for winner in result_facts(round=made.round).release.document["winners"]
    ]
    assert [winner.name for winner in first.winners] == names[6:2:-1]  # the last first


def test_a_draw_shows_slips_and_no_names_and_its_order_follows_from_the_seed(made):
    facts = result_facts(round=made.round)
    lot = next(slide for slide in ceremony_slides(facts=facts) if isinstance(slide, LotSlide))
    leaves = [bytes.fromhex(slip.leaf) for slip in lot.slips]
    assert leaves == sorted(leaves)
    assert [leaf.hex() for leaf in order_by_lot(lot.seed, leaves)] == list(lot.order)
    assert [len(slip.label) for slip in lot.slips] == [9, 9]
