"""Entrants as organisers see them."""

from datetime import date

import pytest

from accounts.domain.reveals import Reason
from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from accounts.models import AuditEntry, Membership
from quiz.domain.entrants import (
    Numbers,
    add_may_not_win,
    masked_numbers,
    remove_may_not_win,
    reveal_numbers,
    search_entrants,
    set_may_win,
)
from quiz.domain.prize_bars import barred_entrants
from quiz.models import Entrant
from tests.factories import make_open_contest, make_rules, register

pytestmark = pytest.mark.django_db
FIELDS = [
    {"name": name} for name in ("full_name", "birth_date", "phone", "national_id", "staff_code")
]


@pytest.fixture
def made():
    rules = make_rules(entry={"identity_fields": FIELDS, "identity_key": ["full_name", "phone"]})
    return make_open_contest(rules=rules)


def enter(made, full_name: str, **fields) -> Entrant:
    given = {"national_id": "001190000001", "staff_code": "CB-01"} | fields
    return Entrant.objects.get(pk=register(made, full_name=full_name, **given).entrant_id)


def test_numbers_are_masked(made):
    entrant = enter(made, "Đỗ Thị Đào", phone="0912 345 678")
    masked = masked_numbers(entrant=entrant)
    assert masked.phone.startswith("09")
    assert masked.phone.endswith("678")
    assert "12345" not in masked.phone
    assert "1190000" not in masked.national_id


def test_numbers_are_revealed_to_exporters_alone_and_the_diary_says_why(made):
    entrant = enter(made, "Đỗ Thị Đào", phone="0912 345 678")
    reason = Reason("contact", "Báo tin cho chị Đào")
    with pytest.raises(NotAllowed):
        reveal_numbers(entrant=entrant, user=made.organiser, reason=reason)
    assert not AuditEntry.objects.filter(act="reveal_numbers").exists()
    Membership.objects.create(user=made.organiser, unit=made.unit, role=Role.EXPORTER)
    shown = reveal_numbers(entrant=entrant, user=made.organiser, reason=reason)
    assert shown == Numbers("0912345678", "001190000001")
    told = AuditEntry.objects.get(act="reveal_numbers")
    assert (told.actor, told.subject_id, told.unit_id) == (
        made.organiser,
        entrant.pk,
        made.contest.unit_id,
    )
    assert sorted(told.details) == ["reason", "reason_digest"]
    assert (told.reason.code, told.reason.text) == ("contact", "Báo tin cho chị Đào")


def test_entrants_are_found_by_folded_name_number_code_and_staff_code(made):
    dao = enter(made, "Đỗ Thị Đào", phone="0912345678", staff_code="CB-77")
    binh = enter(made, "Lê Văn Bình", phone="0999999999", national_id="001190000002")
    code = register(made, full_name="Vũ Chi", national_id="001190000003", staff_code="CB-02").code

    def found(text: str) -> list[str]:
        return [entrant.full_name for entrant in search_entrants(contest=made.contest, text=text)]

    assert found("") == ["Lê Văn Bình", "Vũ Chi", "Đỗ Thị Đào"]
    assert found("dao do") == [dao.full_name]
    assert found("+84 912 345 678") == [dao.full_name]
    assert found("cb-77") == [dao.full_name]
    assert found("001190000002") == [binh.full_name]
    assert found(code) == ["Vũ Chi"]
    assert found("không ai") == []


def test_a_contest_shows_its_own_entrants_only(made):
    enter(made, "Đỗ Thị Đào")
    assert search_entrants(contest=make_open_contest().contest).count() == 0


def test_an_entrant_may_play_without_winning(made):
    entrant = enter(made, "Đỗ Thị Đào")
    set_may_win(entrant=entrant, may_win=False, user=made.organiser)
    assert barred_entrants(round=made.round) == {entrant.pk}
    set_may_win(entrant=entrant, may_win=True, user=made.organiser)
    assert barred_entrants(round=made.round) == set()


def test_someone_named_can_not_win_until_taken_off_the_list(made):
    entrant = enter(made, "Đỗ Thị Đào", birth_date="05/09/1990")
    enter(made, "Đỗ Thị Đào", birth_date="06/09/1990")
    named = add_may_not_win(
        contest=made.contest,
        full_name="đỗ thị đào",
        birth_date=date(1990, 9, 5),
        reason="Tổ ra đề",
        user=made.organiser,
    )
    assert barred_entrants(round=made.round) == {entrant.pk}
    remove_may_not_win(named=named, user=made.organiser)
    assert barred_entrants(round=made.round) == set()


def test_a_name_alone_is_not_enough_to_bar_someone(made):
    with pytest.raises(Faults) as refused:
        add_may_not_win(contest=made.contest, full_name="", reason=" ", user=made.organiser)
    assert [fault.code for fault in refused.value.faults] == [
        "no_name",
        "no_birth_date",
        "no_reason",
    ]
