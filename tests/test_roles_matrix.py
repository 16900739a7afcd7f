"""Role by role and right by right: the table people read is the one that answers."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts import permissions as of_accounts
from accounts.domain.audit import record_act
from accounts.domain.rights import all_rights, roles_matrix
from accounts.enums import Role
from accounts.models import OrgUnit, User
from quiz import permissions as of_quiz
from quiz.models import Contest, ItemBank
from tests.authorization_world import World
from tests.factories import make_contest, make_unit
from tests.frontend.contest_pages import text_of
from tests.people import make_person
from training import permissions as of_training

# author, reviewer, organiser, unit_lead, judge, exporter, auditor, administrator
EXPECTED = {
    "SEE_UNITS": "x x x x x x x x",
    "SEE_ROSTERS": ". . x x . x x x",
    "KEEP_ROSTERS": ". . x . . . . x",
    "MANAGE": ". . . . . . . x",
    "SEE_DIARY": ". . . . . . x x",
    "OFFICIALS": ". . x . . . . x",
    "SEE_BANKS": "x x x . . . . x",
    "SEE_KEYS": "x x x . . . . .",
    "SEE_OPENINGS": ". . x . . . . x",
    "WRITE_ITEMS": "x . x . . . . .",
    "REVIEW_ITEMS": ". x . . . . . .",
    "CHECK_DOCUMENTS": ". x x . . . . .",
    "SEE_CONTEST": ". . x . . x x x",
    "RUN_CONTEST": ". . x . . . . .",
    "PREVIEW_ROUND": ". x x . . . . .",
    "SEE_APPEALS": ". . x . . . x x",
    "REVIEW_HINTS": ". . x . . . x .",
    "RELEASE": ". . x . . . . x",
    "SEE_DUTY": ". . x x . . . .",
    "EXPORT_PERSONS": ". . . . . x . .",
    "AUDIT_CONTEST": ". . . . . . x .",
    "KEEP_CHANNELS": ". . x x . . . .",
    "KEEP_EVIDENCE": ". . x x . . . .",
    "ANSWER_INQUIRIES": ". . x x . . . .",
    "KEEP_CREDITS": ". . x x . . . .",
    "RUN_TRAINING": ". . x . . . . .",
    "WRITE_ARTICLES": ". . x x . . . .",
    "SEE_TRAINING": ". . x x . . x x",
}


def test_the_table_is_the_one_that_was_agreed():
    shown = {
        right: " ".join("x" if held[role] else "." for role in Role.values)
        for right, held in roles_matrix().items()
    }
    assert shown == EXPECTED


def test_every_right_that_permissions_name_is_in_the_table():
    named = {
        name: tuple(value)
        for module in (of_accounts, of_quiz, of_training)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, tuple) and set(value) <= set(Role.values)
    }
    assert named == {
        right.code: tuple(right.roles) for right in all_rights() if right.code != "OFFICIALS"
    }


@pytest.fixture
def world(db) -> dict[str, OrgUnit]:
    """A unit, one below it and one beside it, each with a bank and a contest of its own."""
    here = make_unit("Tỉnh")
    return {"at": here, "below": make_unit("Xã", parent=here), "beside": make_unit("Tỉnh khác")}


PROBES: dict[str, Callable[[User, OrgUnit, ItemBank, Contest], bool]] = {
    "SEE_UNITS": lambda user, unit, bank, contest: of_accounts.seen_units(user).contains(unit),
    "MANAGE": lambda user, unit, bank, contest: of_accounts.may_manage_unit(user, unit),
    "SEE_DIARY": lambda user, unit, bank, contest: (
        of_accounts.seen_diary(user).filter(unit_id=unit.pk).exists()
    ),
    "SEE_KEYS": lambda user, unit, bank, contest: of_quiz.may_see_keys(user, bank),
    "SEE_OPENINGS": lambda user, unit, bank, contest: of_quiz.may_see_openings(user, bank),
    "WRITE_ITEMS": lambda user, unit, bank, contest: of_quiz.may_write_items(user, bank),
    "REVIEW_ITEMS": lambda user, unit, bank, contest: of_quiz.may_review_items(user, bank),
    "SEE_CONTEST": lambda user, unit, bank, contest: of_quiz.may_see_contest(user, contest),
    "RUN_CONTEST": lambda user, unit, bank, contest: of_quiz.may_run_contest(user, contest),
    "EXPORT_PERSONS": lambda user, unit, bank, contest: of_quiz.may_export_persons(user, contest),
    "AUDIT_CONTEST": lambda user, unit, bank, contest: of_quiz.may_audit_contest(user, contest),
}


def test_a_role_reaches_its_unit_and_all_below_and_nothing_beside(world):
    things, answers, wanted = {}, {}, {}
    for place, unit in world.items():
        made = make_contest(unit=unit)
        record_act(actor=None, act="update_unit", subject=unit, unit_id=unit.pk)
        things[place] = (unit, made.banks[0], made.contest)
    # Held at the unit in the middle of nothing: the topmost unit's diary knows no bounds.
    chief = make_unit("Trung ương")
    OrgUnit.objects.filter(pk__in=[world["at"].pk, world["beside"].pk]).update(parent=chief)
    for role in Role.values:
        person = make_person(f"nguoi.{role}", role, unit=world["at"])
        for right, probe in PROBES.items():
            held = role in {r.code: r.roles for r in all_rights()}[right]
            answers[role, right] = {place: probe(person, *them) for place, them in things.items()}
            wanted[role, right] = {"at": held, "below": held, "beside": False}
    assert answers == wanted


@pytest.mark.django_db
def test_the_page_shows_the_table():
    world, client = World(), Client()
    client.force_login(world.person(f"{Role.JUDGE} here"))
    page = text_of(client.get(reverse("w-roles")))
    for right in all_rights():
        assert str(right.words) in page
    held = sum(row.split().count("x") for row in EXPECTED.values())
    assert page.count('data-label="Giám khảo"') == len(EXPECTED)
    assert page.count("badge--success") == held
