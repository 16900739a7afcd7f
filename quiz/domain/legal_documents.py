"""Legal documents and the citations that name them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault
from accounts.models import User
from accounts.text import fold, nfc
from quiz.demo.content import known_documents
from quiz.domain.item_citations import set_ends
from quiz.drafts import ItemDraft, place_of
from quiz.models import Citation, ItemVersion, LegalDocument

LONGEST_NUMBER = 80
LONGEST_CLAUSE = 400
LONGEST_NOTE = 400
_BETWEEN_DOCUMENTS = re.compile(r"[;\n]+")
# Kind as people write it, folded → as it is stored.
_KINDS = {
    "nghi dinh": "Nghị định",
    "nd": "Nghị định",
    "luat": "Luật",
    "quyet dinh": "Quyết định",
    "qd": "Quyết định",
    "nghi quyet": "Nghị quyết",
    "nq": "Nghị quyết",
    "thong tu lien tich": "Thông tư liên tịch",
    "thong tu": "Thông tư",
    "tt": "Thông tư",
    "chi thi": "Chỉ thị",
    "ct": "Chỉ thị",
    "cong van": "Công văn",
    "cv": "Công văn",
    "ke hoach": "Kế hoạch",
    "kh": "Kế hoạch",
    "phap lenh": "Pháp lệnh",
}
# What a number tells of its kind where nobody wrote it: “118/2025/NĐ-CP” is a decree.
_KIND_BY_LETTERS = {
    "NĐ": "Nghị định",
    "QĐ": "Quyết định",
    "NQ": "Nghị quyết",
    "TT": "Thông tư",
    "CT": "Chỉ thị",
    "KH": "Kế hoạch",
}
_DOCUMENT = re.compile(
    r"(?:\b(?P<kind>nghị định|nđ|luật|quyết định|qđ|nghị quyết|nq|thông tư liên tịch|thông tư|tt|"
    r"chỉ thị|ct|công văn|cv|kế hoạch|kh|pháp lệnh)\s*(?:số\s*:?\s*)?)?"
    r"(?P<number>\d+(?:\.\d+)?(?:/\d{4})?/(?P<letters>[A-ZĐ]+\d*)[\w-]*)",
    re.IGNORECASE,
)
_EDGES = " ,.:()–-"
_OF = re.compile(r"\s*\bcủa$", re.IGNORECASE)


@dataclass(frozen=True)
class Cited:
    """One document named in a citation text, and where in it."""

    number: str
    clause: str = ""


@lru_cache(maxsize=1000)
def parse_citations(text: str) -> tuple[Cited, ...]:
    """The documents that a citation text names, each once.

    “Khoản 2 Điều 1 NĐ số 118/2025/NĐ-CP” → Cited("Nghị định 118/2025/NĐ-CP", "Khoản 2 Điều 1").
    Documents are parted by `;` or a new line; one without a number is named up to the first comma.
    """
    found: dict[str, Cited] = {}
    for part in _BETWEEN_DOCUMENTS.split(text):
        for cited in _cited(nfc(part)):
            known = found.get(cited.number)
            clauses = (known.clause, cited.clause) if known else (cited.clause,)
            found[cited.number] = Cited(cited.number, ", ".join(filter(None, clauses)))
    return tuple(found.values())


def _cited(part: str) -> Iterator[Cited]:
    matches = list(_DOCUMENT.finditer(part))
    if not matches:
        name, _comma, clause = part.partition(",")
        if name.strip(_EDGES):
            yield Cited(name.strip(), clause.strip())
        return
    before = _clause(part[: matches[0].start()])
    ends = [match.start() for match in matches[1:]] + [len(part)]
    for match, end in zip(matches, ends, strict=True):
        clause = ", ".join(filter(None, (before, _clause(part[match.end() : end]))))
        yield Cited(_number(match), clause)
        before = ""


def _clause(text: str) -> str:
    return _OF.sub("", text.strip(_EDGES)).strip(_EDGES)


def _number(match: re.Match[str]) -> str:
    """“nđ số 118/2025/nđ-cp” → “Nghị định 118/2025/NĐ-CP”, as far as letters tell."""
    written, number = match["kind"], match["number"].rstrip("-").upper().replace("TTG", "TTg")
    kind = _KINDS[fold(written)] if written else _KIND_BY_LETTERS.get(match["letters"].upper(), "")
    return f"{kind} {number}".strip()


def citation_faults(draft: ItemDraft) -> list[Fault]:
    """What of a draft's citation can't be stored whole."""
    place = place_of(draft.sheet, draft.row) if draft.row else _("Căn cứ")
    return [
        Fault(
            place,
            "citation_too_long",
            _("Căn cứ “%(start)s…” quá dài.") % {"start": cited.number[:40]},
            _("Ghi số, ký hiệu văn bản, dấu phẩy, rồi điều, khoản; mỗi văn bản một dòng."),
            sheet=draft.sheet,
            row=draft.row,
        )
        for cited in parse_citations(draft.citation)
        if len(cited.number) > LONGEST_NUMBER or len(cited.clause) > LONGEST_CLAUSE
    ]


def documents_by_number(numbers: Iterable[str]) -> dict[str, LegalDocument]:
    """Each number with its document; those nobody cited before are made.

    What the product knows of a document (its title, that its validity is in doubt) comes with it;
    of others only the number is stored.

    A number written without its kind (“148/2025/QH15”) finds the document that has one.
    """
    wanted = set(numbers)
    found = {doc.number: doc for doc in LegalDocument.objects.filter(number__in=wanted)}
    for number in wanted - found.keys():
        if number[:1].isdigit():
            known = LegalDocument.objects.filter(number__endswith=f" {number}").first()
            if known:
                found[number] = known
    new = sorted(wanted - found.keys())
    if new:
        made = [_new_document(number) for number in new]
        LegalDocument.objects.bulk_create(made, ignore_conflicts=True)  # somebody may cite it now
        found |= {doc.number: doc for doc in LegalDocument.objects.filter(number__in=new)}
    return found


def _new_document(number: str) -> LegalDocument:
    document = LegalDocument(number=number)
    _tell_what_is_known(document)
    return document


def _tell_what_is_known(document: LegalDocument) -> None:
    known = known_documents().get(document.number)
    if known is not None:
        document.title, document.note = known.title, known.note
        document.issued_on, document.effective_from = known.issued_on, known.effective_from
        document.needs_check = known.needs_check


@transaction.atomic
def learn_known_documents() -> None:
    """Have every document the product knows of, with what it knows.

    A document somebody described or decided about keeps what they said.
    """
    found = documents_by_number(known_documents())
    for document in found.values():
        if not (document.title or document.note or document.needs_check):
            _tell_what_is_known(document)
            document.save()


def cite(*, versions_and_texts: Iterable[tuple[ItemVersion, str]]) -> None:
    """Store the citations of stored versions, in bulk."""
    parsed = [(version, parse_citations(text)) for version, text in versions_and_texts]
    documents = documents_by_number(c.number for _version, cited in parsed for c in cited)
    citations = [
        Citation(version=version, document=documents[each.number], clause=each.clause)
        for version, cited in parsed
        for each in cited
    ]
    set_ends(citations)
    Citation.objects.bulk_create(citations)


def citation_text(version: ItemVersion) -> str:
    """The citations as people type them, one document a line."""
    return "\n".join(
        ", ".join(filter(None, (citation.document.number, citation.clause)))
        for citation in version.citations.select_related("document")
    )


@transaction.atomic
def set_needs_check(
    *, document: LegalDocument, needs_check: bool, note: str = "", user: User
) -> None:
    """Raise or lower the flag “kiểm hiệu lực”; `note` says what was found."""
    document.needs_check = needs_check
    document.note = nfc(note)[:LONGEST_NOTE]
    document.save(update_fields=["needs_check", "note"])
    record_act(
        actor=user,
        act="check_document",
        subject=document,
        needs_check=needs_check,
    )
