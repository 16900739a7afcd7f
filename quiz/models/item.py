"""Banks, items and their immutable versions."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quiz.enums import ItemKind, ItemState, Level
from quiz.queries.item import ItemBankQuerySet, ItemVersionManager

PERSON = {"on_delete": models.PROTECT, "related_name": "+"}


class ItemBank(models.Model):
    """`practice_since`: since when its approved items, keys included, are free for learning."""

    code = models.SlugField(_("mã ngân hàng"), max_length=60, unique=True)
    name = models.CharField(_("tên ngân hàng"), max_length=200)
    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    practice_since = models.DateTimeField(_("dùng để ôn luyện từ"), null=True)

    objects = ItemBankQuerySet.as_manager()

    class Meta:
        verbose_name = _("ngân hàng câu hỏi")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    bank = models.ForeignKey(ItemBank, on_delete=models.CASCADE, related_name="topics")
    name = models.CharField(_("chủ đề"), max_length=200)

    class Meta:
        verbose_name = _("chủ đề")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["bank", "name"], name="one_topic_per_name")]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word of a bank's own by which items are found; it belongs to the item, not to a version."""

    bank = models.ForeignKey(ItemBank, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("nhãn"), max_length=60)

    class Meta:
        verbose_name = _("nhãn")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["bank", "name"], name="one_tag_per_name")]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """One question through its life; what is asked is in its versions."""

    bank = models.ForeignKey(ItemBank, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField(_("số thứ tự"))
    current = models.ForeignKey(
        "ItemVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    tags = models.ManyToManyField(Tag, related_name="items")

    class Meta:
        verbose_name = _("câu hỏi")
        ordering = ["bank", "number"]
        constraints = [
            models.UniqueConstraint(fields=["bank", "number"], name="one_item_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.bank.code}-{self.number}"


class ItemVersion(models.Model):
    """Text, options and key are written once; only the state and the approval move.

    `options` is a list of texts: the place in the list is the option's stable id, and the key
    is the mask with bit `1 << id` set for each right option.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("phiên bản"))
    kind = models.CharField(_("loại câu"), max_length=12, choices=ItemKind)
    stem = models.TextField(_("câu dẫn"))
    options = models.JSONField(_("phương án"))
    key_mask = models.PositiveSmallIntegerField(_("đáp án"))
    fixed_order = models.BooleanField(_("giữ thứ tự phương án"), default=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="+")
    level = models.CharField(_("mức độ"), max_length=12, choices=Level, blank=True)
    rationale = models.TextField(_("giải thích"), blank=True)
    checked_on = models.DateField(_("ngày kiểm tra"), null=True, blank=True)
    checked_by = models.CharField(_("người kiểm tra"), max_length=150, blank=True)
    digest = models.CharField(max_length=64, db_index=True)
    search_text = models.TextField(default="", editable=False)
    search_vector = models.GeneratedField(
        expression=models.Func(
            "search_text",
            template="to_tsvector('simple'::regconfig, regexp_replace(%(expressions)s,"
            " '[^a-z0-9]+', ' ', 'g'))",
            output_field=SearchVectorField(),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=ItemState, default=ItemState.PROPOSED
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    created_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **PERSON)
    approved_at = models.DateTimeField(null=True)
    returned_because = models.CharField(_("lý do trả lại"), max_length=400, blank=True)

    objects = ItemVersionManager()

    class Meta:
        verbose_name = _("phiên bản câu hỏi")
        ordering = ["item", "-number"]
        indexes = [GinIndex("search_vector", name="version_by_words")]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_version_per_number"),
            models.CheckConstraint(condition=Q(key_mask__gt=0), name="item_has_a_key"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("author")),
                name="author_never_approves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} v{self.number}"
