"""The papers of a result, each under the code by which it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _

from quiz.domain.paper_kinds import DECISION, MINUTES, PROPOSAL, RECEIPT, WINNERS, Words
from quiz.domain.result_papers import ResultFacts
from quiz.interfaces.excel.participation import write_participation
from quiz.interfaces.excel.winners import write_winners
from quiz.interfaces.word.results.common import Office, office_of
from quiz.interfaces.word.results.decision import write_decision
from quiz.interfaces.word.results.lists import write_annex, write_signing_sheet
from quiz.interfaces.word.results.minutes import write_minutes
from quiz.interfaces.word.results.proposal import write_proposal

Writer = Callable[[ResultFacts, str, IO[bytes]], None]


@dataclass(frozen=True)
class ResultPaper:
    """`write` takes the facts, the site's origin (QR codes lead there) and the file.

    `signed`: one that is signed, and so is a draft before the decision; others are tables.
    """

    code: str
    name: Words
    slug: str
    suffix: str
    write: Writer
    signed: bool = True


def _word(kind: str, write: Callable[[Office, IO[bytes]], None]) -> Writer:
    return lambda facts, origin, file: write(office_of(facts, kind, origin), file)


def _winners(facts: ResultFacts, origin: str, file: IO[bytes]) -> None:
    write_winners(round=facts.round, file=file, whole_numbers=False, origin=origin)


def _participation(facts: ResultFacts, _origin: str, file: IO[bytes]) -> None:
    round = facts.round
    write_participation(contest=round.contest, rounds=[round], file=file, with_names=False)


PAPERS = {
    paper.code: paper
    for paper in (
        ResultPaper(
            "proposal", PROPOSAL.name, "to-trinh", "docx", _word("proposal", write_proposal)
        ),
        ResultPaper(
            "decision", DECISION.name, "quyet-dinh", "docx", _word("decision", write_decision)
        ),
        ResultPaper(
            "winners", WINNERS.name, "danh-sach-dat-giai", "docx", _word("winners", write_annex)
        ),
        ResultPaper("minutes", MINUTES.name, "bien-ban", "docx", _word("minutes", write_minutes)),
        ResultPaper(
            "receipt", RECEIPT.name, "ky-nhan", "docx", _word("receipt", write_signing_sheet)
        ),
        ResultPaper(
            "winners-table",
            _("Danh sách đạt giải, dự bị, ký nhận (bảng tính)"),
            "danh-sach-dat-giai",
            "xlsx",
            _winners,
            signed=False,
        ),
        ResultPaper(
            "participation-table",
            _("Số liệu tham gia, giải tập thể (bảng tính)"),
            "so-lieu-tham-gia",
            "xlsx",
            _participation,
            signed=False,
        ),
    )
}


def paper_name(paper: ResultPaper, facts: ResultFacts) -> str:
    """“quyet-dinh-cchc-2026-1.docx”; a draft says so in its name."""
    draft = "" if facts.signed or not paper.signed else "-du-thao"
    place = f"{facts.release.contest.code}-{facts.round.number}"
    return f"{paper.slug}-{place}{draft}.{paper.suffix}"
