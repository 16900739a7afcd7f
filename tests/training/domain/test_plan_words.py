"""Due days and targets as people write them in plans."""

from datetime import date

import pytest

from training.domain.plan_due import Due, due_in_year, read_due, say_due
from training.domain.plan_targets import Target, read_target
from training.enums import DueSpan, TargetKind


@pytest.mark.parametrize(
    ("text", "last", "span", "said"),
    [
        ("Quý II", "2026-06-30", DueSpan.QUARTER, "Quý II/2026"),
        ("trong quý 4/2026", "2026-12-31", DueSpan.QUARTER, "Quý IV/2026"),
        ("tháng 9", "2026-09-30", DueSpan.MONTH, "Tháng 9/2026"),
        ("2/2026", "2026-02-28", DueSpan.MONTH, "Tháng 2/2026"),
        ("30-6-2026", "2026-06-30", DueSpan.DAY, "30/06/2026"),
        ("Thường xuyên", "2026-12-31", DueSpan.YEAR, "Cả năm 2026"),
    ],
)
def test_due_days_are_read_as_plans_say_them(text, last, span, said):
    due = read_due(text, 2026)
    assert due == Due(date.fromisoformat(last), span)
    assert say_due(due.last, due.span) == said
    assert read_due(said, 2026) == due


@pytest.mark.parametrize("text", ["sớm", "quý V", "tháng 13", "30/06/2027", "quý 1/2025", ""])
def test_a_due_day_that_says_nothing_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        read_due(text, 2026)


def test_a_due_day_moves_to_the_same_day_of_another_year():
    assert due_in_year(date(2024, 2, 29), DueSpan.MONTH, 2026) == date(2026, 2, 28)
    assert due_in_year(date(2026, 2, 28), DueSpan.MONTH, 2028) == date(2028, 2, 29)
    assert due_in_year(date(2024, 2, 29), DueSpan.DAY, 2025) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("3 lớp tập huấn", TargetKind.CLASSES, 3),
        ("2.000 lượt dự thi", TargetKind.ENTRIES, 2000),
        ("12 tin, bài", TargetKind.ARTICLES, 12),
        ("", "", None),
    ],
)
def test_targets_are_read_as_plans_write_them(text, kind, number):
    assert read_target(text) == Target(kind, number)
    assert read_target(str(read_target(text))) == Target(kind, number)


@pytest.mark.parametrize("text", ["nhiều lớp", "0 lớp", "3 con voi", "lớp"])
def test_a_target_without_number_or_kind_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        read_target(text)
