"""Rounds and the pools frozen for them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quiz.enums import RoundState
from quiz.queries.contest import RoundQuerySet


class Round(models.Model):
    """A stretch of a contest with its own papers, ranking and release.

    Freezing fixes the pools and the rules and publishes `commitment` (DESIGN: results anyone can
    recheck); entries are taken while it is frozen and the clock is inside the window.
    """

    contest = models.ForeignKey("Contest", on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("tên vòng"), max_length=120)
    opens_at = models.DateTimeField(_("mở lúc"))
    closes_at = models.DateTimeField(_("đóng lúc"))
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=RoundState, default=RoundState.DRAFT
    )
    rules = models.ForeignKey("RuleSet", on_delete=models.PROTECT, null=True, related_name="+")
    unit_tree = models.ForeignKey(
        "UnitTree", on_delete=models.PROTECT, null=True, related_name="rounds"
    )
    commitment = models.CharField(_("cam kết"), max_length=64, blank=True)
    public_key = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("vòng thi")
        ordering = ["contest", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="one_round_per_number"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="round_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoundSecret(models.Model):
    """What must stay secret while the round is open; both values sealed by accounts.crypto."""

    round = models.OneToOneField(
        Round, on_delete=models.CASCADE, primary_key=True, related_name="secret"
    )
    salt = models.BinaryField()
    signing_key = models.BinaryField()

    class Meta:
        verbose_name = _("bí mật của vòng")

    def __str__(self) -> str:
        return str(self.round_id)


class Pool(models.Model):
    """The items one group's papers are drawn from, without their keys, named by digest.

    `document`: {"rows": [{"items": [place, …], "count": n}], "items": [{"version": id,
    "kind": …, "stem": …, "options": […], "option_ids": […], "fixed_order": bool,
    "media": […] where it has any: quiz.drafts.Media, `place` an option of this pool}],
    "shuffle_items": bool, "shuffle_options": bool, "draw_version": 1,
    "leaf_version": 2 (missing: 1; quiz.engine.commitments)}. An answer's option id is the place in
    the pool's `options`; `option_ids` tells for each the version's own id.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="pools")
    group = models.ForeignKey("AudienceGroup", on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("bộ câu hỏi của vòng")
        constraints = [
            models.UniqueConstraint(fields=["round", "group"], name="one_pool_per_group")
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.group}"


class PoolKey(models.Model):
    """The keys of a pool's items, in the pool's order: a list of masks."""

    pool = models.OneToOneField(
        Pool, on_delete=models.CASCADE, primary_key=True, related_name="key"
    )
    masks = models.JSONField()

    class Meta:
        verbose_name = _("đáp án của bộ câu hỏi")

    def __str__(self) -> str:
        return str(self.pool_id)
