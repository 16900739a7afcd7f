"""Certificates of completed courses, and the keys that sign them."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.queries.certificate import CertificateQuerySet


class CertificateKey(models.Model):
    """An Ed25519 key; the newest signs, older ones stay published for what they signed."""

    # 64 hexadecimal digits each; the private one is sealed.
    public_key = models.CharField(max_length=64, unique=True)
    private_key = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("khoá ký giấy xác nhận")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.public_key[:8]


class Certificate(models.Model):
    """Says that a person completed a course. Names are kept as they were on the day of issue, so
    that a course renamed or a person transferred changes no paper.

    `number` counts within a unit and year. From `expires_on` on it no longer holds; revoked, it
    does not hold either, with the reason.
    """

    enrolment = models.OneToOneField(
        "Enrolment", on_delete=models.PROTECT, related_name="certificate"
    )
    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(CertificateKey, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    code = models.CharField(max_length=24, unique=True)
    # "" once the data of its holder was erased.
    holder_name = models.CharField(_("họ và tên"), max_length=150, blank=True)
    holder_unit = models.CharField(_("đơn vị"), max_length=200, blank=True)
    # Folded: what it is searched by.
    search_text = models.TextField(editable=False, default="")
    course_title = models.CharField(_("khoá học"), max_length=200)
    body_name = models.CharField(_("cơ quan cấp"), max_length=200)
    completed_on = models.DateField(_("hoàn thành ngày"))
    issued_at = models.DateTimeField(_("cấp lúc"))
    expires_on = models.DateField(_("hết giá trị từ ngày"), null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    revoke_reason = models.CharField(_("lý do thu hồi"), max_length=400, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("giấy xác nhận hoàn thành")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "number"], name="one_course_certificate_per_number"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoke_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoke_reason="")),
                name="revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.full_number

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds."""
        return self.expires_on - timedelta(days=1) if self.expires_on else None

    @property
    def full_number(self) -> str:
        """As it is printed: “0012/2026/GXN-SO-NOI-VU”."""
        return f"{self.number:04d}/{self.year}/GXN-{self.unit.code.upper()}"
