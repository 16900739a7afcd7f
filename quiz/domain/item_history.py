"""What each version of an item changed, field by field and word by word."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.domain.text_changes import Passage, text_changes
from quiz.domain.items import key_places
from quiz.drafts import option_letter
from quiz.models import ItemMedia, ItemVersion

# What `version_changes` reads beside the versions.
PREFETCHED = ("citations__document", "media__file")


class Change(NamedTuple):
    """One field that differs, and its words that stayed, came and went."""

    label: str
    passages: Sequence[Passage]


def version_changes(before: ItemVersion, after: ItemVersion) -> list[Change]:
    """What `after` changed; options are compared letter by letter."""
    return [
        Change(label, text_changes(before=old, after=new))
        for (label, old), (_label, new) in zip(
            _fields(before, after), _fields(after, before), strict=True
        )
        if old != new
    ]


def _fields(version: ItemVersion, other: ItemVersion) -> Iterator[tuple[str, str]]:
    """(label, text) of all that `version` says, in the order of the page."""
    yield _("Câu dẫn"), version.stem
    places = range(max(len(version.options), len(other.options)))
    for place, option in zip_longest(places, version.options, fillvalue=""):
        yield _("Phương án %s") % option_letter(int(place)), str(option)
    yield _("Đáp án"), ", ".join(map(option_letter, sorted(key_places(version.key_mask))))
    yield _("Loại câu"), str(version.get_kind_display())
    yield _("Thứ tự phương án"), _("giữ nguyên") if version.fixed_order else _("xáo trộn được")
    yield _("Chủ đề"), version.topic.name if version.topic else ""
    yield _("Mức độ"), str(version.get_level_display())
    cited = [
        ", ".join(filter(None, (c.document.number, c.clause))) for c in version.citations.all()
    ]
    yield _("Căn cứ"), "; ".join(cited)
    yield _("Giải thích"), version.rationale
    day = date_format(version.checked_on, "d/m/Y") if version.checked_on else ""
    yield _("Kiểm hiệu lực"), " ".join(filter(None, (day, version.checked_by)))
    yield _("Hình, âm thanh"), "; ".join(map(_medium, version.media.all()))


def _medium(media: ItemMedia) -> str:
    """The name's beginning tells two files with the same words apart."""
    where = _("câu dẫn") if media.place < 0 else option_letter(media.place)
    return f"{where}: {media.alt} [{media.file.sha256[:8]}]"
