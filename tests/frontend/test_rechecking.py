"""Rechecking results as pages tell it: to anyone, and to the auditor with everything opened."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from quiz.interfaces.bundle.auditor_jobs import AUDITOR_BUNDLE
from tests.factories import make_open_contest, make_person
from tests.frontend.contest_pages import browser_of, do_jobs, read, send, text_of
from tests.results_factory import Entry, Person, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db


def test_anyone_is_told_how_to_recheck():
    page = text_of(Client().get(reverse("recheck")))
    assert "python3 verify.py goi-kiem-chung.zip --root" in page
    assert "--receipt bien-nhan.json" in page


def test_an_auditor_has_the_bundle_made_and_fetches_it():
    made = make_open_contest()
    make_entrants(made, [Person(birth_date=None, entries=[Entry()])])
    keys = {"pk": made.contest.pk, "round_pk": made.round.pk}
    auditor = browser_of(make_person(Role.AUDITOR, unit=made.unit))
    assert "Chưa có bản công bố" in text_of(read(auditor, "w-audit", **keys))
    refused = auditor.post(reverse("w-audit", kwargs=keys))
    assert refused.status_code == 409

    close_and_seal(made)
    organiser = browser_of(made.organiser)
    send(organiser, "w-submit-release", **keys)
    do_jobs()
    assert reverse("w-audit", kwargs=keys) not in text_of(read(organiser, "w-results", **keys))
    assert reverse("w-audit", kwargs=keys) in text_of(read(auditor, "w-results", **keys))

    page = text_of(read(auditor, "w-audit", **keys))
    assert "Lập gói là xem đáp án" in page
    assert "Tải gói kiểm toán" not in page
    send(auditor, "w-audit", **keys)
    assert do_jobs() == [AUDITOR_BUNDLE]
    assert "Tải gói kiểm toán" in text_of(read(auditor, "w-audit", **keys))
