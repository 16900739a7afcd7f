"""No order of acts makes a circle, a lost unit, or a successor that leads nowhere."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.domain.unit_errors import (
    UnitBelowItself,
    UnitClosed,
    UnitHasOpenChildren,
    UnitIntoItself,
    UnitMergedAlready,
    UnitOnTop,
    UnitRefusal,
)
from accounts.domain.unit_tree import Node, Tree

TODAY = date(2026, 11, 22)
LATER = TODAY + timedelta(days=40)


def tree(**parents: str | None) -> Tree:
    """Units by code with their parents, named “Xã A” and so on."""
    return Tree(
        {code: Node(code, f"Xã {code}", "commune", above) for code, above in parents.items()}
    )


def parents(of: Tree) -> dict[str, str | None]:
    return {node.code: node.parent for node in of.nodes.values()}


def test_a_unit_does_not_go_below_itself():
    units = tree(T=None, A="T", B="A")
    with pytest.raises(UnitBelowItself):
        units.move("A", "B")
    units.move("B", "T")
    units.move("A", "B")
    assert parents(units) == {"T": None, "A": "B", "B": "T"}


def test_the_topmost_unit_stays():
    units = tree(T=None, A="T")
    for act in (
        lambda: units.move("T", "A"),
        lambda: units.close("T", TODAY),
        lambda: units.merge("T", "A", TODAY, TODAY),
    ):
        with pytest.raises(UnitOnTop):
            act()


def test_what_a_merged_unit_had_goes_to_its_successor():
    units = tree(T=None, A="T", B="T", A1="A")
    units.nodes["A"].aliases = ("xã Hòa Tân, huyện Tây Hòa",)
    units.merge("A", "B", TODAY, TODAY)
    assert parents(units) == {"T": None, "A": "B", "B": "T", "A1": "B"}
    assert units.nodes["B"].aliases == ("Xã A", "xã Hòa Tân, huyện Tây Hòa")
    assert (units.nodes["A"].valid_to, units.nodes["A"].merged_into) == (TODAY, "B")


def test_a_merger_of_a_later_day_waits_for_it():
    units = tree(T=None, A="T", B="T", A1="A")
    units.merge("A", "B", LATER, TODAY)
    assert parents(units) == {"T": None, "A": "T", "B": "T", "A1": "A"}
    assert (units.due(TODAY), units.due(LATER)) == ([], ["A"])
    units.settle("A")
    assert (parents(units)["A1"], units.due(LATER)) == ("B", [])


def test_a_successor_from_below_takes_the_place():
    units = tree(T=None, A="T", B="A", C="A")
    units.merge("A", "B", TODAY, TODAY)
    assert parents(units) == {"T": None, "A": "B", "B": "T", "C": "B"}


def test_where_the_successor_is_gone_too_the_unit_above_it_steps_in():
    units = tree(T=None, A="T", D="A", B="D", E="A")
    units.merge("A", "B", LATER, TODAY)
    units.close("B", TODAY)
    units.settle("A")
    assert parents(units) == {"T": None, "A": "B", "B": "D", "D": "T", "E": "D"}


def test_a_chain_of_mergers_leads_to_the_one_that_is_left():
    units = tree(T=None, A="T", B="T", C="T", A1="A")
    units.merge("A", "B", LATER, TODAY)
    units.merge("B", "C", TODAY, TODAY)
    units.settle("A")
    assert (units.heir("A").code, parents(units)["A1"]) == ("C", "C")
    assert units.nodes["C"].aliases == ("Xã B", "Xã A")


def test_what_is_gone_takes_nothing_in():
    units = tree(T=None, A="T", B="T", C="T")
    units.close("A", TODAY)
    for act in (
        lambda: units.merge("B", "A", TODAY, TODAY),
        lambda: units.move("B", "A"),
        lambda: units.add(Node("D", "Xã D", "commune", "A")),
    ):
        with pytest.raises(UnitClosed):
            act()
    units.merge("B", "C", TODAY, TODAY)
    with pytest.raises(UnitMergedAlready):
        units.merge("B", "T", TODAY, TODAY)
    with pytest.raises(UnitIntoItself):
        units.merge("C", "C", TODAY, TODAY)


def test_units_below_are_seen_to_before_a_unit_closes():
    units = tree(T=None, A="T", B="A")
    with pytest.raises(UnitHasOpenChildren):
        units.close("A", TODAY)
    units.close("B", TODAY)
    units.close("A", TODAY)
    units.reopen("B")
    assert parents(units)["B"] == "T"


def test_reopening_undoes_a_merger():
    units = tree(T=None, A="T", B="T")
    units.merge("A", "B", TODAY, TODAY)
    units.reopen("A")
    assert parents(units) == {"T": None, "A": "T", "B": "T"}
    assert (units.nodes["A"].valid_to, units.nodes["B"].aliases) == (None, ())


CODES = list("ABCDEFGH")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["move", "merge", "merge_later", "close", "reopen", "settle"]),
        st.sampled_from(CODES),
        st.sampled_from(["T", *CODES]),
    ),
    max_size=40,
)


def play(units: Tree, act: str, code: str, other: str) -> None:
    if act == "move":
        units.move(code, other)
    elif act.startswith("merge"):
        units.merge(code, other, LATER if act == "merge_later" else TODAY, TODAY)
    elif act == "close":
        units.close(code, TODAY)
    elif act == "reopen":
        units.reopen(code)
    else:
        for due in units.due(LATER):
            units.settle(due)


@settings(max_examples=300, deadline=None)
@given(places=st.tuples(*[st.integers(0, n) for n in range(len(CODES))]), acts=ACTS)
def test_no_order_of_acts_spoils_the_tree(places, acts):
    above = ["T", *CODES]
    units = tree(T=None, **{code: above[place] for code, place in zip(CODES, places, strict=True)})
    for act in acts:
        before = units.copy()
        try:
            play(units, *act)
        except UnitRefusal:
            assert units.nodes == before.nodes
        for node in units.nodes.values():
            assert units.is_at_or_below(node.code, "T")
    play(units, "settle", "", "")
    for node in units.nodes.values():
        assert (node.merged_into is None) or node.merger_done
        if node.valid_to is None and node.parent is not None:
            assert units.nodes[node.parent].valid_to is None
        if node.merger_done:
            assert node.parent == node.merged_into
        assert units.heir(node.code).valid_to is None
    assert units.children == {
        **{parent: set() for parent in units.children},
        **Tree(units.nodes).children,
    }
