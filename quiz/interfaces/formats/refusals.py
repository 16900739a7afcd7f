"""Why a file of items can't be read at all; nothing in it was looked at."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class UnreadableFile(DomainError):
    """Base of them; a reader raises nothing else."""

    code = "unreadable_file"
    status = 422
    message = _("Không đọc được tệp này.")
    hint = _("Kiểm tra lại tệp rồi tải lên lần nữa.")
