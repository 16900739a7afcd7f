"""Two people for what one should not do alone: approving items, publishing results."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import User
from quiz.domain.item_review import approve_version, approve_versions, return_version
from quiz.domain.items import add_items, propose_version, save_item
from quiz.domain.releases import approve_release, submit_for_signature
from quiz.enums import ItemState, ReleaseState
from quiz.errors import SecondPersonNeeded
from quiz.models import ItemVersion, Release
from tests.factories import OpenContest, make_draft, make_open_contest
from tests.people import make_person
from tests.results_factory import Person, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db
EVERY_ROLE = tuple(Role)


@pytest.fixture
def made() -> OpenContest:
    return make_open_contest()


@pytest.fixture
def alone(made) -> User:
    """The one officer of a commune, who holds every role there is."""
    return make_person("mot.minh", *EVERY_ROLE, unit=made.unit)


@pytest.fixture
def own(made, alone) -> ItemVersion:
    return add_items(bank=made.banks[0], drafts=[make_draft(50)], author=alone)[0]


def by_page(version: ItemVersion, person: User) -> None:
    client = Client()
    client.force_login(person)
    address = reverse("w-item-review", args=[version.item.bank_id])
    client.post(address, {"version": version.pk, "decision": "approve"})


def by_all_at_once(version: ItemVersion, person: User) -> None:
    client = Client()
    client.force_login(person)
    client.post(reverse("w-item-approve-all", args=[version.item.bank_id]), {"version": version.pk})


def by_api(version: ItemVersion, person: User) -> None:
    client = Client()
    client.force_login(person)
    client.post(reverse("api-work-version-approve", kwargs={"pk": version.pk}))


WAYS: list[Callable[[ItemVersion, User], None]] = [by_page, by_all_at_once, by_api]


@pytest.mark.parametrize("way", WAYS)
def test_nobody_approves_their_own_item_with_whatever_roles(own, alone, way):
    way(own, alone)
    own.refresh_from_db()
    assert (own.state, own.approved_by) == (ItemState.PROPOSED, None)


@pytest.mark.parametrize("act", [approve_version, approve_versions])
def test_the_domain_refuses_it_too(own, alone, act):
    given = {"version": own} if act is approve_version else {"versions": [own]}
    with pytest.raises(NotAllowed):
        act(user=alone, now=timezone.now(), **given)


def test_and_the_database(own, alone):
    with pytest.raises(IntegrityError, match="author_never_approves"), transaction.atomic():
        ItemVersion.objects.filter(pk=own.pk).update(approved_by=alone)


def test_asking_again_through_somebody_else_leaves_it_ones_own(made, own, alone):
    return_version(version=own, user=made.reviewer, reason="Sửa câu dẫn")
    propose_version(version=own, user=made.organiser)
    own.refresh_from_db()
    with pytest.raises(NotAllowed):
        approve_version(version=own, user=alone, now=timezone.now())


def test_a_new_version_of_anothers_item_is_ones_own(made, own, alone):
    item = made.banks[0].items.first()
    version = save_item(
        bank=made.banks[0],
        draft=make_draft(60),
        author=alone,
        item=item,
        base=item.current.number,
    )
    with pytest.raises(NotAllowed):
        approve_version(version=version, user=alone, now=timezone.now())
    approve_version(version=version, user=made.reviewer, now=timezone.now())


def test_nobody_publishes_what_they_submitted(made, alone):
    make_entrants(made, [Person()])
    close_and_seal(made)
    release = submit_for_signature(round=made.round, user=alone, now=timezone.now())
    signed = {"decision_number": "1/QĐ", "decision_date": timezone.localdate()}
    with pytest.raises(SecondPersonNeeded):
        approve_release(release=release, user=alone, now=timezone.now(), **signed)
    client = Client()
    client.force_login(alone)
    keys = {"pk": made.contest.pk, "round_pk": made.round.pk}
    client.post(reverse("w-release", kwargs=keys), signed)
    client.post(reverse("api-work-release-approve", kwargs={"pk": release.pk}), signed)
    assert Release.objects.get().state == ReleaseState.SUBMITTED
    approve_release(release=release, user=made.reviewer, now=timezone.now(), **signed)
    assert Release.objects.get().state == ReleaseState.RELEASED
