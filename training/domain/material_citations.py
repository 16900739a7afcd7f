"""The documents that materials cite, and the flag when one of them is out of force."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import Fault, Faults
from accounts.models import User
from quiz.domain.citing import Citing, register_citing
from quiz.domain.item_citations import end_of
from quiz.domain.legal_documents import (
    LONGEST_CLAUSE,
    LONGEST_NUMBER,
    documents_by_number,
    parse_citations,
)
from quiz.models import ClauseEnd, LegalDocument
from training.models import Material, MaterialCitation


def cite_documents(*, material: Material, text: str) -> None:
    """Store what a material cites, one document a line, in place of the old. Raises Faults."""
    cited = parse_citations(text)
    long = [c for c in cited if len(c.number) > LONGEST_NUMBER or len(c.clause) > LONGEST_CLAUSE]
    if long:
        message = _("Căn cứ “%(start)s…” quá dài.") % {"start": long[0].number[:40]}
        hint = _("Ghi số, ký hiệu văn bản, dấu phẩy, rồi điều, khoản; mỗi văn bản một dòng.")
        raise Faults([Fault(_("Căn cứ"), "citation_too_long", message, hint)])
    documents = documents_by_number(each.number for each in cited)
    material.citations.all().delete()
    MaterialCitation.objects.bulk_create(
        MaterialCitation(
            material=material,
            document=documents[each.number],
            clause=each.clause,
            ends_on=_end(each.clause, documents[each.number]),
        )
        for each in cited
    )


def citation_lines(material: Material) -> str:
    """The citations as people type them, one document a line."""
    cited = material.citations.select_related("document")
    return "\n".join(", ".join(filter(None, (each.document.number, each.clause))) for each in cited)


def _end(clause: str, document: LegalDocument) -> date | None:
    ends = ClauseEnd.objects.filter(document=document)
    return end_of(clause=clause, document=document, ends=ends)


def refresh_materials(document: LegalDocument) -> int:
    """Follow a change of the document or its clauses; how many materials rest on what ends."""
    cited = MaterialCitation.objects.filter(document=document)
    for clause in set(cited.values_list("clause", flat=True)):
        cited.filter(clause=clause).update(ends_on=_end(clause, document))
    return cited.exclude(ends_on=None).values("material").distinct().count()


def count_materials(user: User, roles: Collection[str]) -> Mapping[int, int]:
    """{document id: materials that cite it where the person holds one of `roles`}."""
    reach = Material.objects.within_reach_of(user, *roles).order_by()
    cited = MaterialCitation.objects.filter(material__in=reach).order_by()
    return dict(cited.values_list("document").annotate(Count("material", distinct=True)))


def register_materials() -> None:
    """Called once when Django starts."""
    register_citing(
        Citing(
            code="materials",
            title=gettext_lazy("Tài liệu"),
            count=count_materials,
            refresh=refresh_materials,
        )
    )
