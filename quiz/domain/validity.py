"""Saying how long a legal document and its clauses are in force, and what replaces them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import nfc
from quiz.domain.citing import tell_citing
from quiz.domain.legal_documents import LONGEST_NOTE, documents_by_number, parse_citations
from quiz.engine.clauses import references
from quiz.models import ClauseEnd, LegalDocument

LONGEST_TITLE = 400
LONGEST_CLAUSE_END = 100


@dataclass(frozen=True)
class Description:
    """A document as a person describes it; `replaced_by` is a number as people write it, or ""."""

    title: str = ""
    issued_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    replaced_by: str = ""
    needs_check: bool = False
    note: str = ""


@transaction.atomic
def describe_document(
    *, document: LegalDocument, description: Description, user: User
) -> dict[str, int]:
    """Store what a person found out; {kind: things whose basis ends with the document}.

    A document named as the one that replaces it is made if nobody cited it before. Raises Faults.
    """
    faults = list(_faults(document, description))
    other = None if faults else _replacing(document, description, faults)
    if faults:
        raise Faults(faults)
    locked = LegalDocument.objects.select_for_update().get(pk=document.pk)
    locked.title, locked.note = nfc(description.title), nfc(description.note)
    locked.issued_on, locked.effective_from = description.issued_on, description.effective_from
    locked.effective_to, locked.needs_check = description.effective_to, description.needs_check
    locked.replaced_by = other
    locked.save()
    touched = tell_citing(locked)
    record_act(
        actor=user,
        act="describe_document",
        subject=locked,
        needs_check=locked.needs_check,
        effective_to=locked.effective_to.isoformat() if locked.effective_to else None,
        replaced_by=locked.replaced_by_id,
    )
    document.refresh_from_db()
    return touched


def _faults(document: LegalDocument, given: Description) -> Iterator[Fault]:
    place = document.number
    days = [given.issued_on, given.effective_from, given.effective_to]
    known = [day for day in days if day]
    if known != sorted(known):
        message = _("Ngày ban hành, ngày có hiệu lực, ngày hết hiệu lực chưa theo thứ tự.")
        yield Fault(place, "days_out_of_order", message, _("Kiểm tra lại ba ngày này."))
    if given.replaced_by.strip() and not given.effective_to:
        message = _("Chưa có ngày bị thay thế.")
        hint = _("Ghi ngày “Hết hiệu lực từ”: ngày văn bản thay thế có hiệu lực.")
        yield Fault(place, "no_last_day", message, hint)
    for text, longest in ((given.title, LONGEST_TITLE), (given.note, LONGEST_NOTE)):
        if len(text) > longest:
            message = _("Nội dung dài quá %d ký tự.") % longest
            yield Fault(place, "document_text_too_long", message, _("Rút gọn nội dung."))


def _replacing(
    document: LegalDocument, given: Description, faults: list[Fault]
) -> LegalDocument | None:
    """The document that holds instead; adds a fault when there is none to be made of the text."""
    if not given.replaced_by.strip():
        return None
    cited = parse_citations(given.replaced_by)
    if len(cited) != 1 or cited[0].clause or len(cited[0].number) > LONGEST_CLAUSE_END:
        message = _("Chưa rõ văn bản thay thế.")
        hint = _("Ghi số, ký hiệu của đúng một văn bản, ví dụ: Nghị định 118/2025/NĐ-CP.")
        faults.append(Fault(document.number, "replacing_unclear", message, hint))
        return None
    other = documents_by_number([cited[0].number])[cited[0].number]
    seen = {document.pk}
    following: LegalDocument | None = other
    while following is not None:
        if following.pk in seen:
            message = _("Văn bản này đang thay thế chính nó, trực tiếp hoặc qua văn bản khác.")
            hint = _("Kiểm tra lại văn bản nào thay thế văn bản nào.")
            faults.append(Fault(document.number, "replaces_itself", message, hint))
            return None
        seen.add(following.pk)
        following = following.replaced_by
    return other


@transaction.atomic
def end_clause(
    *, document: LegalDocument, clause: str, effective_to: date, note: str = "", user: User
) -> dict[str, int]:
    """Say that a clause is out of force from a day on; {kind: things whose basis ends}.

    Said again of the same clause, the new day holds. Raises Faults.
    """
    clause = nfc(clause)
    if not references(clause) or len(clause) > LONGEST_CLAUSE_END:
        message = _("Chưa rõ điều, khoản nào.")
        hint = _("Ghi theo dạng: khoản 2 Điều 5.")
        raise Faults([Fault(document.number, "clause_unclear", message, hint)])
    ClauseEnd.objects.update_or_create(
        document=document,
        clause=clause,
        defaults={"effective_to": effective_to, "note": nfc(note)[:LONGEST_NOTE]},
    )
    touched = tell_citing(document)
    record_act(
        actor=user,
        act="end_clause",
        subject=document,
        clause=clause,
        effective_to=effective_to.isoformat(),
    )
    return touched


@transaction.atomic
def restore_clause(*, end: ClauseEnd, user: User) -> None:
    """Take back that a clause is out of force."""
    document, clause = end.document, end.clause
    end.delete()
    tell_citing(document)
    record_act(actor=user, act="restore_clause", subject=document, clause=clause)
