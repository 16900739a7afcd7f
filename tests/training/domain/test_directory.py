"""Contact channels of units, and the words of the page on the official channels."""

import pytest

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from tests.factories import make_person, make_unit
from training.domain.contact_channels import delete_channel, directory, save_channel
from training.domain.page_texts import FEEDBACK, has_own_text, read_page_text, save_page_text
from training.enums import ChannelKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_unit("Tỉnh Bình An")


@pytest.fixture
def commune(province):
    return make_unit("Xã Hòa Thịnh", parent=province, aliases=["Xã Hòa Mỹ"])


@pytest.fixture
def organiser(province):
    return make_person(Role.ORGANISER, unit=province)


def channel(unit, user, value="0257 3811 222", kind=ChannelKind.HOTLINE, **given):
    return save_channel(unit=unit, kind=kind, value=value, user=user, **given)


def test_the_directory_is_searched_by_old_names_and_units_above(province, commune, organiser):
    channel(commune, organiser)
    channel(province, organiser)
    assert [unit for unit, _rows in directory(text="hoa my")] == [commune]
    assert {unit for unit, _rows in directory()} == {province, commune}
    assert list(directory(text="xa la")) == []


def test_the_lead_of_a_unit_keeps_its_channels_and_no_others(province, commune):
    lead = make_person(Role.UNIT_LEAD, unit=commune)
    made = channel(commune, lead)
    with pytest.raises(NotAllowed):
        channel(province, lead)
    with pytest.raises(NotAllowed):
        channel(province, lead, channel=made)
    delete_channel(channel=made, user=lead)
    assert list(directory()) == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [("hotline", " "), ("website", "javascript:alert(1)"), ("email", "khong-co")],
)
def test_a_channel_that_leads_nowhere_is_refused(commune, organiser, kind, value):
    with pytest.raises(Faults):
        channel(commune, organiser, value, ChannelKind(kind))


def test_the_page_has_words_until_a_body_puts_its_own(organiser):
    told = read_page_text(FEEDBACK)
    assert "dichvucong.gov.vn" in told
    save_page_text(code=FEEDBACK, text="Gọi số 1.", user=organiser)
    assert read_page_text(FEEDBACK) == "Gọi số 1."
    save_page_text(code=FEEDBACK, text=" ", user=organiser)
    assert (read_page_text(FEEDBACK), has_own_text(FEEDBACK)) == (told, False)


def test_only_who_receives_for_the_whole_body_writes_its_pages(organiser, commune):
    below = make_person(Role.ORGANISER, unit=commune)
    with pytest.raises(NotAllowed):
        save_page_text(code=FEEDBACK, text="Của xã", user=below)
