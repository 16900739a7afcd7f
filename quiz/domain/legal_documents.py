"""Legal documents and the citations that name them."""

import re
from collections.abc import Iterable

from accounts.text import nfc
from quiz.models import Citation, ItemVersion, LegalDocument

# “NĐ 118/2025/NĐ-CP, Điều 1 khoản 2” → number up to the first comma, the clause after it.
_PARTS = re.compile(r"\s*;\s*|\n+")


def parse_citations(text: str) -> list[tuple[str, str]]:
    """(document number, clause) pairs of a citation line; documents are parted by `;`."""
    pairs = []
    for part in _PARTS.split(nfc(text)):
        number, _comma, clause = part.partition(",")
        if number.strip():
            pairs.append((number.strip()[:80], clause.strip()[:120]))
    return pairs


def documents_by_number(numbers: Iterable[str]) -> dict[str, LegalDocument]:
    """The documents of these numbers; those not known yet are made, still without a title."""
    wanted = set(numbers)
    LegalDocument.objects.bulk_create(
        [LegalDocument(number=number) for number in sorted(wanted)],
        ignore_conflicts=True,
    )
    return {doc.number: doc for doc in LegalDocument.objects.filter(number__in=wanted)}


def cite(*, versions_and_texts: Iterable[tuple[ItemVersion, str]]) -> None:
    """Store the citations of stored versions, in bulk."""
    parsed = [(version, parse_citations(text)) for version, text in versions_and_texts]
    documents = documents_by_number(number for _v, pairs in parsed for number, _c in pairs)
    Citation.objects.bulk_create(
        Citation(version=version, document=documents[number], clause=clause)
        for version, pairs in parsed
        for number, clause in pairs
    )
