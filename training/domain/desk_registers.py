"""What the rest of the house has to know of surveys and screens at a desk."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.audit_labels import register_act_labels, register_named_subjects
from training.domain.file_use import register_file_use
from training.domain.playing import shown_on_screens
from training.domain.survey_retention import register_survey_stores

_LABELS = {
    "change_playlist": _("Sửa danh sách phát"),
    "change_screen": _("Sửa màn hình tại quầy"),
    "create_playlist": _("Lập danh sách phát"),
    "create_screen": _("Thêm màn hình tại quầy"),
    "create_survey": _("Lập khảo sát hài lòng"),
    "publish_survey": _("Dùng phiếu khảo sát phiên bản %(version)s"),
    "open_survey": _("Mở nhận phiếu khảo sát"),
    "close_survey": _("Ngừng nhận phiếu khảo sát"),
    "delete_playlist": _("Xoá danh sách phát"),
    "pair_screen": _("Cấp mã ghép màn hình"),
    "revoke_screen": _("Ngừng màn hình tại quầy"),
    "export_survey": _("Xuất kết quả khảo sát (%(rows)s dòng)"),
}


def register_desks() -> None:
    """Called once when Django starts."""
    register_act_labels(_LABELS)
    register_named_subjects("training.playlist", "training.screen", "training.survey")
    register_file_use(shown_on_screens)
    register_survey_stores()
