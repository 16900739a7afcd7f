"""Certificates as PDF, a page a holder, in the body's own words and colours."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from accounts.domain.installation import read_installation
from accounts.interfaces.pdf.typesetting import OFFICE, typeset
from quiz.domain.paper_layouts import Layout
from quiz.interfaces.word.decree30 import MOTTO, NATION
from quiz.rules.figures import show_long_date

TEMPLATE = Path(__file__).parent / "templates" / "certificate.typ"


@dataclass(frozen=True)
class CertificatePage:
    """What differs from page to page; `qr` is an SVG, `link` what it opens, shortened."""

    name: str
    home: str
    headline: str
    about: str
    number: str
    dated: str
    qr: str
    link: str


@dataclass(frozen=True)
class CertificateFrame:
    """What all pages share; `note` stands small below what the certificate is about."""

    layout: Layout
    parent: str
    body: str
    chosen: str
    check: str
    note: str = ""
    qr_width: int = 26  # mm


def write_certificate_pages(*, frame: CertificateFrame, pages: Sequence[CertificatePage]) -> bytes:
    """One PDF with a page for each. Call it in Vietnamese."""
    return typeset(
        TEMPLATE, _shared(frame) | {"pages": [asdict(page) for page in pages]}, fonts=OFFICE
    )


def place_and_day(place: str, day: date | None) -> str:
    """“Đắk Lắk, ngày 30 tháng 11 năm 2026”; where no place is given, the installation's."""
    place, told = place or read_installation().place, show_long_date(day) if day else ""
    return f"{place}, {told}" if place else told.capitalize()


def _shared(frame: CertificateFrame) -> dict[str, object]:
    layout = frame.layout
    return {
        "nation": NATION,
        "motto": MOTTO,
        "parent": frame.parent.upper(),
        "body": frame.body.upper(),
        "title": layout.title.upper(),
        "signer_title": layout.signer_title.upper().split("\n"),
        "signer_name": layout.signer_name,
        "colour": layout.colour,
        "accent": layout.accent,
        "note": frame.note,
        "chosen": frame.chosen,
        "check": frame.check,
        "qr_width": frame.qr_width,
    }
