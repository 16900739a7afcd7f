"""Checks of the key."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quiz.checks.base import Finding, ItemCheck, Severity, Surroundings
from quiz.checks.options import is_summary
from quiz.drafts import ItemDraft, option_letter
from quiz.enums import ItemKind

# The key gives itself away when it is half as long again as any other option, and that by a phrase.
NOTICEABLY_LONGER = 1.5
LONGER_BY = 15


class NoKey(ItemCheck):
    code = "no_key"
    title = gettext_lazy("Chưa có đáp án")
    severity = Severity.WARNING

    def look(self, draft: ItemDraft, around: Surroundings) -> Iterator[Finding]:
        if not draft.key:
            yield self.finding(_("Chưa có đáp án."), _("Đánh dấu phương án đúng."))


class LongestIsKey(ItemCheck):
    """Who knows nothing takes the longest option; authors take care that the key is exact."""

    code = "longest_is_key"
    title = gettext_lazy("Đáp án dài hơn hẳn các phương án khác")

    def look(self, draft: ItemDraft, around: Surroundings) -> Iterator[Finding]:
        if draft.kind != ItemKind.SINGLE or len(draft.key) != 1 or len(draft.options) < 3:
            return
        [place] = draft.key
        if place >= len(draft.options) or is_summary(draft.options[place]):
            return
        length = len(draft.options[place])
        others = [len(text) for at, text in enumerate(draft.options) if at != place]
        if length >= max(NOTICEABLY_LONGER * max(others), max(others) + LONGER_BY):
            yield self.finding(
                _("Đáp án %(letter)s dài %(length)d ký tự, phương án khác dài nhất %(other)d.")
                % {"letter": option_letter(place), "length": length, "other": max(others)},
                _("Rút gọn đáp án hoặc viết các phương án nhiễu dài tương đương."),
            )
