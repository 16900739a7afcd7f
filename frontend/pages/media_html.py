"""The pictures and sounds of an item as HTML."""

from collections.abc import Callable, Iterable
from html import escape

from django.utils.translation import gettext as _

from quiz.drafts import Media
from quiz.enums import MediaKind


def media_html(media: Iterable[Media], place: int, address: Callable[[str], str]) -> str:
    """What stands at one place of an item, escaped; `address` gives the address of a file.

    A picture keeps its room while it loads and is fetched when it comes into sight. The words of a
    sound are there for whoever can't hear it.
    """
    return "".join(
        _picture(each, address(each.sha256))
        if each.kind == MediaKind.IMAGE
        else _sound(each, address(each.sha256))
        for each in media
        if each.place == place
    )


def _picture(media: Media, address: str) -> str:
    return (
        f'<img class="item-picture" src="{escape(address)}" alt="{escape(media.alt)}"'
        f' width="{media.width:d}" height="{media.height:d}" loading="lazy" decoding="async">'
    )


def _sound(media: Media, address: str) -> str:
    read_instead = escape(_("Đọc nội dung âm thanh"))
    return (
        f'<div class="item-sound"><audio controls preload="none" src="{escape(address)}"></audio>'
        f"<details><summary>{read_instead}</summary>"
        f"<p>{escape(media.alt)}</p></details></div>"
    )
