"""A one-time link lets the right person in once, before it expires, and is stored as a digest."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.domain.sign_in_links import (
    LinkSpent,
    activate_person,
    issue_activation_link,
    issue_first_administrator_link,
    issue_sign_in_link,
    open_activation,
    use_sign_in_link,
)
from accounts.enums import Role
from accounts.models import Membership, OrgUnit, SignInLink, User
from tests.people import make_person, make_unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def token_of(path: str) -> str:
    return path.strip("/").rpartition("/")[2]


@pytest.fixture
def alice():
    return make_person("alice", unit=make_unit())


def test_a_link_signs_in_once(alice):
    token = token_of(issue_sign_in_link(user=alice, now=NOW))
    assert use_sign_in_link(token=token, now=NOW) == alice
    with pytest.raises(LinkSpent):
        use_sign_in_link(token=token, now=NOW)


def test_a_link_too_old_is_refused(alice):
    token = token_of(issue_sign_in_link(user=alice, now=NOW, ttl=timedelta(minutes=5)))
    with pytest.raises(LinkSpent):
        use_sign_in_link(token=token, now=NOW + timedelta(minutes=5))


def test_a_person_no_longer_active_is_refused(alice):
    token = token_of(issue_sign_in_link(user=alice, now=NOW))
    User.objects.update(is_active=False)
    with pytest.raises(LinkSpent):
        use_sign_in_link(token=token, now=NOW)


def test_the_link_itself_is_not_stored(alice):
    token = token_of(issue_sign_in_link(user=alice, now=NOW))
    (link,) = SignInLink.objects.values()
    assert token not in str(link)
    assert token.encode() not in bytes(link["digest"])


def test_an_activation_link_sets_the_password_once_and_replaces_older_ones(alice):
    old = token_of(issue_activation_link(user=alice, issued_by=None, now=NOW))
    new = token_of(issue_activation_link(user=alice, issued_by=None, now=NOW))
    with pytest.raises(LinkSpent):
        open_activation(token=old, now=NOW)
    assert open_activation(token=new, now=NOW) == open_activation(token=new, now=NOW) == alice
    activate_person(token=new, password="bí mật dài", now=NOW)
    alice.refresh_from_db()
    assert alice.check_password("bí mật dài")
    with pytest.raises(LinkSpent):
        activate_person(token=new, password="khác hẳn", now=NOW)


def test_an_activation_link_does_not_sign_in(alice):
    token = token_of(issue_activation_link(user=alice, issued_by=None, now=NOW))
    with pytest.raises(LinkSpent):
        use_sign_in_link(token=token, now=NOW)


def test_an_empty_installation_gets_a_root_unit_and_an_administrator():
    link = issue_first_administrator_link(now=NOW)
    user = use_sign_in_link(token=token_of(link), now=NOW)
    assert (user.username, user.unit) == ("quan-tri", OrgUnit.objects.get())
    assert Membership.objects.get(user=user).role == Role.ADMINISTRATOR


def test_a_lost_first_link_is_replaced_until_it_was_used():
    first = issue_first_administrator_link(now=NOW)
    again = issue_first_administrator_link(now=NOW)
    assert first != again
    assert User.objects.count() == 1
    User.objects.update(last_login=NOW)
    assert issue_first_administrator_link(now=NOW) is None


def test_where_someone_administers_no_first_link_is_issued():
    make_person("alice", Role.ADMINISTRATOR, unit=make_unit())
    assert issue_first_administrator_link(now=NOW) is None
