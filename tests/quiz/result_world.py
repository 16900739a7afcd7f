"""One sealed round with two groups, three tiers, lots, a void and a duplicate: what papers tell.

`sealed_world` makes it; `submit` and `publish` go on as the office does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.domain.installation import update_installation
from accounts.models import OrgUnit
from quiz.domain.awards import propose_awards
from quiz.domain.duplicates import decide_same
from quiz.domain.releases import approve_release, submit_for_signature
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.sealing import seal_round
from quiz.models import AudienceGroup, DuplicateCase, Release, RuleSet
from quiz.rules.document import Criterion, PredictionRules, PrizeTier, RuleDocument
from tests.factories import OpenContest, make_open_contest, make_rules, make_unit
from tests.results_factory import Entry, Person, close, make_entrants, publish_and_draw

CITIZENS, STAFF = "nguoi-dan", "can-bo"
FAMILY = {CITIZENS: "Nguyễn", STAFF: "Đặng"}
GIVEN = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám")
NAMES = {CITIZENS: "Người dân", STAFF: "Cán bộ, công chức"}
TIERS = [
    PrizeTier(code="nhat", name="Giải Nhất", count=1, money=5_000_000),
    PrizeTier(code="nhi", name="Giải Nhì", count=2, money=3_000_000),
    PrizeTier(code="kk", name="Giải Khuyến khích", count=4, money=500_000),
]
SOURCE = "Xổ số miền Bắc ngày 23/11/2026, giải đặc biệt"


@contextmanager
def sealed_for_module(blocker) -> Iterator[OpenContest]:
    """One world for all tests of a module; what each of them changes is rolled back."""
    with blocker.unblock(), transaction.atomic():
        yield sealed_world()
        transaction.set_rollback(True)


def world_rules() -> RuleDocument:
    kinds = ("score", "prediction_error", "duration", "lot")
    return make_rules(
        entry={"prediction": PredictionRules(who="all_correct")},
        result={"prizes": TIERS, "chain": [Criterion(kind=kind) for kind in kinds]},
        groups=(CITIZENS, STAFF),
    )


def sealed_world() -> OpenContest:
    """14 prizes, 26 million đồng; in both groups two share the third place until the lot."""
    made = make_open_contest(rules=world_rules())
    contest, round = made.contest, made.round
    update_installation(user=None, place="Hòa Thịnh", parent_body="UBND tỉnh Đắk Lắk")
    contest.title = "Tìm hiểu cải cách hành chính năm 2026"
    contest.body_name = "Ủy ban nhân dân xã Hòa Thịnh"
    contest.save()
    round.name = "Tuần 1"
    round.save()
    for group in AudienceGroup.objects.filter(contest=contest):
        group.name = NAMES[group.code]
        group.save()
    RuleSet.objects.filter(pk=round.rules_id).update(
        decision_number="05/QĐ-BTC", decision_date=date(2026, 10, 1)
    )
    make_entrants(made, _people(made))
    close(made)
    _same_person(made)
    _draw(made)
    seal_round(round=round, user=made.organiser, now=timezone.now())
    round.refresh_from_db()
    return made


def _people(made: OpenContest) -> list[Person]:
    units = [make_unit("Trường THCS Nguyễn Văn Thử, phường Buôn Hồ"), made.unit]
    people = [_person(code, at, units[at % 2]) for code in (CITIZENS, STAFF) for at in range(12)]
    people.append(Person(full_name="=Lê Bị Huỷ", identity="void", entries=[Entry(voided=True)]))
    again = replace(people[11], entries=[Entry(wrong=3)], registered=60)
    return [*people, again]  # the twelfth registered twice


def _person(group: str, at: int, unit: OrgUnit) -> Person:
    """Four in twelve answer all; the first two take as long and predict the same."""
    guess = Decimal(4 + max(at - 1, 0))
    return Person(
        full_name=f"{FAMILY[group]} Thị Thử {GIVEN[at % len(GIVEN)]}",
        birth_date=date((1960 if group == STAFF else 1980) + at, 1, 1 + at),
        identity=f"{group}-{at}",
        group=group,
        unit=unit,
        entries=[
            Entry(wrong=2, seconds=200, prediction=guess),
            Entry(wrong=at // 4, seconds=100 + 10 * max(at, 1), prediction=guess),
        ],
    )


def _same_person(made: OpenContest) -> None:
    for case in DuplicateCase.objects.filter(contest=made.contest):  # by identity and by name
        decide_same(case=case, user=made.organiser, now=timezone.now())


def _draw(made: OpenContest) -> None:
    for tied in propose_awards(round=made.round, user=made.organiser):
        publish_and_draw(
            round=made.round,
            group=tied.group,
            rank=tied.tie.rank,
            source=SOURCE,
            seed="04821",
            minutes="01/BB-BTC",
            user=made.organiser,
        )
    mark_and_rank(round=made.round)
    assert propose_awards(round=made.round, user=made.organiser) == []


def submit(made: OpenContest) -> Release:
    return submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())


def publish(made: OpenContest, release: Release) -> Release:
    approve_release(
        release=release,
        user=made.reviewer,
        decision_number="12/QĐ-BTC",
        decision_date=date(2026, 11, 30),
        now=timezone.now(),
    )
    release.refresh_from_db()
    made.round.refresh_from_db()
    return release
