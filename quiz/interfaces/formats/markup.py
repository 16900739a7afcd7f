"""HTML, in question files and in QTI bodies, as plain text that still reads."""

import re
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from quiz.interfaces.formats.texts import visible

_BLOCKS = frozenset(
    [
        "address", "article", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "main", "ol", "p", "pre", "prompt", "section", "table", "tr", "ul",
    ]
)  # fmt: skip
_SILENT = frozenset(["script", "style", "head", "template"])
_MEDIA = {
    "img": "src", "audio": "src", "video": "src", "source": "src", "embed": "src",
    "iframe": "src", "object": "data", "image": "href",
}  # fmt: skip
_CELLS = ("td", "th")
_SCRIPTS = {
    "sup": str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"),
    "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
}
_LOOKS_LIKE_HTML = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|ul|ol|li|sub|sup|img|table|tr|td|th|h\d|a|font|pre)"
    r"\b[^<>]*>|&(?:nbsp|amp|lt|gt|quot|#\d+);",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_FATAL = 3


class Reference(NamedTuple):
    """A picture or sound: what people call it, where it is, and what it says in words."""

    name: str
    address: str
    alt: str = ""


class Shown(NamedTuple):
    """The text of a piece of markup, lines parted by newlines, and the media it refers to."""

    text: str
    media: tuple[Reference, ...] = ()


def looks_like_html(text: str) -> bool:
    return _LOOKS_LIKE_HTML.search(text) is not None


def html_text(html: str) -> Shown:
    """What a browser would show of an HTML fragment, however broken it is."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    source = f"<div>{visible(html)}</div>".encode()
    try:
        root = etree.fromstring(source, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or any(entry.level >= _FATAL for entry in parser.error_log):
        return Shown(_TAG.sub(" ", html))  # nested beyond reason
    return element_text(root)


def element_text(root: etree._Element, skip: frozenset[etree._Element] = frozenset()) -> Shown:
    """The text below an element of HTML or QTI, leaving out the elements in `skip`."""
    walk = _Walk(skip)
    walk.through(root)
    return Shown("".join(walk.pieces), tuple(dict.fromkeys(walk.media)))


def local_name(element: etree._Element) -> str:
    """The name without namespace; "" for comments and instructions.

    Not by `QName`, which refuses names that lxml's own HTML parser lets through (`<b)>`).
    """
    name = element.tag
    if not isinstance(name, str):
        return ""
    return name.partition("}")[2] if name.startswith("{") else name


class _Walk:
    """Goes through a tree without recursion, so that no depth stops it."""

    def __init__(self, skip: frozenset[etree._Element]) -> None:
        self.pieces: list[str] = []
        self.media: list[Reference] = []
        self._skip = skip
        self._lists: list[int | None] = []  # the next number of each open list; None for bullets
        self._preserved = 0
        self._scripts: list[str] = []

    def through(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            name = local_name(node).lower() if event in ("start", "end") else ""
            if event == "start":
                if name in _SILENT or node in self._skip:
                    walk.skip_subtree()
                else:
                    self._open(node, name)
                continue
            if event == "end" and name not in _SILENT and node not in self._skip:
                self._close(name)
            if node is not root:
                self._say(node.tail)

    def _open(self, node: etree._Element, name: str) -> None:
        if name in _BLOCKS:
            self.pieces.append("\n")
        if name in ("ul", "ol"):
            self._lists.append(1 if name == "ol" else None)
        elif name == "li":
            self.pieces.append(self._bullet())
        elif name == "pre":
            self._preserved += 1
        elif name in _CELLS and node.getprevious() is not None:
            self.pieces.append(" | ")
        elif name in _SCRIPTS:
            self._scripts.append(name)
        if name in _MEDIA and (address := node.get(_MEDIA[name])):
            alt = " ".join((node.get("alt") or node.get("title") or "").split())
            self.media.append(Reference(_file_name(address), address, alt))
        self._say(node.text)

    def _close(self, name: str) -> None:
        if name in _BLOCKS and name != "br":
            self.pieces.append("\n")
        if name in ("ul", "ol"):
            self._lists.pop()
        elif name == "pre":
            self._preserved -= 1
        elif name in _SCRIPTS:
            self._scripts.pop()

    def _bullet(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}. "

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if not self._preserved:
            text = re.sub(r"\s+", " ", text)
        if self._scripts:
            text = text.translate(_SCRIPTS[self._scripts[-1]])
        self.pieces.append(text)


def _file_name(address: str) -> str:
    """What to call a media file by: the last part of its address."""
    if address.startswith("data:"):
        return address[:20]
    try:
        path = urlsplit(address).path
    except ValueError:
        path = address
    return PurePosixPath(unquote(path)).name or address[:60]
