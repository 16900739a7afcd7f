"""How long what a citizen wrote is kept, and its exchange of the field key."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.domain.key_rotation import SealedStore, register_sealed_store
from accounts.domain.retention import Store, register_store
from training.domain.inquiries import forget_askers
from training.models import Inquiry

KEPT = timedelta(days=365)
UNANSWERED_KEPT = timedelta(days=730)


def _held() -> QuerySet[Inquiry]:
    return Inquiry.objects.exclude(text="")


def _due(now: datetime) -> QuerySet[Inquiry]:
    decided = Q(decided_at__lt=now - KEPT)
    return _held().filter(decided | Q(decided_at=None, asked_at__lt=now - UNANSWERED_KEPT))


def _end(ids: list[int], _now: datetime) -> None:
    """What was decided stays without its asker; what never was goes whole."""
    rows = Inquiry.objects.filter(pk__in=ids)
    rows.filter(decided_at=None).delete()
    forget_askers(ids)


def register_inquiry_stores() -> None:
    """Called once when Django starts."""
    register_store(
        Store(
            code="inquiries",
            title=_("Câu hỏi của người dân"),
            why=_("Trả lời người hỏi và báo cho họ khi có trả lời."),
            kept=_("12 tháng sau khi trả lời; câu chưa trả lời thì 24 tháng sau khi gửi."),
            fields={"training.inquiry": ("text", "contact", "code_digest", "request_key")},
            held=_held,
            due=_due,
            end=_end,
        )
    )
    register_sealed_store(SealedStore("training.inquiry", Inquiry, ["contact"]))
