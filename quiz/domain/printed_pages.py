"""Pages printed from a release, and what anyone who scans one is told about it.

A page's QR code leads to `printed-page` with the release's number and a mark: which page, its
totals, the digest of its content. The mark is keyed with a secret of the round, so nobody else can
make one, and nothing is stored; what is in force is asked for when the page is scanned.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.crypto import open_text
from quiz.engine.page_marks import PageMark, content_digest, is_ours, read_mark, write_mark
from quiz.enums import PrintedPaper, ReleaseState
from quiz.models import Release, RoundSecret


@dataclass(frozen=True)
class MarkedPage:
    """`path`: where the QR code leads, behind the site's origin; `code`: printed beside it."""

    path: str
    code: str


@dataclass(frozen=True)
class ScannedPage:
    """A page that is really ours. `newest`: the number of the release in force, None before any."""

    mark: PageMark
    release: Release
    newest: int | None

    @property
    def paper(self) -> str:
        return str(PrintedPaper(self.mark.paper).label)

    @property
    def standing(self) -> str:
        """current, replaced, waiting (for its signature) or returned."""
        if self.release.state != ReleaseState.RELEASED:
            return "returned" if self.release.state == ReleaseState.RETURNED else "waiting"
        return "current" if self.newest == self.release.number else "replaced"


def _key(round_id: int) -> bytes:
    """From the round's signing key, so that printed codes outlive an exchange of the field key."""
    sealed = RoundSecret.objects.values_list("signing_key", flat=True).get(pk=round_id)
    return hmac.digest(bytes.fromhex(open_text(sealed)), b"printed-page", "sha256")


def mark_page(
    *,
    release: Release,
    paper: PrintedPaper,
    content: Any,
    page: int = 1,
    pages: int = 1,
    rows: int = 0,
    money: int = 0,
) -> MarkedPage:
    """The QR code's address of one printed page of a release that is submitted or published.

    `content` is what stands on the page, as JSON-ready data (for a list its rows of texts); `rows`
    and `money` (đồng) are the page's own totals.
    """
    mark = PageMark(str(paper), page, pages, rows, money, content_digest(content))
    text = write_mark(mark, release=release.digest, key=_key(release.round_id))
    place = [release.contest.code, release.round.number, release.number, text]
    return MarkedPage(reverse("printed-page", args=place), mark.code)


def mark_pages(
    *, release: Release, paper: PrintedPaper, pages: Sequence[tuple[Any, int, int]]
) -> list[MarkedPage]:
    """`mark_page` for all pages of a paper in order: (content, rows, money) each."""
    return [
        mark_page(
            release=release,
            paper=paper,
            content=content,
            page=at,
            pages=len(pages),
            rows=rows,
            money=money,
        )
        for at, (content, rows, money) in enumerate(pages, start=1)
    ]


def read_page(
    *, contest_code: str, round_number: int, number: int, mark: str
) -> ScannedPage | None:
    """The scanned page, or None for one that was never printed from such a release."""
    read = read_mark(mark)
    releases = Release.objects.filter(contest__code=contest_code, round__number=round_number)
    release = releases.filter(number=number).select_related("round", "contest").first()
    if read is None or release is None or read[0].paper not in PrintedPaper.values:
        return None
    page, mac = read
    if not is_ours(page, mac, release=release.digest, key=_key(release.round_id)):
        return None
    published = releases.filter(state=ReleaseState.RELEASED).order_by("-number")
    return ScannedPage(page, release, published.values_list("number", flat=True).first())
