"""When what an item cites goes out of force: kept with each citation, so that SQL can ask."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from quiz.domain.citing import Citing, register_citing
from quiz.engine.clauses import speak_of_one
from quiz.models import Citation, ClauseEnd, ItemBank, LegalDocument


def end_of(*, clause: str, document: LegalDocument, ends: Iterable[ClauseEnd]) -> date | None:
    """The first day on which what is cited is out of force, by its document or by its clause."""
    days = [end.effective_to for end in ends if speak_of_one(clause, end.clause)]
    if document.effective_to:
        days.append(document.effective_to)
    return min(days, default=None)


def set_ends(citations: Iterable[Citation]) -> None:
    """Give citations about to be stored the day their basis ends."""
    cited = list(citations)
    documents = {citation.document_id for citation in cited}
    ends: dict[int, list[ClauseEnd]] = {}
    for end in ClauseEnd.objects.filter(document__in=documents):
        ends.setdefault(end.document_id, []).append(end)
    for citation in cited:
        citation.ends_on = end_of(
            clause=citation.clause,
            document=citation.document,
            ends=ends.get(citation.document_id, ()),
        )


def refresh_citations(document: LegalDocument) -> int:
    """Follow a change of the document or its clauses; how many items have a basis that ends.

    What was decided about an item stands only while the day it was decided on stays the same.
    """
    cited = Citation.objects.filter(document=document)
    ends = list(ClauseEnd.objects.filter(document=document))  # not as somebody prefetched them
    for clause in cited.order_by().values_list("clause", flat=True).distinct():
        day = end_of(clause=clause, document=document, ends=ends)
        moved = cited.filter(clause=clause)
        moved = moved.exclude(ends_on=day) if day else moved.exclude(ends_on=None)
        moved.update(ends_on=day, settled_by=None)
    return cited.exclude(ends_on=None).values("version__item").distinct().count()


def count_items(user: User, roles: Collection[str]) -> Mapping[int, int]:
    """{document id: items that cite it in banks where the person holds one of `roles`}."""
    banks = ItemBank.objects.within_reach_of(user, *roles)
    cited = Citation.objects.filter(version__item__bank__in=banks).order_by()
    return dict(cited.values_list("document").annotate(Count("version__item", distinct=True)))


def register_items() -> None:
    """Called once when Django starts."""
    register_citing(
        Citing(code="items", title=_("Câu hỏi"), count=count_items, refresh=refresh_citations)
    )
