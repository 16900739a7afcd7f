"""An entrant's own results under their mã dự thi, after the release and not before."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.crypto import keyed_digest
from quiz.domain.awards import propose_awards
from quiz.domain.duplicates import keep_earliest
from quiz.domain.lookup import OwnResult, look_up
from quiz.domain.releases import approve_release, submit_for_signature
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.sealing import seal_round
from quiz.engine.codes import new_entry_code
from quiz.errors import UnknownCode
from quiz.models import DuplicateCase, Entrant
from tests.factories import make_open_contest
from tests.results_factory import Entry, Person, close, make_entrants

pytestmark = pytest.mark.django_db


def code_of(entrant: Entrant) -> str:
    """Give the entrant a code we know."""
    code = new_entry_code(entrant.pk.to_bytes(10, "big"))
    entrant.code_digest = keyed_digest("entry-code", code.encode())
    Entrant.objects.filter(pk=entrant.pk).update(code_digest=entrant.code_digest)
    return code


def test_each_entrant_finds_their_own_result_once_released():
    made = make_open_contest()
    people = [
        Person(birth_date=None, entries=[Entry(wrong=1), Entry(seconds=30)]),
        Person(birth_date=None, entries=[Entry(wrong=1)]),
        Person(birth_date=None, entries=[]),
        Person(birth_date=None, entries=[Entry(voided=True)]),
        Person(identity="một", entries=[Entry(wrong=3)]),
        Person(identity="một", registered=60),
    ]
    entrants = make_entrants(made, people)
    codes = [code_of(entrant) for entrant in entrants]
    close(made)
    keep_earliest(cases=DuplicateCase.objects.all(), user=made.organiser, now=timezone.now())
    mark_and_rank(round=made.round)
    propose_awards(round=made.round, user=made.organiser)
    seal_round(round=made.round, user=made.organiser, now=timezone.now())
    release = submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())
    assert [look_up(contest=made.contest, code=code) for code in codes] == [[]] * 6
    approve_release(
        release=release,
        user=made.reviewer,
        decision_number="1/QĐ",
        decision_date=date(2026, 11, 23),
        now=timezone.now(),
    )
    name = made.round.name
    results = [look_up(contest=made.contest, code=code.lower()) for code in codes]
    assert results == [
        [
            OwnResult(
                name, "counted", Decimal("5.00"), 5, 5, 1, 30_000, prize="Giải Nhất", reserve=False
            )
        ],
        [OwnResult(name, "counted", Decimal("4.00"), 4, 5, 2, 120_000, reserve=True)],
        [OwnResult(name, "absent")],
        [OwnResult(name, "voided")],
        [OwnResult(name, "counted", Decimal("2.00"), 2, 5, 3, 120_000, reserve=True)],
        [OwnResult(name, "duplicate")],
    ]


def test_an_unknown_code_or_that_of_another_contest():
    made, other = make_open_contest(), make_open_contest()
    [entrant] = make_entrants(other, [Person()])
    for code in (code_of(entrant), "ABCD-EFGH-JKMN-PQRS", "", "x" * 500):
        with pytest.raises(UnknownCode):
            look_up(contest=made.contest, code=code)
