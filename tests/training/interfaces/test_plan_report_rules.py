"""What a plan's report may tell, of which period, to whom."""

from datetime import date, timedelta

import pytest

from accounts.errors import NotFound
from accounts.models import Roster
from quiz.enums import RoundState
from quiz.models import Entrant
from quiz.rules.document import Criterion, PredictionRules
from tests.factories import make_rules
from tests.training.enrolment_world import make_province
from tests.training.plan_papers import paper_of, report_of
from tests.training.plan_world import make_plan, make_task
from tests.training.report_world import AUGUST, add_contest
from training.domain.contest_counts import told_rounds
from training.domain.plan_errors import PeriodNotBegun
from training.domain.plan_things import ThingCounts
from training.engine.plan_periods import ReportPeriod

pytestmark = pytest.mark.django_db


def test_the_counts_of_a_round_that_decide_prizes_are_in_no_report():
    world = make_province()
    chain = [Criterion(kind=kind) for kind in ("score", "prediction_error", "decision")]
    predicted = {"prediction": PredictionRules(who="took_part")}
    rules = make_rules(entry=predicted, result={"chain": chain})
    secret = add_contest(world, "Thi kín", people=2, state=RoundState.CLOSED, rules=rules)
    add_contest(world, "Đang thi", people=2, state=RoundState.FROZEN)
    open_one = add_contest(world, "Đã xong", people=5)
    plan = make_plan(world.top, world.organiser)
    report = report_of(plan, world.organiser)
    contests = report.figures.contests
    assert [(each.title, each.entries) for each in contests.lines] == [("Đã xong", 6)]
    assert contests.left_out == ["Thi kín – Vòng 1", "Đang thi – Vòng 1"]
    text, tables = paper_of(report)
    assert "Chưa tính các vòng đang diễn ra hoặc chưa được công bố số liệu: Thi kín" in text
    assert "Thi kín" not in "".join(cell for row in tables[1] for cell in row)
    counts = [
        ThingCounts().of(kind="contest", pk=made.contest.pk, target="entries")
        for made in (secret, open_one)
    ]
    assert counts == [0, 6]
    secret.contest.rounds.update(state=RoundState.RELEASED)
    assert len(told_rounds(contest=secret.contest)) == 1
    assert len(told_rounds(contest=open_one.contest)) == 1


def test_a_contest_with_a_compulsory_list_is_set_against_it():
    world = make_province()
    made = add_contest(world, "Thi bắt buộc", people=2)
    roster = Roster.objects.create(name="Bắt buộc", unit=world.top, as_of=date(2026, 1, 1))
    listed = [
        roster.entries.create(unit=world.commune, full_name=f"Người {n}", exemption=why)
        for n, why in enumerate(("", "", "", "Nghỉ"))
    ]
    Entrant.objects.filter(pk=Entrant.objects.earliest("pk").pk).update(roster_entry=listed[0])
    made.contest.roster = roster
    made.contest.save()
    plan = make_plan(world.top, world.organiser)
    _text, tables = paper_of(report_of(plan, world.organiser))
    assert tables[1][1][4] == "33,3 % danh sách bắt buộc (1/3)"


def test_a_round_counts_in_the_period_in_which_it_closed():
    world = make_province()
    made = add_contest(world, "Gối quý", people=2)
    made.contest.rounds.update(closes_at=AUGUST + timedelta(days=60))
    plan = make_plan(world.top, world.organiser)
    third = report_of(plan, world.organiser).figures.contests
    assert (third.entries, list(third.left_out)) == (0, ["Gối quý – Vòng 1"])
    fourth = report_of(plan, world.organiser, ReportPeriod("q4", 2026)).figures.contests
    assert (fourth.entries, list(fourth.left_out)) == (3, [])


def test_a_report_is_refused_out_of_reach_and_before_its_period():
    world = make_province()
    plan = make_plan(world.top, world.organiser)
    make_task(plan, world.commune)
    for stranger in (world.lead_an, world.an):
        with pytest.raises(NotFound):
            report_of(plan, stranger)
    ahead = make_plan(world.top, world.organiser, year=2027)
    with pytest.raises(PeriodNotBegun):
        report_of(ahead, world.organiser, ReportPeriod("q1", 2027))


def test_after_the_year_the_next_plan_says_what_comes():
    world = make_province()
    plan = make_plan(world.top, world.organiser)
    year = ReportPeriod("year", 2026)
    assert report_of(plan, world.organiser, year).following == []
    make_task(make_plan(world.top, world.organiser, year=2027), world.top, "Quý I")
    make_task(plan, world.top, "Quý I")
    (line,) = report_of(plan, world.organiser, year).following
    assert line.task.plan.year == 2027
    text, _tables = paper_of(report_of(plan, world.organiser, year))
    assert "khi kỳ báo cáo chưa kết thúc." in text
