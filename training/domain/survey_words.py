"""The words of a survey: its five levels, and what a new one asks."""

from django.utils.translation import gettext as _

from training.engine.surveys import Prompt, SurveyDocument


def level_words() -> list[str]:
    """From the best to the worst."""
    return [
        _("Rất hài lòng"),
        _("Hài lòng"),
        _("Bình thường"),
        _("Không hài lòng"),
        _("Rất không hài lòng"),
    ]


def option_words(prompt: Prompt) -> list[str]:
    return level_words() if prompt.kind == "scale" else list(prompt.options)


def usual_document() -> SurveyDocument:
    """What a new survey asks until somebody changes it: about a visit to a one-stop desk."""
    scales = (
        _("Sự rõ ràng của hướng dẫn, biểu mẫu"),
        _("Thái độ phục vụ của cán bộ"),
        _("Thời gian giải quyết hồ sơ"),
        _("Kết quả giải quyết"),
        _("Nơi ngồi chờ, trang thiết bị"),
        _("Nhìn chung, về lần giao dịch này"),
    )
    facts = (
        (
            _("Bạn nộp hồ sơ bằng cách nào?"),
            (_("Trực tiếp tại quầy"), _("Trực tuyến"), _("Qua bưu điện")),
        ),
        (
            _("Hồ sơ được giải quyết"),
            (_("Sớm hẹn"), _("Đúng hẹn"), _("Trễ hẹn"), _("Chưa đến hẹn")),
        ),
        (_("Bạn là"), (_("Người dân"), _("Người đại diện doanh nghiệp, tổ chức"))),
    )
    prompts = [Prompt(kind="scale", text=text) for text in scales]
    prompts += [Prompt(kind="choice", text=text, options=options) for text, options in facts]
    return SurveyDocument(prompts=tuple(prompts), remark=True)
