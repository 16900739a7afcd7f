"""Ties are settled by lot or decision, each only where the rules say so, and can be taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.errors import Faults, NotAllowed
from accounts.models import AuditEntry
from quiz.domain.extensions import void_attempt
from quiz.domain.leaves import iterate_leaves
from quiz.domain.lots import publish_lot, shown_lots, withdraw_lot
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.ties import decide_tie, draw_lot, tied_digest, withdraw_tie_decision
from quiz.engine.canonical import H
from quiz.engine.lot import order_by_lot, tied_set_digest
from quiz.errors import RoundNotReady
from quiz.models import Attempt, LotNotice, Standing, TieDecision
from quiz.rules.document import Criterion
from tests.factories import OpenContest, make_open_contest, make_person, make_rules
from tests.results_factory import Entry, Person, attempts_of, close, make_entrants

pytestmark = pytest.mark.django_db

PUBLISHED = datetime(2026, 11, 23, 3, tzinfo=UTC)
DRAWN = datetime(2026, 11, 23, 11, 30, tzinfo=UTC)
SOURCE = "Xổ số miền Bắc mở thưởng ngày 23/11/2026, giải Đặc biệt"


def tied_contest(last: str, people: int = 4) -> tuple[OpenContest, list[int]]:
    """Entrants alike in score and time; the chain ends in `last`."""
    chain = [Criterion(kind=kind) for kind in ("score", last)]
    made = make_open_contest(rules=make_rules(result={"chain": chain}))
    entrants = make_entrants(made, [Person(birth_date=None) for _ in range(people)])
    close(made)
    return made, attempts_of(*entrants)


def ranks(made: OpenContest) -> list[tuple[int, int]]:
    mark_and_rank(round=made.round)
    found = Standing.objects.filter(round=made.round).order_by("rank", "attempt_id")
    return list(found.values_list("rank", "attempt_id"))


def decide(made: OpenContest, order: list[int], **fields) -> TieDecision:
    return decide_tie(
        **{
            "round": made.round,
            "group": made.groups[0],
            "order": order,
            "minutes": "Biên bản 03",
            "user": made.organiser,
        }
        | fields
    )


def publish(made: OpenContest, **fields) -> LotNotice:
    return publish_lot(
        **{
            "round": made.round,
            "group": made.groups[0],
            "rank": 1,
            "source": SOURCE,
            "draws_at": DRAWN,
            "user": made.organiser,
            "now": PUBLISHED,
        }
        | fields
    )


def draw(made: OpenContest, **fields) -> TieDecision:
    return draw_lot(
        **{
            "round": made.round,
            "group": made.groups[0],
            "rank": 1,
            "seed": "73915",
            "minutes": "Biên bản 04",
            "user": made.organiser,
            "now": DRAWN,
        }
        | fields
    )


def codes(refused: pytest.ExceptionInfo[Faults]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


def test_the_lot_is_the_order_of_the_hashes():
    made, attempts = tied_contest("lot")
    leaves = {attempt.pk: leaf for attempt, _v, leaf in iterate_leaves(round=made.round)}
    expected = sorted(attempts, key=lambda pk: H("lot", b"73915" + leaves[pk]))
    notice = publish(made)
    drawn = draw(made)
    assert drawn.notice == notice
    assert (drawn.order, drawn.source, drawn.seed) == (expected, SOURCE, "73915")
    assert ranks(made) == list(enumerate(expected, start=1))


def test_the_tied_set_is_named_before_the_lot():
    made, attempts = tied_contest("lot")
    digest = tied_digest(round=made.round, attempts=attempts)
    assert digest == tied_digest(round=made.round, attempts=attempts[::-1])
    assert digest != tied_digest(round=made.round, attempts=attempts[1:])
    assert len(digest) == 64


def test_a_decision_on_some_leaves_the_others_tied_behind():
    made, [one, two, three, four] = tied_contest("decision")
    decide(made, [three])
    assert ranks(made) == [(1, three), (2, one), (2, two), (2, four)]
    decide(made, [four, one])
    assert ranks(made) == [(1, three), (2, four), (3, one), (4, two)]


def test_a_decision_can_be_taken_back():
    made, [one, two] = tied_contest("decision", people=2)
    decided = decide(made, [two, one])
    assert ranks(made) == [(1, two), (2, one)]
    withdraw_tie_decision(made=decided, reason="Nhập nhầm", user=made.organiser)
    assert ranks(made) == [(1, one), (1, two)]
    told = AuditEntry.objects.filter(act="withdraw_tie_decision").get()
    assert (told.details["attempts"], told.details["reason"]) == ([two, one], "Nhập nhầm")


def test_the_way_is_the_rules_way():
    made, attempts = tied_contest("lot")
    with pytest.raises(Faults) as refused:
        decide(made, attempts)
    assert codes(refused) == ["not_in_rules"]
    made, _attempts = tied_contest("decision")
    for act in (draw, publish):
        with pytest.raises(Faults) as refused:
            act(made)
        assert codes(refused) == ["not_in_rules"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"seed": " "}, "no_seed"),
        ({"minutes": ""}, "no_minutes"),
        ({"rank": 2}, "not_tied"),
    ],
)
def test_a_lot_needs_seed_minutes_and_a_tie(fields, code):
    made, _attempts = tied_contest("lot")
    publish(made)
    with pytest.raises(Faults) as refused:
        draw(made, **fields)
    assert codes(refused) == [code]


def test_only_people_tied_with_each_other_are_ordered():
    chain = [Criterion(kind="score"), Criterion(kind="decision")]
    made = make_open_contest(rules=make_rules(result={"chain": chain}))
    people = [Person(birth_date=None, entries=[Entry(wrong=w)]) for w in (0, 0, 1, 1, 2)]
    one, two, three, _four, alone = attempts_of(*make_entrants(made, people))
    close(made)
    for order in ([], [one, one], [one, three], [one, alone], [alone], [one, two, 10**9]):
        with pytest.raises(Faults) as refused:
            decide(made, order)
        assert codes(refused) == ["not_tied"]


def test_an_open_round_and_strangers():
    made = make_open_contest()
    make_entrants(made, [Person(), Person()])
    with pytest.raises(RoundNotReady):
        decide(made, [1])
    with pytest.raises(NotAllowed):
        decide(made, [1], user=make_person())


def refused_code(act, *args, **fields) -> str:
    with pytest.raises(Faults) as refused:
        act(*args, **fields)
    [code] = codes(refused)
    return code


def test_no_seed_is_taken_before_set_and_source_are_published():
    made, _attempts = tied_contest("lot")
    assert refused_code(draw, made) == "not_published"


def test_no_seed_is_taken_before_the_source_can_have_given_one():
    made, _attempts = tied_contest("lot")
    publish(made)
    just_before = DRAWN - timedelta(seconds=1)
    assert refused_code(draw, made, now=just_before) == "source_is_to_come"
    assert TieDecision.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"source": " "}, "no_source"),
        ({"draws_at": PUBLISHED}, "source_is_past"),
        ({"draws_at": PUBLISHED - timedelta(days=1)}, "source_is_past"),
        ({"rank": 2}, "not_tied"),
    ],
)
def test_what_is_published_names_a_source_that_is_still_to_come(fields, code):
    made, _attempts = tied_contest("lot")
    assert refused_code(publish, made, **fields) == code
    assert LotNotice.objects.count() == 0


def test_a_notice_holds_for_the_set_it_names_and_no_other():
    """An attempt voided since makes another set, to be published anew."""
    made, attempts = tied_contest("lot")
    notice = publish(made)
    assert notice.digest == tied_digest(round=made.round, attempts=attempts)
    void_attempt(attempt=Attempt.objects.get(pk=attempts[0]), reason="Hộ", user=made.organiser)
    mark_and_rank(round=made.round)
    assert refused_code(draw, made) == "not_published"


def test_nobody_publishes_two_sources_and_keeps_the_one_that_suits():
    made, _attempts = tied_contest("lot")
    notice = publish(made)
    assert refused_code(publish, made, source="Xúc xắc") == "published_already"
    assert refused_code(withdraw, notice, reason=" ") == "no_reason"
    withdraw(notice)
    assert refused_code(draw, made) == "not_published"
    publish(made, source="Xúc xắc")
    draw(made)
    told = [(lot.notice.source, bool(lot.made)) for lot in shown_lots(contest=made.contest)]
    assert told == [("Xúc xắc", True), (SOURCE, False)]
    assert LotNotice.objects.first().withdrawn_because == "Hoãn kỳ quay"


def withdraw(notice: LotNotice, reason: str = "Hoãn kỳ quay") -> None:
    withdraw_lot(notice=notice, reason=reason, user=notice.published_by, now=DRAWN)


def test_a_notice_that_was_drawn_by_stays():
    made, _attempts = tied_contest("lot")
    notice = publish(made)
    drawn = draw(made)
    assert refused_code(withdraw, notice) == "drawn_already"
    withdraw_tie_decision(made=drawn, reason="Nhập nhầm", user=made.organiser)
    assert draw(made, seed="73916").notice == notice


def test_anyone_can_make_the_order_again_from_what_is_shown():
    made, _attempts = tied_contest("lot")
    publish(made)
    [waiting] = shown_lots(contest=made.contest)
    assert (waiting.made, waiting.order) == (None, [])
    draw(made)
    [lot] = shown_lots(contest=made.contest)
    leaves = [bytes.fromhex(leaf) for leaf in lot.order]
    assert tied_set_digest(leaves) == lot.notice.digest
    assert order_by_lot(lot.made.seed, leaves[::-1]) == leaves
