"""Checks of what an item rests on."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quiz.checks.base import Finding, ItemCheck, Severity, Surroundings
from quiz.drafts import ItemDraft


class NoCitation(ItemCheck):
    code = "no_citation"
    title = gettext_lazy("Chưa ghi căn cứ")

    def look(self, draft: ItemDraft, around: Surroundings) -> Iterator[Finding]:
        if not draft.citation.strip():
            yield self.finding(
                _("Chưa ghi căn cứ."),
                _("Ghi văn bản, điều, khoản để người duyệt và người khiếu nại đối chiếu được."),
            )


class CitationOutdated(ItemCheck):
    code = "citation_outdated"
    title = gettext_lazy("Căn cứ hết hiệu lực hoặc chờ kiểm hiệu lực")
    severity = Severity.WARNING

    def look(self, draft: ItemDraft, around: Surroundings) -> Iterator[Finding]:
        for doubt in around.doubts(draft.citation):
            yield self.finding(doubt, _("Đối chiếu văn bản đang có hiệu lực rồi sửa câu hỏi."))
