"""Heads of a round's tree, who gets them by mail, and leaves that changed after a head."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Head(models.Model):
    """What had ended by `at`, promised by `digest` (quiz.engine.heads). Never changed.

    `root` and `size` are as secret as the counts of an open round and shown to nobody before the
    release; `nonce` is sealed by accounts.crypto. `complete`: when it was made nobody was still at
    work and the round was closed, so no further head is needed; more time granted takes that back.
    """

    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="heads")
    number = models.PositiveIntegerField(_("mốc số"))
    at = models.DateTimeField(_("tính đến"))
    digest = models.CharField(_("mã mốc"), max_length=64)
    previous = models.CharField(max_length=64)
    nonce = models.BinaryField()
    root = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    complete = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("mốc bài thi")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="one_head_per_number")
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class Witness(models.Model):
    """An address that gets each head by mail. `told` is the id of the newest head sent to it."""

    contest = models.ForeignKey("Contest", on_delete=models.CASCADE, related_name="witnesses")
    email = models.EmailField(_("thư điện tử"))
    told = models.BigIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("người chứng kiến")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "email"], name="one_witness_per_address")
        ]

    def __str__(self) -> str:
        return self.email


class ReopenedLeaf(models.Model):
    """The leaf that an attempt closed by its deadline had before it got more time.

    It stands in the heads numbered `first` to `last`.
    """

    attempt = models.ForeignKey("Attempt", on_delete=models.CASCADE, related_name="reopened")
    leaf = models.BinaryField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("lá băm trước khi gia hạn")

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.first}–{self.last}"
