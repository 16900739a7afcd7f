"""Marks and places, written set-based when a round is ranked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.models.entrant import SHARED


class Grade(models.Model):
    """What one attempt earned. Rewritten as a whole by each grading until the seal.

    `items`: of a paper drawn or mixed for this attempt, its items slot by slot, by place in the
    pool, so that answers can be counted by the database; None where all papers are the same.
    """

    attempt = models.OneToOneField(
        "Attempt",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="grade",
    )
    round = models.ForeignKey("Round", **SHARED)
    score = models.DecimalField(_("điểm"), max_digits=8, decimal_places=2)
    correct = models.PositiveSmallIntegerField(_("số câu đúng"))
    answered = models.PositiveSmallIntegerField(_("số câu trả lời"))
    total = models.PositiveSmallIntegerField(_("số câu"))
    items = ArrayField(models.SmallIntegerField(), null=True)

    class Meta:
        verbose_name = _("kết quả chấm")

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.score}"


# Standings are written by the million and read from the top or by entrant: an index per key would
# cost more than the ranking itself.
INDEXED_RANKS = 2000
UNINDEXED = SHARED | {"db_index": False}


class Standing(models.Model):
    """An entrant's place in a group of a round, by their counted attempt.

    `rank` is shared by those the chain, lot and decision included, can't tell apart (`tied`).
    `duration_ms`, `prediction_error` are the values compared, at full precision.
    """

    round = models.ForeignKey("Round", **UNINDEXED)
    group = models.ForeignKey("AudienceGroup", **UNINDEXED)
    entrant = models.ForeignKey("Entrant", **UNINDEXED)
    attempt = models.ForeignKey("Attempt", **UNINDEXED)
    rank = models.PositiveIntegerField(_("hạng"))
    tied = models.BooleanField(default=False)
    score = models.DecimalField(max_digits=8, decimal_places=2)
    correct = models.PositiveSmallIntegerField()
    total = models.PositiveSmallIntegerField()
    prediction = models.DecimalField(max_digits=14, decimal_places=5, null=True)
    prediction_error = models.DecimalField(max_digits=14, decimal_places=5, null=True)
    duration_ms = models.BigIntegerField()
    ended_at = models.DateTimeField()
    attempts_used = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("thứ hạng")
        constraints = [
            models.UniqueConstraint(fields=["entrant", "round"], name="one_standing_per_round")
        ]
        # Prizes are decided among the first; an entry for every rank is a fifth of the work.
        indexes = [
            models.Index(
                fields=["round", "group", "rank"],
                name="standing_on_top",
                condition=models.Q(rank__lte=INDEXED_RANKS),
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.rank}"
