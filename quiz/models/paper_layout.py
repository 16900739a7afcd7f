"""How a body wants its papers: which columns in which order, titles, who signs, colours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperLayout(models.Model):
    """One kind of paper (`quiz.domain.paper_kinds`) of a unit, and of units below without a layout.

    `columns`: [[code, heading or ""], …] in the order of the paper; [] keeps the usual ones. Empty
    texts keep the usual words. The names are of those who sign for the body, in their office.
    """

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("loại giấy tờ"), max_length=20)
    title = models.CharField(_("tiêu đề"), max_length=200, blank=True)
    columns = models.JSONField(default=list)
    preparer_title = models.CharField(_("chức danh người lập"), max_length=200, blank=True)
    preparer_name = models.CharField(_("họ tên người lập"), max_length=120, blank=True)
    signer_title = models.CharField(_("chức danh người ký"), max_length=200, blank=True)
    signer_name = models.CharField(_("họ tên người ký"), max_length=120, blank=True)
    colour = models.CharField(_("màu chính"), max_length=7, blank=True)
    accent = models.CharField(_("màu nhấn"), max_length=7, blank=True)

    class Meta:
        verbose_name = _("mẫu giấy tờ")
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind"], name="one_layout_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.kind}"
