"""Rehearsing a contest before it opens: asked for, run by the worker, stopped, reported."""

from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.errors import DomainError
from accounts.models import User
from quiz.domain.deadlines import times_of
from quiz.domain.registration_input import refuse_fields
from quiz.domain.rehearsal_driving import Course, drive
from quiz.domain.rehearsal_shadow import delete_shadow, make_shadow
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.rehearsing import Measurement, count_lost, report_of
from quiz.enums import AttemptState, ContestState, RehearsalState, RoundState
from quiz.models import Attempt, Contest, Rehearsal, Round
from quiz.permissions import require_may_run

REHEARSE = "rehearse"
MOST_ENTRANTS = 20_000
MOST_MINUTES = 60
MOST_PER_MINUTE = 3_000
NEAR = timedelta(hours=1)
ASK_SECONDS = 1.0


class RoundNear(DomainError):
    code = "round_near"
    status = 409
    message = gettext_lazy("Có vòng thi đang mở hoặc mở, đóng trong vòng một giờ.")
    hint = gettext_lazy("Diễn tập vào lúc khác, hoặc chọn “Vẫn diễn tập” nếu chấp nhận làm chậm.")


class RehearsalRunning(DomainError):
    code = "rehearsal_running"
    status = 409
    message = gettext_lazy("Đang có một lần diễn tập trên hệ thống này.")
    hint = gettext_lazy("Chờ lần đó xong hoặc dừng nó rồi diễn tập lại.")


class RehearsalUnready(DomainError):
    code = "rehearsal_unready"
    status = 409
    message = gettext_lazy("Cuộc thi chưa có thể lệ hoặc chưa chọn nội dung đồng ý.")
    hint = gettext_lazy("Lưu thể lệ và chọn nội dung đồng ý rồi diễn tập.")


class ServerNotReached(DomainError):
    code = "server_not_reached"
    status = 503
    message = gettext_lazy("Không gọi được máy chủ web của chính hệ thống này.")
    hint = gettext_lazy("Đặt REHEARSAL_URL là địa chỉ nội bộ của máy chủ web rồi thử lại.")


def ask_rehearsal(
    *,
    contest: Contest,
    user: User,
    entrants: int,
    minutes: int,
    now: datetime,
    url: str = "",
    anyway: bool = False,
) -> Rehearsal:
    """Queue a rehearsal. `anyway`: although a round is open or near.

    Raises NotAllowed, InputRefused, RoundNear, RehearsalRunning, RehearsalUnready.
    """
    require_may_run(user, contest)
    with transaction.atomic():
        rehearsal = prepare_rehearsal(
            contest=contest,
            user=user,
            entrants=entrants,
            minutes=minutes,
            now=now,
            url=url,
            anyway=anyway,
        )
        queue_job(kind=REHEARSE, params={"rehearsal": rehearsal.pk}, user=user, now=now)
    return rehearsal


def prepare_rehearsal(
    *,
    contest: Contest,
    user: User | None,
    entrants: int,
    minutes: int,
    now: datetime,
    url: str = "",
    anyway: bool = False,
) -> Rehearsal:
    """Note a rehearsal that whoever asked for it runs. Raises as `ask_rehearsal`."""
    _check_size(entrants, minutes)
    if contest.rules is None or contest.consent_text_id is None:
        raise RehearsalUnready()
    if Rehearsal.objects.exclude(state=RehearsalState.ENDED).exists():
        raise RehearsalRunning()
    if not anyway and rounds_near(now=now, minutes=minutes):
        raise RoundNear()
    rehearsal = Rehearsal.objects.create(
        contest=contest,
        entrants=entrants,
        minutes=minutes,
        url=settings.REHEARSAL_URL or url or "http://127.0.0.1:8000",
        created_by=user,
    )
    record_act(
        actor=user,
        act="rehearse",
        subject=contest,
        unit_id=contest.unit_id,
        entrants=entrants,
        minutes=minutes,
    )
    return rehearsal


def _check_size(entrants: int, minutes: int) -> None:
    wrong = {}
    if not 1 <= entrants <= MOST_ENTRANTS:
        wrong["entrants"] = ("out_of_range", _("Từ 1 đến 20.000 người."))
    if not 1 <= minutes <= MOST_MINUTES:
        wrong["minutes"] = ("out_of_range", _("Từ 1 đến 60 phút."))
    if not wrong and entrants > MOST_PER_MINUTE * minutes:
        wrong["entrants"] = ("too_fast", _("Nhiều nhất 3.000 người mỗi phút."))
    if wrong:
        raise refuse_fields(wrong)


def rounds_near(*, now: datetime, minutes: int) -> list[Round]:
    """Real rounds that take answers within an hour of the rehearsal."""
    until = now + timedelta(minutes=minutes) + NEAR
    frozen = Round.objects.filter(
        state=RoundState.FROZEN, opens_at__lt=until, contest__rehearses=None
    )
    found = []
    for round in frozen.select_related("rules", "contest__rules"):
        rules = rules_of_round(round=round)
        if rules and times_of(round=round, rules=rules).last_deadline() > now - NEAR:
            found.append(round)
    return found


def cancel_rehearsal(*, rehearsal: Rehearsal, user: User) -> None:
    """Stop it within a second or two; what was measured until then is reported."""
    require_may_run(user, rehearsal.contest)
    Rehearsal.objects.filter(pk=rehearsal.pk).update(cancelled=True)


def run_rehearsal_job(run: JobRun) -> dict[str, Any]:
    """A run that was killed is not begun again: its shadow is deleted and that is said."""
    rehearsal = Rehearsal.objects.select_related("contest", "shadow").get(
        pk=run.params["rehearsal"]
    )
    report = run_rehearsal(rehearsal=rehearsal, progress=run.progress)
    return {"message": _("Đã diễn tập xong: %(count)s lượt.") % {"count": report["completed"]}}


def run_rehearsal(
    *, rehearsal: Rehearsal, progress: Any = lambda done, total: None
) -> dict[str, Any]:
    """Make the shadow, send the entrants, check the database, delete the shadow, keep the report.

    Raises ServerNotReached when nothing answers at the address; then nothing was made.
    """
    if rehearsal.state != RehearsalState.WAITING:
        return _end(rehearsal, Measurement(stopped="killed"), lost=0)
    rehearsal.state = RehearsalState.RUNNING
    rehearsal.save(update_fields=["state"])
    measured, lost = Measurement(stopped="failed"), 0
    try:
        _check_reached(rehearsal)
        round = make_shadow(rehearsal=rehearsal, now=timezone.now())
        watch = _Watch(rehearsal, progress)
        measured = drive(_course(rehearsal, round), stopped=watch.stopped, tell=watch.tell)
        lost = _lost(round, measured)
    finally:
        report = _end(rehearsal, measured, lost)
    return report


def _host(rehearsal: Rehearsal) -> str:
    return urlsplit(settings.SITE_ORIGIN or rehearsal.url).netloc


def _check_reached(rehearsal: Rehearsal) -> None:
    connection = HTTPConnection(urlsplit(rehearsal.url).netloc, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": _host(rehearsal)})
        if connection.getresponse().status != 200:
            raise ServerNotReached()
    except (OSError, HTTPException):
        raise ServerNotReached() from None
    finally:
        connection.close()


def _course(rehearsal: Rehearsal, round: Round) -> Course:
    shown = rehearsal.contest.state != ContestState.DRAFT
    return Course(
        url=rehearsal.url,
        host=_host(rehearsal),
        page=f"/cuoc-thi/{rehearsal.contest.code}/" if shown else "/",
        contest_code=round.contest.code,
        round_id=round.pk,
        groups=tuple(round.contest.groups.values_list("code", flat=True)),
        entrants=rehearsal.entrants,
        seconds=rehearsal.minutes * 60.0,
    )


class _Watch:
    """Asks once a second whether somebody cancelled, and tells how far it is."""

    def __init__(self, rehearsal: Rehearsal, progress: Any) -> None:
        self.rehearsal, self.progress = rehearsal, progress
        self.asked = timezone.now()
        self.cancelled = False

    def stopped(self) -> bool:
        return self.cancelled

    def tell(self, done: int) -> None:
        self.progress(done, self.rehearsal.entrants)
        now = timezone.now()
        if (now - self.asked).total_seconds() < ASK_SECONDS:
            return
        self.asked = now
        row = Rehearsal.objects.filter(pk=self.rehearsal.pk)
        row.update(done=done)
        self.cancelled = row.values_list("cancelled", flat=True).get()


def _lost(round: Round, measured: Measurement) -> int:
    rows = Attempt.objects.filter(round=round).values_list("pk", "answers", "state")
    stored = {
        pk: (list(answers), state == AttemptState.SUBMITTED)
        for pk, answers, state in rows.iterator()
    }
    return count_lost(measured.promised, stored)


def _end(rehearsal: Rehearsal, measured: Measurement, lost: int) -> dict[str, Any]:
    delete_shadow(rehearsal=rehearsal)
    report = report_of(measured, entrants=rehearsal.entrants, minutes=rehearsal.minutes, lost=lost)
    rehearsal.report, rehearsal.state = report, RehearsalState.ENDED
    rehearsal.done, rehearsal.finished_at = measured.completed, timezone.now()
    rehearsal.save(update_fields=["report", "state", "done", "finished_at"])
    return report
