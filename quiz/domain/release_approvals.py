"""The second person decides from a phone: by a personal link and a code told another way."""

from datetime import date, datetime

from accounts.domain.approvals import AskedApproval, ask_approval, decide_approval, open_approval
from accounts.errors import NotAllowed
from accounts.models import Approval, User
from quiz.domain.releases import approve_release, return_release
from quiz.enums import ReleaseState
from quiz.errors import RoundNotReady, SecondPersonNeeded
from quiz.models import Release
from quiz.permissions import may_release, require_may_run

KIND = "release"


def ask_release_approval(
    *, release: Release, approver: User, user: User, now: datetime
) -> AskedApproval:
    """Ask `approver` to publish; `.link` (a path) and `.code` are shown once.

    Raises NotAllowed when either may not, SecondPersonNeeded when the approver submitted it,
    RoundNotReady unless it waits for signature.
    """
    require_may_run(user, release.contest)
    if release.submitted_by_id == approver.pk:
        raise SecondPersonNeeded
    if not may_release(approver, release):
        raise NotAllowed
    if release.state != ReleaseState.SUBMITTED:
        raise RoundNotReady
    return ask_approval(
        kind=KIND,
        subject_id=release.pk,
        subject_digest=release.digest,
        approver=approver,
        asked_by=user,
        now=now,
    )


def release_behind(*, token: str, now: datetime) -> tuple[Release, Approval]:
    """What the holder of a link is asked to decide on. Raises ApprovalClosed."""
    approval = open_approval(token=token, now=now)
    found = Release.objects.select_related("contest", "round", "submitted_by")
    return found.get(pk=approval.subject_id), approval


def decide_release_by_link(
    *,
    token: str,
    code: str,
    approved: bool,
    now: datetime,
    decision_number: str = "",
    decision_date: date | None = None,
    reason: str = "",
) -> Release:
    """Publish, or send back with a reason, as the person the link was made for.

    Call it outside a transaction: a wrong code is counted whatever else happens. Raises
    ApprovalClosed, WrongCode, SubjectChanged, and what `approve_release`, `return_release` raise;
    then nothing is decided and the link still serves.
    """
    release, _approval = release_behind(token=token, now=now)

    def act(approval: Approval) -> None:
        if approved:
            approve_release(
                release=release,
                user=approval.approver,
                decision_number=decision_number,
                decision_date=decision_date,
                now=now,
            )
        else:
            return_release(release=release, user=approval.approver, reason=reason)

    decide_approval(
        token=token,
        code=code,
        approved=approved,
        subject_digest=release.digest,
        now=now,
        effect=act,
    )
    release.refresh_from_db()
    return release
