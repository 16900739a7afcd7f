"""Someone who registered for a contest."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import BirthPrecision
from quiz.enums import Sex
from quiz.queries.attempt import EntrantQuerySet

# The hot path inserts here; keys to rows that many entrants share would lock those rows.
SHARED: Any = {"on_delete": models.DO_NOTHING, "db_constraint": False, "related_name": "+"}


class Entrant(models.Model):
    """Phone and identity number are sealed (accounts.crypto) and found by blind index.

    `request_key` comes from the form and makes registering idempotent; of the mã dự thi only
    a keyed digest is stored. `duplicate_of` is a person's decision, never the system's.
    """

    contest = models.ForeignKey("Contest", **SHARED)
    group = models.ForeignKey("AudienceGroup", **SHARED)
    unit = models.ForeignKey("accounts.OrgUnit", null=True, **SHARED)
    roster_entry = models.ForeignKey("accounts.RosterEntry", null=True, **SHARED)
    request_key = models.UUIDField()
    code_digest = models.BinaryField()
    full_name = models.CharField(_("họ và tên"), max_length=150)
    folded_name = models.CharField(max_length=150)
    sort_name = models.CharField(max_length=400)
    birth_date = models.DateField(_("ngày sinh"), null=True)
    birth_precision = models.PositiveSmallIntegerField(
        choices=BirthPrecision, default=BirthPrecision.DAY
    )
    sex = models.CharField(_("giới tính"), max_length=6, choices=Sex, blank=True)
    phone = models.BinaryField(default=b"")
    phone_index = models.BinaryField(default=b"")
    national_id = models.BinaryField(default=b"")
    national_id_index = models.BinaryField(default=b"")
    email = models.CharField(_("thư điện tử"), max_length=254, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=250, blank=True)
    staff_code = models.CharField(_("mã cán bộ"), max_length=60, blank=True)
    identity_index = models.BinaryField(default=b"")
    registered_at = models.DateTimeField(_("đăng ký lúc"))
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="duplicates"
    )
    may_win = models.BooleanField(_("được nhận giải"), default=True)
    # A one-time code sent to the phone or address given here came back: whoever entered reads it.
    contact_confirmed_at = models.DateTimeField(_("xác nhận liên hệ lúc"), null=True)
    # {round id: attempts beyond what the rules allow}; null for nearly everybody.
    extra_attempts = models.JSONField(_("số lượt được thi thêm"), null=True)
    # Consent taken back: no further attempt begins. Erased: nothing here tells who it was.
    withdrawn_at = models.DateTimeField(_("rút lại sự đồng ý lúc"), null=True)
    erased_at = models.DateTimeField(_("xoá lúc"), null=True)

    objects = EntrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("người dự thi")
        constraints = [
            models.UniqueConstraint(fields=["request_key"], name="one_entrant_per_request"),
            models.UniqueConstraint(fields=["code_digest"], name="one_entrant_per_code"),
        ]
        indexes = [
            models.Index(fields=["contest", "identity_index"], name="entrant_by_identity"),
            models.Index(
                fields=["contest", "phone_index"],
                name="entrant_by_phone",
                condition=~Q(phone_index=b""),
            ),
            models.Index(
                fields=["contest"],
                name="entrant_with_extra",
                condition=Q(extra_attempts__isnull=False),
            ),
            models.Index(
                fields=["contest", "email"], name="entrant_by_email", condition=~Q(email="")
            ),
        ]

    def __str__(self) -> str:
        return self.full_name
