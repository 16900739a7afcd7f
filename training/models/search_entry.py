"""What the library's search looks through: one row a thing that anybody may read."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """Written by `training.domain.search_index` for every kind that registered there.

    `folded` holds the words of title and text without marks, `marked` the same words as they are
    written, `title_words` those of the title alone; the texts themselves stay where they are.
    `slug` is what the page's address is made of.
    """

    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    slug = models.CharField(max_length=80)
    title = models.CharField(_("tên"), max_length=300)
    lead = models.CharField(_("lời dẫn"), max_length=300, blank=True)
    at = models.DateTimeField(_("ngày đăng"))
    title_words = SearchVectorField(default="")
    folded = SearchVectorField()
    marked = SearchVectorField()

    class Meta:
        verbose_name = _("mục tìm kiếm")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="one_search_entry_a_thing")
        ]
        indexes = [
            GinIndex(fields=["folded"], name="library_by_words", fastupdate=False),
            GinIndex(fields=["title_words"], name="library_by_title", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.title
