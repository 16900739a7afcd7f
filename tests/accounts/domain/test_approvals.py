"""Who holds link and code decides, once, on exactly what was shown."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.domain.approvals import (
    TTL,
    WRONG_CODES,
    ApprovalClosed,
    SubjectChanged,
    WrongCode,
    _code_digest,
    ask_approval,
    decide_approval,
    open_approval,
)
from accounts.models import Approval, AuditEntry, User
from tests.people import make_person, make_unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DIGEST = "ab" * 32


@pytest.fixture(autouse=True)
def route(monkeypatch):
    """The page that decides belongs to the kind; here only its path matters."""
    monkeypatch.setattr(
        "accounts.domain.approvals.reverse", lambda name, args: f"/duyet/{args[0]}/"
    )


@pytest.fixture
def asked():
    unit = make_unit()
    return ask_approval(
        kind="release",
        subject_id=1,
        subject_digest=DIGEST,
        approver=make_person("alice", unit=unit),
        asked_by=make_person("bob", unit=unit),
        now=NOW,
    )


def decide(asked, **changes):
    values = {
        "token": asked.link.split("/")[-2],
        "code": asked.code,
        "approved": True,
        "subject_digest": DIGEST,
        "now": NOW,
    }
    return decide_approval(**(values | changes))


def test_link_and_code_decide_once(asked):
    done = []
    approval = decide(asked, code=f"{asked.code[:3]} {asked.code[3:]}", effect=done.append)
    assert (approval.approved, approval.decided_at, done) == (True, NOW, [approval])
    with pytest.raises(ApprovalClosed):
        decide(asked)
    last = AuditEntry.objects.order_by("-pk").first()
    assert (last.act, last.actor.username) == ("decide_approval", "alice")


def test_a_refused_effect_leaves_it_undecided(asked):
    with pytest.raises(ZeroDivisionError):
        decide(asked, effect=lambda approval: 1 / 0)
    assert Approval.objects.get().decided_at is None
    assert decide(asked, approved=False).approved is False


def test_five_wrong_codes_close_it(asked):
    wrong = f"{(int(asked.code) + 1) % 10**6:06d}"
    for _try in range(WRONG_CODES):
        with pytest.raises(WrongCode):
            decide(asked, code=wrong)
    with pytest.raises(ApprovalClosed):
        decide(asked)


def test_right_codes_cost_no_try(asked):
    for _try in range(WRONG_CODES + 1):
        with pytest.raises(SubjectChanged):
            decide(asked, subject_digest="cd" * 32)
    assert decide(asked).approved is True


def test_it_ends_after_three_days(asked):
    token = asked.link.split("/")[-2]
    assert open_approval(token=token, now=NOW + TTL - timedelta(seconds=1)) == asked.approval
    with pytest.raises(ApprovalClosed):
        decide(asked, now=NOW + TTL)


def test_asking_again_closes_what_was_asked_before(asked):
    again = ask_approval(
        kind="release",
        subject_id=1,
        subject_digest=DIGEST,
        approver=asked.approval.approver,
        asked_by=asked.approval.asked_by,
        now=NOW,
    )
    with pytest.raises(ApprovalClosed):
        decide(asked)
    assert decide(again).approved is True


def test_a_code_of_another_link_is_wrong(asked):
    other = ask_approval(
        kind="release",
        subject_id=2,
        subject_digest=DIGEST,
        approver=asked.approval.approver,
        asked_by=asked.approval.asked_by,
        now=NOW,
    )
    if other.code != asked.code:
        with pytest.raises(WrongCode):
            decide(asked, code=other.code)
    with pytest.raises(ApprovalClosed):
        open_approval(token="khong-co", now=NOW)


def test_an_approver_no_longer_active_decides_nothing(asked):
    User.objects.filter(username="alice").update(is_active=False)
    with pytest.raises(ApprovalClosed):
        decide(asked)


def test_the_same_code_of_two_links_is_stored_differently():
    assert _code_digest("một", "123456") != _code_digest("hai", "123456")


def test_neither_link_nor_code_is_stored(asked):
    (row,) = Approval.objects.values()
    assert asked.link.split("/")[-2] not in str(row)
    assert asked.code.encode() not in bytes(row["code_digest"])
