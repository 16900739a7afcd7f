"""From the seal to the published decision: submitted by one person, released by another."""

from datetime import date, datetime

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.audit_anchors import ask_for_anchor
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from accounts.text import nfc
from quiz.domain.awards import awards_are_current
from quiz.domain.correction_decisions import WAITING, return_correction, start_applying
from quiz.domain.figures import queue_count
from quiz.domain.minors import unnamed_minors
from quiz.domain.release_documents import published_awards, release_digest, release_document
from quiz.domain.rule_sets import rules_of_round
from quiz.enums import AwardKind, ReleaseState, RoundState
from quiz.errors import (
    AlreadyReleased,
    MinorWithoutConsent,
    RoundNotReady,
    SecondPersonNeeded,
)
from quiz.models import Correction, Release, Round
from quiz.permissions import may_release, may_run_contest, require_may_run
from quiz.queries.roster_listed import keep_figures


@transaction.atomic
def submit_for_signature(*, round: Round, user: User, now: datetime) -> Release:
    """Draft the next release of a sealed round.

    The release waits for a second person; its bundle is attached by `attach_bundle`. Raises
    NotAllowed, RoundNotReady, AlreadyReleased, MinorWithoutConsent.
    """
    round = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    require_may_run(user, round.contest)
    if round.state == RoundState.RELEASED:
        raise AlreadyReleased
    if round.state != RoundState.SEALED:
        raise RoundNotReady
    if round.releases.filter(state=ReleaseState.SUBMITTED).exists():
        raise RoundNotReady(
            _("Kết quả vòng này đang trình ký."), _("Chờ người thứ hai duyệt hoặc trả lại.")
        )
    _check_awards(round)
    return draft_release(round=round, user=user, now=now)


def draft_release(*, round: Round, user: User, now: datetime) -> Release:
    """Store the next release from the results as they are read now. Raises MinorWithoutConsent."""
    check_minors(round=round)
    number = (round.releases.aggregate(last=Max("number"))["last"] or 0) + 1
    released = round.releases.filter(state=ReleaseState.RELEASED).order_by("-number").first()
    document = release_document(round=round, number=number, previous=released)
    release = Release.objects.create(
        contest=round.contest,
        round=round,
        number=number,
        previous=released,
        document=document,
        digest=release_digest(document),
        winners=[award.entrant_id for award in published_awards(round)],
        submitted_by=user,
        submitted_at=now,
    )
    _record(release, user, "submit_release")
    return release


def _check_awards(round: Round) -> None:
    """Someone barred, or whose consent was withdrawn, since the seal wins nothing."""
    if not awards_are_current(round=round):
        raise RoundNotReady(
            _("Giải không còn khớp với danh sách người không được nhận giải."),
            _("Mở niêm phong rồi xét giải lại."),
        )


def check_minors(*, round: Round) -> None:
    """Raises MinorWithoutConsent where the rules want consent and a winner's is not recorded."""
    rules = rules_of_round(round=round)
    if rules is None or rules.result.minor_names != "consent":
        return
    winners = [
        award.entrant
        for award in round.awards.filter(kind=AwardKind.PRIZE).select_related("entrant")
    ]
    hidden = unnamed_minors(round=round, entrants=winners)
    if hidden:
        raise MinorWithoutConsent(entrants=sorted(hidden))


def attach_bundle(*, release: Release, file: File, tree: File | None = None) -> None:
    """Keep the bundle beside the release that it proves, and the tree that proves single leaves."""
    name = f"{release.contest.code}-{release.round.number}-{release.number}"
    storage, folder = release.bundle.storage, release.bundle.field.upload_to
    for field, held, ending in ((release.bundle, file, "zip"), (release.tree, tree, "tree")):
        if held is not None:
            storage.delete(f"{folder}{name}.{ending}")  # left by a job that was killed
            field.save(f"{name}.{ending}", held)


@transaction.atomic
def return_release(*, release: Release, user: User, reason: str) -> None:
    """Send the draft back with a reason; the round stays sealed.

    Raises NotAllowed, RoundNotReady, Faults without a reason.
    """
    if not (may_run_contest(user, release.contest) or may_release(user, release)):
        raise NotAllowed
    if not reason.strip():
        raise Faults(
            [Fault(_("Trả lại"), "no_reason", _("Chưa có lý do."), _("Ghi lý do trả lại."))]
        )
    if correction := Correction.objects.filter(release=release).first():
        return_correction(correction=correction, user=user, reason=reason)
    elif not Release.objects.filter(pk=release.pk, state=ReleaseState.SUBMITTED).update(
        state=ReleaseState.RETURNED, returned_because=nfc(reason)[:400]
    ):
        raise RoundNotReady
    release.refresh_from_db()
    _record(release, user, "return_release")


@transaction.atomic
def enter_decision(
    *, release: Release, user: User, decision_number: str, decision_date: date | None
) -> None:
    """Note number and date of the decision once the chairman signed; the second person sees them.

    Can be entered again until the release. Raises NotAllowed, RoundNotReady, Faults.
    """
    if not (may_run_contest(user, release.contest) or may_release(user, release)):
        raise NotAllowed
    _check_decision(decision_number, decision_date)
    waiting = Release.objects.filter(pk=release.pk, state=ReleaseState.SUBMITTED)
    entered = waiting.update(decision_number=nfc(decision_number), decision_date=decision_date)
    if not entered:
        raise RoundNotReady
    release.refresh_from_db()
    _record(release, user, "enter_decision")


@transaction.atomic
def approve_release(
    *,
    release: Release,
    user: User,
    decision_number: str,
    decision_date: date | None,
    now: datetime,
) -> None:
    """Publish: a second person enters the signed decision's number and date.

    A correction is published by the worker, once its results are in place: until then the release
    is “applying”. Raises SecondPersonNeeded for whoever submitted it, NotAllowed out of reach,
    Faults without number or date, RoundNotReady when it was returned or released meanwhile or no
    longer says what would be published now, MinorWithoutConsent.
    """
    release = Release.objects.select_for_update(no_key=True).get(pk=release.pk)
    if release.submitted_by_id == user.pk:
        raise SecondPersonNeeded
    if not may_release(user, release):
        raise NotAllowed
    if release.state != ReleaseState.SUBMITTED:
        raise RoundNotReady
    _check_decision(decision_number, decision_date)
    release.decision_number = nfc(decision_number)
    release.decision_date = decision_date
    release.approved_by = user
    if correction := Correction.objects.filter(release=release).first():
        start_applying(correction=correction, user=user, now=now)
        release.state = ReleaseState.APPLYING
        release.save()
        return
    _check_awards(release.round)
    check_minors(round=release.round)
    _check_unchanged(release)
    release.state = ReleaseState.RELEASED
    release.released_at = now
    release.save()
    keep_figures(
        round_id=release.round_id,
        roster_id=release.contest.roster_id,
        day=timezone.localdate(release.round.closes_at),
    )
    Round.objects.filter(pk=release.round_id).update(state=RoundState.RELEASED)
    queue_count(contest=release.contest, round=release.round, user=user, now=now)
    _record(release, user, "approve_release")
    ask_for_anchor()


def _check_decision(number: str, day: date | None) -> None:
    if not number.strip() or day is None:
        message = _("Chưa có số hoặc ngày quyết định.")
        hint = _("Nhập số và ngày của quyết định đã ký.")
        raise Faults([Fault(_("Quyết định"), "no_decision", message, hint)])


def _check_unchanged(release: Release) -> None:
    """A consent given or withdrawn since the draft changes how a winner is named."""
    now = release_document(round=release.round, number=release.number, previous=release.previous)
    if release_digest(now) != release.digest:
        raise RoundNotReady(
            _("Nội dung công bố đã thay đổi sau khi trình ký."),
            _("Trả lại bản này rồi trình ký lại."),
        )


def current_release(*, round: Round) -> Release | None:
    """The release in force: the newest published one."""
    return round.releases.filter(state=ReleaseState.RELEASED).order_by("-number").first()


def newest_release(*, round: Round) -> Release | None:
    """The newest of the results that are stored: published, or waiting for its signature.

    A correction's results are stored once it is carried out; until then it is the one before.
    """
    stored = round.releases.exclude(state=ReleaseState.RETURNED).exclude(
        correction__state__in=WAITING
    )
    return stored.order_by("-number").first()


def _record(release: Release, user: User, act: str) -> None:
    record_act(
        actor=user,
        act=act,
        subject=release,
        unit_id=release.contest.unit_id,
        digest=release.digest,
    )
