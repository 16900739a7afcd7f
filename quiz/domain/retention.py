"""Until when a contest keeps who entered it, and the stores of quiz for the daily run.

The time is counted from the close of the contest's last round and is the one that each entrant
agreed to: a later consent text with a longer time does not lengthen it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain.consents import RETENTION_DAYS
from accounts.domain.retention import LOG_DAYS, Store, register_store
from accounts.models import Consent, ConsentText, RosterEntry
from quiz.domain.erasure import ERASED, SUBJECT, erase_entrants
from quiz.domain.item_imports import clear_files
from quiz.models import (
    Appeal,
    Contest,
    Entrant,
    EntrantReport,
    ItemImport,
    MayNotWin,
    Release,
    ReturnCode,
    Witness,
)

CODES_KEPT = timedelta(days=1)
LOG_KEPT = timedelta(days=LOG_DAYS)


def last_close(contest: Contest) -> datetime | None:
    """The close of the contest's last round; None before it has any."""
    return contest.rounds.aggregate(last=Max("closes_at"))["last"]


def kept_until(*, contest: Contest, days: int | None = None) -> date | None:
    """The last day on which the contest knows who entered; `days`: of the text agreed to."""
    closed = last_close(contest)
    if closed is None:
        return None
    text = contest.consent_text
    kept = days if days is not None else text.retention_days if text else RETENTION_DAYS
    return timezone.localdate(closed) + timedelta(days=kept)


def _closed_before(now: datetime) -> list[tuple[int, datetime]]:
    """(contest, close of its last round) of contests whose rounds are all over."""
    last = Contest.objects.annotate(last=Max("rounds__closes_at")).filter(last__lt=now)
    return [(contest.pk, contest.last) for contest in last.order_by("pk")]


def expired_contests(now: datetime) -> list[int]:
    """Contests whose time is over by the text they were set up with."""
    kept = dict(Contest.objects.values_list("pk", "consent_text__retention_days"))
    return [
        pk
        for pk, closed in _closed_before(now)
        if closed + timedelta(days=RETENTION_DAYS if kept[pk] is None else kept[pk]) < now
    ]


def entrants_due(now: datetime) -> QuerySet[Entrant]:
    """Entrants still named whose own time is over."""
    texts = dict(ConsentText.objects.values_list("pk", "retention_days"))
    agreed = Consent.objects.filter(subject_kind=SUBJECT, subject_id=OuterRef("pk"))
    over = Q(pk=None)
    for pk, closed in _closed_before(now):
        past = [text for text, days in texts.items() if closed + timedelta(days=days) < now]
        if past:
            over |= Q(contest=pk) & Q(Exists(agreed.filter(text_id__in=past)))
    # Someone entered by the system without a consent goes with their contest.
    over |= Q(contest__in=expired_contests(now)) & Q(~Exists(agreed))
    return Entrant.objects.filter(over, erased_at=None)


def _end_entrants(ids: list[int], now: datetime) -> None:
    erase_entrants(entrants=ids, now=now)


def _named_entries() -> QuerySet[RosterEntry]:
    return RosterEntry.objects.exclude(full_name=ERASED)


def roster_entries_due(now: datetime) -> QuerySet[RosterEntry]:
    """Of lists that no contest uses any more, or that none ever used for two years."""
    expired = expired_contests(now)
    used = Contest.objects.filter(roster=OuterRef("roster"))
    past = timezone.localdate(now) - timedelta(days=RETENTION_DAYS)
    over = Q(Exists(used)) | Q(roster__as_of__lt=past)
    return _named_entries().filter(over, ~Exists(used.exclude(pk__in=expired)))


def _end_roster_entries(ids: list[int], now: datetime) -> None:
    entries = RosterEntry.objects.filter(pk__in=ids)
    entries.exclude(exemption="").update(exemption=ERASED)
    entries.update(full_name=ERASED, folded_name="", staff_code="", birth_date=None)


def _barred_due(now: datetime) -> QuerySet[MayNotWin]:
    return MayNotWin.objects.filter(contest__in=expired_contests(now))


def _reports_due(now: datetime) -> QuerySet[EntrantReport]:
    handled = Q(handled_at__lt=now - LOG_KEPT)
    return EntrantReport.objects.filter(handled | Q(contest__in=expired_contests(now)))


def _appeals_due(now: datetime) -> QuerySet[Appeal]:
    return Appeal.objects.filter(contest__in=expired_contests(now))


def _codes_due(now: datetime) -> QuerySet[ReturnCode]:
    return ReturnCode.objects.filter(asked_at__lt=now - CODES_KEPT)


def _contests_with_entrants() -> Iterable[tuple[str, date]]:
    named = Entrant.objects.filter(contest=OuterRef("pk"), erased_at=None)
    for contest in Contest.objects.filter(Exists(named)).select_related("consent_text"):
        until = kept_until(contest=contest)
        if until is not None:
            yield contest.title, until


def _end_imports(ids: list[int], _now: datetime) -> None:
    for session in ItemImport.objects.filter(pk__in=ids):
        clear_files(session)
        session.delete()


_STORES = (
    Store(
        code="entrants",
        title=_("Người dự thi và bài thi"),
        why=_("Xác định người dự thi, chấm bài, xếp hạng, trao giải, giải quyết khiếu nại."),
        kept=_("Thời gian ghi trong nội dung đồng ý, tính từ khi vòng cuối đóng."),
        fields={
            "quiz.entrant": (
                *("full_name", "folded_name", "sort_name", "birth_date", "sex", "email"),
                *("phone", "phone_index", "national_id", "national_id_index", "address"),
                *("staff_code", "identity_index", "code_digest", "request_key"),
            ),
            "quiz.attempt": ("secret", "journal", "void_reason"),
            "quiz.attemptevent": ("details",),
            "quiz.attemptcorrection": ("reason",),
            "quiz.prizewithdrawal": ("reason",),
            "quiz.duplicatecase": ("mark", "note"),
            "accounts.consent": ("given_by",),
        },
        held=lambda: Entrant.objects.filter(erased_at=None),
        due=entrants_due,
        end=_end_entrants,
        until=_contests_with_entrants,
    ),
    Store(
        code="return_codes",
        title=_("Mã một lần để vào lại"),
        why=_("Đưa người dự thi trở lại bài của mình; địa chỉ nhận bị xoá sau khi gửi."),
        kept=_("Một ngày."),
        fields={"quiz.returncode": ("contact", "browser_digest", "entrants")},
        held=ReturnCode.objects.all,
        due=_codes_due,
    ),
    Store(
        code="item_imports",
        title=_("Tệp câu hỏi đang rà soát"),
        why=_("Để người nhập xem từng câu trước khi lưu vào ngân hàng."),
        kept=_("14 ngày kể từ khi tải lên; câu đã lưu giữ đoạn văn của riêng nó."),
        fields={
            "quiz.itemimport": ("file_name", "upload", "key_upload", "skipped", "notices"),
            "quiz.importdraft": ("label", "source", "document"),
        },
        held=ItemImport.objects.all,
        due=lambda now: ItemImport.objects.filter(expires_at__lt=now),
        end=_end_imports,
    ),
    Store(
        code="releases",
        title=_("Bản công bố kết quả"),
        why=_("Hồ sơ của quyết định đã ký: họ tên, đơn vị, kết quả của người đạt giải."),
        kept=_("Giữ cùng quyết định; gói kiểm chứng chỉ có ký hiệu, không có số của ai."),
        fields={"quiz.release": ("document", "bundle", "tree")},
        held=Release.objects.all,
    ),
    Store(
        code="rosters",
        title=_("Danh sách bắt buộc"),
        why=_("Biết ai phải dự thi và ai chưa dự thi."),
        kept=_("Đến khi hết thời gian lưu của mọi cuộc thi dùng danh sách."),
        fields={
            "accounts.rosterentry": (
                *("full_name", "folded_name", "staff_code", "birth_date", "exemption"),
            )
        },
        held=_named_entries,
        due=roster_entries_due,
        end=_end_roster_entries,
    ),
    Store(
        code="may_not_win",
        title=_("Người không được nhận giải"),
        why=_("Không trao giải cho người tổ chức, ra đề và người thân."),
        kept=_("Đến khi hết thời gian lưu của cuộc thi."),
        fields={
            "quiz.maynotwin": ("full_name", "folded_name", "birth_date", "staff_code", "reason")
        },
        held=MayNotWin.objects.all,
        due=_barred_due,
    ),
    Store(
        code="appeals",
        title=_("Khiếu nại"),
        why=_("Xem xét khiếu nại và để câu trả lời đọc lại được."),
        kept=_("Đến khi hết thời gian lưu của cuộc thi; nội dung xoá cùng người dự thi."),
        fields={
            "quiz.appeal": (
                *("text", "contact", "evidence", "answer", "returned_because"),
                *("code_digest", "request_key"),
            )
        },
        held=Appeal.objects.all,
        due=_appeals_due,
    ),
    Store(
        code="witnesses",
        title=_("Người chứng kiến"),
        why=_("Gửi mốc bài thi cho người giữ làm chứng."),
        kept=_("Đến khi hết thời gian lưu của cuộc thi."),
        fields={"quiz.witness": ("email",)},
        held=Witness.objects.all,
        due=lambda now: Witness.objects.filter(contest__in=expired_contests(now)),
    ),
    Store(
        code="reports",
        title=_("Báo “Không phải tôi”"),
        why=_("Xem xét việc người khác dùng tên hoặc số của một người."),
        kept=_("12 tháng sau khi xử lý, chậm nhất đến hết thời gian lưu của cuộc thi."),
        fields={"quiz.entrantreport": ("text", "contact", "note")},
        held=EntrantReport.objects.all,
        due=_reports_due,
    ),
)


def register_stores() -> None:
    """Called once when Django starts."""
    for store in _STORES:
        register_store(store)
