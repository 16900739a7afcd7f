"""What a unit does about its compulsory list: deadline, reminders, certificate; and whose entries
stand for whom.

Entries of a roster are named by id without a database constraint where a figure has to outlive
the person's removal from the list.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.enums import MatchReason, MatchState

BY_PERSON = {"on_delete": models.PROTECT, "related_name": "+"}


class RosterMatch(models.Model):
    """An entrant who may be a person of the roster; a person decides, the system only finds."""

    contest = models.ForeignKey("Contest", on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey("accounts.RosterEntry", on_delete=models.CASCADE, related_name="+")
    entrant = models.ForeignKey("Entrant", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("dấu hiệu"), max_length=12, choices=MatchReason)
    state = models.CharField(max_length=10, choices=MatchState, default=MatchState.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **BY_PERSON)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("đối chiếu với danh sách bắt buộc")
        constraints = [
            models.UniqueConstraint(fields=["entry", "entrant"], name="one_match_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.entrant_id}"


class RoundListing(models.Model):
    """One person of the list as they stood when the round was released.

    Later changes of the list, exemptions and matches leave published figures as they are.
    """

    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(
        "accounts.RosterEntry",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    unit = models.ForeignKey("accounts.OrgUnit", **BY_PERSON)
    group_code = models.CharField(max_length=40, blank=True)
    exempt = models.BooleanField()
    done = models.BooleanField()

    class Meta:
        verbose_name = _("danh sách bắt buộc khi công bố")
        constraints = [
            models.UniqueConstraint(fields=["round", "entry"], name="one_listing_per_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.entry_id}"


class RoundHeadcount(models.Model):
    """A unit's headcount as it stood when the round was released."""

    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("accounts.OrgUnit", **BY_PERSON)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("biên chế khi công bố")
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="one_headcount_per_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.unit_id}"


class UnitDeadline(models.Model):
    """The hour by which a unit wants its own people through, before the round closes."""

    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("accounts.OrgUnit", **BY_PERSON)
    due_at = models.DateTimeField(_("hạn của đơn vị"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY_PERSON)

    class Meta:
        verbose_name = _("hạn của đơn vị")
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="one_deadline_per_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.unit_id}"


class RosterReminder(models.Model):
    """A letter to one missing person: stored before it is sent, so that no day has two."""

    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey("accounts.RosterEntry", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        verbose_name = _("thư nhắc")
        constraints = [
            models.UniqueConstraint(fields=["round", "entry", "day"], name="one_letter_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.entry_id}"


class UnitCertificate(models.Model):
    """Says that everyone on a unit's list who is not exempt had entered; `code` opens its page."""

    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.OrgUnit", **BY_PERSON)
    number = models.PositiveIntegerField(_("số"))
    code = models.CharField(max_length=32, unique=True)
    persons = models.PositiveIntegerField(_("số người phải dự thi"))
    exempt = models.PositiveIntegerField(_("số người được miễn"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY_PERSON)
    issued_at = models.DateTimeField(_("cấp lúc"))

    class Meta:
        verbose_name = _("giấy xác nhận của đơn vị")
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="one_certificate_per_unit"),
            models.UniqueConstraint(fields=["round", "number"], name="one_certificate_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.unit_id}"
