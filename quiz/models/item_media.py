"""Pictures and sounds of items: files by content, and where a version shows them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quiz.enums import MediaKind


class MediaFile(models.Model):
    """A file of a bank, named by the SHA-256 of its bytes; two banks may share the bytes."""

    bank = models.ForeignKey("ItemBank", on_delete=models.CASCADE, related_name="media")
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(_("loại tệp"), max_length=5, choices=MediaKind)
    mime = models.CharField(max_length=20)
    size = models.PositiveIntegerField(_("cỡ tệp"))
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tệp hình, âm thanh")
        constraints = [
            models.UniqueConstraint(fields=["bank", "sha256"], name="one_media_file_per_bank")
        ]

    def __str__(self) -> str:
        return self.sha256


class ItemMedia(models.Model):
    """A file in a version: `place` is an option's id, or -1 for the stem. Written with the version.

    `alt` says in words what is seen or heard.
    """

    version = models.ForeignKey("ItemVersion", on_delete=models.CASCADE, related_name="media")
    file = models.ForeignKey(MediaFile, on_delete=models.PROTECT, related_name="uses")
    place = models.SmallIntegerField()
    kind = models.CharField(max_length=5, choices=MediaKind)
    alt = models.CharField(_("mô tả bằng lời"), max_length=1000)

    class Meta:
        verbose_name = _("hình, âm thanh của câu hỏi")
        ordering = ["place", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "place", "kind"], name="one_medium_per_place"
            ),
            models.CheckConstraint(
                condition=Q(kind=MediaKind.IMAGE) | Q(place=-1), name="sound_is_of_the_stem"
            ),
            models.CheckConstraint(condition=~Q(alt=""), name="medium_has_words"),
        ]

    def __str__(self) -> str:
        return self.alt
