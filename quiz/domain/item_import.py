"""Many items at once, from whatever file they were read: all of them or none."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from quiz.domain.banks import known_digests, lock_bank
from quiz.domain.item_sources import Origin, keep_origins, require_confirmed
from quiz.domain.items import add_items
from quiz.domain.legal_documents import citation_faults
from quiz.drafts import ItemDraft, draft_faults, place_of
from quiz.models import ItemBank
from quiz.permissions import may_write_items

BATCH = 500  # items stored between two reports of progress

COMMAND_AUTHOR = "lenh-nhap"

Report = Callable[[int, int], None]


def say_nothing(done: int, total: int) -> None:
    """For imports whose progress nobody watches."""


def import_faults(
    *, drafts: Sequence[ItemDraft], known: dict[str, str] | None = None
) -> list[Fault]:
    """Everything that keeps these drafts out of the bank whose digests are `known`."""
    found: list[Fault] = []
    seen: dict[str, ItemDraft] = {}
    for draft in drafts:
        found += [*draft_faults(draft), *citation_faults(draft)]
        first = seen.setdefault(draft.digest, draft)
        if first is not draft:
            where = place_of(first.sheet, first.row)
            found.append(
                _twin(draft, "duplicate_in_file", _("Câu hỏi trùng với câu ở %s.") % where)
            )
        if asked := (known or {}).get(draft.digest):
            message = _("Câu hỏi đã có trong ngân hàng: %s.") % asked
            found.append(_twin(draft, "duplicate_in_bank", message))
    return found


def _twin(draft: ItemDraft, code: str, message: str) -> Fault:
    hint = _("Bỏ câu này khỏi tệp.")
    place = place_of(draft.sheet, draft.row)
    return Fault(place, code, message, hint, sheet=draft.sheet, row=draft.row)


@transaction.atomic
def import_drafts(
    *,
    bank: ItemBank,
    drafts: Sequence[ItemDraft],
    author: User,
    origins: Sequence[Origin] = (),
    report: Report = say_nothing,
) -> int:
    """Store all drafts as proposals and return how many; with any fault store none.

    Two imports into one bank come one after the other, so that the second sees what the first
    stored. `origins`, one a draft, are kept with them. `report(done, total)` is told how far it is.
    Raises Faults, and KeyUnconfirmed when a doubtful key was confirmed by nobody.
    """
    require_confirmed(origins)
    lock_bank(bank)
    if faults := import_faults(drafts=drafts, known=known_digests(bank)):
        raise Faults(faults)
    for start in range(0, len(drafts), BATCH):
        report(start, len(drafts))
        part = slice(start, start + BATCH)
        versions = add_items(bank=bank, drafts=drafts[part], author=author)
        if origins:
            keep_origins(versions=versions, origins=origins[part])
    report(len(drafts), len(drafts))
    return len(drafts)


def require_may_import(*, user: User, bank: ItemBank) -> None:
    """Raises NotAllowed for who may not write this bank's items."""
    if not may_write_items(user, bank):
        raise NotAllowed(
            _("Bạn không được nhập câu hỏi vào ngân hàng này."),
            _("Cần vai trò soạn câu hỏi hoặc tổ chức tại đơn vị giữ ngân hàng."),
        )


def command_author() -> User:
    """Who stands as author of items imported on the command line: an account nobody signs in to.

    So no named person is taken for the author, and every reviewer may approve.
    """
    fields = {"full_name": "Nhập bằng dòng lệnh", "is_active": False, "password": "!"}
    return User.objects.get_or_create(username=COMMAND_AUTHOR, defaults=fields)[0]
