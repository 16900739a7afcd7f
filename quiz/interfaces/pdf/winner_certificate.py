"""Winners' certificates as PDF, one page each."""

from collections.abc import Sequence

from accounts.interfaces.pdf.typesetting import qr_svg
from quiz.domain.paper_layouts import read_layout
from quiz.domain.result_papers import ResultFacts
from quiz.domain.winner_certificates import Issued
from quiz.interfaces.pdf.certificate_pages import (
    CertificateFrame,
    CertificatePage,
    place_and_day,
    write_certificate_pages,
)
from quiz.rules.figures import show_long_date


def write_winner_certificates(
    *, facts: ResultFacts, issued: Sequence[Issued], links: Sequence[str]
) -> bytes:
    """One PDF with a page for each; a page's QR code opens its link. Call it in Vietnamese."""
    date = show_long_date(facts.release.decision_date) if facts.release.decision_date else ""
    frame = CertificateFrame(
        layout=read_layout(unit=facts.release.contest.unit, kind="certificate"),
        parent=facts.parent_body,
        body=facts.body_name,
        chosen="Trao cho",
        check="Quét mã để kiểm tra",
        note=(
            f"Theo Quyết định số {facts.decision_number} {date} của {facts.body_name}"
            if facts.decision_number
            else ""
        ),
    )
    pages = [_page(facts, each, link) for each, link in zip(issued, links, strict=True)]
    return write_certificate_pages(frame=frame, pages=pages)


def _page(facts: ResultFacts, issued: Issued, link: str) -> CertificatePage:
    winner = issued.winner
    return CertificatePage(
        name=issued.name,
        home=winner.home,
        headline=f"Đạt {winner.tier}",
        about=f"{facts.round.name}, cuộc thi “{facts.title}”",
        number=f"Số: {issued.certificate.number:02d}/GCN",
        dated=place_and_day(facts.place, facts.release.decision_date),
        qr=qr_svg(link, border=1, dark="#000000"),
        link=link.split("://", 1)[-1],
    )
