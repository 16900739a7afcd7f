"""Who knew the keys before a round closed may play and never win in it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.rosters import RosterRow, load_roster
from accounts.enums import Role
from accounts.models import AuditEntry, Membership, User
from quiz.domain.key_openings import has_opened_keys, open_keys, people_who_knew_keys
from quiz.domain.prize_bars import barred_entrants
from quiz.models import ItemVersion, KeyOpening
from tests.factories import OpenContest, make_contest, make_open_contest, make_rules, register
from tests.people import make_person

pytestmark = pytest.mark.django_db
NEEDED = ("full_name", "birth_date", "phone")
FIELDS = [{"name": name, "required": name in NEEDED} for name in (*NEEDED, "staff_code", "unit")]


@pytest.fixture
def made() -> OpenContest:
    rules = make_rules(entry={"identity_fields": FIELDS, "identity_key": ["full_name", "phone"]})
    return make_open_contest(rules=rules)


@pytest.fixture
def reader(made) -> User:
    """Holds a role that sees keys, and has looked at none yet."""
    return make_person("doc.dap.an", Role.AUTHOR, unit=made.unit)


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_who_writes_approves_or_freezes_knows_the_keys(made):
    known = set(people_who_knew_keys(round=made.round))
    assert known == {made.organiser, made.reviewer}
    assert set(KeyOpening.objects.values_list("user", "bank")) == {
        (made.organiser.pk, made.banks[0].pk)
    }


@pytest.mark.parametrize("route", ["w-item", "w-item-edit", "api-work-bank-items"])
def test_who_is_shown_keys_is_noted_once(made, reader, route):
    bank = made.banks[0]
    item = {} if route.startswith("api") else {"item_pk": bank.items.first().pk}
    address = reverse(route, kwargs={"pk": bank.pk, **item})
    assert not has_opened_keys(bank=bank, user=reader)
    assert [browser(reader).get(address).status_code for _time in range(2)] == [200, 200]
    assert has_opened_keys(bank=bank, user=reader)
    assert KeyOpening.objects.filter(bank=bank, user=reader).count() == 1
    assert AuditEntry.objects.filter(act="open_keys", actor=reader).count() == 1


def test_a_reviewer_is_noted_on_the_page_of_proposals_and_through_the_api(made, reader):
    Membership.objects.create(user=reader, unit=made.unit, role=Role.REVIEWER)
    version = ItemVersion.objects.filter(item__bank=made.banks[0]).first()
    for address in (
        reverse("w-item-review", args=[made.banks[0].pk]),
        reverse("api-work-version-detail", kwargs={"pk": version.pk}),
    ):
        KeyOpening.objects.filter(user=reader).delete()
        assert browser(reader).get(address).status_code == 200
        assert KeyOpening.objects.filter(user=reader).count() == 1


def test_a_list_of_items_shows_no_keys_and_notes_nobody(made, reader):
    browser(reader).get(reverse("w-bank", args=[made.banks[0].pk]))
    assert not KeyOpening.objects.filter(user=reader).exists()


def barred(made: OpenContest, **typed: str) -> bool:
    """Whether someone who registers like this may not win."""
    entrant = register(made, **typed).entrant_id
    return entrant in barred_entrants(round=made.round)


def test_they_are_found_by_staff_code_or_by_name_and_unit(made, reader):
    User.objects.filter(pk=reader.pk).update(full_name="Lê Thị Đọc")
    typed = {"full_name": "Lê Thị Đọc", "unit": made.unit.code}
    assert not barred(made, **typed)
    open_keys(bank=made.banks[0], user=reader)
    assert barred(made, **typed)
    assert barred(made, full_name="Tên Khác", staff_code="DOC.dap.AN")
    assert not barred(made, full_name="Lê Thị Đọc")
    assert not barred(made, **typed, staff_code="CB-99")


def test_they_are_found_by_name_and_birth_date_where_the_list_knows_it(made, reader):
    open_keys(bank=made.banks[0], user=reader)
    typed = {"full_name": "Lê Thị Đọc", "birth_date": "05/09/1990"}
    assert not barred(made, **typed)
    row = RosterRow(
        place="", full_name="Lê Thị Đọc", staff_code="doc.dap.an", birth_date="05/09/1990"
    )
    load_roster(name="Thử", unit=made.unit, as_of=timezone.localdate(), rows=[row], user=None)
    assert barred(made, **typed)
    assert not barred(made, full_name="Lê Thị Đọc", birth_date="06/09/1990")


def test_who_looks_after_the_close_or_at_another_bank_may_win(made, reader):
    typed = {"full_name": "Tên Khác", "staff_code": "doc.dap.an"}
    open_keys(bank=make_contest(unit=made.unit).banks[0], user=reader)
    open_keys(bank=made.banks[0], user=reader)
    late = made.round.closes_at + timedelta(seconds=1)
    KeyOpening.objects.filter(bank=made.banks[0], user=reader).update(opened_at=late)
    assert not barred(made, **typed)
    early = made.round.closes_at - timedelta(seconds=1)
    KeyOpening.objects.filter(bank=made.banks[0], user=reader).update(opened_at=early)
    assert barred(made, **typed)
