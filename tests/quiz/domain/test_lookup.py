"""An entrant's own results under their mã dự thi, after the release and not before."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.crypto import keyed_digest
from quiz.domain.awards import propose_awards
from quiz.domain.duplicates import keep_earliest
from quiz.domain.lookup import AwaitedRound, OwnResult, awaited_rounds, look_up
from quiz.domain.releases import approve_release, submit_for_signature
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.sealing import seal_round
from quiz.engine.codes import new_entry_code
from quiz.errors import UnknownCode
from quiz.models import DuplicateCase, Entrant
from quiz.rules.document import Criterion
from tests.factories import make_open_contest, make_rules
from tests.results_factory import Entry, Person, close, make_entrants

pytestmark = pytest.mark.django_db


def code_of(entrant: Entrant) -> str:
    """Give the entrant a code we know."""
    code = new_entry_code(entrant.pk.to_bytes(10, "big"))
    entrant.code_digest = keyed_digest("entry-code", code.encode())
    Entrant.objects.filter(pk=entrant.pk).update(code_digest=entrant.code_digest)
    return code


def released(made, people: list[Person], *, look=None) -> list[list[OwnResult]]:
    """What each finds once the round is released; `look(codes)` is called just before."""
    codes = [code_of(entrant) for entrant in make_entrants(made, people)]
    close(made)
    keep_earliest(cases=DuplicateCase.objects.all(), user=made.organiser, now=timezone.now())
    mark_and_rank(round=made.round)
    propose_awards(round=made.round, user=made.organiser)
    seal_round(round=made.round, user=made.organiser, now=timezone.now())
    release = submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())
    if look:
        look(codes)
    approve_release(
        release=release,
        user=made.reviewer,
        decision_number="1/QĐ",
        decision_date=date(2026, 11, 23),
        now=timezone.now(),
    )
    return [look_up(contest=made.contest, code=code.lower()) for code in codes]


def test_each_entrant_finds_their_own_result_and_its_reason_once_released():
    made = make_open_contest(rules=make_rules(result={"reserves": 2}))
    people = [
        Person(birth_date=None, entries=[Entry(wrong=1), Entry(seconds=30)]),
        Person(birth_date=None, entries=[Entry(wrong=1)]),
        Person(birth_date=None, entries=[]),
        Person(birth_date=None, entries=[Entry(voided=True)]),
        Person(identity="một", entries=[Entry(wrong=3)]),
        Person(identity="một", registered=60),
        Person(birth_date=None, entries=[Entry(wrong=4)]),
        Person(birth_date=None, entries=[Entry(wrong=2)], may_win=False),
    ]

    def nothing_yet(codes: list[str]) -> None:
        assert [look_up(contest=made.contest, code=code) for code in codes] == [[]] * 8
        awaited = awaited_rounds(contest=made.contest, now=made.round.closes_at)
        assert awaited == [AwaitedRound(made.round.name, made.round.closes_at, closed=True)]

    results = released(made, people, look=nothing_yet)
    name, until = made.round.name, timezone.localdate() + timedelta(days=3)
    duplicate = (
        "Ban Tổ chức xác định lượt đăng ký này và một lượt khác là của cùng một người; theo thể lệ "
        "chỉ tính bài thi của lượt được giữ lại."
    )
    below = (
        "Vòng này trao 1 giải cho đối tượng của bạn; thứ hạng xét theo: điểm bài thi, "
        "thời gian làm bài, ban tổ chức quyết định."
    )
    reserve = "Bạn đứng thứ %s trong danh sách dự bị, được xét khi có giải để trống."
    barred = "Theo thể lệ, bạn thuộc diện được dự thi nhưng không được xét giải."

    def counted(right: int, rank: int, seconds: int = 120, **more) -> OwnResult:
        score = Decimal(f"{right}.00")
        return OwnResult(
            name, "counted", score, right, 5, rank, seconds * 1000, **more, complain_until=until
        )

    def left_out(fate: str, reason: str) -> OwnResult:
        return OwnResult(name, fate, reason=reason, complain_until=until)

    assert results == [
        [counted(5, 1, 30, prize="Giải Nhất")],
        [counted(4, 2, reserve=True, reason=reserve % 1)],
        [left_out("absent", "Bạn không có bài thi ở vòng này.")],
        [left_out("voided", "Bài thi ở vòng này đã bị huỷ theo quyết định của Ban Tổ chức.")],
        [counted(2, 4, reserve=True, reason=reserve % 2)],
        [left_out("duplicate", duplicate)],
        [counted(1, 5, reason=below)],
        [counted(3, 3, reason=barred)],
    ]
    assert awaited_rounds(contest=made.contest, now=timezone.now()) == []


@pytest.mark.parametrize(
    ("entry", "result", "reason"),
    [
        ({"require_all_answered": True}, {}, "bài còn câu bỏ trống."),
        ({}, {"chain": ["all_correct", "duration", "decision"]}, "trả lời đúng tất cả các câu."),
    ],
)
def test_an_entry_that_the_rules_do_not_rank_is_told_by_which_rule(entry, result, reason):
    chain = [Criterion(kind=kind) for kind in result.get("chain", ["score", "decision"])]
    made = make_open_contest(rules=make_rules(entry=entry, result={"chain": chain}))
    people = [Person(birth_date=None), Person(birth_date=None, entries=[Entry(blank=1)])]
    [_winner, [own]] = released(made, people)
    assert own.fate == "unranked"
    assert own.reason.endswith(reason)


def test_an_unknown_code_or_that_of_another_contest():
    made, other = make_open_contest(), make_open_contest()
    [entrant] = make_entrants(other, [Person()])
    for code in (code_of(entrant), "ABCD-EFGH-JKMN-PQRS", "", "x" * 500):
        with pytest.raises(UnknownCode):
            look_up(contest=made.contest, code=code)
