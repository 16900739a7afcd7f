"""Accept, correct or skip: what a person says of each item of a file before it is stored.

A key that the file does not give for certain passes only by an act about this very item; accepting
many at once takes certain ones alone. The database holds the same rule.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.errors import Fault, Faults, NotFound
from accounts.models import User
from quiz.domain.item_imports import comparable_digest, open_import
from quiz.domain.legal_documents import citation_faults
from quiz.drafts import ItemDraft, draft_faults
from quiz.enums import DraftDecision, ItemKind
from quiz.errors import DraftChanged
from quiz.models import ImportDraft, ItemImport
from quiz.queries.item_import import GROUPS
from quiz.reading_documents import draft_document, draft_of, faults_document, faults_of, repairs_of
from quiz.reading_repairs import with_repairs

# What is found again whenever the draft changes; other faults are the reader's own.
_JUDGED = frozenset(
    {
        *("no_stem", "few_options", "many_options", "true_false_options", "too_long"),
        *("empty_option", "twin_options", "citation_too_long"),
    }
)


def draft_problems(row: ImportDraft) -> list[Fault]:
    """Everything that keeps a judged row out of its bank now."""
    found = faults_of(row.document["faults"])
    hint = _("Bỏ qua câu này, hoặc sửa cho khác.")
    place = row.label or _("Câu hỏi")
    if row.twin_place:
        message = _("Trùng với câu thứ %d trong tệp.") % row.twin_place
        found.append(Fault(place, "duplicate_in_file", message, hint))
    if row.twin_item:
        message = _("Đã có trong ngân hàng: câu %d.") % row.twin_item
        found.append(Fault(place, "duplicate_in_bank", message, hint))
    return found


def _sound_faults(draft: ItemDraft) -> list[Fault]:
    return [*draft_faults(draft), *citation_faults(draft)]


class DraftBook:
    """One person's hand on one import: every act names the version of the draft it saw.

    Each raises NotFound, DraftChanged, and what `open_import` raises; the row returned is judged.
    """

    def __init__(self, *, session: ItemImport, user: User, now: datetime) -> None:
        self._session, self._user, self._now = session, user, now

    def accept(self, *, place: int, version: int) -> ImportDraft:
        """Take the item with the key it shows. Raises Faults."""
        return self._change(place, version, self._accept)

    def skip(self, *, place: int, version: int) -> ImportDraft:
        """Leave the item out."""
        return self._change(place, version, lambda row: _decide(row, DraftDecision.SKIPPED))

    def reopen(self, *, place: int, version: int) -> ImportDraft:
        """Take the decision back, and with it whoever confirmed the key."""
        return self._change(place, version, lambda row: _decide(row, DraftDecision.WAITING))

    def choose_key(self, *, place: int, version: int, key: frozenset[int]) -> ImportDraft:
        """Say which options are right; the decision on the item is still to come."""

        def change(row: ImportDraft) -> None:
            draft = draft_of(row.document["draft"])
            several = len(key) > 1 and draft.kind == ItemKind.SINGLE
            kind = ItemKind.MULTIPLE.value if several else draft.kind
            _rewrite(row, replace(draft, key=key, kind=kind), keeps=_not_about_keys)
            _decide(row, DraftDecision.WAITING)
            row.noted = True  # no more what the file says, so never accepted with others

        return self._change(place, version, change)

    def choose_repair(self, *, place: int, version: int, repair: int, made: bool) -> ImportDraft:
        """Take or decline one proposed change of the text. Raises NotFound, DraftChanged."""

        def change(row: ImportDraft) -> None:
            repairs = repairs_of(row.document["repairs"])
            if not 0 <= repair < len(repairs):
                raise NotFound
            if row.edited:  # what a person typed is not undone by the way
                raise DraftChanged
            declined = {*row.document["declined"]} - {repair} | (set() if made else {repair})
            row.document["declined"] = sorted(declined)
            draft = with_repairs(draft_of(row.document["draft"]), repairs, declined)
            _rewrite(row, draft, keeps=_not_judged)
            _decide(row, DraftDecision.WAITING)

        return self._change(place, version, change)

    def correct(self, *, place: int, version: int, draft: ItemDraft) -> ImportDraft:
        """Put what was typed in place of what was read, and accept it. Raises Faults.

        A draft that shows no media of its own keeps what the file brought.
        """

        def change(row: ImportDraft) -> None:
            if faults := _sound_faults(draft):
                raise Faults(faults)
            was = draft_of(row.document["draft"])
            # What the form has no field for stays.
            own = () if draft.media else ("media",)
            kept = {name: getattr(was, name) for name in ("sheet", "row", "tags", *own)}
            _rewrite(row, replace(draft, **kept), keeps=lambda _fault: False)
            row.edited = True
            row.save()  # judged by the new text
            self._accept(row)

        return self._change(place, version, change)

    @transaction.atomic
    def accept_certain(self) -> int:
        """Take every waiting item whose key is certain and which nothing speaks against."""
        return self._decide_group("certain", DraftDecision.ACCEPTED)

    @transaction.atomic
    def skip_waiting(self) -> int:
        """Leave out all that nobody has decided on."""
        return self._decide_group("waiting", DraftDecision.SKIPPED)

    def _decide_group(self, group: str, decision: DraftDecision) -> int:
        held = open_import(session=self._session, user=self._user, now=self._now)
        rows = held.drafts.judged(held.bank).filter(GROUPS[group])
        wanted = list(rows.values_list("pk", flat=True))
        return ImportDraft.objects.filter(pk__in=wanted).update(
            decision=decision, version=F("version") + 1
        )

    def _accept(self, row: ImportDraft) -> None:
        if faults := draft_problems(self._judged(row.place)):
            raise Faults(faults)
        _decide(row, DraftDecision.ACCEPTED)
        row.confirmed_by, row.confirmed_at = self._user, self._now

    @transaction.atomic
    def _change(
        self, place: int, version: int, change: Callable[[ImportDraft], None]
    ) -> ImportDraft:
        held = open_import(session=self._session, user=self._user, now=self._now)
        row = held.drafts.filter(place=place).first()
        if row is None:
            raise NotFound
        if row.version != version:
            raise DraftChanged
        change(row)
        row.version += 1
        row.save()
        return self._judged(place)

    def _judged(self, place: int) -> ImportDraft:
        row: ImportDraft = self._session.drafts.judged(self._session.bank).get(place=place)
        return row


def _not_judged(fault: Fault) -> bool:
    return fault.code not in _JUDGED and _not_about_keys(fault)


def _not_about_keys(fault: Fault) -> bool:
    """Readers name what is wrong with a key by codes like “key_unreadable”, “no_key”."""
    return "key" not in fault.code


def _decide(row: ImportDraft, decision: DraftDecision) -> None:
    row.decision = decision
    row.confirmed_by = row.confirmed_at = None


def _rewrite(row: ImportDraft, draft: ItemDraft, *, keeps: Callable[[Fault], bool]) -> None:
    """Put a draft into its row; of the reader's faults those stay that `keeps` says."""
    found = _sound_faults(draft)
    codes = {fault.code for fault in found}
    stay = [f for f in faults_of(row.document["faults"]) if keeps(f) and f.code not in codes]
    row.document["draft"] = draft_document(draft)
    row.document["faults"] = faults_document([*stay, *found])
    row.digest, row.faulty = comparable_digest(draft), bool(stay or found)
