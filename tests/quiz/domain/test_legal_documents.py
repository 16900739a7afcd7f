"""Citations as people type them name the same documents."""

import pytest

from quiz.domain.legal_documents import Cited, documents_by_number, parse_citations
from quiz.models import LegalDocument

DECREE = "Nghị định 118/2025/NĐ-CP"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("", []),
        (" ; ,", []),
        ("Nghị định 118/2025/NĐ-CP", [Cited(DECREE)]),
        ("NĐ 118/2025/NĐ-CP, Điều 1 khoản 2", [Cited(DECREE, "Điều 1 khoản 2")]),
        ("Khoản 2 Điều 1 của Nghị định số 118/2025/NĐ-CP.", [Cited(DECREE, "Khoản 2 Điều 1")]),
        ("118/2025/nđ-cp, điểm a", [Cited(DECREE, "điểm a")]),
        (
            "Quyết định 282/QĐ-TTg ngày 12/02/2026",
            [Cited("Quyết định 282/QĐ-TTg", "ngày 12/02/2026")],
        ),
        ("Luật 148/2025/QH15", [Cited("Luật 148/2025/QH15")]),
        ("148/2025/QH15, Điều 3", [Cited("148/2025/QH15", "Điều 3")]),
        ("Nghị quyết 66.7/2025/NQ-CP", [Cited("Nghị quyết 66.7/2025/NQ-CP")]),
        ("Công văn 623/TTg-KSTT", [Cited("Công văn 623/TTg-KSTT")]),
        (
            "NĐ 118/2025/NĐ-CP, Điều 1; NĐ 367/2025/NĐ-CP\nHiến pháp 2013, Điều 2",
            [
                Cited(DECREE, "Điều 1"),
                Cited("Nghị định 367/2025/NĐ-CP"),
                Cited("Hiến pháp 2013", "Điều 2"),
            ],
        ),
        (
            "Nghị định 118/2025/NĐ-CP, Nghị định 367/2025/NĐ-CP",
            [Cited(DECREE), Cited("Nghị định 367/2025/NĐ-CP")],
        ),
        ("NĐ 118/2025/NĐ-CP, Điều 1; 118/2025/NĐ-CP, Điều 4", [Cited(DECREE, "Điều 1, Điều 4")]),
    ],
)
def test_citation_is_read(text, cited):
    assert list(parse_citations(text)) == cited


@pytest.mark.django_db
def test_number_alone_finds_the_document_with_its_kind():
    law = LegalDocument.objects.create(number="Luật 148/2025/QH15", needs_check=True)
    found = documents_by_number(["148/2025/QH15", "Luật 148/2025/QH15", "Hiến pháp 2013"])
    assert {number: doc.number for number, doc in found.items()} == {
        "148/2025/QH15": law.number,
        "Luật 148/2025/QH15": law.number,
        "Hiến pháp 2013": "Hiến pháp 2013",
    }
    assert LegalDocument.objects.count() == 2
