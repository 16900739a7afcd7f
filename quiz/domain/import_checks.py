"""What the item checks find in an import's drafts: advice beside the faults, before storing.

Nearly equal items of one file are looked for once, when it was read; a page then looks at the few
drafts it shows, whatever the size of the file.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from quiz.checks import Finding, Neighbour
from quiz.domain.import_decisions import draft_problems
from quiz.domain.item_checks import Findings, check_items
from quiz.enums import DraftDecision
from quiz.models import ImportDraft, ItemImport
from quiz.reading_documents import draft_of

_REPEATED = "repeated_stem"


def check_drafts(session: ItemImport, rows: Sequence[ImportDraft]) -> Findings:
    """What is found in judged rows of an import, by their places; in those that wait alone.

    What a row is told of as a fault is not said a second time.
    """
    waiting = [row for row in rows if row.decision == DraftDecision.WAITING]
    found = check_items(
        [draft_of(row.document["draft"]) for row in waiting],
        bank=session.bank,
        names=[_name(row.place) for row in waiting],
        beside=_alike(session, waiting),
    )
    news = {waiting[at].place: _news(waiting[at], told) for at, told in found.items()}
    return {place: findings for place, findings in news.items() if findings}


def _alike(
    session: ItemImport, rows: Sequence[ImportDraft]
) -> Iterator[tuple[Neighbour, Sequence[str]]]:
    """The drafts outside `rows` that asked nearly what one of them does when the file was read."""
    wanted = {place for row in rows for place in row.document.get("alike", ())}
    wanted -= {row.place for row in rows}
    if not wanted:
        return
    others = session.drafts.filter(place__in=wanted).exclude(decision=DraftDecision.SKIPPED)
    for place, document in others.values_list("place", "document").order_by("place"):
        draft = draft_of(document["draft"])
        yield Neighbour(_name(place), draft.stem, 0.0), draft.options


def _name(place: int) -> str:
    return _("câu thứ %d trong tệp") % place


def _news(row: ImportDraft, findings: Sequence[Finding]) -> list[Finding]:
    told = {fault.code for fault in draft_problems(row)}
    if any("key" in code for code in told):  # “key_unreadable” says more than “no_key”
        told.add("no_key")
    if row.twin_place or row.twin_item:
        told.add(_REPEATED)
    return [finding for finding in findings if finding.code not in told]
