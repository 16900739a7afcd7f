"""Which cited documents can't be relied on today."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quiz.domain.legal_documents import parse_citations
from quiz.engine.clauses import speak_of_one
from quiz.models import Citation, ClauseEnd, LegalDocument


def document_doubt(document: LegalDocument, *, today: date) -> str:
    """Why this document can't be relied on `today`, in a sentence; "" when it can."""
    name = {"number": document.number}
    if document.effective_to and document.effective_to <= today:
        day = date_format(document.effective_to, "d/m/Y")
        return _("%(number)s hết hiệu lực từ %(day)s.") % (name | {"day": day})
    if document.effective_from and document.effective_from > today:
        day = date_format(document.effective_from, "d/m/Y")
        return _("%(number)s đến %(day)s mới có hiệu lực.") % (name | {"day": day})
    if document.needs_check:
        return _("%(number)s đang chờ kiểm hiệu lực.") % name
    return ""


def doubtful(today: date) -> Q:
    """The documents of which `document_doubt` has something to say."""
    return Q(needs_check=True) | Q(effective_to__lte=today) | Q(effective_from__gt=today)


def citation_doubts(*, today: date) -> Callable[[str], Sequence[str]]:
    """A function telling for a citation text what of it is in doubt.

    A number written without its kind (“148/2025/QH15”) finds the document that has one.
    """
    doubts: dict[str, str] = {}
    for document in LegalDocument.objects.filter(doubtful(today)):
        doubt = document_doubt(document, today=today)
        doubts[document.number] = doubts[document.number.rpartition(" ")[2]] = doubt

    ended: dict[str, list[ClauseEnd]] = {}
    for end in ClauseEnd.objects.filter(effective_to__lte=today).select_related("document"):
        for number in {end.document.number, end.document.number.rpartition(" ")[2]}:
            ended.setdefault(number, []).append(end)

    def told(text: str) -> list[str]:
        found = []
        for cited in parse_citations(text):
            if cited.number in doubts:
                found.append(doubts[cited.number])
            else:
                ends = ended.get(cited.number, ())
                found += [clause_doubt(e) for e in ends if speak_of_one(cited.clause, e.clause)]
        return found

    return told


def clause_doubt(end: ClauseEnd) -> str:
    """That a clause can't be relied on any more, in a sentence."""
    day = date_format(end.effective_to, "d/m/Y")
    told = {"clause": end.clause, "number": end.document.number, "day": day}
    return _("%(clause)s %(number)s hết hiệu lực từ %(day)s.") % told


def citation_end(citation: Citation) -> str:
    """When what a stored citation names goes or went out of force, in a sentence."""
    told = {
        "cited": ", ".join(filter(None, (citation.document.number, citation.clause))),
        "day": date_format(citation.ends_on, "d/m/Y") if citation.ends_on else "",
    }
    if citation.document.replaced_by and citation.document.effective_to == citation.ends_on:
        told["by"] = citation.document.replaced_by.number
        return _("%(cited)s: hết hiệu lực từ %(day)s, thay bằng %(by)s.") % told
    return _("%(cited)s: hết hiệu lực từ %(day)s.") % told
