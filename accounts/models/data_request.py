"""What a person asks about their own data, and the daily runs that end what is kept too long."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import DataRequestKind, DataRequestState
from accounts.queries.data_request import DataRequestQuerySet


class DataRequest(models.Model):
    """Answered before `due_at`. Outlives the data it was about: it holds none itself.

    `subject_kind`/`subject_id` name a row of any app; `unit` is whose people answer. `number` is
    random, so that it says nothing about how many asked. `wanted` (what should stand instead, and
    the person's own words) is sealed JSON and goes with the answer.
    """

    number = models.CharField(_("số yêu cầu"), max_length=20, unique=True)
    kind = models.CharField(_("yêu cầu"), max_length=12, choices=DataRequestKind)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=DataRequestState, default=DataRequestState.OPEN
    )
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    unit = models.ForeignKey(
        "accounts.OrgUnit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    wanted = models.BinaryField(default=b"")
    asked_at = models.DateTimeField(_("gửi lúc"))
    due_at = models.DateTimeField(_("trả lời trước"))
    decided_at = models.DateTimeField(_("trả lời lúc"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(_("trả lời"), max_length=600, blank=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("yêu cầu về dữ liệu cá nhân")
        ordering = ["due_at", "pk"]
        constraints = [
            # A double click asks once.
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind"],
                condition=Q(state=DataRequestState.OPEN),
                name="one_open_request_per_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="request_by_subject"),
        ]

    def __str__(self) -> str:
        return self.number


class RetentionRun(models.Model):
    """One daily run: {store: rows whose personal data it ended}, and where it stopped if it did."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    ended = models.JSONField(default=dict)
    failed = models.JSONField(default=list)

    class Meta:
        verbose_name = _("lần chạy xoá dữ liệu hết hạn")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}"
