"""Texts people agree to, in versions: the words shown are the words kept."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.domain.audit import record_act
from accounts.enums import ConsentPurpose
from accounts.models import Consent, ConsentText, User

# Law 91/2025/QH15: who processes what, why, how long, and how to withdraw. The body running a
# contest writes its own version over these.
_FIRST_TEXTS = {
    ConsentPurpose.ENTER_CONTEST: (
        "Tôi đồng ý để Ban Tổ chức thu thập và xử lý các thông tin tôi khai khi đăng ký, bài "
        "làm và thời điểm làm bài, nhằm mục đích tổ chức cuộc thi: xác định người dự thi, "
        "chấm bài, xếp hạng, trao giải, giải quyết khiếu nại và thống kê tỷ lệ tham gia. Họ "
        "tên, đơn vị và kết quả của người đạt giải được công bố; số điện thoại và số định "
        "danh cá nhân không được công bố. Thông tin được mã hóa khi lưu, chỉ người có trách "
        "nhiệm được xem, và được xóa hoặc ẩn danh khi hết thời gian lưu. Tôi có quyền xem, "
        "sửa, rút lại sự đồng ý hoặc yêu cầu xóa thông tin của mình bằng cách liên hệ Ban Tổ "
        "chức; rút lại sự đồng ý thì bài thi không được xét giải.",
        "I agree that the organising board collects and processes what I enter when "
        "registering, my answers and the times at which I gave them, in order to run the "
        "contest: to identify entrants, mark papers, rank them, award prizes, handle "
        "complaints and report participation. The names, units and results of winners are "
        "published; telephone and personal identification numbers are not. The data are "
        "encrypted at rest, seen only by those responsible, and erased or made anonymous when "
        "the storage period ends. I may see, correct or have my data erased, or withdraw this "
        "consent, by contacting the board; an entry whose consent is withdrawn is not "
        "considered for a prize.",
    ),
    ConsentPurpose.PUBLISH_MINOR: (
        "Tôi là cha, mẹ hoặc người giám hộ của người dự thi dưới 16 tuổi. Tôi và người dự thi "
        "cùng đồng ý để Ban Tổ chức công bố họ tên, đơn vị và kết quả của người dự thi nếu "
        "đạt giải. Không đồng ý thì người dự thi vẫn được dự thi và chỉ được nêu bằng chữ cái "
        "đầu của họ tên.",
        "I am a parent or guardian of an entrant under 16. The entrant and I agree that the "
        "organising board publishes the entrant's name, unit and result if a prize is won. "
        "Without this consent the entrant may still enter and is named by initials only.",
    ),
}
RETENTION_DAYS = 730


def current_consent_text(*, purpose: str = ConsentPurpose.ENTER_CONTEST) -> ConsentText:
    """The newest text of a purpose; the first one is made when there is none yet."""
    newest = ConsentText.objects.filter(purpose=purpose).order_by("-version").first()
    return newest or _first_text(ConsentPurpose(purpose))


def _first_text(purpose: ConsentPurpose) -> ConsentText:
    body, body_en = _FIRST_TEXTS[purpose]
    text, _created = ConsentText.objects.get_or_create(
        purpose=purpose,
        version=1,
        defaults={"body": body, "body_en": body_en, "retention_days": RETENTION_DAYS},
    )
    return text


@transaction.atomic
def publish_consent_text(
    *, purpose: str, body: str, retention_days: int, user: User | None, body_en: str = ""
) -> ConsentText:
    """A new version; contests keep the one they were set up with until they choose anew."""
    newest = current_consent_text(purpose=purpose)
    text = ConsentText.objects.create(
        purpose=purpose,
        version=newest.version + 1,
        body=body,
        body_en=body_en,
        retention_days=retention_days,
    )
    record_act(actor=user, act="publish_consent_text", subject=text)
    return text


def consents_of(*, subject_kind: str, subject_id: int) -> list[tuple[Consent, ConsentText]]:
    """What a subject agreed to, the oldest first, each with the words that were shown."""
    given = list(
        Consent.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("pk")
    )
    texts = ConsentText.objects.in_bulk([consent.text_id for consent in given])
    return [(consent, texts[consent.text_id]) for consent in given]


def withdraw_consents(
    *, subject_kind: str, subject_id: int, purposes: Sequence[str], now: datetime
) -> int:
    """Take back what was agreed to for these purposes; how many consents were in force."""
    texts = ConsentText.objects.filter(purpose__in=purposes).values("pk")
    in_force = Consent.objects.filter(
        subject_kind=subject_kind,
        subject_id=subject_id,
        text_id__in=texts,
        withdrawn_at__isnull=True,
    )
    return in_force.update(withdrawn_at=now)
