"""The diary's chain shows every change made afterwards."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.domain.audit import chain_audit, find_broken_link, record_act
from accounts.models import AuditEntry
from tests.people import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    unit = make_unit()
    for number in range(3):
        record_act(actor=None, act="thu", subject=unit, unit_id=unit.pk, so=number)
    assert chain_audit() == 4
    return list(AuditEntry.objects.order_by("sequence"))


def test_new_entries_go_on_where_the_chain_ended(entries):
    record_act(actor=None, act="thu", subject=make_unit("khac"))
    assert chain_audit() == 2
    assert chain_audit() == 0
    chained = AuditEntry.objects.order_by("pk").values_list("sequence", flat=True)
    assert list(chained) == [1, 2, 3, 4, 5, 6]
    assert find_broken_link() is None


def test_a_changed_entry_is_found(entries):
    AuditEntry.objects.filter(pk=entries[2].pk).update(details={"so": 9})
    assert find_broken_link() == 3


def test_a_removed_entry_is_found(entries):
    AuditEntry.objects.filter(pk=entries[1].pk).delete()
    assert find_broken_link() == 2


def test_closing_the_gap_a_removed_entry_left_hides_nothing(entries):
    AuditEntry.objects.filter(pk=entries[1].pk).delete()
    for entry in entries[2:]:
        AuditEntry.objects.filter(pk=entry.pk).update(sequence=entry.sequence - 1)
    assert find_broken_link() == 2


def test_the_command_says_which(entries):
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue() == "Chuỗi nhật ký nguyên vẹn.\n"
    AuditEntry.objects.filter(pk=entries[0].pk).update(act="khac")
    with pytest.raises(CommandError, match="dòng số 1"):
        call_command("verify_audit", stdout=out)
