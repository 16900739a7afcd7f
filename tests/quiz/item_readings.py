"""Readings as a format's reader would give them, and imports begun from them."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from quiz.domain.item_imports import begin_import, fill_import
from quiz.interfaces.formats.reading import judged
from quiz.models import ItemBank, ItemImport
from quiz.readings import CERTAIN, Evidence, Mark, Reading, ReadItem
from tests.factories import make_draft

DOUBTFUL = 60


def read_item(number: int, *, confidence: int = CERTAIN, **fields: Any) -> ReadItem:
    """A sound item; the words of its draft may be changed by `stem`, `options`, `key` …"""
    own = {name: fields.pop(name) for name in ("repairs", "faults", "notices") if name in fields}
    draft = make_draft(number, **fields)
    mark = Mark.ANSWER_LINE if confidence == CERTAIN else Mark.BOLD
    return ReadItem(
        draft=draft,
        source=f"Câu {number}: {draft.stem}\n" + "\n".join(draft.options),
        label=f"Câu {number}",
        evidence=(Evidence(mark, draft.key, "in đậm"),) if draft.key else (),
        confidence=confidence,
        **own,
    )


def start_import(bank: ItemBank, user: User, *items: ReadItem, **fields: Any) -> ItemImport:
    """An import of these items, as far as being looked through."""
    session = begin_import(
        bank=bank,
        user=user,
        now=fields.pop("now", None) or timezone.now(),
        file=ContentFile(b"x", name="de-cuong.docx"),
        name="de-cuong.docx",
    )
    fill_import(session=session, reading=judged(Reading("word", items, **fields)))
    return session
