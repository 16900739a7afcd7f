"""Personal data is looked at whole for a reason, and the words of the reason can be erased."""

import pytest

from accounts.domain.audit import chain_audit
from accounts.domain.audit_check import check_diary
from accounts.domain.reveals import (
    NoReason,
    Reason,
    read_reason,
    reason_holds,
    reasons_of,
    record_reveal,
)
from accounts.models import ActReason
from tests.people import make_person, make_unit

pytestmark = pytest.mark.django_db


def test_a_reason_is_one_of_those_listed_and_others_say_it_in_words():
    assert read_reason(code="contact") == Reason("contact", "")
    assert read_reason(code="other", text="  Nhờ  xác minh ") == Reason("other", "Nhờ xác minh")
    for code, text in (("", "Nhờ xác minh"), ("khac", ""), ("other", "  ")):
        with pytest.raises(NoReason):
            read_reason(code=code, text=text)


@pytest.fixture
def told():
    unit = make_unit()
    actor = make_person("an", unit=unit)
    reason = Reason("appeal", "Anh Bình khiếu nại")
    return record_reveal(actor=actor, act="reveal_numbers", subject=unit, reason=reason, rows=2)


def test_the_chained_entry_holds_the_code_and_a_digest_of_the_words(told):
    assert sorted(told.details) == ["reason", "reason_digest", "rows"]
    assert "Bình" not in str(told.details)
    kept = reasons_of(entries=[told])[told.pk]
    assert (kept.code, kept.text, reason_holds(reason=kept)) == (
        "appeal",
        "Anh Bình khiếu nại",
        True,
    )
    kept.text = "Anh An khiếu nại"
    assert not reason_holds(reason=kept)


def test_the_words_are_erased_and_the_diary_stays_whole(told):
    chain_audit()
    ActReason.objects.all().delete()
    assert reasons_of(entries=[told]) == {}
    assert check_diary(anchors=[], whole_file=True).broken is None
