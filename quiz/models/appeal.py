"""Complaints about a round (khiếu nại, phúc khảo) and how they were answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quiz.enums import AppealKind, AppealState
from quiz.queries.appeal import DECIDED, AppealQuerySet


class Appeal(models.Model):
    """`number` names the appeal on papers and is random; what opens it is a code of which only a
    keyed digest is stored. `request_key` comes from the form and makes filing idempotent.

    `entrant` and `attempt` are empty where nobody had to prove who they are. `receipt_matches`:
    whether the receipt shown is of the answers as they are stored now; None without a receipt.
    `evidence`: the emergency file of the attempt page (`quiz.domain.emergency_files`), or None.
    """

    contest = models.ForeignKey("Contest", on_delete=models.CASCADE, related_name="appeals")
    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="appeals")
    entrant = models.ForeignKey(
        "Entrant", on_delete=models.SET_NULL, null=True, related_name="appeals"
    )
    attempt = models.ForeignKey("Attempt", on_delete=models.SET_NULL, null=True, related_name="+")
    number = models.CharField(_("số khiếu nại"), max_length=20, unique=True)
    request_key = models.UUIDField(unique=True)
    code_digest = models.BinaryField(unique=True)
    kind = models.CharField(_("khiếu nại về"), max_length=14, choices=AppealKind)
    slot = models.PositiveSmallIntegerField(_("câu số"), null=True)
    text = models.CharField(_("nội dung"), max_length=2000)
    contact = models.BinaryField(default=b"")
    receipt_matches = models.BooleanField(null=True)
    evidence = models.JSONField(null=True)
    filed_at = models.DateTimeField(_("gửi lúc"))
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=AppealState, default=AppealState.RECEIVED
    )
    examined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    examined_at = models.DateTimeField(null=True)
    answer = models.CharField(_("trả lời"), max_length=2000, blank=True)
    changes_result = models.BooleanField(_("làm thay đổi kết quả"), default=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    returned_because = models.CharField(_("lý do trả lại"), max_length=400, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True)
    told_at = models.DateTimeField(_("báo cho người gửi lúc"), null=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("khiếu nại")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED)
                | Q(changes_result=False)
                | ~Q(answered_by=F("decided_by")),
                name="second_person_decides_appeal",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | (Q(decided_at__isnull=False) & ~Q(answer="")),
                name="decided_appeal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number
