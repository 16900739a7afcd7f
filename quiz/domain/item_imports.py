"""A file of items between upload and bank: read once, decided on item by item, stored whole."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePath

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import NotAllowed, NotFound
from accounts.models import User
from quiz.domain.banks import lock_bank
from quiz.domain.item_checks import places_alike
from quiz.domain.item_import import BATCH, Report, import_drafts, require_may_import, say_nothing
from quiz.domain.item_sources import Origin
from quiz.drafts import MIN_OPTIONS, ItemDraft
from quiz.enums import DraftDecision, ImportState
from quiz.errors import (
    DraftsWaiting,
    ImportClosed,
    ImportExpired,
    NothingAccepted,
    TooManyItems,
)
from quiz.models import ImportDraft, ItemBank, ItemImport
from quiz.models.item_import import LONGEST_FILE_NAME, LONGEST_LABEL
from quiz.reading_documents import draft_of, faults_document, item_document
from quiz.readings import Reading, ReadItem, RepairKind

KEPT_FOR = timedelta(days=14)
MOST_ITEMS = 5000
# Repairs that guess at what was meant; the others change nothing anybody reads.
GUESSES = frozenset({RepairKind.PAGE_NUMBER, RepairKind.LEGACY_FONT})


def begin_import(
    *,
    bank: ItemBank,
    user: User,
    now: datetime,
    file: File,
    name: str,
    key_file: File | None = None,
    format: str = "auto",
) -> ItemImport:
    """Keep a file to be read, and its separate answer key. Raises NotAllowed."""
    require_may_import(user=user, bank=bank)
    session = ItemImport(
        bank=bank,
        created_by=user,
        created_at=now,
        expires_at=now + KEPT_FOR,
        file_name=name[-LONGEST_FILE_NAME:],
        asked_format=format,
    )
    session.upload.save(f"{session.public_id}", file, save=False)
    if key_file is not None:
        # The suffix tells its reader what it is.
        suffix = PurePath(key_file.name or "").suffix.lower()[:10]
        session.key_upload.save(f"{session.public_id}-key{suffix}", key_file, save=False)
    session.save()
    return session


@transaction.atomic
def fill_import(*, session: ItemImport, reading: Reading) -> None:
    """Write down what was read. Raises TooManyItems.

    The files go once that is committed, unless the key file has other papers to choose from.
    """
    if len(reading.items) > MOST_ITEMS:
        raise TooManyItems(_("Tệp có hơn %d câu.") % MOST_ITEMS)
    alike = places_alike([item.draft for item in reading.items])
    rows = [
        _row(session, place, item, alike[place - 1]) for place, item in enumerate(reading.items, 1)
    ]
    ImportDraft.objects.bulk_create(rows, batch_size=BATCH)
    if not reading.key_columns:
        clear_files(session)
    session.key_columns = list(reading.key_columns)
    session.key_column = reading.key_column
    session.state, session.format = ImportState.OPEN, reading.format
    session.skipped = faults_document(reading.skipped)
    session.notices = faults_document(reading.notices)
    session.save()


def _row(session: ItemImport, place: int, item: ReadItem, alike: Sequence[int]) -> ImportDraft:
    guessed = any(repair.kind in GUESSES for repair in item.repairs)
    return ImportDraft(
        session=session,
        place=place,
        label=item.label[:LONGEST_LABEL],
        source=item.source,
        document=item_document(item) | {"alike": alike},
        digest=comparable_digest(item.draft),
        confidence=item.confidence,
        faulty=bool(item.faults),
        noted=bool(item.notices) or guessed,
    )


def comparable_digest(draft: ItemDraft) -> str:
    """What tells twins; "" for a draft too empty to be anybody's twin."""
    return draft.digest if draft.stem and len(draft.options) >= MIN_OPTIONS else ""


@transaction.atomic
def take_key_column(*, session: ItemImport, column: str, user: User, now: datetime) -> None:
    """Begin anew with the answers of another printed paper; the file is to be read again.

    What was decided is forgotten, since it was decided by other keys. Raises what `open_import`
    raises, and NotFound for a paper that the key file does not have.
    """
    held = open_import(session=session, user=user, now=now)
    if column not in held.key_columns:
        raise NotFound
    held.drafts.all().delete()
    held.state, held.key_column = ImportState.READING, column
    held.save()


def clear_files(session: ItemImport) -> None:
    """Forget the uploads, and delete them with the commit."""
    for field in (session.upload, session.key_upload):
        if field:
            transaction.on_commit(partial(field.storage.delete, str(field.name)))
    session.upload = session.key_upload = ""


def open_import(*, session: ItemImport, user: User, now: datetime) -> ItemImport:
    """The import, locked, if this person may still decide on it.

    Two tabs, or a decision and the job that stores, come one after the other.
    Raises NotAllowed, ImportExpired, ImportClosed.
    """
    locked = ItemImport.objects.select_for_update(of=("self",)).select_related("bank")
    held = locked.get(pk=session.pk)
    if held.created_by_id != user.pk:
        raise NotAllowed
    require_may_import(user=user, bank=held.bank)
    require_not_expired(session=held, now=now)
    if held.state != ImportState.OPEN:
        raise ImportClosed
    return held


def require_not_expired(*, session: ItemImport, now: datetime) -> None:
    """Raises ImportExpired."""
    if session.expires_at <= now:
        raise ImportExpired


@transaction.atomic
def discard_import(*, session: ItemImport, user: User) -> None:
    """Throw an import away with all it holds. Raises NotAllowed for anybody else's."""
    if session.created_by_id != user.pk:
        raise NotAllowed
    clear_files(session)
    session.delete()


@transaction.atomic
def store_import(
    *, session: ItemImport, user: User, now: datetime, report: Report = say_nothing
) -> int:
    """Store every accepted item as a proposal, or none; how many.

    Raises what `open_import` raises, DraftsWaiting, NothingAccepted, and Faults where the bank has
    changed since.
    """
    lock_bank(session.bank)
    held = open_import(session=session, user=user, now=now)
    if waiting := held.drafts.filter(decision=DraftDecision.WAITING).count():
        raise DraftsWaiting(_("Còn %d câu chưa quyết định nên chưa lưu câu nào.") % waiting)
    rows = list(held.drafts.filter(decision=DraftDecision.ACCEPTED))
    if not rows:
        raise NothingAccepted
    count = import_drafts(
        bank=held.bank,
        drafts=[_placed(row) for row in rows],
        author=user,
        origins=[_origin(held, row) for row in rows],
        report=report,
    )
    held.drafts.all().delete()
    clear_files(held)
    held.state, held.stored_count, held.stored_at = ImportState.STORED, count, now
    held.save()
    record_act(
        actor=user,
        act="import_items",
        subject=held.bank,
        unit_id=held.bank.unit_id,
        count=count,
        confirmed=sum(row.confirmed_by_id is not None for row in rows),
    )
    return count


def _placed(row: ImportDraft) -> ItemDraft:
    draft = draft_of(row.document["draft"])
    return draft if draft.sheet else replace(draft, row=row.place)


def _origin(session: ItemImport, row: ImportDraft) -> Origin:
    declined = set(row.document["declined"])
    repairs = [r for place, r in enumerate(row.document["repairs"]) if place not in declined]
    return Origin(
        file_name=session.file_name,
        format=session.format,
        place=row.place,
        label=row.label,
        passage=row.source,
        evidence=row.document["evidence"],
        confidence=row.confidence,
        repairs=repairs,
        edited=row.edited,
        confirmed_by=row.confirmed_by_id,
        confirmed_at=row.confirmed_at,
    )
