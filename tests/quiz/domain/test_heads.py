"""Heads promise what had ended by their moment, whatever happens later."""

from datetime import timedelta

import pytest
from django.core import mail

from accounts.crypto import open_text
from accounts.errors import Faults, NotAllowed
from quiz.domain.extensions import extend_attempt, void_attempt
from quiz.domain.heads import make_due_heads, make_head, shown_heads
from quiz.domain.leaves import iterate_leaves
from quiz.domain.witnesses import add_witness, mail_heads, remove_witness
from quiz.engine import merkle
from quiz.engine.heads import head_digest, head_document
from quiz.enums import AttemptState, ClosedBy
from quiz.models import Attempt, Head, ReopenedLeaf, Round, Witness
from tests.factories import OpenContest, make_open_contest
from tests.people import make_person
from tests.results_factory import Entry, Person, make_entrants

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SOON = timedelta(minutes=1)


def closed_contest() -> OpenContest:
    """A round of three days that closed an hour ago."""
    made = make_open_contest(opens_in=-3 * DAY)
    Round.objects.update(closes_at=made.round.closes_at - timedelta(hours=2))
    made.round.refresh_from_db()
    return made


@pytest.fixture
def made() -> OpenContest:
    """With an entry on each day."""
    made = closed_contest()
    make_entrants(
        made,
        [
            Person(full_name=name, entries=[Entry(after=after)])
            for name, after in (("A", 60), ("B", 60 + 24 * 3600), ("C", 60 + 48 * 3600))
        ],
    )
    return made


def by_then(made: OpenContest, at) -> list[bytes]:
    return [leaf for _a, _v, leaf in iterate_leaves(round=made.round, until=at)]


def nights(made: OpenContest) -> list:
    """A moment shortly after each midnight, then after the close."""
    closes = made.round.closes_at
    first = (made.round.opens_at + timedelta(hours=7)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    found = [first + number * DAY - timedelta(hours=7) + SOON for number in range(1, 5)]
    return [night for night in found if night < closes] + [closes + SOON]


def test_each_head_holds_what_had_ended_and_names_the_one_before(made):
    for moment in nights(made):
        make_due_heads(now=moment)
        make_due_heads(now=moment + 2 * MINUTE)  # nothing is due twice
    heads = list(made.round.heads.all())
    assert [head.at + SOON for head in heads] == nights(made)
    assert [head.number for head in heads] == list(range(1, len(heads) + 1))
    previous = made.round.commitment
    for head in heads:
        leaves = by_then(made, head.at)
        assert (head.root, head.size) == (merkle.root(leaves).hex(), len(leaves))
        document = head_document(
            number=head.number, at=head.at, root=head.root, size=head.size, previous=previous
        )
        assert head.digest == head_digest(bytes.fromhex(open_text(head.nonce)), document)
        previous = head.digest
    assert (heads[-1].size, heads[-1].complete) == (3, True)


def test_after_the_last_head_nothing_is_due(made):
    closes = made.round.closes_at
    make_due_heads(now=closes + SOON)
    make_due_heads(now=closes + DAY)
    assert made.round.heads.count() == 1


def test_a_round_nobody_entered_has_its_heads_too():
    """Their being there says nothing."""
    made = closed_contest()
    make_due_heads(now=made.round.closes_at + SOON)
    assert [(head.size, head.root) for head in Head.objects.all()] == [(0, merkle.EMPTY_ROOT.hex())]


def still_at_work(made: OpenContest, **fields) -> Attempt:
    """An entrant whose time is over 20 minutes after the close."""
    [entrant] = make_entrants(
        made, [Person(full_name="Muộn", entries=[Entry(state=AttemptState.OPEN)])]
    )
    late = {"deadline_at": made.round.closes_at + 20 * MINUTE} | fields
    Attempt.objects.filter(entrant=entrant).update(**late)
    return Attempt.objects.get(entrant=entrant)


def test_who_is_still_at_work_at_the_close_stands_in_one_more_head(made):
    late = still_at_work(made)
    closes = made.round.closes_at
    make_due_heads(now=closes + SOON)
    make_due_heads(now=closes + 10 * MINUTE)
    assert [(head.size, head.complete) for head in Head.objects.all()] == [(3, False)]
    make_due_heads(now=closes + 21 * MINUTE)  # closes it; the next mark of the clock is to come
    make_due_heads(now=closes + 26 * MINUTE)
    first, second = Head.objects.order_by("number")
    assert (second.size, second.complete, second.previous) == (4, True, first.digest)
    assert second.at.minute % 5 == 0
    assert second.at >= Attempt.objects.get(pk=late.pk).ended_at


def test_a_deadline_that_has_not_settled_keeps_the_head_waiting(made):
    """In the grace an answer may still come in, and its entry ends at the deadline."""
    still_at_work(made, deadline_at=made.round.closes_at)
    closes = made.round.closes_at
    early = make_head(round=made.round, now=closes + timedelta(seconds=19))
    assert early is None or early.at < closes
    settled = make_head(round=made.round, now=closes + timedelta(seconds=21))
    assert (settled.at, settled.size, settled.complete) == (closes, 4, True)


def test_voiding_changes_no_head(made):
    make_due_heads(now=made.round.closes_at + SOON)
    void_attempt(attempt=Attempt.objects.first(), reason="Thi hộ", user=made.organiser)
    [head] = Head.objects.all()
    assert head.root == merkle.root(by_then(made, head.at)).hex()


def test_more_time_given_after_a_head_keeps_the_leaf_it_held(made):
    attempt = Attempt.objects.get(entrant__full_name="C")
    Attempt.objects.filter(pk=attempt.pk).update(
        state=AttemptState.CLOSED, closed_by=ClosedBy.DEADLINE, ended_at=attempt.deadline_at
    )
    closes = made.round.closes_at
    make_due_heads(now=closes + SOON)
    before = by_then(made, closes)
    extend_attempt(attempt=attempt, seconds=60, reason="Mất điện", user=made.organiser)
    [head] = Head.objects.all()
    [kept] = ReopenedLeaf.objects.all()
    assert (kept.first, kept.last, head.complete) == (1, 1, False)
    rest = by_then(made, closes)
    assert {*rest, bytes(kept.leaf)} == set(before)
    later = Attempt.objects.get(pk=attempt.pk).deadline_at + 6 * MINUTE
    make_due_heads(now=later)
    last = Head.objects.order_by("number").last()
    assert (last.number, last.size, last.complete) == (2, 3, True)


def test_more_time_while_at_work_keeps_nothing(made):
    attempt = still_at_work(made)
    make_due_heads(now=made.round.closes_at + SOON)
    extend_attempt(attempt=attempt, seconds=60, reason="Mất điện", user=made.organiser)
    assert ReopenedLeaf.objects.count() == 0


def test_a_head_is_shown_at_a_moment_that_says_nothing_of_how_long_it_took(made):
    closes = made.round.closes_at
    make_due_heads(now=closes + SOON)
    assert list(shown_heads(round=made.round, now=closes + 3 * MINUTE)) == []
    assert shown_heads(round=made.round, now=closes + 4 * MINUTE).count() == 1


def test_each_witness_gets_each_head_once_and_nothing_else(made):
    add_witness(contest=made.contest, email=" Thanhtra@Tinh.vn ", user=made.organiser)
    [*days, end] = nights(made)
    make_due_heads(now=days[0])
    assert mail_heads(now=days[0]) == 0  # it is not shown yet
    assert [mail_heads(now=days[0] + 5 * MINUTE) for _twice in range(2)] == [1, 0]
    make_due_heads(now=days[1])
    make_due_heads(now=end)
    assert mail_heads(now=end + 5 * MINUTE) == 1
    first, second = mail.outbox
    digests = [head.digest for head in Head.objects.order_by("number")]
    assert first.to == second.to == ["thanhtra@tinh.vn"]
    assert [digest in first.body for digest in digests] == [True, False, False]
    assert [digest in second.body for digest in digests] == [False, True, True]
    for head in Head.objects.all():
        assert head.root not in first.body + second.body


def test_a_letter_that_did_not_leave_is_sent_again(made, monkeypatch):
    from accounts.domain.sending import SendingFailed

    witness = add_witness(contest=made.contest, email="a@b.vn", user=made.organiser)
    closes = made.round.closes_at
    make_due_heads(now=closes + SOON)

    def refuse(**_letter: str) -> None:
        raise SendingFailed

    with monkeypatch.context() as broken:
        broken.setattr("quiz.domain.witnesses.send_letter", refuse)
        assert mail_heads(now=closes + 5 * MINUTE) == 0
    witness.refresh_from_db()
    assert (witness.told, witness.failed_at) == (0, closes + 5 * MINUTE)
    assert mail_heads(now=closes + 6 * MINUTE) == 1


def test_who_becomes_a_witness_later_gets_what_comes_from_then_on(made):
    closes = made.round.closes_at
    make_due_heads(now=closes + SOON)
    add_witness(contest=made.contest, email="a@b.vn", user=made.organiser)
    assert mail_heads(now=closes + 5 * MINUTE) == 0


def test_only_organisers_name_witnesses_and_addresses_are_addresses(made):
    outsider = make_person("ngoai", unit=made.unit)
    with pytest.raises(NotAllowed):
        add_witness(contest=made.contest, email="a@b.vn", user=outsider)
    with pytest.raises(Faults):
        add_witness(contest=made.contest, email="không phải", user=made.organiser)
    witness = add_witness(contest=made.contest, email="a@b.vn", user=made.organiser)
    assert add_witness(contest=made.contest, email="A@b.vn", user=made.organiser) == witness
    with pytest.raises(NotAllowed):
        remove_witness(witness=witness, user=outsider)
    remove_witness(witness=witness, user=made.organiser)
    assert Witness.objects.count() == 0
