"""The seal of a round and its numbered, immutable releases."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.enums import ReleaseState


class Seal(models.Model):
    """After review: every leaf has its fate, the actual values are fixed, the tree is closed.

    `actual_values`: {group code or "*": {"value": "…", "persons": n, "entries": n}};
    `counts`: {"counted": n, "superseded": n, "voided": n, "duplicate": n}, whose sum is `size`.
    """

    round = models.OneToOneField("Round", on_delete=models.CASCADE, related_name="seal")
    actual_values = models.JSONField(default=dict)
    counts = models.JSONField()
    root = models.CharField(_("gốc cây băm"), max_length=64)
    size = models.PositiveBigIntegerField()
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("niêm phong")

    def __str__(self) -> str:
        return self.root


class Release(models.Model):
    """What the office signs and publishes. Never changed once released; the next one names it.

    `winners`: ids of the entrants behind the document's winners, in their order; not published.
    """

    contest = models.ForeignKey("Contest", on_delete=models.PROTECT, related_name="releases")
    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(_("bản công bố số"))
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ReleaseState, default=ReleaseState.SUBMITTED)
    document = models.JSONField()
    digest = models.CharField(_("mã băm"), max_length=64)
    winners = models.JSONField(default=list)
    bundle = models.FileField(upload_to="releases/", blank=True)
    tree = models.FileField(upload_to="releases/", blank=True)
    decision_number = models.CharField(_("số quyết định"), max_length=80, blank=True)
    decision_date = models.DateField(_("ngày quyết định"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    returned_because = models.CharField(_("lý do trả lại"), max_length=400, blank=True)
    # Preliminary until a person says otherwise, after the time for complaints.
    official_at = models.DateTimeField(_("chính thức từ"), null=True)
    official_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("bản công bố")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="one_release_per_number"),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("submitted_by")),
                name="second_person_releases",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.number}"
