"""The demo's contest can be run under its own rules with its own bank."""

from collections import Counter

import pytest
from vietnam_provinces import Province

from accounts.text import fold
from quiz.demo import contest
from quiz.demo.answers import plan_answers
from quiz.demo.content import load_items
from quiz.enums import ItemKind
from quiz.rules.document import advise_rules, check_feasible, check_rules, parse_rules

RULES = parse_rules(contest.rules_data())


def usable_items() -> Counter[tuple[str, str]]:
    return Counter((item.topic, item.level) for item in load_items() if not item.validity_flag)


def test_the_title_says_both_the_new_words_and_the_old():
    assert contest.TITLE == (
        "Tìm hiểu cải cách hành chính và dịch vụ công trực tuyến "
        "(toàn trình, một phần — trước đây gọi là mức độ 3, 4)"
    )
    assert len(contest.TITLE) <= 250


def test_the_rules_can_be_worked_by():
    assert check_rules(RULES) == []


def test_the_approved_items_are_enough_for_both_papers():
    counts = {code: usable_items() for code in contest.GROUPS}
    assert check_feasible(RULES, counts) == []


def test_papers_have_twenty_items_of_every_topic():
    topics = {item.topic for item in load_items()}
    for group in RULES.groups:
        assert group.paper.item_count == contest.ITEMS_PER_PAPER == 20
        assert {row.topic for row in group.paper.blueprint} == topics


def test_two_groups_have_the_same_prizes_each():
    assert [group.code for group in RULES.groups] == ["can-bo", "nguoi-dan"]
    for code in contest.GROUPS:
        prizes = RULES.prizes_of(code)
        assert [(tier.code, tier.count) for tier in prizes] == [
            ("nhat", 1),
            ("nhi", 2),
            ("ba", 3),
            ("khuyen-khich", 10),
        ]


def test_participation_may_be_followed_while_the_round_is_open():
    assert not RULES.count_secrecy


def test_the_advice_for_organisers_finds_nothing():
    assert [advice.code for advice in advise_rules(RULES)] == []


def test_communes_are_those_of_one_province_with_hoa_thinh_among_them():
    codes = contest.commune_codes()
    assert contest.province_code() == "66"
    assert len(codes) == len(set(codes)) == 102
    assert {len(code) for code in codes} == {5}
    assert "22276" in codes
    assert fold(Province.from_code(contest.PROVINCE).name) == "dak lak"


def test_departments_have_codes_of_their_own():
    codes = [unit.code for unit in contest.DEPARTMENTS]
    assert len(set(codes)) == len(codes) == 12
    assert {code[:3] for code in codes} == {"66-"}


def paper() -> tuple[list[str], list[int], list[int]]:
    items = load_items()
    return (
        [item.kind for item in items],
        [len(item.options) for item in items],
        [item.key_mask for item in items],
    )


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(("wrong", "omitted"), [(0, 0), (3, 0), (0, 4), (6, 2), (40, 5)])
def test_answers_follow_their_plan(wrong: int, omitted: int, seed: int):
    kinds, option_counts, keys = paper()
    answers = plan_answers(
        kinds=kinds,
        option_counts=option_counts,
        keys=keys,
        wrong=wrong,
        omitted=omitted,
        seed=seed,
    )
    pairs = list(zip(answers, keys, strict=True))
    assert sum(mask == 0 for mask in answers) == omitted
    assert sum(mask not in (0, key) for mask, key in pairs) == wrong
    for mask, kind, option_count in zip(answers, kinds, option_counts, strict=True):
        assert mask < 1 << option_count
        assert kind == ItemKind.MULTIPLE or mask.bit_count() <= 1


def test_a_plan_larger_than_the_paper_is_refused():
    kinds, option_counts, keys = paper()
    with pytest.raises(ValueError, match="paper"):
        plan_answers(
            kinds=kinds, option_counts=option_counts, keys=keys, wrong=40, omitted=6, seed=7
        )
