"""Who is who: what is asked of entrants, and what tells them apart."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from quiz.rules.linter.base import (
    Change,
    Fix,
    RuleFinding,
    Severity,
    change_entry,
    change_result,
)
from quiz.rules.schema import IdentityField, IdentityName, RuleDocument

USUAL_PER_PHONE = 10
FULL_AGE_TO_BE_NAMED = 16  # as `quiz.domain.minors` holds it
_TELLS_APART: tuple[IdentityName, ...] = ("birth_date", "phone", "staff_code", "national_id")
_REACHES = {"phone", "email", "address", "unit", "staff_code"}


def identity_key_weak(document: RuleDocument) -> Iterator[RuleFinding]:
    if document.entry.identity_key != ["full_name"]:
        return
    asked = [name for name in _TELLS_APART if name in document.entry.required_fields]
    added: list[IdentityName] = asked[:2] or ["birth_date"]
    key: list[IdentityName] = ["full_name", *added]
    fields = document.entry.identity_fields if asked else _require(document, "birth_date")
    yield RuleFinding(
        "identity_key_weak",
        Severity.RISK,
        ("entry", "identity_key"),
        _("chỉ dựa vào họ tên thì nhiều người khác nhau bị coi là trùng."),
        _("Thêm ngày sinh, số điện thoại hoặc mã cán bộ."),
        Fix(
            _("Nhận diện thêm bằng thông tin đã hỏi") if asked else _("Hỏi và xét thêm ngày sinh"),
            change_entry(identity_key=key, identity_fields=fields),
        ),
    )


def household_phone(document: RuleDocument) -> Iterator[RuleFinding]:
    if document.entry.identity_key == ["phone"]:
        yield RuleFinding(
            "household_phone",
            Severity.RISK,
            ("entry", "identity_key"),
            _("một nhà dùng chung số điện thoại thì mọi người trong nhà bị coi là trùng."),
            _("Nhận diện bằng cả họ tên."),
            Fix(_("Xét thêm họ tên"), _name_too(document)),
        )


def _name_too(document: RuleDocument) -> Change:
    fields = document.entry.identity_fields
    if "full_name" not in document.entry.required_fields:
        fields = _require(document, "full_name")
    return change_entry(identity_key=["full_name", "phone"], identity_fields=fields)


def phone_unlimited(document: RuleDocument) -> Iterator[RuleFinding]:
    entry = document.entry
    if "phone" in entry.identity_key and entry.persons_per_phone is None:
        yield RuleFinding(
            "phone_unlimited",
            Severity.GAP,
            ("entry", "persons_per_phone"),
            _("một số điện thoại đăng ký được cho bao nhiêu người cũng được."),
            _("Đặt giới hạn rộng hơn một gia đình, ví dụ 10 người."),
            Fix(_("Tối đa 10 người một số"), change_entry(persons_per_phone=USUAL_PER_PHONE)),
        )


def one_person_per_phone(document: RuleDocument) -> Iterator[RuleFinding]:
    if document.entry.persons_per_phone == 1:
        yield RuleFinding(
            "one_person_per_phone",
            Severity.RISK,
            ("entry", "persons_per_phone"),
            _("một nhà dùng chung một số điện thoại thì chỉ một người dự thi được."),
            _("Cho vài người dùng chung một số."),
            Fix(_("Tối đa 10 người một số"), change_entry(persons_per_phone=USUAL_PER_PHONE)),
        )


def reentry_weak(document: RuleDocument) -> Iterator[RuleFinding]:
    entry = document.entry
    if entry.reentry != "staff_code_and_birth_date":
        return
    contact = bool({"phone", "email"} & entry.asked_fields)
    yield RuleFinding(
        "reentry_weak",
        Severity.RISK,
        ("entry", "reentry"),
        _("đồng nghiệp biết mã cán bộ và ngày sinh có thể vào thay người khác."),
        _("Chỉ dùng khi nhiều người không có điện thoại; mỗi lần vào lại đều được ghi nhận."),
        Fix(
            _("Vào lại bằng mã gửi tới liên hệ đã khai")
            if contact
            else _("Chỉ vào lại bằng mã dự thi"),
            change_entry(reentry="code_or_contact" if contact else "code"),
        ),
    )


def minors_unknown(document: RuleDocument) -> Iterator[RuleFinding]:
    if "birth_date" in document.entry.asked_fields or not document.result.prizes:
        return
    yield RuleFinding(
        "minors_unknown",
        Severity.RISK,
        ("result", "minor_names"),
        _("không hỏi ngày sinh nên không biết người đạt giải đã đủ 16 tuổi chưa."),
        _("Hỏi ngày sinh, hoặc tự kiểm tra trước khi công bố tên."),
        Fix(_("Hỏi ngày sinh"), change_entry(identity_fields=_require(document, "birth_date"))),
    )


def guardian_consent_late(document: RuleDocument) -> Iterator[RuleFinding]:
    """A child who wins without a guardian's recorded consent keeps everybody's results back."""
    entry, result = document.entry, document.result
    children = entry.minimum_age is None or entry.minimum_age < FULL_AGE_TO_BE_NAMED
    if children and result.prizes and result.minor_names == "consent":
        yield RuleFinding(
            "guardian_consent_late",
            Severity.RISK,
            ("result", "minor_names"),
            _("người dưới 16 tuổi đạt giải mà người giám hộ chưa đồng ý thì chưa công bố được."),
            _("Viết tắt tên các em cho tới khi có đồng ý, hoặc đặt tuổi tối thiểu."),
            Fix(_("Viết tắt tên khi chưa có đồng ý"), change_result(minor_names="initials")),
        )


def birth_date_coarse(document: RuleDocument) -> Iterator[RuleFinding]:
    """An age that decides needs the day; month or year leave both readings open."""
    entry = document.entry
    by_age = document.result.has("age") or document.has_side_prizes
    if (
        (by_age or entry.minimum_age is not None)
        and entry.birth_precision != "day"
        and "birth_date" in entry.asked_fields
    ):
        yield RuleFinding(
            "birth_date_coarse",
            Severity.RISK,
            ("entry", "birth_precision"),
            _("xét tuổi nhưng không hỏi ngày sinh đầy đủ nên có người không xác định được tuổi."),
            _("Hỏi cả ngày, tháng, năm; ai không nhớ ngày thì khai ngày đầu tháng."),
            Fix(_("Hỏi ngày, tháng, năm"), change_entry(birth_precision="day")),
        )


def national_id_needless(document: RuleDocument) -> Iterator[RuleFinding]:
    """Personal data is collected for a purpose (Law 91/2025/QH15); this one would have none."""
    entry = document.entry
    if "national_id" in entry.asked_fields and "national_id" not in entry.identity_key:
        kept = [field for field in entry.identity_fields if field.name != "national_id"]
        yield RuleFinding(
            "national_id_needless",
            Severity.RISK,
            ("entry", "identity_fields"),
            _("hỏi số định danh cá nhân nhưng không dùng để nhận diện."),
            _("Bỏ mục này: chỉ thu thập thông tin cá nhân cần cho cuộc thi."),
            Fix(_("Không hỏi số định danh"), change_entry(identity_fields=kept)),
        )


def winners_unreachable(document: RuleDocument) -> Iterator[RuleFinding]:
    if document.result.prizes and not _REACHES & document.entry.asked_fields:
        yield RuleFinding(
            "winners_unreachable",
            Severity.GAP,
            ("entry", "identity_fields"),
            _("không hỏi gì để tìm được người đạt giải mà trao."),
            _("Hỏi số điện thoại, đơn vị hoặc địa chỉ."),
            Fix(_("Hỏi số điện thoại"), change_entry(identity_fields=_require(document, "phone"))),
        )


def _require(document: RuleDocument, name: IdentityName) -> list[IdentityField]:
    """The fields asked, with this one required."""
    fields = document.entry.identity_fields
    added = IdentityField(name=name, required=True)
    if name in document.entry.asked_fields:
        return [added if field.name == name else field for field in fields]
    return [*fields, added]
