"""What people write in Markdown, as HTML that can't hurt: one door for every page and letter."""

from functools import lru_cache
from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = frozenset(
    {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre"}
    | {"strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
# Pages have one h1, their own title; a text's headings begin below it.
LOWER = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """What reads the Markdown of this house."""
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True, "typographer": False})
    return markdown.enable("table")


@lru_cache(maxsize=512)
def to_html(text: str) -> SafeString:
    """The HTML of a Markdown text: headings from h2 on, tables, lists, links; no pictures, no HTML
    of its own, links only to http(s), mail and telephone.
    """
    markdown = parser()
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = LOWER[token.tag]
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
    drawn = markdown.renderer.render(tokens, markdown.options, {})
    clean = nh3.clean(
        drawn,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308  (what nh3 let through)


def to_words(text: str) -> str:
    """The same text without marks, for searching, descriptions and letters."""

    return unescape(nh3.clean(to_html(text), tags=set())).strip()
