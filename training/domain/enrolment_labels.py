"""What the diary says of enrolling."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.audit_labels import register_act_labels

_LABELS = {
    "enrol_people": _("Ghi danh khoá học (%(count)s người)"),
    "exempt_enrolment": _("Miễn học, có lý do"),
    "lift_course_exemption": _("Bỏ miễn học"),
    "set_enrolment_due": _("Đặt hạn hoàn thành khoá học của một người"),
    "withdraw_enrolment": _("Rút một người khỏi khoá học"),
}


def register_enrolment_labels() -> None:
    """Called once when Django starts."""
    register_act_labels(_LABELS)
