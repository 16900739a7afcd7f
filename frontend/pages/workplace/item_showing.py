"""An item with its key, as authors and reviewers read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from frontend.pages.media_html import media_html
from quiz.domain.citation_doubts import citation_end
from quiz.domain.media import as_media
from quiz.drafts import STEM, option_letter
from quiz.models import Citation, ItemVersion, ValidityDecision

SHOWN_WITH = ("topic", "author", "approved_by", "item")
PREFETCHED = (
    "citations__document__replaced_by",
    "citations__settled_by__decided_by",
    "media__file",
)


@dataclass(frozen=True)
class ShownOption:
    letter: str
    text: str
    right: bool
    media: SafeString


@dataclass(frozen=True)
class ShownVersion:
    """A version ready for a template.

    `unchecked` are the documents that keep it from approval; `ended` says what of its basis is out
    of force with nobody having decided about it, `decisions` what was decided.
    """

    version: ItemVersion
    media: SafeString
    options: Sequence[ShownOption]
    citations: Sequence[Citation]
    unchecked: Sequence[str]
    ended: Sequence[str]
    decisions: Sequence[ValidityDecision]

    @property
    def key(self) -> str:
        """“B” or “A, C”."""
        return ", ".join(option.letter for option in self.options if option.right)


def shown_version(version: ItemVersion) -> ShownVersion:
    """For versions read with `SHOWN_WITH` and `PREFETCHED`."""
    citations = list(version.citations.all())
    today = timezone.localdate()
    ended = [each for each in citations if each.ends_on and each.ends_on <= today]
    decided = {each.settled_by.pk: each.settled_by for each in citations if each.settled_by}
    return ShownVersion(
        version=version,
        media=_media(version, STEM),
        options=[
            ShownOption(
                option_letter(place),
                text,
                bool(version.key_mask >> place & 1),
                _media(version, place),
            )
            for place, text in enumerate(version.options)
        ],
        citations=citations,
        unchecked=sorted({c.document.number for c in citations if c.document.needs_check}),
        ended=[citation_end(each) for each in ended if each.settled_by is None],
        decisions=list(decided.values()),
    )


def _media(version: ItemVersion, place: int) -> SafeString:
    bank = version.item.bank_id

    def address(sha256: str) -> str:
        return reverse("w-media", args=[bank, sha256])

    return mark_safe(media_html(as_media(version.media.all()), place, address))  # noqa: S308  (escaped there)
