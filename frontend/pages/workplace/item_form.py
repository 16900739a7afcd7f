"""The form of one item, and the same form filled from what is stored."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from frontend.pages.workplace.item_media_form import (
    Slot,
    all_slots,
    filled_slots,
    media_in,
    slots_of,
)
from quiz.domain.items import key_places
from quiz.domain.legal_documents import citation_text
from quiz.domain.tags import read_tags, tags_text
from quiz.drafts import MAX_OPTIONS, STEM, ItemDraft, Media, option_letter
from quiz.enums import ItemKind, Level
from quiz.models import ItemVersion, UnfinishedItem

FIRST_OPTIONS = 4
UNTYPED = ("options",)  # a field that only bears the faults of the rows
TRUE_FALSE = (_("Đúng"), _("Sai"))
LEVELS = [("", _("Chưa xếp")), *Level.choices]
# Of which field of the form a fault of the domain speaks.
ITEM_FIELDS = {
    "no_stem": "stem",
    "few_options": "options",
    "many_options": "options",
    "true_false_options": "options",
    "empty_option": "options",
    "twin_options": "options",
    "no_key": "options",
    "key_outside": "options",
    "several_keys": "options",
    "citation_too_long": "citation",
    "many_tags": "tags",
    "tag_too_long": "tags",
}


def _posted_key(data: QueryDict) -> frozenset[int]:
    """The places ticked; what no row of the form could send is no tick."""
    places = {str(place): place for place in range(MAX_OPTIONS)}
    return frozenset(places[text] for text in data.getlist("key") if text in places)


class ItemForm(forms.Form):
    """One item as it is typed. The options are rows of their own: `option` and `key` repeat."""

    kind = forms.ChoiceField(
        label=_("Loại câu"),
        choices=ItemKind.choices,
        initial=ItemKind.SINGLE,
        widget=forms.RadioSelect,
    )
    stem = forms.CharField(
        label=_("Câu dẫn"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Chưa có câu dẫn. Nhập nội dung câu hỏi.")},
    )
    options = forms.Field(label=_("Phương án và đáp án"), required=False)
    fixed_order = forms.BooleanField(
        label=_("Giữ nguyên thứ tự phương án khi ra đề"),
        required=False,
        help_text=_("Cần khi có phương án như “Cả A, B, C đều đúng”."),
    )
    topic = forms.CharField(
        label=_("Chủ đề"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "topics", "autocomplete": "off"}),
        help_text=_("Chọn chủ đề đã có hoặc gõ chủ đề mới."),
    )
    level = forms.ChoiceField(label=_("Mức độ"), choices=LEVELS, required=False)
    tags = forms.CharField(
        label=_("Nhãn"),
        max_length=1000,
        required=False,
        help_text=_("Ngăn bằng dấu phẩy, ví dụ: một cửa, khó nhớ. Sửa nhãn không phải duyệt lại."),
    )
    citation = forms.CharField(
        label=_("Căn cứ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi văn bản một dòng, ví dụ: Nghị định 118/2025/NĐ-CP, khoản 2 Điều 1"),
    )
    rationale = forms.CharField(
        label=_("Giải thích"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    checked_on = forms.DateField(
        label=_("Ngày kiểm tra hiệu lực"), required=False, help_text=_("Ví dụ: 05/09/2026")
    )
    checked_by = forms.CharField(label=_("Người kiểm tra"), max_length=150, required=False)
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        options: list[str] | None = None,
        key: frozenset[int] = frozenset(),
        slots: Sequence[Slot] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.slots = slots or all_slots()
        self._options = options or []
        self._key = key
        if data is not None:
            self._options = data.getlist("option")[:MAX_OPTIONS]
            self._key = _posted_key(data)
        self.more_rows = 0

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of options: at least four, and one more when asked for."""
        count = max(FIRST_OPTIONS, len(self._options) + self.more_rows)
        texts = [*self._options, *[""] * count][: min(count, MAX_OPTIONS)]
        return [
            {
                "place": place,
                "letter": option_letter(place),
                "text": text,
                "right": place in self._key,
                "slot": next(slot for slot in self.slots if slot.place == place),
            }
            for place, text in enumerate(texts)
        ]

    @property
    def stem_slots(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.place == STEM]

    @property
    def stem_is_shown(self) -> bool:
        """Whether there is anything to see of the stem's files."""
        return any(slot.sha256 or slot.error for slot in self.stem_slots)

    def as_document(self) -> dict[str, Any]:
        """All that was typed, right or not, to be gone on with later."""
        return {
            "fields": {
                name: self.data.get(name, "") for name in self.fields if name not in UNTYPED
            },
            "options": self._options,
            "key": sorted(self._key),
            "media": [
                {"place": each.place, "kind": each.kind, "sha256": each.sha256, "alt": each.alt}
                for each in media_in(self.slots)
            ],
        }

    @property
    def has_room(self) -> bool:
        return len(self.rows) < MAX_OPTIONS

    def as_draft(self) -> ItemDraft:
        """What was typed; empty rows at the end are no options. For a form that is valid."""
        values = self.cleaned_data
        options = [text.strip() for text in self._options]
        while options and not options[-1]:
            options.pop()
        if values["kind"] == ItemKind.TRUE_FALSE and not options:
            options = [str(word) for word in TRUE_FALSE]
        return ItemDraft(
            kind=values["kind"],
            stem=values["stem"],
            options=tuple(options),
            key=self._key,
            fixed_order=values["fixed_order"],
            topic=values["topic"],
            level=values["level"],
            rationale=values["rationale"],
            citation=values["citation"],
            checked_on=values["checked_on"],
            checked_by=values["checked_by"],
            tags=read_tags(values["tags"]),
            media=media_in(self.slots),
        )


def form_of(version: ItemVersion) -> ItemForm:
    """The form filled with a stored version, to write the next one from it."""
    initial = {
        name: getattr(version, name)
        for name in (
            "kind",
            "stem",
            "fixed_order",
            "level",
            "rationale",
            "checked_on",
            "checked_by",
        )
    }
    initial |= {
        "topic": version.topic.name if version.topic else "",
        "citation": citation_text(version),
        "tags": tags_text(version.item),
        "base": version.number,
    }
    places = key_places(version.key_mask)
    slots = slots_of(version)
    return ItemForm(initial=initial, options=version.options, key=places, slots=slots)


def form_of_unfinished(unfinished: UnfinishedItem) -> ItemForm:
    """The form as its author left it, to go on from there."""
    document = unfinished.document
    return ItemForm(
        initial=document["fields"],
        options=document["options"],
        key=frozenset(document["key"]),
        slots=filled_slots(Media(**each) for each in document["media"]),
    )


def form_again(data: QueryDict, slots: Sequence[Slot]) -> ItemForm:
    """The form as it was posted, with one more row and nothing judged yet."""
    initial = {name: data.get(name) for name in ItemForm.base_fields}
    options, key = data.getlist("option"), _posted_key(data)
    form = ItemForm(initial=initial, options=options, key=key, slots=slots)
    form.more_rows = 1
    return form
