"""The demo that `make run` shows: one contest open now, and one that ended and was released."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.domain.roster_rows import RosterRow
from accounts.domain.rosters import load_roster
from accounts.models import OrgUnit, User
from quiz.demo import contest as plan
from quiz.demo.entering import enter_all
from quiz.demo.entrant import DemoEntrant
from quiz.demo.people import generate_entrants
from quiz.demo.roster import generate_roster
from quiz.demo.setting import LEAD_UNIT, ORGANISER, REVIEWER, DemoSetting, make_roster, make_setting
from quiz.domain.awards import propose_awards
from quiz.domain.contests import add_round, create_contest, publish_contest
from quiz.domain.duplicates import cases_by_effect, keep_earliest
from quiz.domain.lots import publish_lot
from quiz.domain.releases import approve_release, submit_for_signature
from quiz.domain.round_closing import close_round, mark_and_rank
from quiz.domain.rounds import freeze_round
from quiz.domain.sealing import seal_round
from quiz.domain.ties import draw_lot
from quiz.interfaces.bundle.release_jobs import write_release_bundle
from quiz.models import Contest, ItemBank, Round
from quiz.rules.document import parse_rules

HOUR = timedelta(hours=1)

SEED = 2026
PAST_ENTRANTS = 200
PAST_TITLE = "Thi thử: tìm hiểu cải cách hành chính (đã kết thúc, dữ liệu mẫu)"
DECISION = "01/QĐ-BTC"
OWN_LISTED, OTHERS_LISTED = 16, 8


@transaction.atomic
def load_demo(*, now: datetime) -> None:
    """Fill an empty database. All or nothing."""
    setting = make_setting(now=now)
    _past_contest(setting, now)
    _open_contest(setting, now)


def open_setting() -> DemoSetting:
    """The setting of a demo loaded before."""
    province = OrgUnit.objects.get(code=plan.province_code())
    return DemoSetting(
        province=province,
        units={unit.code: unit for unit in OrgUnit.objects.below([province.pk])},
        organiser=User.objects.get(username=ORGANISER),
        reviewer=User.objects.get(username=REVIEWER),
        bank=ItemBank.objects.get(code=plan.BANK_CODE),
    )


def _contest(setting: DemoSetting, title: str) -> Contest:
    document = parse_rules(plan.rules_data())
    contest = create_contest(
        unit=setting.province,
        title=title,
        body_name=plan.BODY_NAME,
        user=setting.organiser,
        document=document,
        banks=[setting.bank] * len(document.groups),
        summary=plan.SUMMARY,
    )
    publish_contest(contest=contest, user=setting.organiser)
    return contest


def _open_contest(setting: DemoSetting, now: datetime) -> None:
    """Open since yesterday, for a fortnight."""
    contest = _contest(setting, plan.TITLE)
    round = add_round(
        contest=contest,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=14),
        user=setting.organiser,
        name=plan.ROUND_NAME,
    )
    people = _officials(now)
    contest.roster = load_roster(
        name="Danh sách cán bộ, công chức phải dự thi (mẫu)",
        unit=setting.province,
        as_of=timezone.localdate(round.opens_at),
        rows=[_row(place, person) for place, person in enumerate(people)],
        user=setting.organiser,
    )
    contest.save(update_fields=["roster"])
    freeze_round(round=round, user=setting.organiser, now=round.opens_at - timedelta(hours=1))
    round.refresh_from_db()
    enter_all(round=round, entrants=_entered(people), now=now, seed=SEED, until=now)


def _officials(now: datetime) -> list[DemoEntrant]:
    """Officials of the unit whose lead signs in to the demo, and some of the departments."""
    generated = generate_entrants(
        seed=SEED + 1,
        count=200,
        today=timezone.localdate(now),
        commune_codes=[LEAD_UNIT],
        department_codes=[unit.code for unit in plan.DEPARTMENTS],
    )
    officials = [one for one in generated if one.group == plan.OFFICIALS]
    own = [one for one in officials if one.unit_code == LEAD_UNIT]
    return own[:OWN_LISTED] + [one for one in officials if one not in own][:OTHERS_LISTED]


def _row(place: int, person: DemoEntrant) -> RosterRow:
    return RosterRow(
        place=str(place),
        full_name=person.full_name,
        unit=person.unit_code,
        staff_code=person.staff_code,
        birth_date=person.birth_date.strftime("%d/%m/%Y"),
        group_code=plan.OFFICIALS,
        exemption="Nghỉ thai sản" if place == 0 else "",
    )


def _entered(people: list[DemoEntrant]) -> list[DemoEntrant]:
    """All but the exempt and three of the unit; the last of the unit forgot the staff code."""
    own, others = people[:OWN_LISTED], people[OWN_LISTED:]
    forgot = replace(own[-1], staff_code="")
    return [*own[4:-1], forgot, *others[: OTHERS_LISTED // 2]]


def _past_contest(setting: DemoSetting, now: datetime) -> None:
    """Entered, closed, ranked, sealed and released by the same acts as any contest."""
    contest = _contest(setting, PAST_TITLE)
    opened = (now - timedelta(days=21)).replace(minute=0, second=0, microsecond=0)
    entrants = generate_entrants(
        seed=SEED,
        count=PAST_ENTRANTS,
        today=timezone.localdate(opened),
        commune_codes=plan.commune_codes(),
        department_codes=[unit.code for unit in plan.DEPARTMENTS],
    )
    rows = generate_roster(seed=SEED, entrants=entrants, today=timezone.localdate(opened))
    contest.roster = make_roster(
        setting=setting,
        name="Danh sách cán bộ phải dự thi (mẫu)",
        rows=rows,
        as_of=timezone.localdate(opened),
    )
    contest.save(update_fields=["roster"])
    round = add_round(
        contest=contest,
        opens_at=opened,
        closes_at=opened + timedelta(days=plan.ROUND_DAYS),
        user=setting.organiser,
        name=plan.ROUND_NAME,
    )
    freeze_round(round=round, user=setting.organiser, now=opened - timedelta(hours=1))
    round.refresh_from_db()
    enter_all(round=round, entrants=entrants, now=now, seed=SEED)
    release_results(setting=setting, round=round, now=round.closes_at + timedelta(days=1))


def release_results(*, setting: DemoSetting, round: Round, now: datetime) -> None:
    """From the close to the published decision."""
    organiser = setting.organiser
    close_round(round=round, user=organiser, now=now)
    waiting = cases_by_effect(contest=round.contest).filter(waits=True)
    keep_earliest(cases=list(waiting), user=organiser, now=now)
    round.refresh_from_db()
    mark_and_rank(round=round)
    while ties := propose_awards(round=round, user=organiser):
        for tied in ties:
            common = {"round": round, "group": tied.group, "rank": tied.tie.rank}
            source = "Gieo xúc xắc trước Ban Tổ chức (mẫu)"
            publish_lot(**common, source=source, draws_at=now + HOUR, user=organiser, now=now)
            drawn = {"seed": "3-5-1-6", "minutes": "01/BB-BTC", "now": now + HOUR}
            draw_lot(**common, **drawn, user=organiser)
        mark_and_rank(round=round)
    seal_round(round=round, user=organiser, now=now)
    release = submit_for_signature(round=round, user=organiser, now=now)
    write_release_bundle(release)
    approve_release(
        release=release,
        user=setting.reviewer,
        decision_number=DECISION,
        decision_date=timezone.localdate(now),
        now=now,
    )
