"""Why an entrant has no place or no prize, in words that follow from the round's rules."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quiz.domain.prize_bars import is_barred, withdrawn_prizes
from quiz.enums import AwardKind, ReleaseState
from quiz.models import Attempt, Award, Entrant, Grade, Round, Standing
from quiz.rules.document import RuleDocument
from quiz.rules.labels import criterion_label


def absent_reason() -> str:
    return _("Bạn không có bài thi ở vòng này.")


def duplicate_reason() -> str:
    return _(
        "Ban Tổ chức xác định lượt đăng ký này và một lượt khác là của cùng một người; theo thể lệ "
        "chỉ tính bài thi của lượt được giữ lại."
    )


def voided_reason() -> str:
    return _("Bài thi ở vòng này đã bị huỷ theo quyết định của Ban Tổ chức.")


def unranked_reason(*, rules: RuleDocument, entrant: Entrant, round: Round) -> str:
    """Valid entries none of which the rules rank."""
    attempts = Attempt.objects.filter(round=round, entrant=entrant).valid()
    grades = list(Grade.objects.filter(attempt__in=attempts).values_list("answered", "total"))
    complete = [answered == total for answered, total in grades]
    if rules.entry.require_all_answered and not any(complete):
        return _(
            "Theo thể lệ, bài thi chỉ hợp lệ khi trả lời tất cả các câu; bài còn câu bỏ trống."
        )
    if rules.result.has("all_correct"):
        return _("Theo thể lệ, chỉ xếp hạng bài trả lời đúng tất cả các câu.")
    return _("Bài thi ở vòng này không được xếp hạng theo thể lệ.")


def no_prize_reason(*, rules: RuleDocument, standing: Standing, round: Round) -> str:
    """Ranked, and neither among the prizes nor among the reserves."""
    entrant = standing.entrant
    if withdrawn_prizes(round=round).filter(entrant=entrant).exists():
        return _("Giải của bạn ở vòng này đã bị thu hồi theo quyết định của Ban Tổ chức.")
    if is_barred(round=round, entrant=entrant):
        return _("Theo thể lệ, bạn thuộc diện được dự thi nhưng không được xét giải.")
    won = Award.objects.filter(entrant=entrant, kind=AwardKind.PRIZE).exclude(round=round)
    if rules.result.one_prize_per in ("contest", "year") and won.exists():
        return _(
            "Theo thể lệ, mỗi người nhận một giải trong cả cuộc thi; bạn đã có giải ở vòng khác."
        )
    given = Award.objects.filter(round=round, group=standing.group, kind=AwardKind.PRIZE).count()
    if not given:
        return _("Vòng này không có giải cho đối tượng của bạn.")
    told = ngettext(
        "Vòng này trao %(count)s giải cho đối tượng của bạn; thứ hạng xét theo: %(chain)s.",
        "Vòng này trao %(count)s giải cho đối tượng của bạn; thứ hạng xét theo: %(chain)s.",
        given,
    )
    chain = [criterion_label(step.kind).lower() for step in rules.result.chain]
    return told % {"count": given, "chain": ", ".join(chain)}


def reserve_reason(place: int) -> str:
    return _("Bạn đứng thứ %(place)s trong danh sách dự bị, được xét khi có giải để trống.") % {
        "place": place
    }


def complaints_until(*, rules: RuleDocument, round: Round) -> date | None:
    """The last day on which the first release may be complained about; None before it."""
    releases = round.releases.filter(state=ReleaseState.RELEASED).order_by("number")
    released_at = releases.values_list("released_at", flat=True).first()
    if released_at is None:
        return None
    return last_complaint_day(rules=rules, since=released_at)


def last_complaint_day(*, rules: RuleDocument, since: datetime) -> date:
    """The last day of a window that begins with a release of that moment."""
    return timezone.localdate(since) + timedelta(days=rules.result.complaint_days)
