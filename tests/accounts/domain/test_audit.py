"""The diary's chain and its anchors, as long as nobody touches them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from accounts.domain.audit import chain_audit, chain_head, record_act
from accounts.domain.audit_anchors import (
    anchor_audit,
    anchor_path,
    last_anchor,
    line_digest,
    mail_anchor,
    read_anchors,
)
from accounts.domain.audit_check import check_diary
from accounts.models import AuditEntry
from tests.database_owner import as_owner
from tests.people import make_unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def anchors(settings, tmp_path):
    settings.AUDIT_ANCHOR_DIR = tmp_path / "anchors"


@pytest.fixture
def unit():
    """With four entries in the diary, chained."""
    unit = make_unit()
    for number in range(3):
        record_act(actor=None, act="thu", subject=unit, unit_id=unit.pk, so=number)
    assert chain_audit() == 4
    return unit


def test_new_entries_go_on_where_the_chain_ended(unit):
    record_act(actor=None, act="thu", subject=make_unit("khac"))
    assert chain_audit() == 2
    assert chain_audit() == 0
    chained = AuditEntry.objects.order_by("pk").values_list("sequence", flat=True)
    assert list(chained) == [1, 2, 3, 4, 5, 6]
    found = check_diary(anchors=[], whole_file=True)
    assert (found.broken, found.lines, found.unchained, found.holes) == (None, 6, 0, 0)


def test_an_entry_that_waits_to_be_chained_is_told(unit):
    record_act(actor=None, act="thu", subject=unit)
    found = check_diary(anchors=[], whole_file=True)
    assert (found.broken, found.lines, found.unchained) == (None, 4, 1)


def test_a_number_without_an_entry_is_told(unit):
    """The transaction of an act was undone, or somebody removed the entry before it was chained."""
    first = record_act(actor=None, act="thu", subject=unit)
    record_act(actor=None, act="thu", subject=unit)
    with as_owner() as execute:
        execute("DELETE FROM accounts_auditentry WHERE id = %s", first.pk)
    chain_audit()
    found = check_diary(anchors=[], whole_file=True)
    assert (found.broken, found.holes, found.first_holes) == (None, 1, [(first.pk, first.pk)])


def test_chained_entries_are_fenced_off(unit):
    chained = AuditEntry.objects.order_by("sequence")
    for act in (lambda: chained.update(act="khac"), chained.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert set(chained.values_list("act", flat=True)) == {"create_unit", "thu"}


def test_an_anchor_writes_the_head_down_once(unit):
    record_act(actor=None, act="thu", subject=unit)
    first = anchor_audit(now=NOW)
    assert (first.sequence, first.hash, first.before) == (5, chain_head()[1].hex(), "")
    assert anchor_audit(now=NOW + timedelta(hours=1)) is None
    record_act(actor=None, act="thu", subject=unit)
    second = anchor_audit(now=NOW + timedelta(hours=2))
    assert (second.sequence, second.before) == (6, line_digest(first.line))
    assert read_anchors(anchor_path()) == [first, second]
    assert [anchor.is_ours() for anchor in read_anchors(anchor_path())] == [True, True]
    assert check_diary(anchors=[first, second], whole_file=True).broken is None


def test_a_line_cut_short_by_a_power_cut_harms_nothing(unit):
    first = anchor_audit(now=NOW)
    with anchor_path().open("a") as file:
        file.write('{"at":"2026-11-22T03')
    record_act(actor=None, act="thu", subject=unit)
    assert last_anchor() == first
    second = anchor_audit(now=NOW)
    assert read_anchors(anchor_path()) == [first, second]


def test_anchors_outlive_the_key_they_were_made_with(unit, settings):
    anchor_audit(now=NOW)
    settings.FIELD_KEY, settings.FIELD_KEYS_OLD = "new", []
    lost = check_diary(anchors=read_anchors(anchor_path()), whole_file=True)
    assert lost.broken.code == "anchors"
    assert anchor_audit(now=NOW) is not None
    anchors = read_anchors(anchor_path())
    assert [anchor.is_ours() for anchor in anchors] == [None, True]
    assert check_diary(anchors=anchors, whole_file=True).broken is None


def test_witnesses_get_the_anchor_by_letter(unit, settings):
    settings.AUDIT_WITNESSES = ["mot@example.vn", "hai@example.vn"]
    assert mail_anchor(now=NOW) == 2
    assert [letter.to for letter in mail.outbox] == [["mot@example.vn"], ["hai@example.vn"]]
    assert last_anchor().line in mail.outbox[0].body
