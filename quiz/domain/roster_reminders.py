"""Reminding those who have not entered: a text to copy into Zalo, and a letter to each who has
an address.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.domain.sending import NoSender, SendingFailed, may_send_letters, send_letter
from accounts.errors import DomainError, NotFound
from accounts.models import Job, OrgUnit, User
from quiz.domain.roster_deadlines import deadline_of
from quiz.domain.roster_duty import Sight, missing_people, sight_of
from quiz.domain.rule_sets import rules_of_round
from quiz.errors import TooLate
from quiz.models import RosterReminder, Round
from quiz.queries.roster_duty import ListedPerson

REMIND = "remind_missing"
NAMED = 100


@dataclass(frozen=True)
class Letter:
    """What everybody reminded on one day reads."""

    subject: str
    text: str
    day: date


def reminder_text(*, sight: Sight, missing: list[ListedPerson], total: int, link: str) -> str:
    """What a lead sends to the unit's group: the contest, who is missing, until when, and where.

    `missing` are the first of `total` names, `link` leads to the contest.
    """
    round = sight.round
    lines = [f"{round.contest.title} – {round.name}"]
    until = f" ({_until(sight)})" if sight.before else ""
    told = {"unit": sight.unit.name, "count": total}
    lines.append(_("%(unit)s còn %(count)s người chưa dự thi") % told + until + ":")
    lines += [f"{place}. {person.full_name}" for place, person in enumerate(missing[:NAMED], 1)]
    if total > len(missing[:NAMED]):
        lines.append(_("… và %(count)s người khác.") % {"count": total - len(missing[:NAMED])})
    return "\n".join([*lines, "", *_how(sight, link)])


def _until(sight: Sight) -> str:
    assert sight.before is not None  # noqa: S101 - asked only while counts are kept
    return _("tính đến %(moment)s") % {"moment": show_moment(sight.before)}


def _how(sight: Sight, link: str) -> list[str]:
    """Until when and where; and what to have at hand where the rules ask for it."""
    round, due = sight.round, deadline_of(sight=sight)
    lines = []
    if due:
        lines.append(_("Hạn của đơn vị: %(moment)s.") % {"moment": show_moment(due)})
    lines.append(_("Vòng thi đóng lúc %(moment)s.") % {"moment": show_moment(round.closes_at)})
    lines.append(_("Vào thi: %(link)s") % {"link": link})
    rules = rules_of_round(round=round)
    if rules is not None and "staff_code" in rules.entry.asked_fields:
        lines.append(_("Khi đăng ký, ghi đúng mã cán bộ và ngày sinh để được ghi nhận."))
    return lines


def addresses_of(people: list[ListedPerson]) -> dict[int, User]:
    """{entry id: the user with an address who signs in by that staff code}."""
    codes = {person.staff_code: person.entry_id for person in people if person.staff_code}
    users = User.objects.filter(username__in=codes, is_active=True).exclude(email="")
    return {codes[user.username]: user for user in users}


def letters_refused(*, sight: Sight, now: datetime) -> DomainError | None:
    """Why no letters can be asked for now; None when they can."""
    if not may_send_letters():
        return NoSender()
    return TooLate() if now >= sight.round.closes_at else None


def queue_letters(*, sight: Sight, user: User, now: datetime, link: str, next: str) -> Job:
    """Remind by letter everybody missing who has an address, each once a day.

    `next` is where the person goes on from the job's page. Raises NoSender where letters have no
    way out, TooLate once the round is closed.
    """
    if refusal := letters_refused(sight=sight, now=now):
        raise refusal
    params = {"round": sight.round.pk, "unit": sight.unit.pk, "link": link, "next": next}
    return queue_job(kind=REMIND, params=params, user=user, now=now)


def remind_missing(run: JobRun) -> dict[str, Any]:
    """Job “remind_missing”: a step for each letter, so that a run begun again sends none twice."""
    round = Round.objects.select_related("contest", "rules").filter(pk=run.params["round"]).first()
    unit = OrgUnit.objects.filter(pk=run.params["unit"]).first()
    if round is None or unit is None:
        raise NotFound
    sight = sight_of(user=run.user, round=round, unit=unit, now=run.now)
    people = missing_people(sight=sight)
    users = addresses_of(people)
    letter = _letter(sight, run)
    counts = {"sent": 0, "failed": 0, "already": 0}
    for done, (entry_id, user) in enumerate(users.items()):
        run.progress(done, len(users))
        counts[_remind(round, entry_id, user, letter)] += 1
    record_act(
        actor=run.user, act="remind_missing", subject=round, unit_id=unit.pk, sent=counts["sent"]
    )
    without = len(people) - len(users)
    return {**counts, "without": without, "message": _told(counts, without)}


def _letter(sight: Sight, run: JobRun) -> Letter:
    contest = sight.round.contest
    asked = _("Bạn có tên trong danh sách phải dự thi của %(unit)s và chưa dự thi.")
    lines = [f"{contest.title} – {sight.round.name}", "", asked % {"unit": sight.unit.name}]
    return Letter(
        _("Nhắc dự thi: %(title)s") % {"title": contest.title},
        "\n".join([*lines, *_how(sight, run.params["link"])]),
        timezone.localdate(run.now),
    )


def _remind(round: Round, entry_id: int, user: User, letter: Letter) -> str:
    """One letter, written down before it is sent: a worker killed in between sends none twice."""
    try:
        with transaction.atomic():
            noted = RosterReminder.objects.create(round=round, entry_id=entry_id, day=letter.day)
    except IntegrityError:
        return "already"
    try:
        send_letter(to=user.email, subject=letter.subject, text=letter.text)
    except SendingFailed:
        noted.delete()
        return "failed"
    return "sent"


def _told(counts: dict[str, int], without: int) -> str:
    parts = [_("Đã gửi %(count)s thư nhắc.") % {"count": counts["sent"]}]
    if counts["already"]:
        parts.append(_("%(count)s người đã được nhắc hôm nay.") % {"count": counts["already"]})
    if counts["failed"]:
        parts.append(_("%(count)s thư chưa gửi được.") % {"count": counts["failed"]})
    if without:
        parts.append(_("%(count)s người chưa có địa chỉ thư.") % {"count": without})
    return " ".join(parts)
