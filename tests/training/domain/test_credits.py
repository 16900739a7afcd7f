"""Training from elsewhere counts once another person has approved its paper."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.errors import NotAllowed
from tests.factories import make_person, make_unit
from tests.training.study_world import NOW
from training.domain.credit_errors import (
    CreditDecided,
    CreditInFuture,
    CreditKnown,
    OwnCredit,
    RefusalNeeded,
    ScanUnreadable,
)
from training.domain.credits import (
    Paper,
    approve_credit,
    enter_credit,
    read_scan,
    refuse_credit,
    withdraw_credit,
)
from training.domain.hours import read_hours
from training.models import Credit

pytestmark = pytest.mark.django_db
PAPER = Paper("Kỹ năng số", "Học viện Hành chính", "12/GCN", date(2026, 5, 4), 90)
PDF = b"%PDF-1.7\n...\n%%EOF\n"


@pytest.fixture
def person(unit):
    return make_person(Role.UNIT_LEAD, unit=unit)


def entered(person, user=None, **changes):
    return enter_credit(
        person=person, paper=replace(PAPER, **changes), scan=PDF, user=user or person, now=NOW
    )


def minutes(person):
    return read_hours(people=[person], year=2026)[0].elsewhere_minutes


def test_it_counts_when_approved_and_not_before(person, organiser):
    credit = entered(person)
    assert (minutes(person), credit.scan.mime) == (0, "application/pdf")
    approve_credit(credit=credit, user=organiser, now=NOW)
    assert minutes(person) == 90
    with pytest.raises(CreditDecided):
        refuse_credit(credit=credit, reason="Trùng", user=organiser, now=NOW)


def test_nobody_approves_their_own_nor_what_they_entered(person, organiser, unit):
    for credit, user in (
        (entered(person), person),
        (entered(person, organiser, number="13"), organiser),
        (entered(person, organiser, number="14"), person),
    ):
        with pytest.raises(OwnCredit):
            approve_credit(credit=credit, user=user, now=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Credit.objects.filter(pk=credit.pk).update(decided_by=user, decided_at=NOW)
    stranger = make_person(Role.ORGANISER, unit=make_unit())
    with pytest.raises(NotAllowed):
        approve_credit(credit=entered(person, number="15"), user=stranger, now=NOW)


def test_refused_with_a_reason_the_paper_may_be_entered_anew(person, organiser):
    credit = entered(person)
    with pytest.raises(CreditKnown):
        entered(person)
    with pytest.raises(RefusalNeeded):
        refuse_credit(credit=credit, reason="  ", user=organiser, now=NOW)
    refuse_credit(credit=credit, reason="Bản quét mờ", user=organiser, now=NOW)
    assert minutes(person) == 0
    entered(person)


def test_others_enter_only_for_people_in_their_reach(person):
    with pytest.raises(NotAllowed):
        entered(person, make_person(unit=person.unit))
    with pytest.raises(CreditInFuture):
        entered(person, taken_on=(NOW + timedelta(days=2)).date())


def test_while_it_waits_who_entered_it_takes_it_back(person, organiser):
    credit = entered(person)
    with pytest.raises(NotAllowed):
        withdraw_credit(credit=credit, user=organiser)
    withdraw_credit(credit=credit, user=person)
    assert not Credit.objects.exists()


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00", b"%PDF-1.7 cut off", b"%PDF" + b"0" * 4_000_000]
)
def test_a_scan_that_is_none_is_refused_and_nothing_stored(person, content):
    with pytest.raises(ScanUnreadable):
        read_scan(content)
    with pytest.raises(ScanUnreadable):
        enter_credit(person=person, paper=PAPER, scan=content, user=person, now=NOW)
    assert not Credit.objects.exists()
