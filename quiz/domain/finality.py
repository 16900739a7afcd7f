"""Whether a release is preliminary (sơ bộ) or official (chính thức).

Preliminary while complaints may still come or wait for an answer; official by a person's act
afterwards. Nothing that was signed changes by it: the status stands beside the release.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain.audit import record_act
from accounts.models import User
from quiz.domain.appeal_errors import StillPreliminary
from quiz.domain.appeal_windows import AppealWindow, window_of
from quiz.domain.releases import current_release
from quiz.enums import UNDER_SIGNATURE, ReleaseState
from quiz.models import Appeal, Release, Round
from quiz.permissions import require_may_run


@dataclass(frozen=True)
class Finality:
    """`last_day`: the last one for complaints, None before the first release. `waiting` is for
    organisers; public pages say that complaints wait, never how many.
    """

    official_at: datetime | None
    last_day: date | None
    days: int
    window_over: bool
    waiting: int

    @property
    def official(self) -> bool:
        return self.official_at is not None

    @property
    def may_become_official(self) -> bool:
        return not self.official and self.window_over and not self.waiting


def finality_of(*, round: Round, now: datetime) -> Finality:
    """Of the round's newest release; a round without one is preliminary too."""
    window = window_of(round=round)
    release = current_release(round=round)
    return Finality(
        official_at=release.official_at if release else None,
        last_day=window.last_day,
        days=window.days,
        window_over=window.is_over(now),
        waiting=Appeal.objects.filter(round=round).waiting().count(),
    )


def describe_finality(finality: Finality) -> str:
    """One sentence for public pages and papers."""
    if finality.official_at is not None:
        day = timezone.localdate(finality.official_at)
        return _("Kết quả chính thức từ ngày %(day)s.") % {"day": f"{day:%d/%m/%Y}"}
    if finality.last_day is None:
        told = _("Kết quả sơ bộ; khiếu nại được nhận trong %(days)s ngày kể từ ngày công bố.")
        return told % {"days": finality.days}
    last = {"day": f"{finality.last_day:%d/%m/%Y}"}
    if finality.window_over:
        told = _("Kết quả sơ bộ; hết hạn nhận khiếu nại ngày %(day)s, chờ xác nhận chính thức.")
        return told % last
    return _("Kết quả sơ bộ; khiếu nại được nhận đến hết ngày %(day)s.") % last


def payment_warning(*, round: Round, now: datetime) -> str:
    """What the list of payments says before money is handed out; "" once results are official."""
    finality = finality_of(round=round, now=now)
    if finality.official:
        return ""
    return describe_finality(finality) + " " + _("Chỉ trao thưởng khi kết quả đã chính thức.")


@transaction.atomic
def make_official(*, release: Release, user: User, now: datetime) -> None:
    """Say that nothing can change any more. Done twice it is as done once.

    Raises NotAllowed, StillPreliminary while complaints may come or wait, or a newer release is
    under way or published.
    """
    require_may_run(user, release.contest)
    # An appeal that is filed meanwhile is refused by its window, so nothing races with the count.
    held = Release.objects.select_for_update(no_key=True).get(pk=release.pk)
    if held.official_at is not None:
        return
    _check_final(held, window_of(round=release.round), now)
    held.official_at, held.official_by = now, user
    held.save(update_fields=["official_at", "official_by"])
    record_act(
        actor=user,
        act="make_official",
        subject=held,
        unit_id=release.contest.unit_id,
        digest=held.digest,
    )
    release.refresh_from_db()


def _check_final(release: Release, window: AppealWindow, now: datetime) -> None:
    newest = current_release(round=release.round)
    submitted = release.round.releases.filter(state__in=UNDER_SIGNATURE)
    if newest is None or newest.pk != release.pk or submitted.exists():
        raise StillPreliminary(
            _("Có bản công bố mới hơn hoặc đang trình ký."),
            _("Xác nhận bản công bố mới nhất sau khi đã duyệt."),
        )
    if not window.is_over(now):
        raise StillPreliminary(
            _("Khiếu nại còn được nhận đến hết ngày %(day)s.")
            % {"day": f"{window.last_day:%d/%m/%Y}"}
        )
    waiting = Appeal.objects.filter(round=release.round).waiting().count()
    if waiting:
        told = ngettext(
            "Còn %(count)s khiếu nại chưa trả lời.",
            "Còn %(count)s khiếu nại chưa trả lời.",
            waiting,
        )
        raise StillPreliminary(told % {"count": waiting})
