"""A body's layouts: inherited from above, checked whole, given up again."""

import pytest

from accounts.errors import Faults, NotAllowed
from accounts.models import AuditEntry
from quiz.domain.paper_kinds import KINDS
from quiz.domain.paper_layouts import LayoutInput, forget_layout, read_layout, save_layout
from quiz.models import PaperLayout
from tests.factories import OpenContest, make_contest, make_unit

pytestmark = pytest.mark.django_db
TWO = [("tier", "Giải thưởng"), ("name", "")]


@pytest.fixture
def made() -> OpenContest:
    return make_contest()


def codes(made: OpenContest, kind: str = "winners") -> list[str]:
    return [column.code for column in read_layout(unit=made.unit, kind=kind).columns]


def test_whoever_saved_nothing_has_the_usual_columns(made):
    usual = [column.code for column in KINDS["winners"].columns if column.usual]
    assert codes(made) == usual
    assert read_layout(unit=made.unit, kind="winners").signer_title == "TRƯỞNG BAN"


def test_saved_columns_come_in_the_order_chosen_under_the_bodys_own_words(made):
    given = LayoutInput(title=" Danh sách khen thưởng ", columns=TWO, signer_name="Lê Văn Thử")
    save_layout(unit=made.contest.unit, kind="winners", given=given, user=made.organiser)
    held = read_layout(unit=made.unit, kind="winners")
    assert held.headings == ["Giải thưởng", "Họ và tên"]
    assert (held.title, held.signer_name) == ("Danh sách khen thưởng", "Lê Văn Thử")
    told = AuditEntry.objects.get(act="save_layout")
    assert (told.actor, told.details) == (made.organiser, {"kind": "winners"})


def test_a_unit_takes_the_nearest_layout_above_it(made):
    save_layout(
        unit=made.contest.unit, kind="winners", given=LayoutInput(columns=TWO), user=made.organiser
    )
    below = make_unit(parent=make_unit(parent=made.unit))
    assert read_layout(unit=below, kind="winners").saved_for == made.unit.pk
    assert read_layout(unit=make_unit(), kind="winners").saved_for is None


def test_a_layout_given_up_leaves_the_usual_one(made):
    save_layout(
        unit=made.contest.unit, kind="winners", given=LayoutInput(columns=TWO), user=made.organiser
    )
    forget_layout(unit=made.contest.unit, kind="winners", user=made.organiser)
    assert read_layout(unit=made.unit, kind="winners").saved_for is None
    forget_layout(unit=made.contest.unit, kind="winners", user=made.organiser)  # nothing left


def test_every_fault_is_told_at_once_and_nothing_is_stored(made):
    given = LayoutInput(title="x" * 201, columns=[("name", ""), ("name", "y" * 81)], colour="đỏ")
    with pytest.raises(Faults) as refused:
        save_layout(unit=made.contest.unit, kind="winners", given=given, user=made.organiser)
    assert [(fault.place, fault.code) for fault in refused.value.faults] == [
        ("title", "too_long"),
        ("columns", "columns_unclear"),
        ("columns", "heading_too_long"),
        ("colour", "not_a_colour"),
    ]
    assert not PaperLayout.objects.exists()


def test_a_table_keeps_at_least_one_column(made):
    with pytest.raises(Faults) as refused:
        save_layout(unit=made.contest.unit, kind="units", given=LayoutInput(), user=made.organiser)
    assert [fault.code for fault in refused.value.faults] == ["no_columns"]


def test_only_who_runs_the_contest_sets_its_papers(made):
    stranger = make_contest().organiser
    with pytest.raises(NotAllowed):
        save_layout(unit=made.contest.unit, kind="minutes", given=LayoutInput(), user=stranger)
    with pytest.raises(NotAllowed):
        forget_layout(unit=made.contest.unit, kind="minutes", user=stranger)
