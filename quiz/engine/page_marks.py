"""What the QR code of a printed page says: which page, totals, digest of the content, keyed digest.

A mark is short, because a dense code is not read from a worn page: letters, digits and hyphens, as
`pl-2-3-25-75000000-<32 hexadecimal digits>-<20 hexadecimal digits>`.
"""

import hmac
import re
from dataclasses import dataclass
from typing import Any

from quiz.engine.canonical import H, canon

MAC_DIGITS = 20
_MARK = re.compile(
    r"([a-z]{2,6})-([1-9]\d{0,3})-([1-9]\d{0,3})-(\d{1,7})-(\d{1,15})-([0-9a-f]{32})-([0-9a-f]{20})",
    re.ASCII,
)


@dataclass(frozen=True)
class PageMark:
    """Page `page` of `pages` of a paper; `rows` of its list and their `money` in đồng (0: none).

    `content`: 32 hexadecimal digits of what is printed on it.
    """

    paper: str
    page: int
    pages: int
    rows: int
    money: int
    content: str

    @property
    def code(self) -> str:
        """To print beside the QR code and compare by eye: “3F2A-91C0-55D1”."""
        digits = self.content[:12].upper()
        return "-".join(digits[at : at + 4] for at in range(0, 12, 4))


def content_digest(content: Any) -> str:
    """32 hexadecimal digits of a page's content: texts, numbers, lists of them."""
    return H("page", canon(content)).hex()[:32]


def write_mark(mark: PageMark, *, release: str, key: bytes) -> str:
    """The mark as an address holds it; bound to the release of this digest by a secret key."""
    told = (mark.paper, mark.page, mark.pages, mark.rows, mark.money, mark.content)
    return "-".join(map(str, (*told, _mac(mark, release, key))))


def read_mark(text: str) -> tuple[PageMark, str] | None:
    """The mark and the keyed digest it claims; None for anything else."""
    found = _MARK.fullmatch(text)
    if found is None:
        return None
    paper, page, pages, rows, money, content, mac = found.groups()
    return PageMark(paper, int(page), int(pages), int(rows), int(money), content), mac


def is_ours(mark: PageMark, mac: str, *, release: str, key: bytes) -> bool:
    return hmac.compare_digest(_mac(mark, release, key), mac)


def _mac(mark: PageMark, release: str, key: bytes) -> str:
    told = [mark.paper, mark.page, mark.pages, mark.rows, mark.money, mark.content, release]
    return hmac.digest(key, H("page-mark", canon(told)), "sha256").hex()[:MAC_DIGITS]
