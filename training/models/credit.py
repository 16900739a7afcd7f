"""Training taken elsewhere, counted once another person has approved it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from training.enums import CreditState
from training.queries.credit import CreditQuerySet

BY_PERSON = {"on_delete": models.PROTECT, "related_name": "+"}


class Credit(models.Model):
    """Minutes from elsewhere, in the year of `taken_on`.

    Entered by the person or somebody who runs training; decided by neither of them.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credits"
    )
    title = models.CharField(_("tên khoá học"), max_length=200)
    issuer = models.CharField(_("nơi cấp"), max_length=200)
    number = models.CharField(_("số giấy"), max_length=60)
    taken_on = models.DateField(_("ngày hoàn thành"))
    minutes = models.PositiveIntegerField(
        _("số phút"), validators=[MinValueValidator(1), MaxValueValidator(600_000)]
    )
    state = models.CharField(max_length=8, choices=CreditState, default=CreditState.PROPOSED)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY_PERSON)
    entered_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **BY_PERSON)
    decided_at = models.DateTimeField(null=True)
    refusal = models.CharField(_("lý do không duyệt"), max_length=400, blank=True)

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("giờ học ngoài hệ thống")
        ordering = ["-taken_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "issuer", "number"],
                condition=~Q(state=CreditState.REFUSED),
                name="one_credit_per_paper",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("person")) & ~Q(decided_by=F("entered_by"))),
                name="credit_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state=CreditState.PROPOSED, decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decided_credit_has_its_person",
            ),
            models.CheckConstraint(
                condition=Q(refusal="") | Q(state=CreditState.REFUSED),
                name="only_refused_credit_has_a_refusal",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CreditScan(models.Model):
    """The paper itself, scanned: in the database, since it is small, personal and goes with it."""

    credit = models.OneToOneField(Credit, on_delete=models.CASCADE, related_name="scan")
    mime = models.CharField(max_length=40)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("bản quét giấy chứng nhận")

    def __str__(self) -> str:
        return f"{self.credit}"
