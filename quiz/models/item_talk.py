"""What is said about an item while it is written and reviewed, and drafts nobody reviews yet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PERSON = {"on_delete": models.PROTECT, "related_name": "+"}


class ItemComment(models.Model):
    """A remark of an author, reviewer or organiser about the version they had before them."""

    item = models.ForeignKey("Item", on_delete=models.CASCADE, related_name="comments")
    version = models.ForeignKey("ItemVersion", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    text = models.TextField(_("ý kiến"))
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ý kiến về câu hỏi")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.item}: {self.text[:40]}"


class CommentsRead(models.Model):
    """The last comment of an item that a person has had before their eyes."""

    item = models.ForeignKey("Item", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    last = models.ForeignKey(ItemComment, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("ý kiến đã đọc")
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="one_reading_each")]

    def __str__(self) -> str:
        return f"{self.user}: {self.item}"


class UnfinishedItem(models.Model):
    """What an author has typed so far and asks nobody to review; no version, so no item changes.

    `document` holds the fields of the form as typed (quiz.domain.unfinished_items). `item` None: a
    new item. Each author has one of an item.
    """

    bank = models.ForeignKey("ItemBank", on_delete=models.CASCADE, related_name="unfinished")
    item = models.ForeignKey("Item", on_delete=models.CASCADE, null=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    document = models.JSONField()
    saved_at = models.DateTimeField(_("lưu lúc"))

    class Meta:
        verbose_name = _("bản viết dở")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "author"], name="one_unfinished_of_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.bank}"
