"""Checks of the options."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.text import fold
from quiz.checks.base import Finding, ItemCheck, Severity, Surroundings
from quiz.drafts import ItemDraft, option_letter
from quiz.enums import ItemKind
from quiz.wording import words_of

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# Between digits a dot or comma is part of the number; % and signs always say something.
_IDLE = re.compile(r"(?<!\d)[.,]|[.,](?!\d)|[;:!?\"“”‘’'()\[\]{}…–—/]|(?<!\d)-|-(?!\d)")
_LEADING_ZERO = re.compile(r"\b0+(?=\d)")

_LETTERS = r"[a-h1-8](?: (?:va )?[a-h1-8])*"
_THINGS = (
    r"(?:(?:cac |nhung )?(?:phuong an|dap an|y kien|y|cau|noi dung|truong hop|cau tra loi|lua chon"
    r"|hinh thuc|dieu|yeu to|co quan|doi tuong|nguyen tac|quyen|hanh vi))"
)
_COUNTS = r"(?:hai|ba|bon|nam|sau|[2-8])"
_SUMMARY = re.compile(
    r"^(?:"
    rf"(?:ca|chi|gom|bao gom|ca ca|phuong an|dap an|cau|y) {_LETTERS}(?: .*)?"
    r"|[a-h1-8](?: (?:va )?[a-h1-8])+(?: (?:deu|la|cung|dung|sai).*)?"
    rf"|ca {_COUNTS}(?: {_THINGS})?(?: (?:tren|neu tren|deu|o tren|nay|noi tren|dung|sai).*)?"
    rf"|tat ca(?: {_THINGS})?(?: (?:tren|neu tren|deu|o tren|nay|noi tren|dung|sai|con lai).*)?"
    rf"|{_COUNTS} {_THINGS} (?:tren|neu tren|deu).*"
    rf"|{_THINGS} (?:tren|neu tren|o tren|noi tren)(?: deu .*)?"
    rf"|(?:khong co|khong phai|khong) {_THINGS} nao(?: .*)?"
    rf"|khong co {_THINGS} (?:dung|tren|neu tren).*"
    rf"|(?:mot|dap an|phuong an) {_THINGS}? ?khac"
    r")$"
)


def is_summary(option: str) -> bool:
    """Whether an option speaks of the options around it: “Cả A, B, C”, “Tất cả đều đúng”."""
    return _SUMMARY.match(" ".join(words_of(option))) is not None


class LooseSummary(ItemCheck):
    """“Cả A, B, C đều đúng” is wrong as soon as the options are shuffled."""

    code = "loose_summary"
    title = gettext_lazy("“Cả A, B, C”, “Tất cả…” mà chưa giữ thứ tự phương án")
    severity = Severity.WARNING

    def look(self, draft: ItemDraft, around: Surroundings) -> Iterator[Finding]:
        if draft.fixed_order or draft.kind == ItemKind.TRUE_FALSE:
            return
        for place, option in enumerate(draft.options):
            if is_summary(option):
                yield self.finding(
                    _("Phương án %(letter)s “%(text)s” nói về các phương án khác.")
                    % {"letter": option_letter(place), "text": option[:60]},
                    _("Đánh dấu “Giữ nguyên thứ tự phương án khi ra đề”."),
                )
                return


class TwinOptions(ItemCheck):
    """Options that differ in nothing but punctuation, blanks, case or where a tone is written.

    Tone marks themselves tell options apart; equal texts are refused when the item is stored.
    """

    code = "twin_options"
    title = gettext_lazy("Hai phương án giống nhau")
    severity = Severity.WARNING

    def look(self, draft: ItemDraft, around: Surroundings) -> Iterator[Finding]:
        first: dict[str, int] = {}
        for place, option in enumerate(draft.options):
            earlier = first.setdefault(_bare(option), place)
            if earlier != place and option.strip():
                yield self.finding(
                    _("Phương án %(one)s và %(other)s chỉ khác dấu câu, dấu cách hoặc cách viết.")
                    % {"one": option_letter(earlier), "other": option_letter(place)},
                    _("Sửa hoặc bỏ một phương án."),
                )


def _bare(option: str) -> str:
    """What two options have to share to be twins: “Hoà bình.” and “hòa  bình” do."""
    plain = _IDLE.sub(" ", unicodedata.normalize("NFC", option).lower())
    words = _LEADING_ZERO.sub("", plain).replace("%", " %").split()
    return " ".join(map(_tone_last, words)) or fold(option)


def _tone_last(word: str) -> str:
    """The word with its tone behind it, wherever it stood: hoà and hòa are one word."""
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in letters if c in _TONES)
    return "".join(c for c in letters if c not in _TONES) + tones
