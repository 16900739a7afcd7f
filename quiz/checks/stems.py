"""Checks of what is asked."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quiz.checks.base import Finding, ItemCheck, Severity, Surroundings
from quiz.drafts import ItemDraft, option_letter
from quiz.wording import words_of

# What a phone of 360 pixels shows without scrolling beside its options: eight lines, four lines.
LONG_STEM = 400
LONG_OPTION = 200
LONG_ITEM = 900

# “… hay không?” asks, “không gian”, “hàng không” name; the rest negates.
_NO_NEGATION = re.compile(
    r"\b(?:hay|hoac|duoc|co) khong(?=$| (?:vi sao|tai sao|neu))|\bco \w+(?: \w+){0,6} khong$"
    r"|\bkhong (?:gian|khi|quan|tuong)\b|\bhang khong\b|\bkhong chi\b"
)
_NEGATION = re.compile(r"\b(?:khong|chua|chang)\b")
_ASKS_THE_WRONG = re.compile(
    r"\bkhong (?:dung|phai|thuoc|bao gom|duoc xem|duoc coi|chinh xac|phu hop|nam trong|gom)\b"
    r"|\b(?:ngoai tru|tru truong hop|loai tru)\b|\b(?:la|nao) sai\b"
)


class DoubleNegation(ItemCheck):
    """Two negations in one reading: “không phải là không”, or a stem asking for what is not so
    with an option that says “không”.
    """

    code = "double_negation"
    title = gettext_lazy("Hai lần phủ định")

    def look(self, draft: ItemDraft, around: Surroundings) -> Iterator[Finding]:
        stem = _without_names(draft.stem)
        if len(_NEGATION.findall(stem)) > 1:
            yield self.finding(
                _("Câu dẫn phủ định hai lần."),
                _("Viết lại theo cách khẳng định để người thi không đọc nhầm."),
            )
            return
        if not _ASKS_THE_WRONG.search(stem):
            return
        negative = [
            option_letter(place)
            for place, option in enumerate(draft.options)
            if _NEGATION.search(_without_names(option))
        ]
        if negative:
            yield self.finding(
                _("Câu dẫn hỏi điều không đúng, phương án %(letters)s lại có “không”.")
                % {"letters": ", ".join(negative)},
                _("Viết lại phương án, hoặc hỏi theo cách khẳng định."),
            )


def _without_names(text: str) -> str:
    return _NO_NEGATION.sub(" ", " ".join(words_of(text)))


class RepeatedStem(ItemCheck):
    code = "repeated_stem"
    title = gettext_lazy("Gần trùng câu khác")
    severity = Severity.WARNING

    def look(self, draft: ItemDraft, around: Surroundings) -> Iterator[Finding]:
        found = around.similar(draft)
        if found:
            names = ", ".join(neighbour.name for neighbour in found)
            yield self.finding(
                _("Hỏi gần như %(names)s.") % {"names": names},
                _("Giữ một câu, hoặc viết lại cho hai câu hỏi hai điều khác nhau."),
                found,
            )


class LongText(ItemCheck):
    """More than a phone shows at once."""

    code = "long_text"
    title = gettext_lazy("Dài quá một màn hình điện thoại")

    def look(self, draft: ItemDraft, around: Surroundings) -> Iterator[Finding]:
        hint = _("Rút gọn, hoặc tách phần dẫn dài thành hai câu.")
        if len(draft.stem) > LONG_STEM:
            yield self.finding(_("Câu dẫn dài %d ký tự.") % len(draft.stem), hint)
            return
        for place, option in enumerate(draft.options):
            if len(option) > LONG_OPTION:
                values = {"letter": option_letter(place), "length": len(option)}
                yield self.finding(_("Phương án %(letter)s dài %(length)d ký tự.") % values, hint)
                return
        whole = len(draft.stem) + sum(map(len, draft.options))
        if whole > LONG_ITEM:
            yield self.finding(_("Câu dẫn và phương án dài %d ký tự.") % whole, hint)
