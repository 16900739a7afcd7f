"""Consent texts: versioned, and never edited once someone may have agreed to them."""

from accounts.enums import ConsentPurpose
from accounts.models import ConsentText

# The first version of each text; a body publishes its own as the next version.
FIRST_TEXTS: dict[str, tuple[str, str]] = {
    ConsentPurpose.ENTER_CONTEST: (
        "Tôi đồng ý để cơ quan tổ chức cuộc thi xử lý các thông tin tôi khai dưới đây với mục đích "
        "tổ chức thi, xét giải, trao giải và giải quyết khiếu nại của cuộc thi này. Nếu tôi đạt "
        "giải, họ tên, đơn vị và kết quả của tôi được công bố. Tôi có quyền xem, sửa, rút lại sự "
        "đồng ý và yêu cầu xoá dữ liệu của mình.",
        "I agree that the organising body processes the details I give below to run this contest, "
        "award and hand over prizes, and answer complaints. If I win, my name, unit and result "
        "are published. I may see and correct my data, withdraw this consent, and ask for "
        "erasure.",
    ),
    ConsentPurpose.PUBLISH_MINOR: (
        "Tôi là cha, mẹ hoặc người giám hộ và đồng ý, cùng với người dự thi dưới 16 tuổi, để họ "
        "tên và đơn vị của người dự thi được công bố trong danh sách đạt giải.",
        "I am the parent or guardian and agree, together with the entrant under 16, that the "
        "entrant's name and unit are published in the list of winners.",
    ),
}
RETENTION_DAYS = 365


def current_consent_text(*, purpose: str) -> ConsentText:
    """The newest text of a purpose; the first version is made when there is none yet."""
    newest = ConsentText.objects.filter(purpose=purpose).order_by("-version").first()
    if newest is not None:
        return newest
    body, body_en = FIRST_TEXTS[ConsentPurpose(purpose)]
    return ConsentText.objects.get_or_create(
        purpose=purpose,
        version=1,
        defaults={"body": body, "body_en": body_en, "retention_days": RETENTION_DAYS},
    )[0]
