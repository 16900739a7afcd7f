"""One sitting: what the entrant answered, and what happened to it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.enums import AttemptState, ClosedBy, EventKind
from quiz.models.entrant import SHARED
from quiz.queries.attempt import AttemptQuerySet


class Attempt(models.Model):
    """Written only by the statements of domain/attempts.py.

    `answers` holds one mask of stable option ids per slot of the paper; the paper itself is
    drawn from the pool and `seed`. `secret` keys the commitments of the attempt's leaf.
    `revision` counts accepted saves, `writer` names the tab that made the last one, `epoch`
    rises when the organiser hands the attempt to a new holder. `ended_at` is never later than
    the deadline; all moments are whole milliseconds, as they are committed. Group, unit and rules
    are those at the start, whatever changes later.
    """

    round = models.ForeignKey("Round", **SHARED)
    entrant = models.ForeignKey("Entrant", **(SHARED | {"related_name": "attempts"}))
    ordinal = models.PositiveSmallIntegerField(_("lượt"))
    group = models.ForeignKey("AudienceGroup", **SHARED)
    unit = models.ForeignKey("accounts.OrgUnit", null=True, **SHARED)
    pool = models.ForeignKey("Pool", **SHARED)
    rules = models.ForeignKey("RuleSet", **SHARED)
    seed = models.BinaryField()
    secret = models.BinaryField()
    state = models.PositiveSmallIntegerField(choices=AttemptState, default=AttemptState.OPEN)
    started_at = models.DateTimeField(_("bắt đầu"))
    deadline_at = models.DateTimeField(_("hạn nộp"))
    ended_at = models.DateTimeField(_("kết thúc"), null=True)
    closed_by = models.PositiveSmallIntegerField(choices=ClosedBy, null=True)
    answers = ArrayField(models.PositiveSmallIntegerField())
    prediction = models.DecimalField(_("số dự đoán"), max_digits=14, decimal_places=5, null=True)
    writer = models.BigIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    epoch = models.PositiveSmallIntegerField(default=0)
    journal = models.BinaryField(default=b"")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(_("lý do huỷ"), max_length=400, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("bài thi")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "entrant", "ordinal"], name="one_attempt_per_ordinal"
            ),
        ]
        indexes = [
            models.Index(
                fields=["deadline_at"],
                name="attempt_open",
                condition=models.Q(state=AttemptState.OPEN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.pk}"


class AttemptEvent(models.Model):
    attempt = models.ForeignKey("Attempt", **(SHARED | {"related_name": "events"}))
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=12, choices=EventKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("diễn biến bài thi")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.kind}"
