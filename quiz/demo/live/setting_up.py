"""The contest of `make demo`, in an installation that holds the demo already."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from quiz.demo import contest as plan
from quiz.demo.entering import bar_from_winning
from quiz.demo.entrant import DemoEntrant
from quiz.demo.people import generate_entrants
from quiz.demo.roster import generate_roster
from quiz.demo.setting import DemoSetting, make_roster
from quiz.domain.contests import add_round, create_contest, publish_contest
from quiz.domain.rounds import freeze_round
from quiz.models import Round
from quiz.rules.document import RuleDocument, parse_rules

GRACE_MS = 500


def live_entrants(*, seed: int, count: int, today: date) -> list[DemoEntrant]:
    """The people of the run: the same for the server's list and for the driver."""
    return generate_entrants(
        seed=seed,
        count=count,
        today=today,
        commune_codes=plan.commune_codes(),
        department_codes=[unit.code for unit in plan.DEPARTMENTS],
    )


def live_rules(*, limit_seconds: int) -> RuleDocument:
    """The demo's rules with a paper of seconds instead of minutes."""
    data = plan.rules_data()
    data["entry"] |= {"time_limit_seconds": limit_seconds, "grace_ms": GRACE_MS}
    return parse_rules(data)


def make_live_contest(
    *,
    setting: DemoSetting,
    seed: int,
    count: int,
    open_for: timedelta,
    limit_seconds: int,
    now: datetime,
) -> Round:
    """Published, frozen and open from `now` on."""
    document = live_rules(limit_seconds=limit_seconds)
    contest = create_contest(
        unit=setting.province,
        title=plan.TITLE,
        body_name=plan.BODY_NAME,
        user=setting.organiser,
        document=document,
        banks=[setting.bank] * len(document.groups),
        summary=plan.SUMMARY,
    )
    today = timezone.localdate(now)
    people = live_entrants(seed=seed, count=count, today=today)
    contest.roster = make_roster(
        setting=setting,
        name="Danh sách cán bộ phải dự thi (mẫu)",
        rows=generate_roster(seed=seed, entrants=people, today=today),
        as_of=today,
    )
    contest.save(update_fields=["roster"])
    publish_contest(contest=contest, user=setting.organiser)
    round = add_round(
        contest=contest, opens_at=now, closes_at=now + open_for, user=setting.organiser
    )
    bar_from_winning(round=round, entrants=people)
    return freeze_round(round=round, user=setting.organiser, now=now)
