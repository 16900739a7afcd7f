"""What our items have and other systems have no field for, written as labels: “Mức độ: Nhận biết”.

Moodle keeps them as tags, GIFT in its comments, QTI as keywords. The names are Vietnamese whatever
the language of the page: they belong to the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from quiz.domain.tags import read_tags
from quiz.drafts import LONGEST_TAG, MOST_TAGS, ItemDraft
from quiz.enums import ItemKind, Level
from quiz.interfaces.excel.items_template import KIND_WORDS, LEVEL_WORDS, ORDER_WORDS
from quiz.interfaces.excel.items_values import read_date, read_kind, read_level, read_yes_or_no

TOPIC, LEVEL, KIND, ORDER = "Chủ đề", "Mức độ", "Loại câu", "Giữ thứ tự"
CITATION, CHECKED_ON, CHECKED_BY = "Căn cứ", "Ngày kiểm tra", "Người kiểm tra"
KIND_WORD = dict(zip((kind.value for kind in ItemKind), KIND_WORDS, strict=True))
LEVEL_WORD = dict(zip((level.value for level in Level), LEVEL_WORDS, strict=True))
YES, NO = ORDER_WORDS


@dataclass
class Extras:
    """What labels said; `tags` are those that name no field, `mapped` levels of another scale.

    `unused` are tags longer or more than an item may have.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    mapped: list[str] = field(default_factory=list)

    def put_into(self, draft: ItemDraft) -> ItemDraft:
        return replace(draft, **self.fields)


def labels_of(
    draft: ItemDraft, told_kind: str, *, told_order: bool, topic: bool = False
) -> Iterator[str]:
    """The labels of an item, without what a reader takes from the format's own fields.

    These tell it a kind and whether the order stays; the `topic` is named where they tell none.
    """
    if topic and draft.topic:
        yield f"{TOPIC}: {draft.topic}"
    if told_kind != draft.kind:
        yield f"{KIND}: {KIND_WORD[draft.kind]}"
    if draft.level:
        yield f"{LEVEL}: {LEVEL_WORD[draft.level]}"
    if told_order != draft.fixed_order:
        yield f"{ORDER}: {YES if draft.fixed_order else NO}"
    for line in draft.citation.splitlines():
        yield f"{CITATION}: {line}"
    if draft.checked_on:
        yield f"{CHECKED_ON}: {draft.checked_on:%d/%m/%Y}"
    if draft.checked_by:
        yield f"{CHECKED_BY}: {draft.checked_by}"
    yield from draft.tags or ()


def read_labels(labels: Iterable[str]) -> Extras:
    """The fields that labels give; the others are tags."""
    extras = Extras()
    others = []
    for label in labels:
        name, _colon, value = (part.strip() for part in label.partition(":"))
        if not (value and _read(extras, name, value)):
            others.append(label)
    for tag in read_tags("\n".join(others)):
        fits = len(tag) <= LONGEST_TAG and len(extras.tags) < MOST_TAGS
        (extras.tags if fits else extras.unused).append(tag)
    if extras.tags:
        extras.fields["tags"] = tuple(extras.tags)
    return extras


def _read(extras: Extras, name: str, value: str) -> bool:
    """Whether a label was understood."""
    fields = extras.fields
    if name == CITATION:
        fields["citation"] = "\n".join(filter(None, (fields.get("citation"), value)))
    elif name == CHECKED_BY:
        fields["checked_by"] = value
    elif name == TOPIC:
        fields["topic"] = value
    elif name == LEVEL:
        return _read_level(extras, value)
    else:
        return _read_coded(fields, name, value)
    return True


def _read_level(extras: Extras, value: str) -> bool:
    level, mapped = read_level(value)
    if not level:
        return False
    extras.fields["level"] = level
    if mapped:
        extras.mapped.append(value)
    return True


def _read_coded(fields: dict[str, Any], name: str, value: str) -> bool:
    read: date | bool | str | None = None
    if name == CHECKED_ON:
        field, read = "checked_on", read_date(value)
    elif name == ORDER:
        field, read = "fixed_order", read_yes_or_no(value)
    elif name == KIND:
        field, read = "kind", read_kind(value) or None
    if read is None or read == "essay":
        return False
    fields[field] = read
    return True
