"""Winners' certificates as PDF, one page each, in the body's own words and colours."""

from collections.abc import Sequence
from pathlib import Path

from accounts.domain.installation import read_installation
from accounts.interfaces.pdf.typesetting import OFFICE, qr_svg, typeset
from quiz.domain.paper_layouts import Layout, read_layout
from quiz.domain.result_papers import ResultFacts
from quiz.domain.winner_certificates import Issued
from quiz.interfaces.word.decree30 import MOTTO, NATION
from quiz.rules.figures import show_long_date

TEMPLATE = Path(__file__).parent / "templates" / "winner_certificate.typ"


def write_winner_certificates(
    *, facts: ResultFacts, issued: Sequence[Issued], links: Sequence[str]
) -> bytes:
    """One PDF with a page for each; a page's QR code opens its link. Call it in Vietnamese."""
    layout = read_layout(unit=facts.release.contest.unit, kind="certificate")
    pages = [_page(facts, each, link) for each, link in zip(issued, links, strict=True)]
    return typeset(TEMPLATE, _shared(facts, layout) | {"pages": pages}, fonts=OFFICE)


def _shared(facts: ResultFacts, layout: Layout) -> dict[str, object]:
    place = facts.place or read_installation().place
    date = show_long_date(facts.release.decision_date) if facts.release.decision_date else ""
    return {
        "nation": NATION,
        "motto": MOTTO,
        "parent": facts.parent_body.upper(),
        "body": facts.body_name.upper(),
        "title": layout.title.upper(),
        "signer_title": layout.signer_title.upper().split("\n"),
        "signer_name": layout.signer_name,
        "colour": layout.colour,
        "accent": layout.accent,
        "dated": f"{place}, {date}" if place else date.capitalize(),
        "decision": (
            f"Theo Quyết định số {facts.decision_number} {date} của {facts.body_name}"
            if facts.decision_number
            else ""
        ),
        "chosen": "Trao cho",
        "check": "Quét mã để kiểm tra",
    }


def _page(facts: ResultFacts, issued: Issued, link: str) -> dict[str, str]:
    winner = issued.winner
    return {
        "name": issued.name,
        "home": winner.home,
        "prize": f"Đạt {winner.tier}",
        "about": f"{facts.round.name}, cuộc thi “{facts.title}”",
        "number": f"Số: {issued.certificate.number:02d}/GCN",
        "qr": qr_svg(link, border=1, dark="#000000"),
        "link": link.split("://", 1)[-1],
    }
