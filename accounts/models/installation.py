"""What the first-run wizard asks of a body: its name and seal, its address, how it sends."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

ONLY = 1


class Installation(models.Model):
    """One row. What holds a password (`mail_url`, `text_sender`) is sealed by accounts.crypto.

    Kept here and not in files, so that a backup of the database is a backup of the body's
    settings. A setting given by the environment wins (accounts.domain.installation).
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    body_name = models.CharField(_("tên cơ quan"), max_length=200, blank=True)
    parent_body = models.CharField(_("cơ quan chủ quản"), max_length=200, blank=True)
    place = models.CharField(_("địa danh trên văn bản"), max_length=80, blank=True)
    province_code = models.CharField(_("mã tỉnh"), max_length=20, blank=True)
    seal = models.BinaryField(_("hình con dấu hoặc biểu trưng (PNG)"), default=b"", blank=True)
    public_address = models.URLField(_("địa chỉ công khai"), blank=True)
    mail_url = models.BinaryField(default=b"", blank=True)
    mail_from = models.CharField(_("gửi thư từ địa chỉ"), max_length=254, blank=True)
    text_sender = models.BinaryField(default=b"", blank=True)
    shows_visits = models.BooleanField(_("hiện lượt truy cập ở chân trang"), default=False)
    set_up_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("thông tin cơ quan")
        constraints = [
            models.CheckConstraint(condition=Q(pk=ONLY), name="one_installation"),
        ]

    def __str__(self) -> str:
        return self.body_name
