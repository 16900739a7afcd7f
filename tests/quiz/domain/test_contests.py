"""Setting a contest up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import Faults
from quiz.domain.contest_copy import copy_contest
from quiz.domain.contests import (
    add_round,
    create_contest,
    move_round,
    publish_contest,
    remove_round,
    update_contest,
)
from quiz.domain.groups import GroupPlan, free_group_code, set_groups
from quiz.domain.rounds import freeze_round
from quiz.domain.rule_sets import (
    preset_for_groups,
    preset_rules,
    rules_of,
    rules_of_round,
    set_rules,
)
from quiz.errors import RoundFrozen
from quiz.models import Contest
from quiz.rules.document import PrizeTier
from quiz.rules.presets import PRESETS
from tests.factories import (
    HOUR,
    make_bank,
    make_contest,
    make_open_contest,
    make_person,
    make_rules,
    make_unit,
)

pytestmark = pytest.mark.django_db


def new_contest(title: str = "Tìm hiểu cải cách hành chính", **fields) -> Contest:
    unit = make_unit()
    user = make_person(Role.ORGANISER, unit=unit)
    given = {"document": PRESETS["dak_lak"].document, "body_name": "Ban Tổ chức"} | fields
    return create_contest(unit=unit, title=title, user=user, **given)


def codes(refused: pytest.ExceptionInfo) -> list[str]:
    return [fault.code for fault in refused.value.faults]


def test_a_new_contest_is_a_draft_with_the_presets_groups_and_rules():
    contest = new_contest()
    assert (contest.code, contest.state) == ("tim-hieu-cai-cach-hanh-chinh", "draft")
    assert contest.rules.version == 1
    assert rules_of(contest=contest) == PRESETS["dak_lak"].document
    assert [(g.code, g.bank) for g in contest.groups.all()] == [("chung", None)]
    assert contest.consent_text.purpose == "enter_contest"


def test_equal_titles_get_addresses_of_their_own():
    assert [new_contest("Cuộc thi Đẹp").code for _ in range(3)] == [
        "cuoc-thi-dep",
        "cuoc-thi-dep-2",
        "cuoc-thi-dep-3",
    ]


def test_a_contest_without_title_and_body_is_refused_for_both():
    with pytest.raises(Faults) as refused:
        new_contest(" ", body_name="")
    assert codes(refused) == ["no_title", "no_body"]
    assert Contest.objects.count() == 0


def test_three_figures_of_a_preset_may_be_set_at_once():
    document = preset_rules(code="vcnet", minutes=3, items=7, attempts=2)
    assert document.entry.time_limit_seconds == 180
    assert document.entry.attempts_per_round == 2
    assert [group.paper.item_count for group in document.groups] == [7]
    assert preset_rules(code="vcnet") == PRESETS["vcnet"].document


def test_the_preset_chosen_later_keeps_groups_and_papers():
    made = make_contest(rules=make_rules(groups=("can-bo", "nguoi-dan")))
    document = preset_for_groups(contest=made.contest, code="hai_duong")
    assert [(g.code, g.paper.item_count) for g in document.groups] == [
        ("can-bo", 5),
        ("nguoi-dan", 5),
    ]
    assert document.result.chain == PRESETS["hai_duong"].document.result.chain


def test_each_change_of_the_rules_is_a_version():
    contest = new_contest()
    document = preset_rules(code="vcnet")
    assert set_rules(contest=contest, data=document, user=contest.created_by).version == 2
    assert rules_of(contest=contest) == document
    assert contest.rule_sets.count() == 2


def test_rules_of_other_groups_are_refused():
    contest = new_contest()
    with pytest.raises(Faults) as refused:
        set_rules(contest=contest, data=make_rules(), user=contest.created_by)
    assert codes(refused) == ["groups_differ"]
    assert contest.rule_sets.count() == 1


def test_rules_that_leave_ties_are_refused():
    contest = new_contest()
    document = preset_rules(code="dak_lak")
    result = document.result.model_copy(update={"chain": document.result.chain[:2]})
    with pytest.raises(Faults) as refused:
        set_rules(
            contest=contest,
            data=document.model_copy(update={"result": result}),
            user=contest.created_by,
        )
    assert codes(refused) == ["ties_remain"]


def test_groups_and_rules_change_together():
    contest = new_contest()
    user = contest.created_by
    reviewer = make_person(Role.REVIEWER, unit=contest.unit)
    bank = make_bank(unit=contest.unit, author=user, reviewer=reviewer)
    plans = [GroupPlan("chung", "Mọi người", bank), GroupPlan("tre", "Thanh niên")]
    set_groups(contest=contest, plans=plans, user=user)
    assert [(g.code, g.name, g.bank) for g in contest.groups.all()] == [
        ("chung", "Mọi người", bank),
        ("tre", "Thanh niên", None),
    ]
    assert [(g.code, g.name, g.paper.item_count) for g in rules_of(contest=contest).groups] == [
        ("chung", "Mọi người", 20),
        ("tre", "Thanh niên", 20),
    ]


def test_prizes_of_a_group_go_with_it():
    contest = new_contest(document=PRESETS["hue_hai_doi_tuong"].document)
    user = contest.created_by
    document = rules_of(contest=contest)
    own = PrizeTier(code="rieng", name="Giải riêng", count=1, group="can-bo")
    result = document.result.model_copy(update={"prizes": [*document.result.prizes, own]})
    set_rules(contest=contest, data=document.model_copy(update={"result": result}), user=user)
    set_groups(contest=contest, plans=[GroupPlan("nguoi-dan", "Người dân")], user=user)
    assert rules_of(contest=contest).result.prizes == document.result.prizes


def test_after_a_freeze_only_banks_may_change():
    made = make_open_contest()
    group = made.groups[0]
    other = make_bank(unit=made.unit, author=made.organiser, reviewer=made.reviewer)
    same = GroupPlan(group.code, group.name, other)
    set_groups(contest=made.contest, plans=[same], user=made.organiser)
    assert made.contest.groups.get().bank == other
    with pytest.raises(RoundFrozen):
        set_groups(contest=made.contest, plans=[same, GroupPlan("moi", "Mới")], user=made.organiser)


def test_a_new_groups_code_is_free():
    assert free_group_code("Người dân", ["nguoi-dan", "nguoi-dan-2"]) == "nguoi-dan-3"


def test_the_address_outlives_a_new_title():
    contest = new_contest("Tên cũ")
    update_contest(
        contest=contest,
        user=contest.created_by,
        title="Tên  mới",
        body_name="Sở Nội vụ",
        hotline="0257 1",
    )
    contest.refresh_from_db()
    assert (contest.code, contest.title, contest.body_name, contest.hotline) == (
        "ten-cu",
        "Tên mới",
        "Sở Nội vụ",
        "0257 1",
    )


def test_a_copy_has_everything_but_rounds():
    made = make_open_contest()
    copy = copy_contest(contest=made.contest, user=made.organiser)
    assert copy.title == f"{made.contest.title} (bản sao)"
    assert (copy.state, copy.rounds.count(), copy.rules.version) == ("draft", 0, 1)
    assert rules_of(contest=copy) == rules_of(contest=made.contest)
    assert [g.bank for g in copy.groups.all()] == made.banks


def test_a_published_contest_is_public():
    contest = new_contest()
    assert Contest.objects.public().count() == 0
    publish_contest(contest=contest, user=contest.created_by)
    assert Contest.objects.public().get() == contest


def test_a_round_that_closes_before_it_opens_is_refused():
    contest, now = new_contest(), timezone.now()
    with pytest.raises(Faults) as refused:
        add_round(contest=contest, opens_at=now, closes_at=now - HOUR, user=contest.created_by)
    assert codes(refused) == ["closes_before_opens"]


def test_a_round_shorter_than_the_time_limit_is_refused():
    contest, now = new_contest(), timezone.now()
    with pytest.raises(Faults) as refused:
        add_round(
            contest=contest,
            opens_at=now,
            closes_at=now + timedelta(minutes=3),
            user=contest.created_by,
        )
    assert codes(refused) == ["window_shorter_than_limit"]


def test_rounds_are_numbered_moved_and_removed_while_draft():
    contest, now = new_contest(), timezone.now()
    user = contest.created_by
    rounds = [
        add_round(contest=contest, opens_at=now, closes_at=now + HOUR, user=user) for _ in range(2)
    ]
    assert [(r.number, r.name) for r in rounds] == [(1, "Vòng 1"), (2, "Vòng 2")]
    moved = move_round(
        round=rounds[0], opens_at=now + HOUR, closes_at=now + 2 * HOUR, user=user, name="Tuần 1"
    )
    assert (moved.name, moved.opens_at, moved.closes_at) == ("Tuần 1", now + HOUR, now + 2 * HOUR)
    remove_round(round=rounds[1], user=user)
    assert contest.rounds.get() == rounds[0]


def test_a_frozen_round_stays_and_keeps_its_rules():
    made = make_open_contest()
    before = rules_of_round(round=made.round)
    set_rules(
        contest=made.contest,
        data=make_rules(entry={"attempts_per_round": 9}),
        user=made.organiser,
    )
    made.round.refresh_from_db()
    assert rules_of_round(round=made.round) == before
    with pytest.raises(RoundFrozen):
        move_round(
            round=made.round,
            opens_at=made.round.opens_at,
            closes_at=made.round.closes_at + HOUR,
            user=made.organiser,
        )
    with pytest.raises(RoundFrozen):
        remove_round(round=made.round, user=made.organiser)


def test_a_round_without_enough_items_is_not_frozen():
    made = make_contest(rules=make_rules(paper={"blueprint": [{"count": 9}]}))
    with pytest.raises(Faults) as refused:
        freeze_round(round=made.round, user=made.organiser, now=timezone.now())
    assert codes(refused) == ["bank_too_small"]
