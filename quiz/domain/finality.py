"""Whether a release is preliminary (sơ bộ) or official (chính thức).

Preliminary while complaints may still come or wait for an answer; official by a person's act
afterwards. Nothing that was signed changes by it: the status stands beside the release.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain.audit import record_act
from accounts.models import User
from quiz.domain.appeal_errors import StillPreliminary
from quiz.domain.appeal_windows import appeal_windows
from quiz.domain.releases import current_release
from quiz.enums import UNDER_SIGNATURE, ReleaseState
from quiz.models import Appeal, Contest, Release, Round
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


def finalities_of(*, contest: Contest, now: datetime) -> dict[int, Finality]:
    """{round: of its newest release} of the rounds whose papers are fixed; one that has none yet
    is preliminary too. As many statements as for one round.
    """
    waiting = Appeal.objects.filter(contest=contest).waiting().order_by()
    counts = dict(waiting.values_list("round").annotate(Count("pk")))
    released = contest.releases.filter(state=ReleaseState.RELEASED).order_by("number")
    official = dict(released.values_list("round", "official_at"))  # the newest is the last
    return {
        window.round.pk: Finality(
            official_at=official.get(window.round.pk),
            last_day=window.last_day,
            days=window.days,
            window_over=window.is_over(now),
            waiting=counts.get(window.round.pk, 0),
        )
        for window in appeal_windows(contest=contest)
    }


def finality_of(*, round: Round, now: datetime) -> Finality:
    """Raises KeyError for a round whose papers are not fixed."""
    return finalities_of(contest=round.contest, now=now)[round.pk]


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
    _check_final(held, finality_of(round=release.round, now=now))
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


def _check_final(release: Release, finality: Finality) -> None:
    newest = current_release(round=release.round)
    submitted = release.round.releases.filter(state__in=UNDER_SIGNATURE)
    if newest is None or newest.pk != release.pk or submitted.exists():
        raise StillPreliminary(
            _("Có bản công bố mới hơn hoặc đang trình ký."),
            _("Xác nhận bản công bố mới nhất sau khi đã duyệt."),
        )
    if not finality.window_over:
        last = f"{finality.last_day:%d/%m/%Y}"
        raise StillPreliminary(_("Khiếu nại còn được nhận đến hết ngày %(day)s.") % {"day": last})
    if finality.waiting:
        told = ngettext(
            "Còn %(count)s khiếu nại chưa trả lời.",
            "Còn %(count)s khiếu nại chưa trả lời.",
            finality.waiting,
        )
        raise StillPreliminary(told % {"count": finality.waiting})
