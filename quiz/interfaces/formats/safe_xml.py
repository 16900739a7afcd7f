"""XML from strangers: no document type, no entities, no network, bounded size and depth."""

import codecs
import re

from lxml import etree

from quiz.interfaces.formats.refusals import (
    FileDamaged,
    FileUnpacksTooLarge,
    ForbiddenXml,
    WrongEncoding,
)

# A node costs more than a hundred bytes, so “<a/>” a million times is a bomb of four megabytes.
MOST_TAGS = 1_000_000
_DECLARATION = re.compile(r"\s*<\?xml\b([^>]*?)\?>")
_SPACE = re.compile(r"\s*")
_ENCODING = re.compile(rb"""^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_KNOWN = frozenset(
    ["utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252", "windows-1258"]
)
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def parse_xml(data: bytes) -> etree._Element:
    """The root of a document. Raises refusals: damaged, forbidden, too large, wrong encoding.

    libxml2 itself refuses more than 256 levels and texts of more than 10 MB.
    """
    text = _decoded(data)
    if text.count("<") > MOST_TAGS:
        raise FileUnpacksTooLarge
    if declaration := _DECLARATION.match(text):
        text = text[declaration.end() :]
    if _has_doctype(text):
        raise ForbiddenXml
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        strip_cdata=False,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except (etree.LxmlError, ValueError) as broken:
        raise FileDamaged from broken
    if root.getroottree().docinfo.doctype:
        raise ForbiddenXml
    return root


def _decoded(data: bytes) -> str:
    """By the mark at the beginning, else by what the declaration says, else UTF-8."""
    if data.startswith(_MARKS):
        encoding = "utf-16"
    else:
        declared = _ENCODING.match(data.removeprefix(codecs.BOM_UTF8)[:200])
        encoding = declared[1].decode().lower() if declared else "utf-8"
        if encoding not in _KNOWN:
            raise WrongEncoding
        if encoding in ("utf-8", "utf8"):
            encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise WrongEncoding from wrong


def _has_doctype(text: str) -> bool:
    """Whether a document type stands before the first element, where alone it may stand."""
    at = 0
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            width = 3
        elif text.startswith("<?", at):
            end = text.find("?>", at + 2)
            width = 2
        else:
            return text[at : at + 9].upper() == "<!DOCTYPE"
        if end < 0:
            return False
        at = end + width
