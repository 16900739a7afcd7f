"""What packages say counts once, and their time never for more than their window was open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.engine.scorm_state import (
    MOST_SESSIONS,
    Runtime,
    open_session,
    read_seconds,
    record_seconds,
    sum_up,
    take_in,
)

SCO = {"id": "I1"}
OPENED = 1_000_000.0


def told(sequence=1, *, tab="tab-mot-1", sco="I1", elapsed=60.0, **values: str) -> Runtime:
    named = {f"cmi.{name.replace('__', '.')}": value for name, value in values.items()}
    return Runtime(
        tab=tab, sco=sco, sequence=sequence, elapsed=elapsed, values=named or {"cmi.comments": "x"}
    )


def opened(state=None, *, tab="tab-mot-1", now=OPENED, sco="I1"):
    return open_session(state or {}, sco=sco, tab=tab, now=now)


def taken(state, report, *, version="1.2", mastery=None, now=OPENED + 60):
    return take_in(state, report, version=version, mastery=mastery, now=now)


def record(state, sco="I1"):
    return state["scorm"]["scos"][sco]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0000:00:07", 7),
        ("00:01:02.5", 62.5),
        ("9999:59:59", 9999 * 3600 + 59 * 60 + 59),
        ("PT7S", 7),
        ("PT1H2M3.5S", 3723.5),
        ("P1DT1S", 86_401),
        ("P", 0),
        ("", 0),
        ("7", 0),
        ("-00:00:07", 0),
        ("PT-7S", 0),
    ],
)
def test_times_of_both_versions_are_read(text, seconds):
    assert read_seconds(text) == seconds


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.integers(0, 9),
            st.floats(0, 5000),
            st.floats(0, 86_400),
            st.integers(0, 20_000),
        ),
        max_size=30,
    )
)
def test_a_packages_own_time_is_never_above_its_open_windows(reports):
    """Whatever is said, in whatever order, from whatever tabs."""
    state, opened_at, latest = {}, {}, {}
    for tab_number, sequence, at, elapsed, said in reports:
        tab = f"tab-{tab_number:05}"
        now = OPENED + at
        if tab not in opened_at:
            state = opened(state, tab=tab, now=now)
            opened_at[tab] = now
        latest[tab] = max(latest.get(tab, 0.0), now - opened_at[tab])
        report = told(
            sequence,
            tab=tab,
            elapsed=elapsed,
            core__session_time=f"{said // 3600:04}:{said // 60 % 60:02}:{said % 60:02}",
        )
        state = taken(state, report, now=now)
        assert record_seconds(record(state)) <= sum(latest.values()) + 0.1 * len(latest)


def test_a_session_counts_what_it_says_within_what_the_page_and_the_server_saw():
    state = opened()
    for said, elapsed, now, counted in (
        ("00:00:07", 60, 60, 7),
        ("00:10:00", 60, 90, 60),
        ("00:10:00", 500, 100, 100),
        ("00:00:01", 500, 200, 100),
    ):
        sequence = int(now)
        state = taken(
            state, told(sequence, elapsed=elapsed, core__session_time=said), now=OPENED + now
        )
        assert record_seconds(record(state)) == counted


def test_a_page_the_server_did_not_open_counts_nothing():
    state = taken({}, told(core__session_time="01:00:00", core__lesson_status="completed"))
    assert record_seconds(record(state)) == 0
    assert record(state)["status"] == "completed"


def test_a_report_that_comes_late_or_twice_changes_nothing():
    state = taken(opened(), told(2, suspend_data="mới", core__lesson_location="5"))
    again = taken(state, told(2, suspend_data="mới", core__lesson_location="5"))
    assert taken(again, told(1, suspend_data="cũ")) == state
    assert (record(state)["suspend"], record(state)["location"]) == ("mới", "5")


def test_another_device_goes_on_with_what_the_first_left():
    state = taken(opened(), told(suspend_data="trang=3"))
    second = opened(state, tab="tab-hai-2", now=OPENED + 500)
    assert record(second)["suspend"] == "trang=3"
    later = taken(second, told(tab="tab-hai-2", suspend_data="trang=4"), now=OPENED + 560)
    assert record(later)["suspend"] == "trang=4"


@pytest.mark.parametrize(
    ("status", "raw", "mastery", "completion", "success"),
    [
        ("passed", "", None, "completed", "passed"),
        ("failed", "90", 80, "completed", "failed"),
        ("completed", "", 80, "completed", "unknown"),
        ("completed", "80", 80, "completed", "passed"),
        ("completed", "79.5", 80, "completed", "failed"),
        ("incomplete", "90", 80, "incomplete", "unknown"),
        ("browsed", "", None, "incomplete", "unknown"),
    ],
)
def test_the_one_status_of_1_2_says_both(status, raw, mastery, completion, success):
    report = told(core__lesson_status=status, core__score__raw=raw)
    state = record(taken(opened(), report, mastery=mastery))
    assert (state["status"], state["success"]) == (completion, success)


def test_a_highest_mark_alone_is_no_mark():
    state = sum_up(taken(opened(), told(core__score__max="100")), [SCO])
    assert state["scorm"]["score"] is None


def test_2004_says_completion_success_and_scaled_score_by_themselves():
    report = told(completion_status="completed", success_status="passed", score__scaled="0.9")
    state = sum_up(taken(opened(), report, version="2004"), [SCO])
    assert {name: state["scorm"][name] for name in ("status", "success", "score")} == {
        "status": "completed",
        "success": "passed",
        "score": 90.0,
    }


def test_what_is_done_stays_done():
    state = taken(opened(), told(core__lesson_status="passed", core__score__raw="90"))
    worse = taken(state, told(2, core__lesson_status="incomplete", core__score__raw="20"))
    assert (record(worse)["status"], record(worse)["success"], record(worse)["score"]) == (
        "completed",
        "passed",
        {"raw": 90.0},
    )


def test_a_package_of_parts_is_done_when_every_part_is():
    scos = [{"id": "A"}, {"id": "B"}]
    state = sum_up(
        taken(opened(sco="A"), told(sco="A", core__lesson_status="passed", core__score__raw="80")),
        scos,
    )
    assert (state["scorm"]["status"], state["scorm"]["success"]) == ("incomplete", "unknown")
    both = opened(state, sco="B", tab="tab-hai-2")
    report = told(sco="B", tab="tab-hai-2", core__lesson_status="passed", core__score__raw="60")
    whole = sum_up(taken(both, report), scos)["scorm"]
    assert (whole["status"], whole["success"], whole["score"]) == ("completed", "passed", 70.0)


def test_an_asset_is_done_once_it_was_opened():
    state = open_session({}, sco="I1", tab="tab-mot-1", now=OPENED, is_sco=False)
    assert sum_up(state, [SCO])["scorm"]["status"] == "completed"


def test_of_many_sessions_the_oldest_become_a_sum():
    state = {}
    for number in range(MOST_SESSIONS + 5):
        tab, at = f"tab-{number:05}", OPENED + number * 100
        state = opened(state, tab=tab, now=at)
        state = taken(state, told(tab=tab, core__session_time="00:00:10"), now=at + 60)
    assert len(record(state)["sessions"]) == MOST_SESSIONS
    assert record_seconds(record(state)) == 10 * (MOST_SESSIONS + 5)


def test_only_what_packages_read_back_is_kept():
    report = told(
        objectives__0__id="muc-tieu",
        interactions__0__student_response="a",
        core__exit="suspend",
        core__student_name="Hoa",
    )
    assert record(taken(opened(), report))["values"] == {
        "cmi.objectives.0.id": "muc-tieu",
        "cmi.core.exit": "suspend",
    }
