import pytest

from accounts.enums import Role
from accounts.models import OrgUnit, User
from tests.factories import make_person, make_unit


@pytest.fixture
def media_folder(settings, tmp_path):
    """A media folder of the test's own, with room to spare."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def unit() -> OrgUnit:
    """A commune; tests that look at its name or at units around it make their own."""
    return make_unit()


@pytest.fixture
def organiser(unit: OrgUnit) -> User:
    """Who runs training there."""
    return make_person(Role.ORGANISER, unit=unit)
