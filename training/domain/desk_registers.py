"""What the rest of the house has to know of surveys and screens at a desk."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.audit_labels import register_act_labels, register_named_subjects
from training.domain.survey_retention import register_survey_stores

_LABELS = {
    "create_survey": _("Lập khảo sát hài lòng"),
    "publish_survey": _("Dùng phiếu khảo sát phiên bản %(version)s"),
    "open_survey": _("Mở nhận phiếu khảo sát"),
    "close_survey": _("Ngừng nhận phiếu khảo sát"),
    "export_survey": _("Xuất kết quả khảo sát (%(rows)s dòng)"),
}


def register_desks() -> None:
    """Called once when Django starts."""
    register_act_labels(_LABELS)
    register_named_subjects("training.survey")
    register_survey_stores()
