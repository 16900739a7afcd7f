"""Materials of the library, and the documents they cite."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from training.enums import LibraryAudience, MaterialKind, MaterialState
from training.queries.library import MaterialQuerySet


class Material(models.Model):
    """Something to read, see or hear, written once and read by everyone.

    `text` is Markdown. Valid from the first day to before the last. `about`: of a good model, the
    unit that is praised. `file_text` is what the worker read out of a PDF, to be searched.
    """

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="materials")
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("loại tài liệu"), max_length=11, choices=MaterialKind)
    title = models.CharField(_("tên tài liệu"), max_length=250)
    summary = models.CharField(_("tóm tắt"), max_length=500, blank=True)
    subject = models.CharField(_("chủ đề"), max_length=100, blank=True)
    audience = models.CharField(
        _("đối tượng"), max_length=10, choices=LibraryAudience, default=LibraryAudience.EVERYONE
    )
    text = models.TextField(_("nội dung"), blank=True)
    link = models.URLField(_("liên kết"), max_length=500, blank=True)
    file = models.ForeignKey(
        "TrainingFile", on_delete=models.PROTECT, null=True, blank=True, related_name="materials"
    )
    file_text = models.TextField(default="", editable=False)
    about = models.ForeignKey(
        "accounts.OrgUnit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    valid_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    valid_to = models.DateField(_("hết hiệu lực từ"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=MaterialState, default=MaterialState.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(_("lý do gỡ"), max_length=400, blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("tài liệu")
        ordering = [F("published_at").desc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="material_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state=MaterialState.PUBLISHED) | Q(published_at__isnull=False),
                name="published_material_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MaterialSubtitles(models.Model):
    """What is said in a material's video, in a language (“vi”, “en”)."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="subtitles")
    language = models.CharField(_("ngôn ngữ"), max_length=10)
    file = models.ForeignKey("TrainingFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("phụ đề của tài liệu")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["material", "language"], name="one_subtitles_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.material} ({self.language})"


class MaterialCitation(models.Model):
    """`ends_on`: from that day what is cited is out of force, as `quiz` keeps it for items."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="citations")
    document = models.ForeignKey(
        "quiz.LegalDocument", on_delete=models.PROTECT, related_name="material_citations"
    )
    clause = models.CharField(_("điều, khoản"), max_length=400, blank=True)
    ends_on = models.DateField(_("hết hiệu lực từ"), null=True)

    class Meta:
        verbose_name = _("căn cứ của tài liệu")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.clause} {self.document}".strip()
