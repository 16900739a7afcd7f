"""How long what people wrote into a survey is kept."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain.retention import Store, register_store
from training.models import SurveyPot, SurveyRemark, SurveyTurn

REMARKS_KEPT = timedelta(days=730)
TURNS_KEPT = timedelta(days=2)


def _past_remarks(now: datetime) -> QuerySet[SurveyRemark]:
    return SurveyRemark.objects.filter(month__lt=timezone.localdate(now - REMARKS_KEPT))


def _past_pots(_now: datetime) -> QuerySet[SurveyPot]:
    return SurveyPot.objects.past()


def _past_turns(now: datetime) -> QuerySet[SurveyTurn]:
    return SurveyTurn.objects.filter(day__lt=timezone.localdate(now - TURNS_KEPT))


def register_survey_stores() -> None:
    """Called once when Django starts."""
    why = _(
        "Nghe ý kiến của người đến giao dịch. Không biết ai viết; người viết có thể tự nêu tên."
    )
    register_store(
        Store(
            code="survey_remarks",
            title=_("Ý kiến trong phiếu khảo sát"),
            why=why,
            kept=_("24 tháng sau tháng được đưa vào kết quả."),
            fields={"training.surveyremark": ("text",)},
            held=SurveyRemark.objects.all,
            due=_past_remarks,
        )
    )
    register_store(
        Store(
            code="survey_pots",
            title=_("Phiếu khảo sát chờ đủ số lượng"),
            why=why,
            kept=_("Đến khi đủ số phiếu để đưa vào kết quả, hoặc đến khi có phiên bản phiếu mới."),
            fields={"training.surveypot": ("remarks",)},
            held=SurveyPot.objects.all,
            due=_past_pots,
        )
    )
    register_store(
        Store(
            code="survey_turns",
            title=_("Dấu phiếu khảo sát đã gửi"),
            why=_("Để gửi hai lần chỉ tính một; chỉ lưu mã băm của số ngẫu nhiên trên trang."),
            kept=_("2 ngày."),
            fields={"training.surveyturn": ("digest",)},
            held=SurveyTurn.objects.all,
            due=_past_turns,
        )
    )
