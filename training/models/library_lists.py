"""Lists the library shows: index results, procedures, contact channels, and texts of pages."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from training.enums import ChannelKind
from training.queries.library import OfUnitQuerySet


class IndexResult(models.Model):
    """One unit's result in a ranking of a year: PAR INDEX, SIPAS, DTI, PAPI …"""

    name = models.CharField(_("chỉ số"), max_length=100)
    year = models.PositiveSmallIntegerField(_("năm"))
    unit = models.ForeignKey(
        "accounts.OrgUnit", on_delete=models.PROTECT, related_name="index_results"
    )
    score = models.DecimalField(_("điểm"), max_digits=9, decimal_places=3, null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("xếp hạng"), null=True, blank=True)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết quả chỉ số")
        ordering = ["name", "-year", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "year", "unit"], name="one_result_per_index_and_year"
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=False) | models.Q(rank__isnull=False),
                name="index_result_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}: {self.unit}"


class Procedure(models.Model):
    """A standardised procedure: its name and the way to the national portal, never its contents.

    `search_text` is the folded code, name and field.
    """

    unit = models.ForeignKey(
        "accounts.OrgUnit", on_delete=models.PROTECT, related_name="procedures"
    )
    code = models.CharField(_("mã thủ tục"), max_length=40, unique=True)
    name = models.CharField(_("tên thủ tục"), max_length=500)
    field = models.CharField(_("lĩnh vực"), max_length=200, blank=True)
    link = models.URLField(_("liên kết"), max_length=500)
    search_text = models.TextField(default="", editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("thủ tục hành chính")
        ordering = ["field", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class ContactChannel(models.Model):
    """A way to reach a unit: its hotline, address, Zalo page …"""

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="channels")
    kind = models.CharField(_("loại kênh"), max_length=8, choices=ChannelKind)
    value = models.CharField(_("số hoặc địa chỉ"), max_length=300)
    hours = models.CharField(_("giờ làm việc"), max_length=120, blank=True)
    note = models.CharField(_("ghi chú"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=1)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("kênh liên hệ")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.value


class PageText(models.Model):
    """What a body put in place of a page's own words, in Markdown."""

    code = models.SlugField(max_length=40, unique=True)
    text = models.TextField(_("nội dung"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("nội dung trang")

    def __str__(self) -> str:
        return self.code
