"""A file of items on its way into a bank, and where each stored item came from.

What a file says is right is as secret as a bank's keys: an import is shown to the person who began
it and to nobody else.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quiz.enums import DraftDecision, ImportState
from quiz.models.item import PERSON, ItemBank, ItemVersion
from quiz.queries.item_import import ImportDraftQuerySet, ItemImportQuerySet
from quiz.readings import CERTAIN

LONGEST_FILE_NAME = 200
LONGEST_LABEL = 120


class ItemImport(models.Model):
    """One file and the person who decides on each of its items.

    The files themselves are kept until they are read; with a key file of several papers
    (`key_columns`, of which `key_column` was taken) as long as another may be chosen. `skipped` is
    what could not be read, by name and place; `notices` are about the file as a whole.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey(ItemBank, on_delete=models.CASCADE, related_name="imports")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=ImportState, default=ImportState.READING
    )
    file_name = models.CharField(_("tên tệp"), max_length=LONGEST_FILE_NAME)
    upload = models.FileField(upload_to="item-imports/", blank=True)
    key_upload = models.FileField(upload_to="item-imports/", blank=True)
    asked_format = models.CharField(max_length=20, default="auto")
    format = models.CharField(_("định dạng"), max_length=20, blank=True)
    key_columns = models.JSONField(default=list)
    key_column = models.CharField(_("mã đề của tệp đáp án"), max_length=120, blank=True)
    skipped = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    stored_count = models.PositiveIntegerField(default=0)
    stored_at = models.DateTimeField(null=True)

    objects = ItemImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt nhập câu hỏi")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportDraft(models.Model):
    """One item of the file, as it would be stored, and what was decided about it.

    `document` is that of quiz/reading_documents.py. `version` counts the changes, so that of two
    tabs the second is told. `confirmed_by` looked at this item's key and let it pass.
    """

    session = models.ForeignKey(ItemImport, on_delete=models.CASCADE, related_name="drafts")
    place = models.PositiveIntegerField()
    label = models.CharField(max_length=LONGEST_LABEL, blank=True)
    source = models.TextField()
    document = models.JSONField()
    digest = models.CharField(max_length=64, blank=True)
    confidence = models.PositiveSmallIntegerField()
    faulty = models.BooleanField(default=False)
    noted = models.BooleanField(default=False)
    edited = models.BooleanField(default=False)
    decision = models.PositiveSmallIntegerField(
        choices=DraftDecision, default=DraftDecision.WAITING
    )
    version = models.PositiveIntegerField(default=1)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **PERSON)
    confirmed_at = models.DateTimeField(null=True)

    objects = ImportDraftQuerySet.as_manager()

    # Of judged rows: who asks the same, in the file and in the bank.
    twin_place: int | None
    twin_item: int | None

    class Meta:
        ordering = ["session", "place"]
        indexes = [models.Index(fields=["session", "digest"], name="draft_twins")]
        constraints = [
            models.UniqueConstraint(fields=["session", "place"], name="one_draft_per_place"),
            models.CheckConstraint(
                condition=~Q(decision=DraftDecision.ACCEPTED)
                | Q(confidence=CERTAIN)
                | Q(confirmed_by__isnull=False),
                name="doubtful_key_is_accepted_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.place}"


class ItemSource(models.Model):
    """From where a stored version was read: the file, the passage, why its key was believed."""

    version = models.OneToOneField(ItemVersion, on_delete=models.CASCADE, related_name="source")
    file_name = models.CharField(_("tên tệp"), max_length=LONGEST_FILE_NAME)
    format = models.CharField(_("định dạng"), max_length=20)
    place = models.PositiveIntegerField()
    label = models.CharField(max_length=LONGEST_LABEL, blank=True)
    passage = models.TextField()
    evidence = models.JSONField(default=list)
    confidence = models.PositiveSmallIntegerField()
    repairs = models.JSONField(default=list)
    edited = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **PERSON)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("nguồn câu hỏi")
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence=CERTAIN) | Q(confirmed_by__isnull=False),
                name="doubtful_key_was_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.place}"
