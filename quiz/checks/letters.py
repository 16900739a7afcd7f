"""Checks of how the letters are written."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quiz.checks.base import Finding, ItemCheck, Severity, Surroundings
from quiz.drafts import ItemDraft, option_letter

# Signs that no Vietnamese text has inside a word; TCVN3 and VNI fonts put them there.
_LEGACY_SIGN = r"µ¸¶·¹¨»¾¼½Æ©Ç®ªÑÖ×ØÜÞßäëåæçîïñö÷øûüþ¬\xad\x80-\x9f"
_LEGACY = re.compile(rf"[^\W\d_][{_LEGACY_SIGN}]|[{_LEGACY_SIGN}][a-zA-Z]")
_LOOKALIKE = re.compile("[ƣƢ]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\ufffd\x00-\x08\x0b-\x1f]")
_LONG_ENOUGH = 20
_CAPITALS = 0.7


def _texts(draft: ItemDraft) -> Iterator[tuple[str, str]]:
    """(how people call it, text) of the stem and each option."""
    yield _("Câu dẫn"), draft.stem
    for place, option in enumerate(draft.options):
        yield _("Phương án %s") % option_letter(place), option


class LegacyLetters(ItemCheck):
    """Letters of old fonts or torn apart: they look right on one machine and wrong on others."""

    code = "legacy_letters"
    title = gettext_lazy("Chữ lạ còn sót: phông cũ, dấu rời, ký tự ẩn")
    severity = Severity.WARNING

    def look(self, draft: ItemDraft, around: Surroundings) -> Iterator[Finding]:
        hint = _("Gõ lại chỗ đó bằng bộ gõ Unicode.")
        for name, text in _texts(draft):
            if found := _strange(text):
                yield self.finding(
                    _("%(name)s có chữ lạ: “%(found)s”.") % {"name": name, "found": found}, hint
                )


def _strange(text: str) -> str:
    """The first word with such letters; "" when there is none."""
    for word in text.split():
        if (
            word != unicodedata.normalize("NFC", word)
            or _LOOKALIKE.search(word)
            or _LEGACY.search(word)
            or _INVISIBLE.search(word)
        ):
            return word[:40]
    return ""


class ShoutedText(ItemCheck):
    """Capitals are slow to read, and readers of screens may spell them."""

    code = "shouted_text"
    title = gettext_lazy("Viết hoa toàn bộ")

    def look(self, draft: ItemDraft, around: Surroundings) -> Iterator[Finding]:
        for name, text in _texts(draft):
            letters = [c for c in text if c.isalpha()]
            capitals = sum(c.isupper() for c in letters)
            if len(letters) >= _LONG_ENOUGH and capitals > _CAPITALS * len(letters):
                yield self.finding(
                    _("%(name)s viết hoa gần hết.") % {"name": name},
                    _("Viết chữ thường, chỉ hoa đầu câu và tên riêng."),
                )
