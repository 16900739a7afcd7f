"""“Bản tin CCHC”: issues, the articles that units send in, and to whom an issue was mailed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from training.enums import ArticleState, BulletinState
from training.queries.bulletin import ArticleQuerySet, BulletinQuerySet


class Bulletin(models.Model):
    """An issue of a unit; `number` counts within unit and year. `lead` is Markdown."""

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="bulletins")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveSmallIntegerField(_("số"))
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("tên bản tin"), max_length=200)
    lead = models.TextField(_("lời dẫn"), blank=True)
    state = models.CharField(max_length=9, choices=BulletinState, default=BulletinState.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản tin")
        ordering = [F("published_at").desc(nulls_first=True), "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "number"], name="one_bulletin_per_number"
            ),
            models.CheckConstraint(
                condition=~Q(state=BulletinState.PUBLISHED) | Q(published_at__isnull=False),
                name="published_bulletin_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Article(models.Model):
    """What a unit writes for a bulletin; `text` is Markdown.

    Sent in, it is approved by an editor above or returned with the reason; approved, an editor
    puts it into an issue (`bulletin`, `position`).
    """

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="articles")
    bulletin = models.ForeignKey(
        Bulletin, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("tên bài"), max_length=250)
    summary = models.CharField(_("tóm tắt"), max_length=500, blank=True)
    text = models.TextField(_("nội dung"), blank=True)
    byline = models.CharField(_("ghi tên tác giả"), max_length=120, blank=True)
    state = models.CharField(max_length=9, choices=ArticleState, default=ArticleState.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    returned_because = models.CharField(_("lý do trả lại"), max_length=400, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("bài của bản tin")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bulletin=None) | Q(state=ArticleState.APPROVED),
                name="only_approved_articles_in_a_bulletin",
            ),
            models.CheckConstraint(
                condition=~Q(state=ArticleState.APPROVED) | ~Q(decided_by=F("author")),
                name="article_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BulletinLetter(models.Model):
    """An issue was mailed to a person: once, however often the job is run."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("thư gửi bản tin")
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "person"], name="one_letter_per_bulletin")
        ]

    def __str__(self) -> str:
        return f"{self.bulletin_id}: {self.person_id}"
