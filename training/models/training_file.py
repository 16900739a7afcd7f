"""Files of training: pictures, PDF, video, sound, subtitles, SCORM packages."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.enums import FileKind, FileState


class TrainingFile(models.Model):
    """A file of a unit; stored under its `public_id`, whatever it was called.

    While it is uploaded `received` grows to `size`; the worker then finds out what it is, and
    `kind`, `mime`, `sha256` and `facts` (seconds, pages, width, height, a package's SCOs) are of
    its own finding. Refused: `refusal` says why, and the bytes are gone.
    """

    unit = models.ForeignKey(
        "accounts.OrgUnit", on_delete=models.PROTECT, related_name="training_files"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("tên tệp"), max_length=200)
    size = models.BigIntegerField(_("cỡ tệp"))
    received = models.BigIntegerField(default=0)
    state = models.CharField(max_length=9, choices=FileState, default=FileState.UPLOADING)
    refusal = models.CharField(max_length=400, blank=True)
    kind = models.CharField(_("loại tệp"), max_length=9, choices=FileKind, blank=True)
    mime = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    facts = models.JSONField(default=dict)
    # What is seen or heard, in words; asked for pictures.
    alt = models.CharField(_("mô tả bằng lời"), max_length=1000, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tệp học liệu")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received__gte=0, received__lte=models.F("size")),
                name="no_more_bytes_than_announced",
            ),
            models.CheckConstraint(
                condition=~Q(state=FileState.READY) | (~Q(kind="") & ~Q(sha256="")),
                name="ready_file_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
