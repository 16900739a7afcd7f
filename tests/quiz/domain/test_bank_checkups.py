"""Looking through a whole bank, and leaving findings as they are."""

from datetime import UTC, datetime

import pytest

from accounts.enums import JobState, Role
from accounts.errors import Faults, NotAllowed
from accounts.models import AuditEntry
from quiz.domain.bank_checkups import (
    LONGEST_REASON,
    Checkup,
    bank_findings,
    dismiss_finding,
    look_again,
    queue_checkup,
)
from quiz.domain.item_checks import advice_on
from quiz.domain.items import save_item
from quiz.models import BankCheckup, ItemBank, ItemVersion
from tests.factories import make_bank, make_draft, make_person, make_unit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)
STEM = "Cơ quan nào có thẩm quyền cấp giấy phép xây dựng nhà ở riêng lẻ tại đặc khu?"
AGAIN = "Theo quy định, cơ quan nào có thẩm quyền cấp giấy phép xây dựng nhà ở riêng lẻ ở đặc khu?"


@pytest.fixture
def bank() -> ItemBank:
    unit = make_unit()
    drafts = [
        make_draft(1, stem=STEM, citation="Luật 50/2014/QH13"),
        make_draft(2, stem="Ai cấp hộ chiếu phổ thông cho trẻ em?", citation="Luật 49/2019/QH14"),
        make_draft(3, stem=AGAIN),
    ]
    author = make_person(Role.AUTHOR, unit=unit)
    return make_bank(
        unit=unit, author=author, reviewer=make_person(Role.REVIEWER, unit=unit), drafts=drafts
    )


def version(bank: ItemBank, number: int) -> ItemVersion:
    return ItemVersion.objects.current().get(item__bank=bank, item__number=number)


def looked_through(bank: ItemBank) -> Checkup:
    job = queue_checkup(bank=bank, user=version(bank, 1).author, now=NOW)
    assert job.state == JobState.DONE
    return Checkup(BankCheckup.objects.get(bank=bank))


def counts(checkup: Checkup) -> dict[str, int]:
    return {code: count for code, count in checkup.counts().items() if count}


def test_a_look_through_counts_by_check_and_names_neighbours(bank):
    checkup = looked_through(bank)
    assert checkup.checkup.items == 3
    assert counts(checkup) == {"repeated_stem": 2, "no_citation": 1}
    first, second = checkup.told("repeated_stem", checkup.versions("repeated_stem"))
    assert [f.message for f in first.findings] == ["Hỏi gần như câu 3."]
    assert [f.message for f in second.findings] == ["Hỏi gần như câu 1."]
    assert first.findings[0].neighbours[0].item == version(bank, 3).item_id


def test_what_was_left_as_it_is_is_counted_no_more_until_looked_at_again(bank):
    third = version(bank, 3)
    author = third.author
    checkup = looked_through(bank)
    dismiss_finding(
        version=third, code="no_citation", reason="Kiến thức chung", user=author, now=NOW
    )
    checkup = Checkup(checkup.checkup)
    assert counts(checkup) == {"repeated_stem": 2}
    [left] = checkup.told("no_citation", checkup.versions("no_citation", left=True))
    assert (left.dismissal.reason, left.dismissal.dismissed_by) == ("Kiến thức chung", author)
    assert [finding.code for finding in advice_on(third)] == ["repeated_stem"]
    look_again(version=third, code="no_citation", user=author)
    assert counts(Checkup(checkup.checkup)) == {"repeated_stem": 2, "no_citation": 1}
    acts = AuditEntry.objects.filter(act__in=("dismiss_finding", "look_at_finding"))
    assert acts.count() == 2


def test_a_new_version_is_looked_at_anew(bank):
    third = version(bank, 3)
    dismiss_finding(
        version=third, code="no_citation", reason="Kiến thức chung", user=third.author, now=NOW
    )
    looked_through(bank)
    draft = make_draft(3, stem="Một câu hỏi khác hẳn về lưu trữ?")
    save_item(bank=bank, draft=draft, author=third.author, item=third.item)
    checkup = Checkup(BankCheckup.objects.get(bank=bank))
    assert counts(checkup) == {"repeated_stem": 1}
    assert counts(looked_through(bank)) == {"no_citation": 1}


@pytest.mark.parametrize("reason", ["", "  ", "x" * (LONGEST_REASON + 1)])
def test_leaving_as_it_is_needs_a_reason(bank, reason):
    third = version(bank, 3)
    with pytest.raises(Faults):
        dismiss_finding(
            version=third, code="no_citation", reason=reason, user=third.author, now=NOW
        )


def test_only_who_writes_or_reviews_here_decides(bank):
    stranger = make_person(Role.AUTHOR, unit=make_unit())
    third = version(bank, 3)
    with pytest.raises(NotAllowed):
        dismiss_finding(version=third, code="no_citation", reason="Có", user=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        look_again(version=third, code="no_citation", user=stranger)
    with pytest.raises(NotAllowed):
        queue_checkup(bank=bank, user=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        dismiss_finding(version=third, code="x", reason="Có", user=third.author, now=NOW)


def test_a_pattern_of_keys_is_told_of_the_bank():
    unit = make_unit()
    author = make_person(Role.AUTHOR, unit=unit)
    drafts = [make_draft(number, key=frozenset({0})) for number in range(1, 21)]
    reviewer = make_person(Role.REVIEWER, unit=unit)
    bank = make_bank(unit=unit, author=author, reviewer=reviewer, drafts=drafts)
    told = [finding.message for finding in bank_findings(bank)]
    assert told[0] == "20 trong 20 câu có đáp án A."


def test_a_large_bank_is_asked_only_for_items_that_share_words(bank, monkeypatch):
    monkeypatch.setattr("quiz.domain.item_checks.READ_WHOLE_BANK", 2)
    monkeypatch.setattr("quiz.domain.item_checks.NEIGHBOURS", 1)
    third = version(bank, 3)
    assert [finding.code for finding in advice_on(third)] == ["repeated_stem", "no_citation"]
