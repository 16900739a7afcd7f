"""Refusals about surveys."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class SurveyClosed(DomainError):
    code = "survey_closed"
    status = 410
    message = _("Khảo sát này không còn nhận phiếu.")
    hint = _("Cảm ơn bạn. Mời hỏi cán bộ tại quầy về khảo sát đang mở.")


class SurveyNotFound(DomainError):
    code = "survey_not_found"
    status = 404
    message = _("Không có khảo sát tại địa chỉ này.")
    hint = _("Quét lại mã QR tại quầy, hoặc hỏi cán bộ tại quầy.")


class SurveyFormOld(DomainError):
    code = "survey_form_old"
    status = 409
    message = _("Phiếu này đã cũ.")
    hint = _("Mở lại trang khảo sát từ mã QR rồi trả lời.")


class DocumentRefused(DomainError):
    code = "survey_document_refused"
    status = 422
    message = _("Phiếu khảo sát chưa dùng được.")
    hint = _("Phiếu cần ít nhất một câu đo mức hài lòng; câu thông tin cần ít nhất hai lựa chọn.")
