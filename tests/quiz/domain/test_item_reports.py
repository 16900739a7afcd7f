"""The item analysis of a round: after the close for a wrong key, after the seal for good."""

import io
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from accounts.domain.jobs import queue_job, run_job
from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry
from quiz.domain.item_reports import queue_analysis, read_item_report
from quiz.domain.sealing import unseal_round
from quiz.domain.usage_counting import count_usage, rounds_never_counted
from quiz.errors import CountsSecret, RoundNotReady
from quiz.interfaces.excel.item_analysis import write_item_analysis
from quiz.models import ItemUsage, KeyOpening, PoolUsage
from quiz.rules.document import Criterion, PredictionRules
from tests.factories import OpenContest, make_open_contest, make_person, make_rules
from tests.results_factory import Entry, Person, close, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def entered(rules=None, people: int = 8) -> OpenContest:
    """The same five items in one order for all; the n-th person spoils n % 4 of them."""
    made = make_open_contest(
        rules=rules
        or make_rules(
            paper={"shuffle_items": False, "blueprint": [], "fixed_items": [1, 2, 3, 4, 5]}
        )
    )
    make_entrants(
        made,
        [
            Person(birth_date=None, entries=[Entry(wrong=n % 4, seconds=n + 1)])
            for n in range(people)
        ],
    )
    return made


def figures() -> list[tuple]:
    columns = ("version", "papers", "met", "correct", "discrimination", "choices", "upper", "lower")
    return list(ItemUsage.objects.order_by("pk").values_list(*columns))


FIXED = {"shuffle_items": False, "blueprint": [], "fixed_items": [1, 2, 3, 4, 5]}


@pytest.mark.parametrize("paper", [None, FIXED], ids=["drawn", "the same for all"])
def test_counting_by_itself_gives_what_the_seal_gives(paper):
    """Drawn in Python or counted by the database: the same, blanks and second entries included."""
    made = entered(make_rules(paper=paper))
    blanks = [Entry(wrong=1, blank=2, seconds=50), Entry(wrong=2, blank=3, seconds=60)]
    make_entrants(
        made,
        [
            Person(full_name="A", birth_date=None, entries=[*blanks[:1], Entry(seconds=70)]),
            Person(full_name="B", birth_date=None, entries=blanks[1:]),
            Person(full_name="C", birth_date=None, entries=[Entry(voided=True)]),
        ],
    )
    close_and_seal(made)
    sealed, totals = figures(), PoolUsage.objects.get().totals
    count_usage(round=made.round, now=NOW)
    assert (figures(), PoolUsage.objects.get().totals) == (sealed, totals)


def test_a_round_sealed_by_an_earlier_version_gets_its_figures():
    made = entered()
    close_and_seal(made)
    expected = [row[1:] for row in figures()]
    ItemUsage.objects.all().delete()
    PoolUsage.objects.all().delete()
    assert list(rounds_never_counted()) == [made.round]
    told = io.StringIO()
    call_command("count_item_usage", stdout=told)
    assert [row[1:] for row in figures()] == expected
    assert list(rounds_never_counted()) == []
    assert made.round.name in told.getvalue()
    call_command("count_item_usage", stdout=told)
    assert "Không còn vòng nào" in told.getvalue()


def test_a_closed_round_is_counted_by_a_job_and_an_open_one_refused():
    made = entered()
    with pytest.raises(RoundNotReady):
        queue_analysis(round=made.round, user=made.organiser, now=NOW)
    close(made)
    job = queue_analysis(round=made.round, user=made.organiser, now=NOW)
    assert run_job(job_id=job.pk).result == {}
    [report] = read_item_report(round=made.round, user=made.organiser)
    assert [report.reliability.persons, report.totals] == [8, [0, 0, 2, 2, 2, 2]]
    with pytest.raises(NotAllowed):
        queue_analysis(round=made.round, user=make_person(), now=NOW)


def test_opening_the_seal_takes_the_report_away():
    made = entered()
    close_and_seal(made)
    assert len(read_item_report(round=made.round, user=made.organiser)) == 1
    unseal_round(round=made.round, user=made.organiser, reason="Sửa biên bản")
    made.round.refresh_from_db()
    assert read_item_report(round=made.round, user=made.organiser) == []


def test_until_the_seal_the_report_is_a_count():
    made = entered(
        make_rules(
            entry={"prediction": PredictionRules(who="took_part")},
            result={
                "chain": [Criterion(kind=k) for k in ("score", "prediction_error", "decision")]
            },
        )
    )
    close(made)
    count_usage(round=made.round, now=NOW)
    with pytest.raises(CountsSecret):
        read_item_report(round=made.round, user=made.organiser)


def test_the_report_is_reliability_facility_and_options():
    """Totals 5 5 4 4 3 3 2 2: s² = 5/4; right 2, 4, 6, 8, 8 of 8: Σpq = 5/8.

    KR-20 = 5/4 × (1 - (5/8) / (5/4)) = 5/8.
    """
    made = entered()
    close_and_seal(made)
    [report] = read_item_report(round=made.round, user=made.organiser)
    assert report.reliability.same_items
    assert float(report.reliability.coefficient) == 0.625
    assert [item.facility for item in report.items] == [0.25, 0.5, 0.75, 1, 1]
    options = report.items[0].options()
    assert [option.is_key for option in options].count(True) == 1
    [key] = [option for option in options if option.is_key]
    assert (key.chosen, key.share, key.upper) == (2, 0.25, pytest.approx(2 / 2.16))
    assert key.lower == 0


def test_keys_are_told_only_to_those_who_may_see_them():
    made = entered()
    close_and_seal(made)
    auditor = make_person(Role.AUDITOR, unit=made.unit)
    [report] = read_item_report(round=made.round, user=auditor)
    assert not report.shows_keys
    assert not any(option.is_key for item in report.items for option in item.options())


def test_the_workbook_holds_every_item_and_its_options():
    made = entered()
    close_and_seal(made)
    reports = read_item_report(round=made.round, user=made.organiser)
    file = io.BytesIO()
    assert write_item_analysis(round=made.round, reports=reports, file=file) == 5
    book = load_workbook(io.BytesIO(file.getvalue()))
    assert book.sheetnames == ["Độ tin cậy", "Câu hỏi", "Phương án"]
    [papers] = [
        [cell.value for cell in row]
        for row in book["Độ tin cậy"].iter_rows()
        if row[0].value == report_name(reports)
    ]
    assert papers[1:8] == [8, 5, 3.5, 1.12, "KR-20 (alpha)", 0.63, 0.68]
    items = [row for row in book["Câu hỏi"].iter_rows(values_only=True) if row[0] in range(1, 6)]
    assert [(row[4], row[5], row[6]) for row in items] == [
        (8, 2, 0.25),
        (8, 4, 0.5),
        (8, 6, 0.75),
        (8, 8, 1),
        (8, 8, 1),
    ]
    options = list(book["Phương án"].iter_rows(values_only=True))
    assert sum(row[4] == "đúng" for row in options) == 5


def report_name(reports) -> str:
    return reports[0].pool.group.name


def test_asking_for_the_workbook_is_recorded_and_opens_the_keys():
    made = entered()
    close_and_seal(made)
    KeyOpening.objects.all().delete()
    job = queue_job(
        kind="export_item_analysis", params={"round": made.round.pk}, user=made.organiser, now=NOW
    )
    assert run_job(job_id=job.pk).result == {"rows": 5}
    assert KeyOpening.objects.get().user == made.organiser
    assert AuditEntry.objects.get(act="export_item_analysis").details["rows"] == 5
