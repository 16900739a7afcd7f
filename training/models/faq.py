"""What people ask again and again, with the answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from training.queries.library import OfUnitQuerySet


class Faq(models.Model):
    """`answer` is Markdown. `useful` and `unclear` count what readers said of it, nobody's name."""

    unit = models.ForeignKey("accounts.OrgUnit", on_delete=models.PROTECT, related_name="faqs")
    question = models.CharField(_("câu hỏi"), max_length=300)
    answer = models.TextField(_("trả lời"))
    subject = models.CharField(_("chủ đề"), max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    is_shown = models.BooleanField(_("hiện cho mọi người"), default=True)
    useful = models.PositiveIntegerField(_("có ích"), default=0)
    unclear = models.PositiveIntegerField(_("chưa rõ"), default=0)
    changed_at = models.DateTimeField(auto_now=True)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("câu hỏi thường gặp")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.question
