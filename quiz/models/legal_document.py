"""Legal documents, how long they and their clauses are in force, and the items that cite them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quiz.enums import ValidityChoice


class LegalDocument(models.Model):
    """A document that items cite. While `needs_check`, nothing that cites it is approved.

    From `effective_to` on it is out of force; `replaced_by` says what holds instead.
    """

    number = models.CharField(_("số, ký hiệu"), max_length=80, unique=True)
    title = models.CharField(_("tên văn bản"), max_length=400, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    effective_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    effective_to = models.DateField(_("hết hiệu lực từ"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    needs_check = models.BooleanField(_("kiểm hiệu lực"), default=False)
    note = models.CharField(_("ghi chú"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("văn bản")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(effective_to__isnull=False),
                name="replaced_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="replaced_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ClauseEnd(models.Model):
    """A clause out of force from a day on while its document stays: “khoản 2 Điều 5”."""

    document = models.ForeignKey(
        LegalDocument, on_delete=models.CASCADE, related_name="clause_ends"
    )
    clause = models.CharField(_("điều, khoản"), max_length=100)
    effective_to = models.DateField(_("hết hiệu lực từ"))
    note = models.CharField(_("ghi chú"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("điều khoản hết hiệu lực")
        ordering = ["effective_to", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "clause"], name="one_end_per_clause")
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.document}"


class Citation(models.Model):
    """`ends_on`: from that day what is cited is out of force, by its document or its clause.

    It follows from those two and stands here so that banks can be asked for it; `settled_by` is the
    decision that the item is right all the same.
    """

    version = models.ForeignKey("ItemVersion", on_delete=models.CASCADE, related_name="citations")
    document = models.ForeignKey(LegalDocument, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(_("điều, khoản"), max_length=400, blank=True)
    ends_on = models.DateField(_("hết hiệu lực từ"), null=True)
    settled_by = models.ForeignKey(
        "ValidityDecision", on_delete=models.SET_NULL, null=True, related_name="citations"
    )

    class Meta:
        verbose_name = _("căn cứ")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["ends_on"],
                name="citation_out_of_force",
                condition=Q(ends_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.document}".strip()


class ValidityDecision(models.Model):
    """What a person decided about an item whose legal basis is out of force, and why.

    Kept: it is right all the same, in every round. Dropped: it is out of one round.
    """

    version = models.ForeignKey("ItemVersion", on_delete=models.CASCADE, related_name="decisions")
    round = models.ForeignKey("Round", on_delete=models.CASCADE, null=True, related_name="+")
    choice = models.CharField(_("quyết định"), max_length=4, choices=ValidityChoice)
    reason = models.CharField(_("lý do"), max_length=400)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("quyết định về hiệu lực")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "round"], name="one_drop_per_round"),
            models.CheckConstraint(
                condition=Q(choice=ValidityChoice.DROP, round__isnull=False)
                | Q(choice=ValidityChoice.KEEP, round__isnull=True),
                name="dropped_from_a_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.choice}"
