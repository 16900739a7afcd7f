"""What all writers share: how an item is called, and how it is told what a format left behind."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from accounts.errors import Fault
from quiz.drafts import ItemDraft
from quiz.interfaces.formats.sentences import said
from quiz.interfaces.formats.texts import one_line


def numbered(items: Sequence[ItemDraft]) -> Iterator[tuple[int, ItemDraft]]:
    """Each item with its number in the bank, else its place in the list, from 1."""
    for place, draft in enumerate(items, start=1):
        yield draft.row or place, draft


def item_title(number: int) -> str:
    return _("Câu %d") % number


def item_name(number: int, draft: ItemDraft) -> str:
    """“Câu 12 (Một tuần có mấy ngày?)”."""
    stem = one_line(draft.stem)
    short = stem if len(stem) <= 60 else f"{stem[:57].rstrip()}…"
    return _("Câu %(number)d (%(stem)s)") % {"number": number, "stem": short}


def not_carried(number: int, draft: ItemDraft, names: Iterable[str]) -> Iterator[Fault]:
    """One fault naming all that was left behind of an item, none if nothing was."""
    if listed := ", ".join(names):
        yield said("not_carried", item_name(number, draft), listed)


def left_out(number: int, draft: ItemDraft, why: str) -> Fault:
    """An item that is not in the file at all."""
    return said("left_out", item_name(number, draft), why)
