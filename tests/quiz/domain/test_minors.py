"""Who is under 16, how a name is shortened, and whose consent counts."""

from datetime import UTC, date, datetime

import pytest

from accounts.errors import Faults
from accounts.models import Consent
from quiz.domain.minors import initials, is_minor, record_guardian_consent, unnamed_minors
from tests.factories import make_open_contest
from tests.results_factory import Person, make_entrants

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        (date(2010, 11, 22), date(2026, 11, 22), False),
        (date(2010, 11, 23), date(2026, 11, 22), True),
        (date(2008, 2, 29), date(2024, 2, 28), True),
        (date(2012, 2, 29), date(2028, 2, 29), False),
        (date(2009, 3, 1), date(2025, 2, 28), True),
        (None, date(2026, 11, 22), False),
    ],
)
def test_under_sixteen(born, on, expected):
    assert is_minor(born, on) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Nguyễn Thị Minh Anh", "N. T. M. A."), ("đặng ánh", "Đ. Á."), ("Y", "Y.")],
)
def test_initials(name, expected):
    assert initials(name) == expected


@pytest.mark.django_db
def test_consent_is_the_entrants_own_and_ends_when_withdrawn():
    made = make_open_contest()
    child, other = make_entrants(made, [Person(birth_date=date(2020, 1, 1))] * 2)
    with pytest.raises(Faults):
        record_guardian_consent(entrant=child, guardian=" ", user=made.organiser, now=NOW)
    record_guardian_consent(entrant=child, guardian="Mẹ  Ví Dụ", user=made.organiser, now=NOW)
    assert unnamed_minors(round=made.round, entrants=[child, other]) == {other.pk}
    assert Consent.objects.get().given_by == "Mẹ Ví Dụ"
    Consent.objects.update(withdrawn_at=NOW)
    assert unnamed_minors(round=made.round, entrants=[child, other]) == {child.pk, other.pk}


@pytest.mark.django_db
def test_of_an_erased_child_no_name_is_hidden_and_no_consent_asked():
    made = make_open_contest()
    [child] = make_entrants(made, [Person(birth_date=date(2020, 1, 1))])
    child.erased_at = NOW
    assert unnamed_minors(round=made.round, entrants=[child]) == set()
